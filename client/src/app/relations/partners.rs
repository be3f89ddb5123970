//! Partners of the own organisation, and their changes that wait for approval.

use tenantry_model::api::partners::{ChangePartner, InvitePartner, PartnerDetail, PartnerRow};
use tenantry_model::api::requests::{Done, RequestRow};
use tenantry_model::id::{ChangeRequestId, TenantId};
use tenantry_model::ipc::{Cached, ChangeOf, CreateOwn, EndOf, IpcError, PartnerRoleKey};
use tenantry_model::text::DomainName;

use crate::app::engine::Engine;
use crate::service::Draft;

impl Engine {
    pub async fn get_partners(&self) -> Result<Cached<Vec<PartnerRow>>, IpcError> {
        self.query(Draft::get("partners")).await
    }

    pub async fn get_partner(&self, id: TenantId) -> Result<Cached<PartnerDetail>, IpcError> {
        self.query(Draft::get(format!("partners/{id}"))).await
    }

    pub async fn check_partner_domain(&self, domain: DomainName) -> Result<(), IpcError> {
        self.fetch(Draft::get("partner-domain").with("domain", domain.as_str())).await
    }

    pub async fn invite_partner(&self, args: CreateOwn<InvitePartner>) -> Result<Done, IpcError> {
        self.change(Draft::post("partners").by_form(args.form).body(&args.new)).await
    }

    pub async fn change_partner(&self, args: ChangeOf<TenantId, ChangePartner>) -> Result<Done, IpcError> {
        self.change(Draft::patch(format!("partners/{}", args.key)).of_version(args.version).body(&args.change)).await
    }

    pub async fn remove_partner(&self, end: EndOf<TenantId>) -> Result<(), IpcError> {
        self.change(Draft::delete(format!("partners/{}", end.key)).of_version(end.version)).await
    }

    pub async fn withdraw_invitation(&self, id: TenantId) -> Result<(), IpcError> {
        self.change(Draft::delete(format!("partners/{id}/invitation"))).await
    }

    pub async fn delete_partner_role(&self, end: EndOf<PartnerRoleKey>) -> Result<(), IpcError> {
        let path = format!("partners/{}/roles/{}", end.key.partner, end.key.role);
        self.change(Draft::delete(path).of_version(end.version)).await
    }

    pub async fn get_change_requests(&self) -> Result<Cached<Vec<RequestRow>>, IpcError> {
        self.query(Draft::get("change-requests")).await
    }

    pub async fn approve_request(&self, end: EndOf<ChangeRequestId>) -> Result<Done, IpcError> {
        self.change(Draft::post(format!("change-requests/{}/approve", end.key)).of_version(end.version)).await
    }

    pub async fn reject_request(&self, end: EndOf<ChangeRequestId>) -> Result<(), IpcError> {
        self.change(Draft::post(format!("change-requests/{}/reject", end.key)).of_version(end.version)).await
    }
}
