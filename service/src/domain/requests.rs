//! Change control (R21–R24, A18, A19): a partner's change takes effect at once, or becomes a request that the customer decides.

use std::sync::Arc;

use tenantry_model::api::requests::{Done, Outcome, RequestRow};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{ChangeRequestId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::{ActingAs, Approval, ControlEvent, RequestState, UserKey};

use crate::domain::actor::Actor;
use crate::domain::asked::{self, Asked, about, ask, entry, written};
use crate::domain::caller::Caller;
use crate::domain::rights;
use crate::domain::ring_requests::RingRequest;
use crate::domain::roles::context::{Reach, RoleContext};
use crate::domain::roles::operation::RoleOperation;
use crate::domain::roles::rules;
use crate::domain::roles::write::perform;
use crate::domain::rooms::change::{self as rooms, RoomChange};
use crate::domain::rooms::found;
use crate::domain::rooms::suppression::{self, Suppression};
use crate::domain::update_rings::controlled as rings;
use crate::domain::updates::controlled as updates;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::relationships::{self, Relationship};
use crate::store::requests::{self, StoredRequest};
use crate::store::tenants;
use crate::store::{Change, Conn, Tx};

/// How many decided requests a customer sees.
const DECIDED: u32 = 100;

/// A change of roles by whoever may, and as far as they may (R42): done, or asked for where a partner's customer wants to approve it (R24).
///
/// # Errors
/// `NotFound` for whoever may not, a refusal that names the field where it may not be so, `PreconditionFailed` where the role has another version by now.
pub async fn change(tx: &mut Tx, caller: &Caller, customer: TenantId, operation: RoleOperation, random: &dyn Random) -> Result<Outcome> {
    let reach = reach(caller, customer, &operation)?;
    let relationship = match caller.side_at(customer) {
        Some(partner) => Some(relationships::active(tx.conn(), partner, customer).await?.ok_or(Error::not_found())?),
        None => None,
    };
    let administrator = relationship.is_none() && caller.administers_customer();
    let context = RoleContext { customer, relationship: relationship.as_ref(), reach, administrator };
    match &relationship {
        Some(relationship) if relationship.change_control.of(ControlEvent::Roles) == Approval::Manual => {
            let effect = rules::check(tx.conn(), context, &operation).await?;
            let shown = effect.shown(tx.conn(), context, operation.action()).await?;
            let written = written(&operation)?;
            ask(tx, caller, relationship, Asked { event: ControlEvent::Roles, written, shown }, random).await
        }
        _ => Ok(Outcome::Done(perform(tx, Actor::Caller(caller), context, operation, random).await?)),
    }
}

/// How far somebody may make such a change at a customer; for who may not at all, there is no such place.
pub(super) fn reach<'a>(caller: &'a Caller, customer: TenantId, operation: &RoleOperation) -> Result<Reach<'a>> {
    match operation {
        // Whoever may appoint Primary admins may do so without being one (A7).
        RoleOperation::AddPrimaryAdmins { .. } | RoleOperation::RemovePrimaryAdmin { .. } => {
            if caller.may_change_primary_admins(customer) {
                Ok(Reach::Everywhere)
            } else {
                Err(Error::not_found())
            }
        }
        _ => caller.rights_with(customer, Permission::RolesModify).map(Reach::Within),
    }
}

/// `GET /v1/change-requests`: of the administered customer, those that wait, and those that were decided last.
pub async fn list(conn: &mut Conn, caller: &Caller) -> Result<Vec<RequestRow>> {
    let customer = caller.administered_customer()?;
    let mut rows = requests::of_customer(conn, customer, true, u32::MAX).await?;
    rows.extend(requests::of_customer(conn, customer, false, DECIDED).await?);
    Ok(rows)
}

/// `POST /v1/change-requests/{id}/approve`: it takes effect now, if it still can. None where who sent it may not make the change any more: then
/// nothing changes, and the request has lapsed (A19).
///
/// # Errors
/// `NotFound` for whoever does not decide; `Conflict` where it has been decided; `PreconditionFailed` where the request has another version by now; the
/// field code `RequestOutdated` where the roles have changed so that it cannot be done as it was asked for: it stays, to be rejected.
pub async fn approve(tx: &mut Tx, caller: &Caller, id: ChangeRequestId, version: u64, random: &dyn Random) -> Result<Option<Done>> {
    let request = pending(tx, caller, id, version).await?;
    let row = &request.row;
    let relationship = relationships::active(tx.conn(), row.partner_id, row.customer_id).await?;
    let (Some(relationship), Some(sender)) = (relationship, sender(tx.conn(), &request).await?) else {
        return lapsed(tx, caller, row).await;
    };
    let done = match row.event {
        ControlEvent::Roles => approve_role(tx, caller, &relationship, &sender, &request, random).await?,
        ControlEvent::Rooms => approve_room(tx, caller, &sender, &request).await?,
        ControlEvent::Suppression => approve_suppression(tx, caller, &sender, &request, random).await?,
        ControlEvent::Rings => match stored(&request)? {
            RingRequest::Update(change) => updates::approved(tx, caller, &sender, row.customer_id, &change).await?,
            RingRequest::Ring(change) => rings::approved(tx, caller, &sender, row.customer_id, &change).await?,
        },
    };
    let Some(done) = done else { return lapsed(tx, caller, row).await };
    decide(tx, caller, row, RequestState::Approved).await?;
    Ok(Some(done))
}

