//! What tokens say, in the words of Entra ID's version 2.0.

use std::time::Duration;

use serde::Serialize;
use tenantry_model::tenancy::GLOBAL_ADMINISTRATOR;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::people::Person;
use super::provider::{AUDIENCE, CLIENT_ID, SCOPE_NAME};

/// In every Entra tenant each user holds this one; it grants nothing here.
const ORDINARY_USER: &str = "b79fbf4d-3ef9-4689-8143-76b194e85509";

/// For whom, by whom, for how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Issue<'a> {
    pub(super) issuer: &'a str,
    pub(super) person: &'a Person,
    pub(super) now: Timestamp,
    pub(super) lifetime: Duration,
    /// Names the token, for logs of those who keep such.
    pub(super) id: Uuid,
}

#[derive(Debug, Serialize)]
struct Common<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    tid: String,
    oid: String,
    sub: String,
    name: &'a str,
    uti: String,
    ver: &'static str,
}

/// Tells the app who signed in.
#[derive(Debug, Serialize)]
pub(super) struct IdToken<'a> {
    #[serde(flatten)]
    common: Common<'a>,
    preferred_username: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

/// Tells the service who calls. Without groups: those are the service's own business.
#[derive(Debug, Serialize)]
pub(super) struct AccessToken<'a> {
    #[serde(flatten)]
    common: Common<'a>,
    azp: &'static str,
    azpacr: &'static str,
    scp: &'static str,
    wids: Vec<&'static str>,
}

impl<'a> IdToken<'a> {
    /// For the app alone: its audience is the client.
    pub(super) fn new(issue: Issue<'a>, nonce: Option<&'a str>) -> Self {
        Self { common: common(issue, CLIENT_ID), preferred_username: &issue.person.upn, nonce }
    }
}

impl<'a> AccessToken<'a> {
    /// For the service: its audience is the API.
    pub(super) fn new(issue: Issue<'a>, global_administrator: bool) -> Self {
        let mut wids = vec![ORDINARY_USER];
        if global_administrator {
            wids.insert(0, GLOBAL_ADMINISTRATOR);
        }
        Self { common: common(issue, AUDIENCE), azp: CLIENT_ID, azpacr: "0", scp: SCOPE_NAME, wids }
    }
}

fn common<'a>(issue: Issue<'a>, audience: &'a str) -> Common<'a> {
    let seconds = |at: Timestamp| at.micros().div_euclid(1_000_000);
    Common {
        iss: issue.issuer,
        aud: audience,
        iat: seconds(issue.now),
        nbf: seconds(issue.now),
        exp: seconds(issue.now.plus(issue.lifetime)),
        tid: issue.person.tenant.to_string(),
        oid: issue.person.id.to_string(),
        // Entra's is a pseudonym per client; a demo needs no more than that it differs from the object id.
        sub: Uuid::new_v5(&issue.person.id.uuid(), audience.as_bytes()).simple().to_string(),
        name: &issue.person.name,
        uti: issue.id.simple().to_string(),
        ver: "2.0",
    }
}
