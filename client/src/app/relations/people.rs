//! Tenant managers, and finding people.

use tenantry_model::api::people::{AddMembers, DIRECTORY_SHOWN, DirectoryEntry, MemberList};
use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::{Cached, IpcError};

use crate::app::engine::Engine;
use crate::service::Draft;

impl Engine {
    pub async fn get_tenant_managers(&self) -> Result<Cached<MemberList>, IpcError> {
        self.query(Draft::get("tenant-managers")).await
    }

    pub async fn add_tenant_managers(&self, new: AddMembers) -> Result<MemberList, IpcError> {
        self.change(Draft::post("tenant-managers").body(&new)).await
    }

    pub async fn remove_tenant_manager(&self, id: PrincipalId) -> Result<(), IpcError> {
        self.change(Draft::delete(format!("tenant-managers/{id}"))).await
    }

    pub async fn search_directory(&self, text: String) -> Result<Vec<DirectoryEntry>, IpcError> {
        // One more than is shown tells whether there are more.
        self.fetch(Draft::get("directory").with("q", text).with("limit", DIRECTORY_SHOWN + 1)).await
    }
}
