//! A key that a device enrols by is made: its hash is kept, and it itself is told this once.

use tenantry_model::id::{EnrolmentKeyId, RoomId, TenantId};

use super::keys;
use crate::error::Result;
use crate::random::{Random, uuid_v7};
use crate::store::Tx;
use crate::store::enrolment_keys::{self, EnrolmentKey};

/// One of the customer's, or of one of its rooms, whose key before ends then. By whom: their organisation, and what they are called.
pub(crate) async fn issue(
    tx: &mut Tx,
    by: Option<(TenantId, &str)>,
    (customer, room): (TenantId, Option<RoomId>),
    random: &dyn Random,
) -> Result<(EnrolmentKeyId, String)> {
    let now = tx.now();
    let id = EnrolmentKeyId::from_uuid(uuid_v7(now, random));
    let key = keys::new_enrolment_key(customer, random);
    let issued_by = by.map(|(tenant, name)| (tenant, name.to_owned()));
    let kept = EnrolmentKey { id, customer, room, hash: keys::hash(&key), issued_at: now, issued_by, last_used: None, devices: 0 };
    enrolment_keys::insert(tx.conn(), &kept).await?;
    Ok((id, key))
}