pub(super) fn stored<O: serde::de::DeserializeOwned>(request: &StoredRequest) -> Result<O> {
    serde_json::from_str(&request.operation).map_err(|error| Error::bad_row("change_requests", "operation", request.row.id, error))
}

/// None where who sent it may not make the change any more.
async fn approve_room(tx: &mut Tx, caller: &Caller, sender: &Caller, request: &StoredRequest) -> Result<Option<Done>> {
    let change: RoomChange = stored(request)?;
    let customer = request.row.customer_id;
    if !found::may(tx.conn(), sender, (customer, change.room())).await? {
        return Ok(None);
    }
    rooms::approved(tx, caller, customer, &change).await.map(Some)
}

/// None where who sent it may not make the change any more.
async fn approve_suppression(
    tx: &mut Tx,
    caller: &Caller,
    sender: &Caller,
    request: &StoredRequest,
    random: &dyn Random,
) -> Result<Option<Done>> {
    let change: Suppression = stored(request)?;
    let customer = request.row.customer_id;
    if !found::may(tx.conn(), sender, (customer, change.room())).await? {
        return Ok(None);
    }
    suppression::approved(tx, caller, (customer, &sender.display_name), &change, random).await.map(Some)
}

/// None where who sent it may not make the change any more.
async fn approve_role(
    tx: &mut Tx,
    caller: &Caller,
    relationship: &Relationship,
    sender: &Caller,
    request: &StoredRequest,
    random: &dyn Random,
) -> Result<Option<Done>> {
    let (row, operation) = (&request.row, stored::<RoleOperation>(request)?);
    let Ok(reach) = reach(sender, row.customer_id, &operation) else { return Ok(None) };
    let everywhere =
        RoleContext { customer: row.customer_id, relationship: Some(relationship), reach: Reach::Everywhere, administrator: false };
    rules::check(tx.conn(), everywhere, &operation).await.map_err(outdated)?;
    let context = RoleContext { reach, ..everywhere };
    match rules::check(tx.conn(), context, &operation).await {
        Ok(_) => {}
        // What may be, but not by who sent it: they may change less than they might.
        Err(Error::Refused { .. }) => return Ok(None),
        Err(error) => return Err(error),
    }
    perform(tx, Actor::Caller(caller), context, operation, random).await.map(Some)
}

/// What the answer is to an approval of what has lapsed so.
pub fn sender_may_not() -> Error {
    let why = "Whoever asked for it may not make this change any more: the request has lapsed, and nothing was changed.";
    Error::field(FieldCode::RequestSender, "#", why)
}

async fn lapsed(tx: &mut Tx, caller: &Caller, row: &RequestRow) -> Result<Option<Done>> {
    decide(tx, caller, row, RequestState::Lapsed).await?;
    Ok(None)
}

/// Who sent a request, with the rights that they have now. Global Administrator is what their token said when they asked: nothing else says it.
async fn sender(conn: &mut Conn, request: &StoredRequest) -> Result<Option<Caller>> {
    let (row, global_admin) = (&request.row, request.requester_global);
    let known = tenants::find(conn, row.partner_id).await?;
    let Some((tenant, acting_as)) = known.and_then(|known| known.tenant.acting(Some(ActingAs::Partner))) else { return Ok(None) };
    let user = UserKey { tenant_id: tenant.id, user_id: row.requested_by.id };
    let access = Arc::new(rights::of(conn, &tenant, user, global_admin).await?);
    // Who is gone from the directory may nothing, whatever their token said once.
    let Some(display_name) = access.display_name.clone() else { return Ok(None) };
    Ok(Some(Caller { user, display_name, tenant, acting_as, global_admin, access }))
}

/// `POST /v1/change-requests/{id}/reject`: nothing changes. It fails as approving does where there is nothing to decide.
pub async fn reject(tx: &mut Tx, caller: &Caller, id: ChangeRequestId, version: u64) -> Result<()> {
    let request = pending(tx, caller, id, version).await?;
    decide(tx, caller, &request.row, RequestState::Rejected).await
}

/// How the log calls what an attempt to decide a request was about, if the request is to the caller's organisation.
pub async fn attempted_on(conn: &mut Conn, caller: &Caller, id: ChangeRequestId) -> Result<Option<(AuditCategory, String)>> {
    let found = requests::find(conn, id).await?.filter(|it| it.row.customer_id == caller.tenant.id);
    Ok(found.map(|it| about(it.row.event, &it.row.change)))
}

async fn pending(tx: &mut Tx, caller: &Caller, id: ChangeRequestId, version: u64) -> Result<StoredRequest> {
    let customer = caller.administered_customer()?;
    let stored = requests::find(tx.conn(), id).await?.filter(|it| it.row.customer_id == customer).ok_or(Error::not_found())?;
    if stored.row.state != RequestState::Pending {
        return Err(Error::field(FieldCode::RequestDecided, "#", "This request has been decided already, or has lapsed."));
    }
    check_version(stored.row.version, Some(version))?;
    Ok(stored)
}

async fn decide(tx: &mut Tx, caller: &Caller, row: &RequestRow, state: RequestState) -> Result<()> {
    let now = tx.now();
    requests::decide(tx.conn(), row.id, state, caller.user.user_id, now).await?;
    tx.record(Change::customer(row.customer_id)).await?;
    let entry = entry(caller, row.customer_id, row.event, &row.change, AuditOperation::Update);
    tx.audit(entry.changed("request", "pending", state.as_str())).await
}

/// What was right when it was asked for may no longer be.
fn outdated(error: Error) -> Error {
    match error {
        Error::Refused { .. } => asked::outdated(),
        other => other,
    }
}
