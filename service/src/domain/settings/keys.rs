//! A customer's self-enrolment keys (R106): downloading one and ending all are rights of their own. The log never says a key.

use tenantry_model::api::enrolment_keys::{EnrolmentKeyList, EnrolmentKeyRow, IssuedKey, MOST_KEYS};
use tenantry_model::api::roles::Named;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use super::reach;
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::ingest::issuing::issue;
use crate::domain::tenants;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::enrolment_keys::{self, EnrolmentKey};
use crate::store::{Conn, Tx};

/// `GET /v1/customers/{c}/enrolment-keys`, for whoever may download one or end them all. Who downloaded what is told to the customer's own users; a
/// partner's are told of those that their organisation downloaded.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<EnrolmentKeyList> {
    if caller.rights_with(customer, Permission::RoomsDownloadKey).is_err() {
        caller.rights_with(customer, Permission::RoomsResetKey)?;
    }
    let side = caller.side_at(customer);
    let told = |key: &EnrolmentKey| side.is_none() || key.issued_by.as_ref().map(|(tenant, _)| *tenant) == side;
    let keys = enrolment_keys::of_customer(conn, customer).await?;
    Ok(EnrolmentKeyList {
        keys: keys.into_iter().filter(told).map(row).collect(),
        may_download: may_download(Actor::Caller(caller), customer).is_ok(),
        may_reset: reach::may(caller, Permission::RoomsResetKey, customer),
    })
}

fn row(key: EnrolmentKey) -> EnrolmentKeyRow {
    let EnrolmentKey { id, issued_at, issued_by, last_used, devices, .. } = key;
    EnrolmentKeyRow { id, issued_at, issued_by: issued_by.map(|(_, name)| name), last_used, devices }
}

/// Another key: those before go on. The oldest that nothing ever came by makes room for it where there are as many as there may be.
pub async fn download(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, random: &dyn Random) -> Result<IssuedKey> {
    may_download(actor, customer)?;
    let keys = enrolment_keys::of_customer(tx.conn(), customer).await?;
    if keys.len() >= MOST_KEYS {
        let unused = keys.iter().rev().find(|key| key.last_used.is_none());
        let unused = unused.ok_or_else(|| {
            let why = format!("{MOST_KEYS} keys are in use, which is as many as there may be: reset them all.");
            Error::field(FieldCode::KeysTooMany, "#", why)
        })?;
        enrolment_keys::delete(tx.conn(), unused.id).await?;
    }
    make(tx, actor, customer, AuditOperation::Create, random).await
}

/// A new key. Every other of the customer's ends, also those of rooms that wait for their devices: from the next request on it is refused.
pub async fn reset(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, random: &dyn Random) -> Result<IssuedKey> {
    reach::whole_customer(actor, Permission::RoomsResetKey, customer)?;
    enrolment_keys::delete_all(tx.conn(), customer).await?;
    make(tx, actor, customer, AuditOperation::Update, random).await
}

async fn make(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, operation: AuditOperation, random: &dyn Random) -> Result<IssuedKey> {
    let (id, key) = issue(tx, issuer(actor), (customer, None), random).await?;
    let name = tenants::find(tx, customer).await?.display_name;
    tx.audit(actor.record(customer, AuditCategory::EnrolmentKey, operation, &*name).added("key", id.to_string())).await?;
    Ok(IssuedKey { id, key, customer: Named { id: customer, name }, room: None })
}

/// By whom a key is made, as the list of keys says it.
pub(in crate::domain) fn issuer(actor: Actor<'_>) -> Option<(TenantId, &str)> {
    let Actor::Caller(caller) = actor else { return None };
    Some((caller.tenant.id, &caller.display_name))
}

/// The right over everything there; of a partner's user, over everything that is delegated, where its ceiling has it (A9).
fn may_download(actor: Actor<'_>, customer: TenantId) -> Result<()> {
    let Actor::Caller(caller) = actor else { return Ok(()) };
    let rights = caller.rights_with(customer, Permission::RoomsDownloadKey)?;
    if rights.allow_everywhere(Permission::RoomsDownloadKey) {
        return Ok(());
    }
    let why = "The key is for all rooms: downloading it needs rooms.download_key over all of them.";
    Err(Error::field(FieldCode::SettingsBeyondReach, "#", why))
}
