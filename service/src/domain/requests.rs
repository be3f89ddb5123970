//! Change control (R21–R24, A18, A19): a partner's change takes effect at once, or becomes a request that the customer decides.

use tenantry_model::api::requests::{Done, Outcome, RequestRow};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{ChangeRequestId, TenantId};
use tenantry_model::tenancy::{Approval, ControlEvent, RequestState};

use crate::domain::caller::Caller;
use crate::domain::relationship::check_version;
use crate::domain::roles::{Ground, Reach, doing, rules};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::audit::NewAudit;
use crate::store::relationships::{self, Relationship};
use crate::store::requests::{self, NewRequest};
use crate::store::{Change, SqliteConnection, Tx};

pub use crate::domain::roles::RoleOperation;

/// How many decided requests a customer sees.
const DECIDED: u32 = 100;

/// A partner's change of roles: done, or asked for where the customer wants to approve it (R24). The caller has already shown that they may
/// change something here; how far is decided by the rules.
pub async fn ask_or_do(
    tx: &mut Tx,
    caller: &Caller,
    relationship: &Relationship,
    operation: RoleOperation,
    random: &dyn Random,
) -> Result<Outcome> {
    let reach = match (&operation, caller.access.at(relationship.customer)) {
        // Whoever may appoint Primary admins may do so without being one (A7); who exactly is decided before this.
        (RoleOperation::AddPrimaryAdmins { .. } | RoleOperation::RemovePrimaryAdmin { .. }, _) => Reach::Everywhere,
        (_, Some(rights)) => Reach::Within(rights),
        (_, None) => return Err(Error::not_found()),
    };
    let ground = Ground { customer: relationship.customer, relationship: Some(relationship), reach, administrator: false };
    let shown = rules::check(tx.conn(), ground, &operation).await?;
    if relationship.change_control.of(ControlEvent::Roles) == Approval::Auto {
        return Ok(Outcome::Done(doing::perform(tx, ground, operation, &shown, caller.user, random).await?));
    }
    let written = serde_json::to_string(&operation).map_err(|error| Error::Internal(format!("a request cannot be written: {error}")))?;
    if let Some(waiting) = requests::same(tx.conn(), relationship.id, &written).await? {
        // Asked for again, it is the same request: one approval is all that it needs.
        return Ok(Outcome::Requested(Box::new(waiting.row)));
    }
    let id = ChangeRequestId::from_uuid(uuid_v7(tx.now(), random));
    let new = NewRequest {
        id,
        relationship: relationship.id,
        customer: relationship.customer,
        partner: relationship.partner,
        event: ControlEvent::Roles,
        operation: written,
        shown,
        requested_by: caller.user.user_id,
        requester_name: caller.display_name.clone(),
    };
    let now = tx.now();
    requests::insert(tx.conn(), &new, now).await?;
    tx.record(Change::customer(relationship.customer)).await?;
    tx.audit(entry(caller, relationship.customer, &new.shown.role, AuditOperation::Create).added("request", "pending")).await?;
    let stored = requests::find(tx.conn(), id).await?.ok_or_else(|| Error::Internal("a request is not where it was written".into()))?;
    Ok(Outcome::Requested(Box::new(stored.row)))
}

/// `GET /v1/change-requests`: of the administered customer, those that wait, and those that were decided last.
pub async fn list(conn: &mut SqliteConnection, caller: &Caller) -> Result<Vec<RequestRow>> {
    let customer = caller.administered_customer()?;
    let mut rows = requests::of_customer(conn, customer, true, u32::MAX).await?;
    rows.extend(requests::of_customer(conn, customer, false, DECIDED).await?);
    Ok(rows)
}

/// `POST /v1/change-requests/{id}/approve`: it takes effect now, if it still can.
pub async fn approve(tx: &mut Tx, caller: &Caller, id: ChangeRequestId, version: u64, random: &dyn Random) -> Result<Done> {
    let (row, operation) = pending(tx, caller, id, version).await?;
    let relationship = relationships::active(tx.conn(), row.partner_id, row.customer_id).await?.ok_or(Error::not_found())?;
    let operation: RoleOperation =
        serde_json::from_str(&operation).map_err(|error| Error::bad_row("change_requests", "operation", id, error))?;
    let ground = Ground { customer: row.customer_id, relationship: Some(&relationship), reach: Reach::Everywhere, administrator: false };
    let shown = rules::check(tx.conn(), ground, &operation).await.map_err(outdated)?;
    let done = doing::perform(tx, ground, operation, &shown, caller.user, random).await?;
    decide(tx, caller, &row, RequestState::Approved).await?;
    Ok(done)
}

/// `POST /v1/change-requests/{id}/reject`: nothing changes.
pub async fn reject(tx: &mut Tx, caller: &Caller, id: ChangeRequestId, version: u64) -> Result<()> {
    let (row, _) = pending(tx, caller, id, version).await?;
    decide(tx, caller, &row, RequestState::Rejected).await
}

async fn pending(tx: &mut Tx, caller: &Caller, id: ChangeRequestId, version: u64) -> Result<(RequestRow, String)> {
    let customer = caller.administered_customer()?;
    let stored = requests::find(tx.conn(), id).await?.filter(|it| it.row.customer_id == customer).ok_or(Error::not_found())?;
    if stored.row.state != RequestState::Pending {
        return Err(Error::conflict("This request has been decided already, or has lapsed."));
    }
    check_version(stored.row.version, version)?;
    Ok((stored.row, stored.operation))
}

async fn decide(tx: &mut Tx, caller: &Caller, row: &RequestRow, state: RequestState) -> Result<()> {
    let now = tx.now();
    requests::decide(tx.conn(), row.id, state, caller.user.user_id, now).await?;
    tx.record(Change::customer(row.customer_id)).await?;
    let entry = entry(caller, row.customer_id, &row.change.role, AuditOperation::Update);
    tx.audit(entry.changed("request", "pending", state.as_str())).await
}

/// What was right when it was asked for may no longer be.
fn outdated(error: Error) -> Error {
    match error {
        Error::Refused { .. } => {
            Error::conflict("What it is about has changed since it was asked for: reject it, and let the partner ask again.")
        }
        other => other,
    }
}

fn entry(caller: &Caller, customer: TenantId, role: &str, operation: AuditOperation) -> NewAudit {
    NewAudit::by(caller.user, customer, AuditCategory::Role, operation, role)
}
