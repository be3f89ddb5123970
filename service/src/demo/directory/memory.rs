//! What the directory saves for the next start: refresh families, by the fingerprint of their one good token, and its administrators.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tenantry_model::id::PrincipalId;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::files;
use crate::random::{Random, secret, uuid_v7};

/// A family that is not used for this long ends.
const IDLE: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// How many families are kept; past it the one that was used longest ago ends.
const MOST: usize = 5_000;

const PREFIX: &str = "tdr_";

/// What is stored instead of a secret: SHA-256 in hex, which suffices for 256 random bits.
pub(super) fn fingerprint(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All refresh tokens that follow from one sign-in. Exactly one of them is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Family {
    pub(super) person: PrincipalId,
    pub(super) scope: String,
    token: String,
    used_at: Timestamp,
}

pub(super) struct Memory {
    path: PathBuf,
    kept: Kept,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Kept {
    families: BTreeMap<Uuid, Family>,
    global_administrators: BTreeSet<PrincipalId>,
}

impl Memory {
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("directory.json");
        let kept = match files::read(&path).map_err(|error| unusable(&path, &error))? {
            Some(content) => serde_json::from_slice(&content).map_err(|error| unusable(&path, &error))?,
            None => Kept::default(),
        };
        Ok(Self { path, kept })
    }

    /// Starts a family and answers with its first refresh token.
    pub(super) fn begin(&mut self, person: PrincipalId, scope: &str, now: Timestamp, random: &dyn Random) -> Result<(Uuid, String)> {
        let id = uuid_v7(now, random);
        let token = new_token(id, random);
        self.kept.families.retain(|_, family| now.since(family.used_at) <= IDLE);
        while self.kept.families.len() >= MOST {
            let Some(oldest) = self.kept.families.iter().min_by_key(|(_, family)| family.used_at).map(|(id, _)| *id) else { break };
            self.kept.families.remove(&oldest);
        }
        self.kept.families.insert(id, Family { person, scope: scope.to_owned(), token: fingerprint(&token), used_at: now });
        self.save()?;
        Ok((id, token))
    }

    /// Exchanges the valid token of a family for the next one. Any other token of a family ends the whole family (RFC 9700, 4.14.2): somebody
    /// holds a copy. None where the token is not, or no longer, good.
    pub(super) fn rotate(&mut self, token: &str, now: Timestamp, random: &dyn Random) -> Result<Option<(Family, String)>> {
        let Some(id) = family_of(token) else { return Ok(None) };
        let Some(family) = self.kept.families.get_mut(&id) else { return Ok(None) };
        let good = bool::from(family.token.as_bytes().ct_eq(fingerprint(token).as_bytes()));
        if !good || now.since(family.used_at) > IDLE {
            self.end(id)?;
            return Ok(None);
        }
        let next = new_token(id, random);
        family.token = fingerprint(&next);
        family.used_at = now;
        let family = family.clone();
        self.save()?;
        Ok(Some((family, next)))
    }

    pub(super) fn end(&mut self, id: Uuid) -> Result<()> {
        if self.kept.families.remove(&id).is_some() { self.save() } else { Ok(()) }
    }

    /// Ends every family: everybody has to sign in again once their access token has ended. How many there were.
    pub(super) fn end_all(&mut self) -> Result<usize> {
        let ended = std::mem::take(&mut self.kept.families).len();
        self.save()?;
        Ok(ended)
    }

    pub(super) fn is_global_administrator(&self, person: PrincipalId) -> bool {
        self.kept.global_administrators.contains(&person)
    }

    pub(super) fn set_global_administrator(&mut self, person: PrincipalId, holds: bool) -> Result<()> {
        let changed = if holds { self.kept.global_administrators.insert(person) } else { self.kept.global_administrators.remove(&person) };
        if changed { self.save() } else { Ok(()) }
    }

    fn save(&self) -> Result<()> {
        let content = serde_json::to_vec_pretty(&self.kept).map_err(|error| unusable(&self.path, &error))?;
        files::write_private(&self.path, &content).map_err(|error| unusable(&self.path, &error))
    }
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Config(format!("what the directory remembers in {} cannot be used: {error}; mend the file, or delete it", path.display()))
}

fn new_token(family: Uuid, random: &dyn Random) -> String {
    format!("{PREFIX}{}_{}", family.simple(), secret(random))
}

fn family_of(token: &str) -> Option<Uuid> {
    let (family, _) = token.strip_prefix(PREFIX)?.split_once('_')?;
    Uuid::try_parse(family).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn person() -> PrincipalId {
        PrincipalId::from_uuid(Uuid::from_u128(7))
    }

    const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

    #[test]
    fn a_token_that_was_rotated_away_ends_its_family_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let random = SeededRandom::new(3);
        let mut memory = Memory::open(folder.path()).unwrap();
        let (_, first) = memory.begin(person(), "openid", NOW, &random).unwrap();
        let (_, other) = memory.begin(person(), "openid", NOW, &random).unwrap();
        let (family, second) = memory.rotate(&first, NOW, &random).unwrap().unwrap();
        assert_eq!((family.person, family.scope.as_str()), (person(), "openid"));
        assert_eq!(memory.rotate(&first, NOW, &random).unwrap(), None, "reuse is refused");
        assert_eq!(memory.rotate(&second, NOW, &random).unwrap(), None, "and ends what followed");
        assert!(memory.rotate(&other, NOW, &random).unwrap().is_some());
    }

    #[test]
    fn families_and_administrators_survive_a_restart_but_tokens_are_nowhere_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let random = SeededRandom::new(3);
        let mut memory = Memory::open(folder.path()).unwrap();
        let (_, token) = memory.begin(person(), "openid", NOW, &random).unwrap();
        memory.set_global_administrator(person(), true).unwrap();
        let written = std::fs::read_to_string(folder.path().join("directory.json")).unwrap();
        assert!(!written.contains(token.rsplit('_').next().unwrap()));
        let mut memory = Memory::open(folder.path()).unwrap();
        assert!(memory.is_global_administrator(person()));
        assert!(memory.rotate(&token, NOW, &random).unwrap().is_some());
        assert_eq!(memory.end_all().unwrap(), 1);
        assert!(memory.rotate(&token, NOW, &random).unwrap().is_none());
    }

    #[test]
    fn a_family_that_nobody_used_for_long_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let random = SeededRandom::new(3);
        let mut memory = Memory::open(folder.path()).unwrap();
        let (_, token) = memory.begin(person(), "openid", NOW, &random).unwrap();
        assert_eq!(memory.rotate(&token, NOW.plus(IDLE + Duration::from_secs(1)), &random).unwrap(), None);
    }

    #[test]
    fn nonsense_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = Memory::open(folder.path()).unwrap();
        for token in ["", "tdr_", "tdr_x_y", "tdr_00000000000000000000000000000007_x", "\u{1F600}"] {
            assert_eq!(memory.rotate(token, NOW, &SeededRandom::new(1)).unwrap(), None, "{token}");
        }
    }
}
