//! The partners of a customer's own organisation, and what they ask for.

use tenantry_model::api::partners::{ChangePartner, InvitePartner, PartnerDetail, PartnerRow};
use tenantry_model::api::requests::{Done, RequestRow};
use tenantry_model::id::{ChangeRequestId, TenantId};
use tenantry_model::ipc::{ChangeOf, CreateOwn, EndOf, PartnerRoleKey};

use crate::service::Call;
use crate::service::call::Draft;

pub(crate) fn partners() -> Call<Vec<PartnerRow>> {
    Draft::get("partners").call()
}

pub(crate) fn partner(id: TenantId) -> Call<PartnerDetail> {
    Draft::get(format!("partners/{id}")).call()
}

pub(crate) fn invite(args: &CreateOwn<InvitePartner>) -> Call<Done> {
    Draft::post("partners").by_form(args.form).body(&args.new).call()
}

pub(crate) fn change(args: &ChangeOf<TenantId, ChangePartner>) -> Call<Done> {
    Draft::patch(format!("partners/{}", args.key)).of_version(args.version).body(&args.change).call()
}

pub(crate) fn remove(end: EndOf<TenantId>) -> Call<()> {
    Draft::delete(format!("partners/{}", end.key)).of_version(end.version).call()
}

pub(crate) fn withdraw(id: TenantId) -> Call<()> {
    Draft::delete(format!("partners/{id}/invitation")).call()
}

pub(crate) fn delete_role(end: EndOf<PartnerRoleKey>) -> Call<()> {
    Draft::delete(format!("partners/{}/roles/{}", end.key.partner, end.key.role)).of_version(end.version).call()
}

pub(crate) fn change_requests() -> Call<Vec<RequestRow>> {
    Draft::get("change-requests").call()
}

pub(crate) fn approve(end: EndOf<ChangeRequestId>) -> Call<Done> {
    Draft::post(format!("change-requests/{}/approve", end.key)).of_version(end.version).call()
}

pub(crate) fn reject(end: EndOf<ChangeRequestId>) -> Call<()> {
    Draft::post(format!("change-requests/{}/reject", end.key)).of_version(end.version).call()
}
