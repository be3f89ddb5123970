//! The keys of devices: a customer's to enrol by, one per room to report by. Only their hashes are stored.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tenantry_model::id::{RoomId, TenantId};
use uuid::Uuid;

use crate::random::{Random, secret};

const ENROLMENT: &str = "tke_";
const ROOM: &str = "tkr_";

/// A key as presented, not yet verified: see [`ShownKey::opens`].
#[derive(Clone, Copy)]
pub(crate) struct ShownKey<'a, T> {
    /// Whose key it claims to be.
    pub(crate) of: T,
    text: &'a str,
}

impl<T> ShownKey<'_, T> {
    /// What would be stored of it.
    pub(crate) fn hash(&self) -> String {
        hash(self.text)
    }

    /// Whether it has this hash. Takes as long for a wrong key, and for no hash at all, as for the right one.
    pub(crate) fn opens(&self, stored_hash: Option<&str>) -> bool {
        let shown = hash(self.text);
        let stored = stored_hash.filter(|stored| stored.len() == shown.len());
        let same = shown.as_bytes().ct_eq(stored.unwrap_or(&"0".repeat(shown.len())).as_bytes());
        bool::from(same) && stored.is_some()
    }
}

/// What is stored of a key: SHA-256 in hex, which suffices for 256 random bits.
pub(crate) fn hash(key: &str) -> String {
    Sha256::digest(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn new_enrolment_key(customer: TenantId, random: &dyn Random) -> String {
    enrolment_key_of(customer, &secret(random))
}

pub(crate) fn new_room_key(room: RoomId, random: &dyn Random) -> String {
    room_key_of(room, &secret(random))
}

/// The enrolment key with this secret part.
pub(crate) fn enrolment_key_of(customer: TenantId, secret: &str) -> String {
    format!("{ENROLMENT}{}_{secret}", customer.uuid().simple())
}

/// The room's key with this secret part.
pub(crate) fn room_key_of(room: RoomId, secret: &str) -> String {
    format!("{ROOM}{}_{secret}", room.uuid().simple())
}

/// Reads an enrolment key; none for malformed text.
pub(crate) fn enrolment_key(text: &str) -> Option<ShownKey<'_, TenantId>> {
    Some(ShownKey { of: TenantId::from_uuid(owner(text.strip_prefix(ENROLMENT)?)?), text })
}

/// Reads a room's key; none for malformed text.
pub(crate) fn room_key(text: &str) -> Option<ShownKey<'_, RoomId>> {
    Some(ShownKey { of: RoomId::from_uuid(owner(text.strip_prefix(ROOM)?)?), text })
}

fn owner(rest: &str) -> Option<Uuid> {
    let (owner, secret) = rest.split_at_checked(32)?;
    let secret = secret.strip_prefix('_')?;
    let formed = secret.len() == 43 && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    formed.then(|| Uuid::try_parse(owner).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_key_opens_its_own_door_and_no_other() {
        let random = SeededRandom::new(1);
        let room = RoomId::from_uuid(Uuid::from_u128(5));
        let (key, other) = (new_room_key(room, &random), new_room_key(room, &random));
        let shown = room_key(&key).unwrap();
        assert_eq!(shown.of, room);
        assert!(shown.opens(Some(&hash(&key))));
        assert!(!shown.opens(Some(&hash(&other))));
        for stored in [None, Some(""), Some("0"), Some(&*"0".repeat(64))] {
            assert!(!shown.opens(stored), "{stored:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_none() {
        let key = new_room_key(RoomId::from_uuid(Uuid::from_u128(5)), &SeededRandom::new(1));
        assert!(enrolment_key(&key).is_none(), "a room's key enrols nobody");
        for text in ["", "tkr_", "tkr_ä", &key[..key.len() - 1], &format!("{key}x"), &key.replace("tkr_", "tkr"), &"é".repeat(40)] {
            assert!(room_key(text).is_none(), "{text}");
        }
    }
}
