//! A customer's self-enrolment keys (R106): downloading one and ending all are rights of their own. The log never says a key.

use std::time::Duration;

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

/// For so long a key that nothing came by makes no room for another.
const LEFT_UNUSED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// `GET /v1/customers/{c}/enrolment-keys`, for whoever may download one or end them all, over everything as a user of the customer's own: they say how many
/// rooms came by them. Who holds a right in some rooms, or on a partner's side, is told of none.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<EnrolmentKeyList> {
    if caller.rights_with(customer, Permission::RoomsDownloadKey).is_err() {
        caller.rights_with(customer, Permission::RoomsResetKey)?;
    }
    let [may_download, may_reset] =
        [Permission::RoomsDownloadKey, Permission::RoomsResetKey].map(|permission| reach::may(caller, permission, customer));
    let keys = if may_download || may_reset { enrolment_keys::of_customer(conn, customer).await? } else { vec![] };
    Ok(EnrolmentKeyList { keys: keys.into_iter().map(row).collect(), may_download, may_reset })
}

fn row(key: EnrolmentKey) -> EnrolmentKeyRow {
    let EnrolmentKey { id, issued_at, issued_by, last_used, devices, .. } = key;
    EnrolmentKeyRow { id, issued_at, issued_by: issued_by.map(|(_, name)| name), last_used, devices }
}

/// Another key: those before go on. Where there are as many as there may be, the oldest makes room that nothing ever came by, if it is not of these days: that
/// may be on its way to a device. A key enrols any device, and gives one that is known its room with a new key: so it is for who holds the right over everything, and
/// for no partner, whatever its ceiling says.
pub async fn download(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, random: &dyn Random) -> Result<IssuedKey> {
    reach::whole_customer(actor, Permission::RoomsDownloadKey, customer)?;
    let keys = enrolment_keys::of_customer(tx.conn(), customer).await?;
    let mut ended = None;
    if keys.len() >= MOST_KEYS {
        let before = tx.now().minus(LEFT_UNUSED);
        let unused = keys.iter().rev().find(|key| key.last_used.is_none() && key.issued_at <= before);
        let unused = unused.ok_or_else(|| {
            let why = format!("There are {MOST_KEYS} keys, which are in use or new: reset them all.");
            Error::field(FieldCode::KeysTooMany, "#", why)
        })?;
        enrolment_keys::delete(tx.conn(), unused.id).await?;
        ended = Some(unused.id.to_string());
    }
    make(tx, actor, customer, (AuditOperation::Create, ended), random).await
}

/// A new key. Every other of the customer's ends, also those of rooms that wait for their devices: from the next request on it is refused.
pub async fn reset(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, random: &dyn Random) -> Result<IssuedKey> {
    reach::whole_customer(actor, Permission::RoomsResetKey, customer)?;
    let ended = enrolment_keys::delete_all(tx.conn(), customer).await?;
    make(tx, actor, customer, (AuditOperation::Update, Some(format!("{ended} keys"))), random).await
}

async fn make(
    tx: &mut Tx,
    actor: Actor<'_>,
    customer: TenantId,
    (operation, ended): (AuditOperation, Option<String>),
    random: &dyn Random,
) -> Result<IssuedKey> {
    let (id, key) = issue(tx, issuer(actor), (customer, None), random).await?;
    let name = tenants::find(tx, customer).await?.display_name;
    tx.audit(actor.record(customer, AuditCategory::EnrolmentKey, operation, &*name).with("key", ended, Some(id.to_string()))).await?;
    Ok(IssuedKey { id, key, customer: Named { id: customer, name }, room: None })
}

/// By whom a key is made, as the list of keys says it.
pub(in crate::domain) fn issuer(actor: Actor<'_>) -> Option<(TenantId, &str)> {
    let Actor::Caller(caller) = actor else { return None };
    Some((caller.tenant.id, &caller.display_name))
}
