//! The OpenID provider as its metadata describes it, and what is demanded of it before anything is sent there.
//!
//! - **Issuer.** It must be the authority that the service named, or the same address with `{tenantid}` in place of one part of its path:
//!   Entra ID's multi-tenant metadata does that, and no library compares it, so it is compared here. Anything else is refused.
//! - **PKCE S256.** A provider that lists its methods must list S256. One that lists none is refused as well, unless it is Entra ID, which
//!   supports S256 and does not say so. `plain` is never sent.
//! - **TLS.** Every address in the metadata must be `https`, or on this very machine.

use openidconnect::core::CoreJsonWebKeySet;
use openidconnect::{JsonWebKeySetUrl, TokenUrl};
use serde::Deserialize;
use tenantry_model::api::ServiceInfo;
use tenantry_model::id::TenantId;
use url::Url;

use super::bridge::Bridge;
use crate::error::Error;
use crate::transport::{ANSWER_LIMIT, is_private};

/// Hosts of Entra ID in the commercial cloud and in the national ones.
const ENTRA_HOSTS: &[&str] =
    &["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "sts.windows.net"];
const TENANT_PLACE: &str = "{tenantid}";

/// A provider that passed.
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    pub(super) metadata: Metadata,
    pub(super) client_id: String,
    pub(super) scopes: Vec<String>,
    pub(super) redirect_host: String,
    pub(super) bridge: Bridge,
}

/// What we read of the metadata.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Metadata {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    jwks_uri: Url,
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl Provider {
    /// Fetches the metadata and demands what must hold.
    pub(crate) async fn discover(info: &ServiceInfo, http: &reqwest::Client) -> Result<Self, Error> {
        let refused = |why: &str| Error::Refused(format!("the sign-in provider {} {why}", info.authority));
        let authority = Url::parse(&info.authority).map_err(|_| refused("has no address"))?;
        if !is_private(&authority) {
            return Err(refused("must be reached by https"));
        }
        let address = format!("{}/.well-known/openid-configuration", info.authority.trim_end_matches('/'));
        let answer = http.get(address).timeout(ANSWER_LIMIT).send().await?;
        if answer.status().is_server_error() {
            return Err(Error::Unreachable(format!("the sign-in provider answered {}", answer.status().as_u16())));
        }
        if !answer.status().is_success() {
            return Err(refused("has no metadata"));
        }
        let metadata: Metadata = serde_json::from_slice(&answer.bytes().await?).map_err(|_| refused("has metadata that cannot be read"))?;
        let is_entra = authority.host_str().is_some_and(|host| ENTRA_HOSTS.contains(&host));
        demand(&metadata, &info.authority, is_entra).map_err(refused)?;
        Ok(Self {
            metadata,
            client_id: info.client_id.clone(),
            scopes: scopes(info),
            redirect_host: info.redirect_host.clone(),
            bridge: Bridge(http.clone()),
        })
    }

    /// A provider of which only the metadata is known.
    #[cfg(test)]
    pub(super) fn made(info: &ServiceInfo, metadata: Metadata) -> Self {
        let (client_id, redirect_host) = (info.client_id.clone(), info.redirect_host.clone());
        Self { metadata, client_id, scopes: scopes(info), redirect_host, bridge: Bridge(reqwest::Client::new()) }
    }

    /// The keys that its tokens are signed with, as they are now.
    pub(super) async fn keys(&self) -> Result<CoreJsonWebKeySet, Error> {
        let address = JsonWebKeySetUrl::from_url(self.metadata.jwks_uri.clone());
        CoreJsonWebKeySet::fetch_async(&address, &self.bridge).await.map_err(|error| match error {
            openidconnect::DiscoveryError::Request(error) => error,
            _ => Error::Refused("the sign-in provider's keys cannot be read".into()),
        })
    }

    /// Where codes and refresh tokens are exchanged.
    pub(super) fn token_url(&self) -> TokenUrl {
        TokenUrl::from_url(self.metadata.token_endpoint.clone())
    }

    /// Whether a redirect that names this issuer may come from here: the issuer itself, or its template with a tenant in it.
    pub(super) fn may_be(&self, issuer: &str) -> bool {
        match self.metadata.issuer.split_once(TENANT_PLACE) {
            None => self.metadata.issuer == issuer,
            Some((before, after)) => {
                issuer == self.metadata.issuer
                    || issuer
                        .strip_prefix(before)
                        .and_then(|rest| rest.strip_suffix(after))
                        .is_some_and(|tenant| tenant.parse::<TenantId>().is_ok())
            }
        }
    }

    /// Whether this is the issuer of a token of this tenant.
    pub(super) fn issues(&self, issuer: &str, tenant: TenantId) -> bool {
        self.metadata.issuer.replace(TENANT_PLACE, &tenant.to_string()) == issuer
    }
}

