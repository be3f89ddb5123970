//! Validates access tokens. No claim counts before the signature is verified, and then only what is checked here.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, Validation};
use serde::Deserialize;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::{ActingAs, GLOBAL_ADMINISTRATOR, UserKey};
use tenantry_model::time::{Clock, Timestamp};
use url::Url;
use uuid::Uuid;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::http::auth::keys::ProviderKeys;
use crate::http::auth::metadata::{Provider, issuer_of};
use crate::http::auth::seen::{SeenToken, SeenTokens, TokenHash};

/// How far the provider's clock may be off.
const SKEW: Duration = Duration::from_secs(300);
const LONGEST: usize = 16 * 1024;
/// Headers by which a token brings or names a key of its own, or demands an extension.
const REFUSED_HEADERS: [&str; 5] = ["jku", "x5u", "jwk", "x5c", "crit"];

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    tid: String,
    oid: String,
    ver: String,
    #[serde(default)]
    scp: Option<String>,
    #[serde(default)]
    idtyp: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    wids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerifiedToken {
    pub(crate) user: UserKey,
    /// What they are called; for display alone.
    pub(crate) name: Option<String>,
    /// Whether they hold the directory role Global Administrator.
    pub(crate) global_admin: bool,
    pub(crate) expires_at: Timestamp,
}

/// Who asks, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) token: VerifiedToken,
    /// As which of the two, where their organisation is partner and customer (A37); the request says it, no token does.
    pub(crate) acting_as: Option<ActingAs>,
}

pub(crate) struct TokenValidator {
    audience: String,
    scope: String,
    keys: ProviderKeys,
    seen: SeenTokens,
    clock: Arc<dyn Clock>,
}

/// What a token proves, and its `nbf`.
type Accepted = (VerifiedToken, Option<Timestamp>);

/// Why a token does not hold: for the log, never for the caller.
type Refusal = &'static str;

