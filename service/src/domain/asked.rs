//! A partner's change that the customer wants to approve: it becomes a request, and changes nothing (R24, A18).

use serde::Serialize;
use tenantry_model::access::Rights;
use tenantry_model::api::requests::{Outcome, RequestRow, RequestedChange};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{ChangeRequestId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::{Approval, ControlEvent};

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::audit::NewAudit;
use crate::store::relationships::{self, Relationship};
use crate::store::requests::{self, NewRequest};
use crate::store::{Change, Conn, Tx};

/// What the field of a request is called that names the groups of rooms in a scope.
pub(super) const ROOM_GROUPS: &str = "roomGroups";

/// What a colleague is told of a request that waits: the groups of rooms in it only where they see them all.
pub(super) fn without_groups(row: &mut RequestRow, rights: Option<&Rights>) {
    if !rights.is_some_and(|rights| rights.allow_everywhere(Permission::GroupsView)) {
        row.change.fields.retain(|it| it.field != ROOM_GROUPS);
    }
}

/// What is asked for: of which kind it is, what is done once it is approved, and how it is shown.
pub(super) struct Asked {
    pub(super) event: ControlEvent,
    pub(super) written: String,
    pub(super) shown: RequestedChange,
}

/// A change as it is kept until it is decided.
pub(super) fn written(change: &impl Serialize) -> Result<String> {
    serde_json::to_string(change).map_err(|error| Error::Internal(format!("a request cannot be written: {error}")))
}

/// The relationship whose customer wants to approve such changes of the caller first; none where they are made at once.
pub(super) async fn approval(conn: &mut Conn, caller: &Caller, customer: TenantId, event: ControlEvent) -> Result<Option<Relationship>> {
    let Some(partner) = caller.side_at(customer) else { return Ok(None) };
    let relationship = relationships::active(conn, partner, customer).await?.ok_or(Error::not_found())?;
    Ok(Some(relationship).filter(|it| it.change_control.of(event) == Approval::Manual))
}

/// What was right when it was asked for is no longer so.
pub(super) fn outdated() -> Error {
    let why = "What it is about has changed since it was asked for: reject it, and let the partner ask again.";
    Error::field(FieldCode::RequestOutdated, "#", why)
}

pub(super) async fn ask(tx: &mut Tx, caller: &Caller, relationship: &Relationship, asked: Asked, random: &dyn Random) -> Result<Outcome> {
    let Asked { event, written, shown } = asked;
    if caller.access.display_name.is_none() {
        // Whoever sent a request is judged again when it is approved (A19), by what the directory says of them.
        let why = "This customer approves such changes first, and your account is not among your organisation's people here, so that your \
                   request could not be approved. Let somebody ask who is, or have your account provisioned.";
        return Err(Error::conflict(why));
    }
    if let Some(waiting) = requests::same(tx.conn(), relationship.id, &written).await? {
        // Asked for again, it is the same request: one approval is all that it needs. It stands by the right of who asked last (A19).
        if waiting.row.requested_by.id != caller.user.user_id {
            requests::take_over(tx.conn(), waiting.row.id, caller.user.user_id, &caller.display_name, caller.global_admin).await?;
            tx.record(Change::customer(relationship.customer)).await?;
            let entry = entry(caller, relationship.customer, event, &shown, AuditOperation::Update);
            tx.audit(entry.changed("requestedBy", waiting.row.requested_by.display_name.as_str(), caller.display_name.as_str())).await?;
        }
        let again = requests::find(tx.conn(), waiting.row.id).await?.ok_or(Error::not_found())?;
        return Ok(Outcome::Requested(Box::new(again.row)));
    }
    let id = ChangeRequestId::from_uuid(uuid_v7(tx.now(), random));
    let new = NewRequest {
        id,
        relationship: relationship.id,
        customer: relationship.customer,
        partner: relationship.partner,
        event,
        operation: written,
        shown,
        requested_by: caller.user.user_id,
        requester_name: caller.display_name.clone(),
        requester_global: caller.global_admin,
    };
    let now = tx.now();
    requests::insert(tx.conn(), &new, now).await?;
    tx.record(Change::customer(relationship.customer)).await?;
    tx.audit(entry(caller, relationship.customer, event, &new.shown, AuditOperation::Create).added("request", "pending")).await?;
    let stored = requests::find(tx.conn(), id).await?.ok_or_else(|| Error::Internal("a request is not where it was written".into()))?;
    Ok(Outcome::Requested(Box::new(stored.row)))
}

pub(super) fn entry(
    caller: &Caller,
    customer: TenantId,
    event: ControlEvent,
    change: &RequestedChange,
    operation: AuditOperation,
) -> NewAudit {
    let (category, name) = about(event, change);
    Actor::Caller(caller).record(customer, category, operation, name)
}

/// How the log calls what a request is about.
pub(super) fn about(event: ControlEvent, change: &RequestedChange) -> (AuditCategory, String) {
    match event {
        ControlEvent::Roles => (AuditCategory::Role, change.role.clone()),
        ControlEvent::Rooms | ControlEvent::Suppression => (AuditCategory::Room, change.room.clone().unwrap_or_default()),
        ControlEvent::Rings => (AuditCategory::UpdateRing, change.ring.clone().or_else(|| change.update.clone()).unwrap_or_default()),
    }
}
