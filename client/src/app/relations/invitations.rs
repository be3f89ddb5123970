//! Customers, and invitations to the partner.

use tenantry_model::api::TenantRow;
use tenantry_model::api::invitations::{Accepted, InvitationDetail};
use tenantry_model::id::InvitationId;
use tenantry_model::ipc::{AcceptArgs, Cached, IpcError};

use crate::app::engine::Engine;
use crate::service::Draft;

impl Engine {
    pub async fn get_tenants(&self) -> Result<Cached<Vec<TenantRow>>, IpcError> {
        self.query(Draft::get("tenants").all_pages()).await
    }

    pub async fn get_invitation(&self, id: InvitationId) -> Result<Cached<InvitationDetail>, IpcError> {
        self.query(Draft::get(format!("invitations/{id}"))).await
    }

    pub async fn accept_invitation(&self, args: AcceptArgs) -> Result<Accepted, IpcError> {
        self.change(Draft::post(format!("invitations/{}/accept", args.invitation)).by_form(args.form).body(&args.answer)).await
    }

    pub async fn deny_invitation(&self, id: InvitationId) -> Result<(), IpcError> {
        self.change(Draft::post(format!("invitations/{id}/deny"))).await
    }
}