impl TokenValidator {
    pub(crate) fn new(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self> {
        Ok(Self {
            audience: settings.audience.clone(),
            scope: settings.required_scope.clone(),
            keys: ProviderKeys::new(settings.authority.clone(), clock.clone())?,
            seen: SeenTokens::default(),
            clock,
        })
    }

    /// The user of an `Authorization` header that was found valid before and has not expired since.
    pub(crate) fn known_user(&self, authorization: Option<&[u8]>) -> Option<UserKey> {
        let seen = self.seen.get(TokenHash::of(authorization.and_then(bearer)?))?;
        self.in_time(seen.token.expires_at, seen.not_before).ok().map(|()| seen.token.user)
    }

    /// Checks the value of an `Authorization` header.
    ///
    /// # Errors
    /// [`ProblemKind::Unauthorized`] for anything that is not a valid access token of a user for this service.
    pub(crate) async fn check(&self, authorization: Option<&[u8]>) -> Result<VerifiedToken> {
        let bearer = authorization.and_then(bearer).ok_or_else(|| refused("no bearer token"))?;
        let hash = TokenHash::of(bearer);
        let seen = self.seen.get(hash);
        let kid = match &seen {
            Some(seen) => seen.kid.clone(),
            None => key_id(bearer).map_err(refused)?.into(),
        };
        // A token that was seen asks for the provider's answer as any other does: a key that was withdrawn is missed as soon.
        let provider = self.keys.with_key(&kid).await?;
        if let Some(seen) = seen.filter(|seen| seen.is_of(&provider)) {
            self.in_time(seen.token.expires_at, seen.not_before).map_err(refused)?;
            return Ok(seen.token);
        }
        let (token, not_before) = self.verify(bearer, &kid, &provider).map_err(refused)?;
        self.seen.add(hash, SeenToken { kid, provider, token: token.clone(), not_before });
        Ok(token)
    }

    fn in_time(&self, expires_at: Timestamp, not_before: Option<Timestamp>) -> std::result::Result<(), Refusal> {
        let now = self.clock.now();
        if now >= expires_at.plus(SKEW) {
            return Err("expired");
        }
        if not_before.is_some_and(|not_before| now.plus(SKEW) < not_before) {
            return Err("not valid yet");
        }
        Ok(())
    }

    fn verify(&self, bearer: &str, kid: &str, provider: &Provider) -> std::result::Result<Accepted, Refusal> {
        let key = provider.keys.get(kid).ok_or("unknown key id")?;
        let mut signature_alone = Validation::new(Algorithm::RS256);
        signature_alone.required_spec_claims.clear();
        // Time, audience and issuer are checked below, by our clock and our rules.
        signature_alone.validate_exp = false;
        signature_alone.validate_nbf = false;
        signature_alone.validate_aud = false;
        let claims = jsonwebtoken::decode::<Claims>(bearer, &key.key, &signature_alone).map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => "wrong signature",
            jsonwebtoken::errors::ErrorKind::InvalidAlgorithm => "wrong algorithm",
            _ => "not an access token of the form expected",
        })?;
        self.accept(claims.claims, provider, key.issuer.as_deref())
    }

    fn accept(&self, claims: Claims, provider: &Provider, key_issuer: Option<&str>) -> std::result::Result<Accepted, Refusal> {
        let tenant = guid(&claims.tid).map(TenantId::from_uuid).ok_or("tid is not a GUID")?;
        let user = guid(&claims.oid).map(PrincipalId::from_uuid).ok_or("oid is not a GUID")?;
        if claims.iss != issuer_of(&provider.issuer, tenant) || !names_tenant(&claims.iss, &claims.tid) {
            return Err("wrong issuer");
        }
        if key_issuer.is_some_and(|issuer| issuer_of(issuer, tenant) != claims.iss) {
            return Err("the key may not sign for this issuer");
        }
        if claims.aud != self.audience {
            return Err("wrong audience");
        }
        if claims.ver != "2.0" {
            return Err("wrong version");
        }
        let expires_at = seconds(claims.exp).ok_or("exp is no time")?;
        let not_before = claims.nbf.map(|nbf| seconds(nbf).ok_or("nbf is no time")).transpose()?;
        self.in_time(expires_at, not_before)?;
        if claims.idtyp.is_some_and(|kind| kind != "user") {
            return Err("not a user's token");
        }
        if !claims.scp.unwrap_or_default().split(' ').any(|scope| scope == self.scope) {
            return Err("the scope is missing");
        }
        let token = VerifiedToken {
            user: UserKey { tenant_id: tenant, user_id: user },
            name: claims.name,
            global_admin: claims.wids.iter().any(|role| role == GLOBAL_ADMINISTRATOR),
            expires_at,
        };
        Ok((token, not_before))
    }
}

fn refused(why: Refusal) -> Error {
    tracing::info!(why, "a token was refused");
    Error::refused_because(ProblemKind::Unauthorized, "Sign in and send a valid access token as bearer.")
}

fn bearer(header: &[u8]) -> Option<&str> {
    let (scheme, token) = std::str::from_utf8(header).ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= LONGEST).then_some(token)
}

/// The key id of a header that is no more than it should be.
fn key_id(token: &str) -> std::result::Result<String, Refusal> {
    let header = token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| "not a JWT")?;
    let header: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&header).map_err(|_| "not a JWT")?;
    if REFUSED_HEADERS.iter().any(|name| header.contains_key(*name)) {
        return Err("a header that brings or names its own key");
    }
    if header.get("alg").and_then(serde_json::Value::as_str) != Some("RS256") {
        return Err("wrong algorithm");
    }
    header.get("kid").and_then(serde_json::Value::as_str).map(str::to_owned).ok_or("no key id")
}

/// A GUID as Entra writes it: hyphens, lower case, nothing around it.
fn guid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|id| id.to_string() == text)
}

/// Whether one part of the issuer's path is this tenant, so that an issuer without a place for tenants cannot speak for all of them.
fn names_tenant(issuer: &str, tenant: &str) -> bool {
    Url::parse(issuer).is_ok_and(|url| url.path_segments().is_some_and(|mut parts| parts.any(|part| part == tenant)))
}

fn seconds(since_1970: i64) -> Option<Timestamp> {
    since_1970.checked_mul(1_000_000).map(Timestamp::from_micros)
}
