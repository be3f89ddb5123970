//! The keys of the simulated devices: made from one secret, so that 200,000 of them need no list.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use tenantry_model::id::{RoomId, TenantId};
use uuid::Uuid;

use crate::domain::ingest::keys;
use crate::error::{Error, Result};
use crate::files;
use crate::random::{Random, secret};

#[derive(Clone)]
pub(super) struct Keyring {
    secret: String,
}

impl Keyring {
    /// The secret of this data folder, made at the first start.
    pub(super) fn open(folder: &Path, random: &dyn Random) -> Result<Self> {
        let file = folder.join("devices-secret");
        let unusable = |error: std::io::Error| Error::Config(format!("{} cannot be used: {error}", file.display()));
        if let Some(kept) = files::read(&file).map_err(unusable)? {
            return Ok(Self { secret: String::from_utf8_lossy(&kept).into_owned() });
        }
        let made = secret(random);
        files::write_private(&file, made.as_bytes()).map_err(unusable)?;
        Ok(Self { secret: made })
    }

    /// The key that the simulated device of this room reports with.
    pub(super) fn room_key(&self, room: RoomId) -> String {
        keys::room_key_of(room, &self.derived("room", room.uuid()))
    }

    /// The key that simulated devices of this customer enrol with.
    pub(super) fn enrolment_key(&self, customer: TenantId) -> String {
        keys::enrolment_key_of(customer, &self.derived("customer", customer.uuid()))
    }

    fn derived(&self, of: &str, id: Uuid) -> String {
        // The secret has a fixed length and stands first and last, so nothing can be appended to what was hashed.
        let hash = Sha256::new().chain_update(&self.secret).chain_update(of).chain_update(id.as_bytes()).chain_update(&self.secret);
        URL_SAFE_NO_PAD.encode(hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn keys_are_the_same_after_a_restart_and_differ_by_room_and_kind() {
        let folder = tempfile::tempdir().unwrap();
        let ring = Keyring::open(folder.path(), &SeededRandom::new(1)).unwrap();
        let again = Keyring::open(folder.path(), &SeededRandom::new(2)).unwrap();
        let (one, two) = (RoomId::from_uuid(Uuid::from_u128(1)), RoomId::from_uuid(Uuid::from_u128(2)));
        assert_eq!(ring.room_key(one), again.room_key(one));
        assert_ne!(ring.room_key(one), ring.room_key(two));
        assert!(keys::room_key(&ring.room_key(one)).unwrap().opens(Some(&keys::hash(&again.room_key(one)))));
        let customer = TenantId::from_uuid(Uuid::from_u128(1));
        assert!(keys::enrolment_key(&ring.enrolment_key(customer)).is_some());
    }
}