fn scopes(info: &ServiceInfo) -> Vec<String> {
    let mut scopes: Vec<String> = ["openid", "profile", "offline_access"].map(String::from).into();
    for scope in &info.scopes {
        if !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    scopes
}

fn demand(metadata: &Metadata, authority: &str, is_entra: bool) -> Result<(), &'static str> {
    if !is_issuer_of(&metadata.issuer, authority) {
        return Err("names another issuer than itself");
    }
    if ![&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri].into_iter().all(is_private) {
        return Err("names an address that is not https");
    }
    let s256 = match &metadata.code_challenge_methods_supported {
        Some(methods) => methods.iter().any(|method| method == "S256"),
        None => is_entra,
    };
    if s256 { Ok(()) } else { Err("does not offer PKCE with S256") }
}

/// Whether an issuer is the authority itself, or the authority with the place of the tenant in one part of its path.
fn is_issuer_of(issuer: &str, authority: &str) -> bool {
    let (issuer, authority) = (issuer.trim_end_matches('/'), authority.trim_end_matches('/'));
    let (one, other): (Vec<_>, Vec<_>) = (issuer.split('/').collect(), authority.split('/').collect());
    // The first three parts are scheme, nothing, and host.
    one.len() == other.len()
        && one.iter().zip(&other).enumerate().all(|(at, (one, other))| one == other || (at > 2 && *one == TENANT_PLACE))
        && issuer.matches(TENANT_PLACE).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_the_authority_or_its_template() {
        let authority = "https://login.microsoftonline.com/organizations/v2.0";
        for good in [authority, "https://login.microsoftonline.com/{tenantid}/v2.0"] {
            assert!(is_issuer_of(good, authority), "{good}");
        }
        for bad in [
            "https://login.microsoftonline.example/{tenantid}/v2.0",
            "https://{tenantid}/organizations/v2.0",
            "https://login.microsoftonline.com/{tenantid}/{tenantid}",
            "https://login.microsoftonline.com/common/v2.0",
            "https://login.microsoftonline.com/{tenantid}/v2.0/x",
        ] {
            assert!(!is_issuer_of(bad, authority), "{bad}");
        }
    }

    #[test]
    fn s256_must_be_offered_unless_entra_keeps_silent_about_it() {
        let metadata = |methods: Option<&[&str]>| Metadata {
            issuer: "https://id.example".into(),
            authorization_endpoint: "https://id.example/a".parse().unwrap(),
            token_endpoint: "https://id.example/t".parse().unwrap(),
            jwks_uri: "https://id.example/k".parse().unwrap(),
            code_challenge_methods_supported: methods.map(|methods| methods.iter().map(|method| (*method).to_owned()).collect()),
            authorization_response_iss_parameter_supported: false,
        };
        let ok = |methods, is_entra| demand(&metadata(methods), "https://id.example", is_entra).is_ok();
        assert!(ok(Some(&["plain", "S256"]), false) && ok(None, true));
        assert!(!ok(Some(&["plain"]), true) && !ok(Some(&[]), true) && !ok(None, false));
    }
}
