//! The token endpoint: a code or a refresh token in, an access token out (RFC 6749, 4.1.3, 5 and 6).

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tenantry_model::id::PrincipalId;

use super::claims::{AccessToken, IdToken, Issue};
use super::codes::Redeemed;
use super::provider::{API_SCOPE, Authority, CLIENT_ID, Directory};
use crate::error::Error;
use crate::random::uuid_v7;

#[derive(Deserialize)]
pub(super) struct Request {
    client_id: Option<String>,
    client_secret: Option<String>,
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
    scope: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    token_type: &'static str,
    access_token: String,
    expires_in: u64,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// An error of RFC 6749, 5.2.
#[derive(Debug)]
enum Refusal {
    Invalid { error: &'static str, description: &'static str },
    Failed(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

const fn refuse(error: &'static str, description: &'static str) -> Refusal {
    Refusal::Invalid { error, description }
}

pub(super) async fn redeem(
    State(directory): State<Arc<Directory>>,
    Path(authority): Path<String>,
    request: Result<Form<Request>, FormRejection>,
) -> Response {
    let Ok(authority) = authority.parse::<Authority>() else { return StatusCode::NOT_FOUND.into_response() };
    let outcome = match request {
        Ok(Form(request)) => answer(&directory, authority, &request).await,
        Err(_) => Err(refuse("invalid_request", "send one application/x-www-form-urlencoded value per parameter")),
    };
    match outcome {
        Ok(answer) => (no_store(), Json(answer)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn answer(directory: &Directory, authority: Authority, request: &Request) -> Result<Answer, Refusal> {
    if request.client_id.as_deref() != Some(CLIENT_ID) {
        return Err(refuse("invalid_client", "no app is registered under this client_id"));
    }
    if request.client_secret.is_some() {
        return Err(refuse("invalid_client", "this is a public client: it has no secret"));
    }
    match request.grant_type.as_deref() {
        Some("authorization_code") => with_code(directory, authority, request).await,
        Some("refresh_token") => with_refresh_token(directory, authority, request).await,
        Some(_) => Err(refuse("unsupported_grant_type", "grant_type must be authorization_code or refresh_token")),
        None => Err(refuse("invalid_request", "grant_type is required")),
    }
}

async fn with_code(directory: &Directory, authority: Authority, request: &Request) -> Result<Answer, Refusal> {
    let code = request.code.as_deref().ok_or(refuse("invalid_request", "code is required"))?;
    let verifier = request.code_verifier.as_deref().ok_or(refuse("invalid_request", "code_verifier is required"))?;
    let redeemed = directory.codes().redeem(code, directory.now());
    let grant = match redeemed {
        Redeemed::Grant(grant) => grant,
        Redeemed::Again(family) => {
            if let Some(family) = family {
                directory.memory().end(family)?;
            }
            return Err(refuse("invalid_grant", "the code was used before"));
        }
        Redeemed::Unknown => return Err(refuse("invalid_grant", "the code is not known, or older than a minute")),
    };
    // Compared as parsed addresses: the grant holds the parsed one.
    let redirect = request.redirect_uri.as_deref().and_then(|text| url::Url::parse(text).ok());
    if redirect.is_none_or(|redirect| redirect.as_str() != grant.redirect_uri) {
        return Err(refuse("invalid_grant", "redirect_uri differs from the one that the code was sent to"));
    }
    if !is_verifier_of(verifier, &grant.challenge) {
        return Err(refuse("invalid_grant", "code_verifier does not belong to the code_challenge"));
    }
    let mut answer = tokens(directory, authority, grant.person, &grant.scope, grant.nonce.as_deref()).await?;
    if wants(&grant.scope, "offline_access") {
        let (family, token) = directory.memory().begin(grant.person, &grant.scope, directory.now(), directory.random.as_ref())?;
        directory.codes().led_to(code, family);
        answer.refresh_token = Some(token);
    }
    Ok(answer)
}

async fn with_refresh_token(directory: &Directory, authority: Authority, request: &Request) -> Result<Answer, Refusal> {
    let token = request.refresh_token.as_deref().ok_or(refuse("invalid_request", "refresh_token is required"))?;
    let rotated = directory.memory().rotate(token, directory.now(), directory.random.as_ref())?;
    let (family, next) = rotated.ok_or(refuse("invalid_grant", "the refresh token is not known, was used before, or has ended"))?;
    let scope = match request.scope.as_deref() {
        Some(narrower) if wants(narrower, API_SCOPE) && narrower.split_whitespace().all(|word| wants(&family.scope, word)) => narrower,
        Some(_) => return Err(refuse("invalid_scope", "scope must hold the API's own, and no more than was granted at sign-in")),
        None => &family.scope,
    };
    let mut answer = tokens(directory, authority, family.person, scope, None).await?;
    answer.refresh_token = Some(next);
    Ok(answer)
}

async fn tokens(
    directory: &Directory,
    authority: Authority,
    person: PrincipalId,
    scope: &str,
    nonce: Option<&str>,
) -> Result<Answer, Refusal> {
    let person = directory.people.find(person).await?.filter(|person| authority.admits(person.tenant));
    let person = person.ok_or(refuse("invalid_grant", "the person is no longer in this directory"))?;
    let (now, lifetime) = (directory.now(), directory.token_lifetime());
    let issuer = directory.issuer(person.tenant);
    let issue = Issue { issuer: &issuer, person: &person, now, lifetime, id: uuid_v7(now, directory.random.as_ref()) };
    let administrator = directory.memory().is_global_administrator(person.id);
    let keys = directory.keys();
    let id_token = if wants(scope, "openid") { Some(keys.sign(&IdToken::new(issue, nonce))?) } else { None };
    Ok(Answer {
        token_type: "Bearer",
        access_token: keys.sign(&AccessToken::new(issue, administrator))?,
        expires_in: lifetime.as_secs(),
        scope: scope.to_owned(),
        id_token,
        refresh_token: None,
    })
}

fn wants(scope: &str, word: &str) -> bool {
    scope.split_whitespace().any(|each| each == word)
}

/// RFC 7636, 4.1 and 4.6.
fn is_verifier_of(verifier: &str, challenge: &str) -> bool {
    let formed = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'));
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    formed && bool::from(hash.as_bytes().ct_eq(challenge.as_bytes()))
}

fn no_store() -> [(header::HeaderName, &'static str); 2] {
    [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")]
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body {
            error: &'static str,
            error_description: &'static str,
        }
        let (status, error, error_description) = match self {
            Self::Invalid { error: error @ "invalid_client", description } => (StatusCode::UNAUTHORIZED, error, description),
            Self::Invalid { error, description } => (StatusCode::BAD_REQUEST, error, description),
            Self::Failed(cause) => {
                tracing::error!(error = %cause, "the directory could not answer for a token");
                (StatusCode::INTERNAL_SERVER_ERROR, "server_error", "the directory failed; its log says why")
            }
        };
        (status, no_store(), Json(Body { error, error_description })).into_response()
    }
}
