//! Invitations, as the partner that they are addressed to answers them (R27–R36, A1–A5).

use tenantry_model::api::invitations::{AcceptInvitation, Accepted, InvitationDetail};
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::{InvitationId, RelationshipId, TenantId};
use tenantry_model::problem::FieldCode;
use tenantry_model::role::Scope;
use tenantry_model::time::Timestamp;

use super::write::{record, record_change};
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::relationships::write::establish;
use crate::domain::{directory, portal_roles};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::delegations::{self, Delegating};
use crate::store::invitations::{self, StoredInvitation};
use crate::store::relationships::NewRelationship;
use crate::store::{Conn, Tx, people, tenants};

/// `GET /v1/invitations/{id}`, of one that waits.
pub async fn detail(conn: &mut Conn, caller: &Caller, id: InvitationId, now: Timestamp) -> Result<InvitationDetail> {
    let invitation = addressed(conn, caller, id).await?;
    if invitation.is_expired(now) {
        // A2: dropped from the partner's list.
        return Err(Error::not_found());
    }
    let domains = tenants::domains(conn, &[invitation.customer]).await?.remove(&invitation.customer).unwrap_or_default();
    let scope = delegations::scope(conn, Delegating::Invitation(id)).await?;
    Ok(InvitationDetail {
        id,
        customer_id: invitation.customer,
        display_name: invitation.customer_name,
        domains,
        addressed_to: invitation.domain,
        created_at: invitation.created_at,
        expires_at: invitation.expires_at,
        rooms: delegations::count(conn, Delegating::Invitation(id)).await?,
        future_rooms: scope == Scope::All || !scope.groups().is_empty(),
        change_control: invitation.change_control,
        ceiling: invitation.ceiling,
        offline: invitation.offline,
    })
}

/// `POST /v1/invitations/{id}/accept`: names the first Primary admins, and so establishes the relationship (R30). The invitation is used up:
/// whoever accepts second finds nothing (R31).
pub async fn accept(tx: &mut Tx, caller: &Caller, id: InvitationId, answer: &AcceptInvitation, random: &dyn Random) -> Result<Accepted> {
    let invitation = waiting(tx, caller, id).await?;
    let admins = directory::principals_of(tx.conn(), caller.tenant.id, "#/primaryAdmins", &answer.primary_admins).await?;
    if people::users_in(tx.conn(), &answer.primary_admins).await?.is_empty() {
        let why = "name at least one user, or a group with at least one user in it";
        return Err(Error::field(FieldCode::MembersNoUser, "#/primaryAdmins", why));
    }
    let scope = delegations::scope(tx.conn(), Delegating::Invitation(id)).await?;
    invitations::delete(tx.conn(), id).await?;
    record_change(tx, invitation.partner, invitation.customer).await?;
    let now = tx.now();
    let new = NewRelationship {
        id: RelationshipId::from_uuid(uuid_v7(now, random)),
        partner: invitation.partner,
        customer: invitation.customer,
        established_at: now,
        ceiling: invitation.ceiling,
        change_control: invitation.change_control,
        offline: invitation.offline,
    };
    establish(tx, &new, &scope, &answer.primary_admins, random).await?;
    let entry = record(Actor::Caller(caller), &invitation, AuditOperation::Update)
        .changed("status", "pending", "accepted")
        .added("primaryAdmins", portal_roles::names(&admins));
    tx.audit(entry).await?;
    Ok(Accepted { customer_id: invitation.customer, relationship_id: new.id })
}

/// `POST /v1/invitations/{id}/deny`: deletes it; only a new one helps (R33, R34).
pub async fn deny(tx: &mut Tx, caller: &Caller, id: InvitationId) -> Result<()> {
    let invitation = waiting(tx, caller, id).await?;
    invitations::delete(tx.conn(), id).await?;
    record_change(tx, invitation.partner, invitation.customer).await?;
    tx.audit(record(Actor::Caller(caller), &invitation, AuditOperation::Delete).changed("status", "pending", "denied")).await
}

/// In whose log an attempt to answer it belongs, and how it is called there: the customer's, if it is addressed to the caller's tenant.
pub async fn attempted_on(conn: &mut Conn, caller: &Caller, id: InvitationId) -> Result<Option<(TenantId, String)>> {
    let found = invitations::find(conn, id).await?.filter(|it| it.partner == caller.tenant.id);
    Ok(found.map(|it| (it.customer, it.partner_name)))
}

/// The invitation, if it is to the caller's tenant and the caller is one who answers (R27, A1).
async fn addressed(conn: &mut Conn, caller: &Caller, id: InvitationId) -> Result<StoredInvitation> {
    let found = invitations::find(conn, id).await?;
    found.filter(|it| it.partner == caller.tenant.id && caller.answers_invitations()).ok_or(Error::not_found())
}

/// One that can still be answered (R29, R35).
async fn waiting(tx: &mut Tx, caller: &Caller, id: InvitationId) -> Result<StoredInvitation> {
    let invitation = addressed(tx.conn(), caller, id).await?;
    if invitation.is_expired(tx.now()) {
        return Err(Error::conflict("The invitation has expired: ask the customer for a new one."));
    }
    Ok(invitation)
}
