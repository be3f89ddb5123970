//! The two calls of the token endpoint: a code for tokens, and a refresh token for fresh ones.

use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJsonWebKeySet,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, EmptyExtraTokenFields, EndpointNotSet, EndpointSet, IdToken,
    IdTokenFields, IssuerUrl, OAuth2TokenResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, StandardErrorResponse,
    StandardTokenResponse, TokenResponse,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tenantry_model::id::{PrincipalId, TenantId};

use super::Provider;
use super::refusal::refusal;
use crate::error::Error;

/// The claims that identify a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Identity {
    pub(super) tid: TenantId,
    pub(super) oid: PrincipalId,
    /// From when the token holds, in seconds.
    #[serde(default)]
    pub(super) nbf: Option<i64>,
}

impl AdditionalClaims for Identity {}

pub(super) type PersonToken = IdToken<Identity, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

type Fields = IdTokenFields<Identity, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Answer = StandardTokenResponse<Fields, CoreTokenType>;
type Failure = StandardErrorResponse<CoreErrorResponseType>;
pub(super) type OpenIdClient = Client<
    Identity,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Failure,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointNotSet,
>;

/// What the token endpoint gave.
pub(crate) struct Tokens {
    /// For the service.
    pub(crate) access: SecretString,
    /// How long that one lasts.
    pub(crate) expires_in: Duration,
    /// For fresh tokens; none where the provider keeps the one before.
    pub(crate) refresh: Option<SecretString>,
    pub(super) id_token: Option<PersonToken>,
}

/// What an access token is taken to last where the provider does not say.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(5 * 60);

impl Provider {
    /// A client without a secret: nothing in a desktop app can keep one.
    pub(super) fn client(&self) -> Result<OpenIdClient, Error> {
        let issuer = IssuerUrl::new(self.metadata.issuer.clone()).map_err(|_| Error::Refused("the issuer has no address".into()))?;
        Ok(Client::new(ClientId::new(self.client_id.clone()), issuer, CoreJsonWebKeySet::new(vec![]))
            .set_auth_uri(AuthUrl::from_url(self.metadata.authorization_endpoint.clone()))
            .set_token_uri(self.token_url())
            .set_auth_type(AuthType::RequestBody))
    }

    /// A code for tokens.
    pub(super) async fn redeem(&self, code: &SecretString, verifier: &SecretString, redirect: RedirectUrl) -> Result<Tokens, Error> {
        let client = self.client()?.set_redirect_uri(redirect);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose_secret().to_owned()))
            .request_async(&self.bridge)
            .await;
        tokens(answer)
    }

    /// A refresh token for fresh ones, of the scope that was granted: what was asked for at first may be more. [`Error::SignInExpired`]
    /// where it no longer holds.
    pub(super) async fn refresh(&self, refresh: &SecretString) -> Result<Tokens, Error> {
        let refresh = RefreshToken::new(refresh.expose_secret().to_owned());
        let client = self.client()?;
        tokens(client.exchange_refresh_token(&refresh).request_async(&self.bridge).await).map_err(|error| match error {
            // Whatever it refuses, only signing in again can help.
            Error::ProviderRefused(details) => {
                tracing::warn!(%details, "the sign-in no longer holds");
                Error::SignInExpired
            }
            error => error,
        })
    }
}

fn tokens(answer: Result<Answer, RequestTokenError<Error, Failure>>) -> Result<Tokens, Error> {
    let answer = answer.map_err(|error| match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(failure) => refused(failure.error().as_ref(), failure.error_description().map(String::as_str)),
        // Its text may quote the answer, and with it a token.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Error::Unreachable("the provider's answer cannot be read".into()),
    })?;
    Ok(Tokens {
        access: SecretString::from(answer.access_token().secret().as_str()),
        expires_in: answer.expires_in().unwrap_or(DEFAULT_LIFETIME),
        refresh: answer.refresh_token().map(|token| SecretString::from(token.secret().as_str())),
        id_token: answer.id_token().cloned(),
    })
}

/// What follows from an error of the token endpoint (RFC 6749 §5.2).
fn refused(code: &str, description: Option<&str>) -> Error {
    match code {
        "temporarily_unavailable" | "slow_down" => Error::Unreachable(format!("the sign-in provider answered {code}")),
        code if is_oauth_code(code) => refusal(code, description),
        _ => Error::Unreachable("what answers in the sign-in provider's place is not the provider".into()),
    }
}

/// Whether it is written as codes of OAuth are. A gateway's `"error": "Forbidden"` is not.
fn is_oauth_code(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
