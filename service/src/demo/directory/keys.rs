//! Signing keys: made at first start, kept in the data folder, rolled over on request.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::files;
use crate::random::Random;

const BITS: usize = 2048;

/// How long a key that no longer signs stays published: longer than any token lives.
const PUBLISHED_AFTER_ROLLOVER: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// The keys, newest first. The first one signs.
pub(super) struct SigningKeys {
    path: PathBuf,
    keys: Vec<StoredKey>,
    signer: EncodingKey,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct StoredKey {
    id: String,
    /// PKCS#1 in PEM.
    private_key: String,
    /// The public half as a JWK has it.
    modulus: String,
    exponent: String,
    retired_at: Option<Timestamp>,
}

/// A published key (RFC 7517), with the issuer that it may sign for, as Entra ID publishes it.
#[derive(Debug, Serialize)]
pub(super) struct Jwk {
    kty: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    alg: &'static str,
    kid: String,
    n: String,
    e: String,
    issuer: String,
}

impl SigningKeys {
    /// The keys in this folder; makes the first where there is none.
    pub(super) fn open(folder: &Path, random: &dyn Random) -> Result<Self> {
        let path = folder.join("keys.json");
        let stored = files::read(&path).map_err(|error| unusable(&path, &error))?;
        let keys: Vec<StoredKey> = match stored {
            Some(content) => serde_json::from_slice(&content).map_err(|error| unusable(&path, &error))?,
            None => Vec::new(),
        };
        let fresh = keys.is_empty();
        let keys = if fresh { vec![generate(random)?] } else { keys };
        let opened = Self { signer: signer_of(&keys[0])?, path, keys };
        if fresh {
            opened.save()?;
        }
        Ok(opened)
    }

    /// A new key signs from now on. The old ones stay published until what they signed has ended.
    pub(super) fn roll_over(&mut self, now: Timestamp, random: &dyn Random) -> Result<()> {
        let fresh = generate(random)?;
        let signer = signer_of(&fresh)?;
        self.keys[0].retired_at = Some(now);
        self.keys.retain(|key| key.retired_at.is_none_or(|at| now.since(at) < PUBLISHED_AFTER_ROLLOVER));
        self.keys.insert(0, fresh);
        self.signer = signer;
        self.save()
    }

    pub(super) fn published(&self, issuer: &str) -> Vec<Jwk> {
        let jwk = |key: &StoredKey| Jwk {
            kty: "RSA",
            usage: "sig",
            alg: "RS256",
            kid: key.id.clone(),
            n: key.modulus.clone(),
            e: key.exponent.clone(),
            issuer: issuer.to_owned(),
        };
        self.keys.iter().map(jwk).collect()
    }

    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.keys[0].id.clone());
        jsonwebtoken::encode(&header, claims, &self.signer)
            .map_err(|error| Error::Internal(format!("a token could not be signed: {error}")))
    }

    fn save(&self) -> Result<()> {
        let content = serde_json::to_vec_pretty(&self.keys).map_err(|error| unusable(&self.path, &error))?;
        files::write_private(&self.path, &content).map_err(|error| unusable(&self.path, &error))
    }
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Config(format!(
        "the directory's signing keys in {} cannot be used: {error}; mend the file, or delete it to make new ones",
        path.display()
    ))
}

fn generate(random: &dyn Random) -> Result<StoredKey> {
    let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("no signing key could be made: {error}"));
    let key = RsaPrivateKey::new(&mut Bytes(random), BITS).map_err(|error| failed(&error))?;
    let modulus = key.n().to_bytes_be();
    let pem = key.to_pkcs1_pem(LineEnding::LF).map_err(|error| failed(&error))?;
    Ok(StoredKey {
        id: URL_SAFE_NO_PAD.encode(&Sha256::digest(&modulus)[..15]),
        private_key: pem.to_string(),
        modulus: URL_SAFE_NO_PAD.encode(&modulus),
        exponent: URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
        retired_at: None,
    })
}

fn signer_of(key: &StoredKey) -> Result<EncodingKey> {
    let bad = |error: &dyn std::fmt::Display| {
        Error::Config(format!("signing key {} cannot be read: {error}; delete the file to make new ones", key.id))
    };
    RsaPrivateKey::from_pkcs1_pem(&key.private_key).map_err(|error| bad(&error))?;
    EncodingKey::from_rsa_pem(key.private_key.as_bytes()).map_err(|error| bad(&error))
}

/// Adapts our randomness to the trait of the `rsa` crate.
struct Bytes<'a>(&'a dyn Random);

impl rsa::rand_core::RngCore for Bytes<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), rsa::rand_core::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Bytes<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn keys_survive_a_restart_and_an_old_one_stays_published_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let random = SeededRandom::new(1);
        let now = Timestamp::from_micros(1_700_000_000_000_000);
        let mut keys = SigningKeys::open(folder.path(), &random).unwrap();
        let first = keys.keys[0].id.clone();
        keys.roll_over(now, &random).unwrap();
        let second = keys.keys[0].id.clone();
        assert_ne!(first, second);
        let again = SigningKeys::open(folder.path(), &random).unwrap();
        let ids: Vec<_> = again.published("issuer").into_iter().map(|key| key.kid).collect();
        assert_eq!(ids, [second.clone(), first]);
        keys.roll_over(now.plus(PUBLISHED_AFTER_ROLLOVER), &random).unwrap();
        let ids: Vec<_> = keys.published("issuer").into_iter().map(|key| key.kid).collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[1], second);
    }

    #[test]
    fn a_spoilt_file_is_named_rather_than_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("keys.json"), b"{").unwrap();
        let Err(error) = SigningKeys::open(folder.path(), &SeededRandom::new(1)) else { panic!("it was taken") };
        assert!(error.to_string().contains("keys.json"), "{error}");
        assert_eq!(std::fs::read(folder.path().join("keys.json")).unwrap(), b"{");
    }
}
