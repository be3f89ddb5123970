//! Customers and invitations, as the partner's administrators see them.

use tenantry_model::api::TenantRow;
use tenantry_model::api::invitations::{Accepted, InvitationDetail};
use tenantry_model::id::InvitationId;
use tenantry_model::ipc::AcceptArgs;

use crate::service::Call;
use crate::service::call::Draft;

/// `GET /v1/tenants`, to its end.
pub(crate) fn tenants() -> Call<Vec<TenantRow>> {
    Draft::get("tenants").all_pages().call()
}

pub(crate) fn invitation(id: InvitationId) -> Call<InvitationDetail> {
    Draft::get(format!("invitations/{id}")).call()
}

pub(crate) fn accept(args: &AcceptArgs) -> Call<Accepted> {
    Draft::post(format!("invitations/{}/accept", args.invitation)).by_form(args.form).body(&args.answer).call()
}

pub(crate) fn deny(id: InvitationId) -> Call<()> {
    Draft::post(format!("invitations/{id}/deny")).call()
}
