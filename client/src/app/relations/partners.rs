//! Partners of the own organisation, and their changes that wait for approval.

use tenantry_model::api::partners::{ChangePartner, InvitePartner, PartnerDetail, PartnerRow};
use tenantry_model::api::requests::{Done, RequestRow};
use tenantry_model::id::{ChangeRequestId, TenantId};
use tenantry_model::ipc::{Cached, ChangeOf, CreateOwn, EndOf, IpcError, PartnerRoleKey};

use crate::app::engine::Engine;
use crate::service::relations::partners;

impl Engine {
    pub async fn get_partners(&self) -> Result<Cached<Vec<PartnerRow>>, IpcError> {
        self.question(partners::partners()).await
    }

    pub async fn get_partner(&self, id: TenantId) -> Result<Cached<PartnerDetail>, IpcError> {
        self.question(partners::partner(id)).await
    }

    pub async fn invite_partner(&self, args: CreateOwn<InvitePartner>) -> Result<Done, IpcError> {
        self.change(partners::invite(&args)).await
    }

    pub async fn change_partner(&self, args: ChangeOf<TenantId, ChangePartner>) -> Result<Done, IpcError> {
        self.change(partners::change(&args)).await
    }

    pub async fn remove_partner(&self, end: EndOf<TenantId>) -> Result<(), IpcError> {
        self.change(partners::remove(end)).await
    }

    pub async fn withdraw_invitation(&self, id: TenantId) -> Result<(), IpcError> {
        self.change(partners::withdraw(id)).await
    }

    pub async fn delete_partner_role(&self, end: EndOf<PartnerRoleKey>) -> Result<(), IpcError> {
        self.change(partners::delete_role(end)).await
    }

    pub async fn get_change_requests(&self) -> Result<Cached<Vec<RequestRow>>, IpcError> {
        self.question(partners::change_requests()).await
    }

    pub async fn approve_request(&self, end: EndOf<ChangeRequestId>) -> Result<Done, IpcError> {
        self.change(partners::approve(end)).await
    }

    pub async fn reject_request(&self, end: EndOf<ChangeRequestId>) -> Result<(), IpcError> {
        self.change(partners::reject(end)).await
    }
}
