//! The authorization endpoint: checks the request, shows the sign-in page, and sends the choice back to the app as a code.

use std::sync::Arc;

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tenantry_model::id::PrincipalId;
use url::{Host, Url};

use super::codes::Grant;
use super::page;
use super::people::Person;
use super::provider::{API_SCOPE, Authority, CLIENT_ID, Directory};
use crate::random::secret;

/// What the app asks for. The page carries it to the choice in hidden fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Request {
    pub(super) client_id: Option<String>,
    pub(super) redirect_uri: Option<String>,
    pub(super) response_type: Option<String>,
    pub(super) response_mode: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) code_challenge_method: Option<String>,
    pub(super) prompt: Option<String>,
}

/// The request once more, and whom one wants to be: a slug of the page, or the id of any user.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    #[serde(flatten)]
    request: Request,
    person: String,
}

#[derive(Debug)]
struct Checked {
    redirect: Url,
    state: String,
    nonce: Option<String>,
    scope: String,
    challenge: String,
}

#[derive(Debug)]
enum Refusal {
    /// It cannot be trusted to come from the app: shown here, and never sent on.
    Shown(&'static str),
    /// Told to the app (RFC 6749, 4.1.2.1).
    Told { redirect: Box<Url>, state: Option<String>, error: &'static str, description: &'static str },
}

pub(super) async fn show(
    State(directory): State<Arc<Directory>>,
    Path(authority): Path<String>,
    request: Result<Query<Request>, QueryRejection>,
) -> Response {
    let Ok(authority) = authority.parse::<Authority>() else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(Query(request)) = request else { return shown("The address holds a parameter twice, or one that cannot be read.") };
    let checked = match check(&request) {
        Ok(checked) => checked,
        Err(refusal) => return refusal.into_response(),
    };
    if request.prompt.as_deref() == Some("none") {
        return told(checked.redirect, Some(&checked.state), "login_required", "nobody is signed in without choosing a person");
    }
    match offered(&directory, authority).await {
        Ok(people) => page::sign_in(&request, &checked.redirect, &people),
        Err(error) => failed(&error),
    }
}

pub(super) async fn choose(
    State(directory): State<Arc<Directory>>,
    Path(authority): Path<String>,
    choice: Result<Form<Choice>, FormRejection>,
) -> Response {
    let Ok(authority) = authority.parse::<Authority>() else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(Form(choice)) = choice else { return shown("The form came back incomplete. Go back to the app and sign in again.") };
    let checked = match check(&choice.request) {
        Ok(checked) => checked,
        Err(refusal) => return refusal.into_response(),
    };
    let person = match find(&directory, &choice.person).await {
        Ok(Some(person)) if authority.admits(person.tenant) => person,
        Ok(_) => return shown("There is no such person in this directory. Go back and choose another."),
        Err(error) => return failed(&error),
    };
    let code = secret(directory.random.as_ref());
    let Checked { redirect, state, nonce, scope, challenge } = checked;
    let grant = Grant { person: person.id, redirect_uri: redirect.to_string(), scope, nonce, challenge, issued_at: directory.now() };
    directory.codes().issue(&code, grant);
    send_back(redirect, &[("code", &code), ("state", &state)])
}

/// What the app may ask for, and nothing else.
fn check(request: &Request) -> Result<Checked, Refusal> {
    if request.client_id.as_deref() != Some(CLIENT_ID) {
        return Err(Refusal::Shown("No app is registered under this client id."));
    }
    let redirect = request.redirect_uri.as_deref().and_then(loopback);
    let redirect = redirect
        .ok_or(Refusal::Shown("The redirect address must be http://127.0.0.1, http://localhost or http://[::1], with any port."))?;
    let tell =
        |error, description| Refusal::Told { redirect: Box::new(redirect.clone()), state: request.state.clone(), error, description };
    if request.response_type.as_deref() != Some("code") {
        return Err(tell("unsupported_response_type", "response_type must be code"));
    }
    if request.response_mode.as_deref().is_some_and(|mode| mode != "query") {
        return Err(tell("invalid_request", "response_mode must be query"));
    }
    let challenge = request.code_challenge.as_deref().filter(|challenge| is_challenge(challenge));
    let (Some(challenge), Some("S256")) = (challenge, request.code_challenge_method.as_deref()) else {
        return Err(tell("invalid_request", "a code_challenge with code_challenge_method S256 is required (PKCE)"));
    };
    let Some(state) = request.state.clone().filter(|state| !state.is_empty()) else {
        return Err(tell("invalid_request", "state is required"));
    };
    let scope = request.scope.as_deref().unwrap_or_default();
    let known = |word: &str| matches!(word, "openid" | "profile" | "offline_access") || word == API_SCOPE;
    if !scope.split_whitespace().all(known) || !scope.split_whitespace().any(|word| word == API_SCOPE) {
        return Err(tell("invalid_scope", "scope must hold the API's own, and may hold openid, profile and offline_access"));
    }
    if scope.split_whitespace().any(|word| word == "openid") && request.nonce.as_deref().is_none_or(str::is_empty) {
        return Err(tell("invalid_request", "nonce is required with the scope openid"));
    }
    Ok(Checked { state, nonce: request.nonce.clone(), scope: scope.to_owned(), challenge: challenge.to_owned(), redirect })
}

/// The address, if it leads to this very machine (RFC 8252, 7.3).
fn loopback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let here = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address == std::net::Ipv4Addr::LOCALHOST,
        Host::Ipv6(address) => address == std::net::Ipv6Addr::LOCALHOST,
    };
    let plain = url.scheme() == "http" && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    (here && plain).then_some(url)
}

/// A SHA-256 in base64url: 43 characters.
fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

async fn find(directory: &Directory, person: &str) -> crate::error::Result<Option<Person>> {
    let featured = directory.settings.featured.iter().find(|featured| featured.slug == person).map(|featured| featured.id);
    match featured.or_else(|| person.parse::<PrincipalId>().ok()) {
        Some(id) => directory.people.find(id).await,
        None => Ok(None),
    }
}

async fn offered(directory: &Directory, authority: Authority) -> crate::error::Result<Vec<page::Offer>> {
    let mut offers = Vec::new();
    for featured in &directory.settings.featured {
        if let Some(person) = directory.people.find(featured.id).await?.filter(|person| authority.admits(person.tenant)) {
            offers.push(page::Offer { slug: featured.slug, may: featured.may, person });
        }
    }
    Ok(offers)
}

fn failed(error: &crate::error::Error) -> Response {
    tracing::error!(%error, "the directory could not look somebody up");
    page::message(StatusCode::INTERNAL_SERVER_ERROR, "The directory failed. Its log says why.")
}

fn shown(reason: &str) -> Response {
    page::message(StatusCode::BAD_REQUEST, reason)
}

fn told(redirect: Url, state: Option<&str>, error: &str, description: &str) -> Response {
    let mut answer = vec![("error", error), ("error_description", description)];
    answer.extend(state.map(|state| ("state", state)));
    send_back(redirect, &answer)
}

fn send_back(mut redirect: Url, answer: &[(&str, &str)]) -> Response {
    redirect.query_pairs_mut().extend_pairs(answer);
    match HeaderValue::from_str(redirect.as_str()) {
        Ok(location) => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))])
                .into_response()
        }
        Err(_) => shown("The redirect address cannot be written into an answer."),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Shown(reason) => shown(reason),
            Self::Told { redirect, state, error, description } => told(*redirect, state.as_deref(), error, description),
        }
    }
}
