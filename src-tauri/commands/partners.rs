//! Partners of the own organisation, and their changes that wait for approval.

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{
    ApproveRequest, ChangePartner, DeletePartnerRole, GetChangeRequests, GetPartner, GetPartners, InvitePartner, RejectRequest,
    RemovePartner, WithdrawInvitation,
};

use super::{Answer, Args};

#[tauri::command]
pub(crate) async fn get_partners(engine: State<'_, Engine>) -> Answer<GetPartners> {
    engine.get_partners().await
}

#[tauri::command]
pub(crate) async fn get_partner(engine: State<'_, Engine>, args: Args<GetPartner>) -> Answer<GetPartner> {
    engine.get_partner(args).await
}

#[tauri::command]
pub(crate) async fn invite_partner(engine: State<'_, Engine>, args: Args<InvitePartner>) -> Answer<InvitePartner> {
    engine.invite_partner(args).await
}

#[tauri::command]
pub(crate) async fn change_partner(engine: State<'_, Engine>, args: Args<ChangePartner>) -> Answer<ChangePartner> {
    engine.change_partner(args).await
}

#[tauri::command]
pub(crate) async fn remove_partner(engine: State<'_, Engine>, args: Args<RemovePartner>) -> Answer<RemovePartner> {
    engine.remove_partner(args).await
}

#[tauri::command]
pub(crate) async fn withdraw_invitation(engine: State<'_, Engine>, args: Args<WithdrawInvitation>) -> Answer<WithdrawInvitation> {
    engine.withdraw_invitation(args).await
}

#[tauri::command]
pub(crate) async fn delete_partner_role(engine: State<'_, Engine>, args: Args<DeletePartnerRole>) -> Answer<DeletePartnerRole> {
    engine.delete_partner_role(args).await
}

#[tauri::command]
pub(crate) async fn get_change_requests(engine: State<'_, Engine>) -> Answer<GetChangeRequests> {
    engine.get_change_requests().await
}

#[tauri::command]
pub(crate) async fn approve_request(engine: State<'_, Engine>, args: Args<ApproveRequest>) -> Answer<ApproveRequest> {
    engine.approve_request(args).await
}

#[tauri::command]
pub(crate) async fn reject_request(engine: State<'_, Engine>, args: Args<RejectRequest>) -> Answer<RejectRequest> {
    engine.reject_request(args).await
}
