//! The provider's metadata and keys, fetched over https (or from this machine), without following redirects.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tenantry_model::id::TenantId;
use url::Url;

use crate::config::https_or_loopback;
use crate::error::{Error, Result};

/// What stands for the tenant's id in the issuer of a provider that serves many tenants.
pub(super) const TENANT_PLACEHOLDER: &str = "{tenantid}";
/// The largest document that is read, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The shortest RSA modulus that is accepted, in bytes.
const SHORTEST_MODULUS: usize = 256;

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct ProviderKey {
    #[serde(flatten)]
    jwk: Jwk,
    /// Entra's addition to the standard.
    issuer: Option<String>,
}

#[derive(Debug)]
pub(super) struct SigningKey {
    pub(super) key: DecodingKey,
    /// Whose tokens it may sign, where the provider says so.
    pub(super) issuer: Option<String>,
}

/// The provider's answer, as of the last fetch.
#[derive(Debug)]
pub(super) struct Provider {
    /// The issuer, with [`TENANT_PLACEHOLDER`] where it serves many tenants.
    pub(super) issuer: String,
    /// By key id.
    pub(super) keys: HashMap<String, SigningKey>,
}

/// The issuer of a tenant's tokens.
pub(super) fn issuer_of(template: &str, tenant: TenantId) -> String {
    template.replace(TENANT_PLACEHOLDER, &tenant.to_string())
}

pub(super) fn client() -> Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(10))
        .build()
        .map_err(|error| Error::Internal(format!("the HTTP client could not be made: {error}")))
}

pub(super) async fn fetch(client: &reqwest::Client, authority: &Url) -> Result<Provider> {
    let address = format!("{}/.well-known/openid-configuration", authority.as_str().trim_end_matches('/'));
    let metadata: Metadata = document(client, &address).await?;
    if !issuer_belongs_to(&metadata.issuer, authority) {
        return Err(Error::Internal(format!(
            "the provider at {authority} calls itself {:?}: its metadata is not believed",
            metadata.issuer
        )));
    }
    let jwks: Jwks = document(client, https_or_loopback(&metadata.jwks_uri)?.as_str()).await?;
    // A key of an unknown kind must not hide the others.
    let keys = jwks.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).filter_map(signing_key).collect();
    Ok(Provider { issuer: metadata.issuer, keys })
}

async fn document<T: DeserializeOwned>(client: &reqwest::Client, address: &str) -> Result<T> {
    let failed = |why: String| Error::Internal(format!("{address} could not be read: {why}"));
    let mut response = client.get(address).send().await.map_err(|error| failed(error.without_url().to_string()))?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(failed(format!("it answered {}", response.status())));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(error.without_url().to_string()))? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(failed(format!("it is larger than {LARGEST} bytes")));
        }
    }
    serde_json::from_slice(&body).map_err(|error| failed(error.to_string()))
}

/// The key with its id, if it is for RS256 signatures and long enough.
fn signing_key(ProviderKey { jwk, issuer }: ProviderKey) -> Option<(String, SigningKey)> {
    let AlgorithmParameters::RSA(rsa) = &jwk.algorithm else { return None };
    let signs = jwk.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let rs256 = jwk.common.key_algorithm.is_none_or(|algorithm| algorithm == KeyAlgorithm::RS256);
    let modulus = URL_SAFE_NO_PAD.decode(rsa.n.trim_end_matches('=')).ok()?;
    if !signs || !rs256 || modulus.len() < SHORTEST_MODULUS {
        return None;
    }
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some((jwk.common.key_id?, SigningKey { key, issuer }))
}

/// Whether metadata found at `authority` may speak for `issuer`: the same address, or one that differs in the tenant alone, as Entra's
/// `organizations` does.
fn issuer_belongs_to(issuer: &str, authority: &Url) -> bool {
    let Ok(url) = Url::parse(issuer) else { return false };
    let parts = |url: &Url| url.path().trim_end_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    // A URL writes the braces of a template in percent signs.
    let (theirs, ours) = (parts(&url), parts(authority));
    let is_tenant = |part: &str| part == "%7Btenantid%7D" || part == TENANT_PLACEHOLDER || part.parse::<TenantId>().is_ok();
    let differing: Vec<&String> = theirs.iter().zip(&ours).filter(|(theirs, ours)| theirs != ours).map(|(theirs, _)| theirs).collect();
    url.origin() == authority.origin()
        && url.query().is_none()
        && theirs.len() == ours.len()
        && (differing.is_empty() || (differing.len() == 1 && is_tenant(differing[0])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_speaks_for_its_own_address_and_for_the_tenants_below_it() {
        let authority = Url::parse("https://login.example/organizations/v2.0").unwrap();
        for good in [
            "https://login.example/{tenantid}/v2.0",
            "https://login.example/11111111-2222-3333-4444-555555555555/v2.0",
            "https://login.example/organizations/v2.0",
        ] {
            assert!(issuer_belongs_to(good, &authority), "{good}");
        }
        for bad in [
            "https://other.example/{tenantid}/v2.0",
            "http://login.example/{tenantid}/v2.0",
            "https://login.example:444/{tenantid}/v2.0",
            "https://login.example/{tenantid}/v1.0",
            "https://login.example/evil/v2.0",
            "https://login.example/{tenantid}",
            "https://login.example/{tenantid}/v2.0?x=1",
            "",
        ] {
            assert!(!issuer_belongs_to(bad, &authority), "{bad}");
        }
    }
}
