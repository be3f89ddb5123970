//! Discovery (OpenID Connect Discovery 1.0), and the published keys.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::keys::Jwk;
use super::provider::{Authority, Directory};

#[derive(Serialize)]
pub(super) struct Configuration {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: [&'static str; 1],
    code_challenge_methods_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 1],
    scopes_supported: [&'static str; 3],
    claims_supported: [&'static str; 14],
}

pub(super) async fn configuration(
    State(directory): State<Arc<Directory>>,
    Path(authority): Path<String>,
) -> Result<Json<Configuration>, StatusCode> {
    let authority: Authority = authority.parse().map_err(|()| StatusCode::NOT_FOUND)?;
    let place = format!("{}/directory/{authority}/oauth2/v2.0", directory.settings.base);
    Ok(Json(Configuration {
        issuer: match authority {
            // As Entra ID does: the reader puts in the token's `tid`.
            Authority::Organizations => directory.issuer_template(),
            Authority::Tenant(tenant) => directory.issuer(tenant),
        },
        authorization_endpoint: format!("{place}/authorize"),
        token_endpoint: format!("{place}/token"),
        jwks_uri: format!("{}/directory/discovery/v2.0/keys", directory.settings.base),
        response_types_supported: ["code"],
        response_modes_supported: ["query"],
        grant_types_supported: ["authorization_code", "refresh_token"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
        scopes_supported: ["openid", "profile", "offline_access"],
        claims_supported: [
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "nbf",
            "nonce",
            "tid",
            "oid",
            "name",
            "preferred_username",
            "ver",
            "wids",
            "uti",
        ],
    }))
}

#[derive(Serialize)]
pub(super) struct KeySet {
    keys: Vec<Jwk>,
}

pub(super) async fn keys(State(directory): State<Arc<Directory>>) -> Json<KeySet> {
    let issuer = directory.issuer_template();
    Json(KeySet { keys: directory.keys().published(&issuer) })
}
