//! Tenant managers, and finding people.

use tenantry_model::api::people::{AddMembers, DirectoryEntry, MemberList};
use tenantry_model::id::PrincipalId;

use crate::service::Call;
use crate::service::call::Draft;

pub(crate) fn tenant_managers() -> Call<MemberList> {
    Draft::get("tenant-managers").call()
}

pub(crate) fn add_tenant_managers(new: &AddMembers) -> Call<MemberList> {
    Draft::post("tenant-managers").body(new).call()
}

pub(crate) fn remove_tenant_manager(id: PrincipalId) -> Call<()> {
    Draft::delete(format!("tenant-managers/{id}")).call()
}

pub(crate) fn directory(text: &str) -> Call<Vec<DirectoryEntry>> {
    Draft::get("directory").with("q", text).call()
}
