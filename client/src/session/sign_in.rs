//! One sign-in: browser, code, tokens, and an id token that holds.

use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreIdTokenVerifier};
use openidconnect::{ClientId, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::{Clock, Timestamp};

use super::Provider;
use super::exchange::Tokens;
use super::loopback::{Hit, Loopback};
use super::refusal::refusal;
use crate::error::Error;
use crate::random::{Random, token};

/// How long the browser may take.
const LIMIT: Duration = Duration::from_secs(5 * 60);
/// How far the provider's clock may be off, as the service allows it too.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// What opens the system's browser.
pub(crate) trait Browser: Send + Sync {
    /// Opens it there. The address holds no secret but the state and the nonce, which are worth nothing without the listener.
    fn open(&self, url: &str) -> Result<(), String>;
}

/// What one sign-in needs.
pub(crate) struct SignIn<'a> {
    pub(crate) provider: &'a Provider,
    pub(crate) browser: &'a dyn Browser,
    pub(crate) random: &'a dyn Random,
    pub(crate) clock: &'a Arc<dyn Clock>,
    /// Whether the provider is to ask which account it shall be, instead of taking the one that the browser is signed in with.
    pub(crate) choose_account: bool,
}

/// A person, and their tokens.
pub(crate) struct SignedIn {
    pub(crate) user: UserKey,
    pub(crate) tokens: Tokens,
}

/// The secrets of one attempt. Taken apart once, so that none is used twice.
struct Attempt {
    state: String,
    nonce: String,
    verifier: SecretString,
}

impl SignIn<'_> {
    /// Runs it to its end, which comes within five minutes.
    pub(crate) async fn run(self) -> Result<SignedIn, Error> {
        tokio::time::timeout(LIMIT, self.attempt()).await.map_err(|_| Error::TimedOut)?
    }

    async fn attempt(self) -> Result<SignedIn, Error> {
        let attempt = Attempt { state: token(self.random)?, nonce: token(self.random)?, verifier: SecretString::from(token(self.random)?) };
        let loopback = Loopback::open(&self.provider.redirect_host).await?;
        let redirect = RedirectUrl::new(loopback.redirect()).map_err(|_| Error::Refused("the redirect has no address".into()))?;
        self.browser.open(&self.address(&attempt, redirect.clone())?).map_err(Error::NoBrowser)?;
        let (hit, visitor) = loopback.wait(|state| same(state, &attempt.state)).await?;
        let outcome = self.conclude(&attempt, hit, redirect).await;
        visitor.tell(outcome.is_ok()).await;
        outcome
    }

    /// What the hit of this attempt leads to.
    async fn conclude(&self, attempt: &Attempt, hit: Hit, redirect: RedirectUrl) -> Result<SignedIn, Error> {
        let code = self.accept(hit)?;
        let tokens = self.provider.redeem(&code, &attempt.verifier, redirect).await?;
        let user = self.identify(attempt, &tokens).await?;
        Ok(SignedIn { user, tokens })
    }

    fn address(&self, attempt: &Attempt, redirect: RedirectUrl) -> Result<String, Error> {
        let client = self.provider.client()?.set_redirect_uri(redirect);
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let verifier = PkceCodeVerifier::new(attempt.verifier.expose_secret().to_owned());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || CsrfToken::new(state), move || Nonce::new(nonce))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(self.provider.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new));
        if self.choose_account {
            request = request.add_prompt(CoreAuthPrompt::SelectAccount);
        }
        Ok(request.url().0.into())
    }

    fn accept(&self, hit: Hit) -> Result<SecretString, Error> {
        if let Some(error) = hit.error {
            return Err(refusal(&error, hit.description.as_deref()));
        }
        let issuer_holds = match hit.issuer {
            // A template names no tenant yet: what comes back must fit it, and the id token says the rest.
            Some(issuer) => self.provider.may_be(&issuer),
            None => !self.provider.metadata.authorization_response_iss_parameter_supported,
        };
        if !issuer_holds {
            return Err(Error::Refused("the browser came back from another provider than it was sent to".into()));
        }
        hit.code.ok_or_else(|| Error::Refused("the browser came back without a code".into()))
    }

    async fn identify(&self, attempt: &Attempt, tokens: &Tokens) -> Result<UserKey, Error> {
        let refused = |why: &str| Error::Refused(format!("the provider's id token does not hold: {why}"));
        let id_token = tokens.id_token.as_ref().ok_or_else(|| refused("there is none"))?;
        let keys = self.provider.keys().await?;
        let issuer = IssuerUrl::new(self.provider.metadata.issuer.clone()).map_err(|_| refused("no issuer"))?;
        // Only RS256 passes. The issuer is compared below, since it may be a template, and the time by `in_time`.
        let verifier = CoreIdTokenVerifier::new_public_client(ClientId::new(self.provider.client_id.clone()), issuer, keys)
            .require_issuer_match(false)
            .set_time_fn(|| chrono::DateTime::UNIX_EPOCH);
        let nonce_holds = |nonce: Option<&Nonce>| match nonce {
            Some(nonce) if same(nonce.secret(), &attempt.nonce) => Ok(()),
            _ => Err("the nonce is another one".to_owned()),
        };
        let claims = id_token.claims(&verifier, nonce_holds).map_err(|error| refused(&error.to_string()))?;
        let identity = claims.additional_claims();
        in_time(self.clock.now(), identity.nbf.map(seconds), claims.issue_time().into(), claims.expiration().into())?;
        if !self.provider.issues(claims.issuer().as_str(), identity.tid) {
            return Err(refused("its issuer is another one"));
        }
        Ok(UserKey { tenant_id: identity.tid, user_id: identity.oid })
    }
}

/// Whether an id token holds now. When it was issued is not compared: the nonce says that it was made for this attempt.
fn in_time(here: Timestamp, not_before: Option<Timestamp>, issued: Timestamp, until: Timestamp) -> Result<(), Error> {
    if here >= until.plus(SKEW) || not_before.is_some_and(|not_before| here.plus(SKEW) < not_before) {
        return Err(Error::WrongClock { here, from: not_before.unwrap_or(issued), until });
    }
    Ok(())
}

fn seconds(since_epoch: i64) -> Timestamp {
    Timestamp::from_micros(since_epoch.saturating_mul(1_000_000))
}

/// Compares without telling by the time it takes how much is right.
fn same(one: &str, other: &str) -> bool {
    bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
