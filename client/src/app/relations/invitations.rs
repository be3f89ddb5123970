//! Customers, invitations, tenant managers, and finding people.

use tenantry_model::api::TenantRow;
use tenantry_model::api::invitations::{Accepted, InvitationDetail};
use tenantry_model::api::people::{AddMembers, DirectoryEntry, MemberList};
use tenantry_model::id::{InvitationId, PrincipalId};
use tenantry_model::ipc::{AcceptArgs, Cached, IpcError};

use crate::app::engine::Engine;
use crate::service::relations::{invitations, people};

impl Engine {
    pub async fn get_tenants(&self) -> Result<Cached<Vec<TenantRow>>, IpcError> {
        self.question(invitations::tenants()).await
    }

    pub async fn get_invitation(&self, id: InvitationId) -> Result<Cached<InvitationDetail>, IpcError> {
        self.question(invitations::invitation(id)).await
    }

    pub async fn accept_invitation(&self, args: AcceptArgs) -> Result<Accepted, IpcError> {
        self.change(invitations::accept(&args)).await
    }

    pub async fn deny_invitation(&self, id: InvitationId) -> Result<(), IpcError> {
        self.change(invitations::deny(id)).await
    }

    pub async fn get_tenant_managers(&self) -> Result<Cached<MemberList>, IpcError> {
        self.question(people::tenant_managers()).await
    }

    pub async fn add_tenant_managers(&self, new: AddMembers) -> Result<MemberList, IpcError> {
        self.change(people::add_tenant_managers(&new)).await
    }

    pub async fn remove_tenant_manager(&self, id: PrincipalId) -> Result<(), IpcError> {
        self.change(people::remove_tenant_manager(id)).await
    }

    pub async fn search_directory(&self, text: String) -> Result<Vec<DirectoryEntry>, IpcError> {
        self.consult(people::directory(&text)).await
    }
}
