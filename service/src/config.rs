//! Settings: parsed once at the start, so that a wrong one is told before the first request.

use std::time::Duration;

use tenantry_model::api::settings::Region;
use url::Url;

use crate::error::{Error, Result};

#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the provider's metadata lies: this and `/.well-known/openid-configuration`.
    pub authority: Url,
    /// The audience of access tokens: the service's own client id, a GUID.
    pub audience: String,
    pub client_id: String,
    pub scopes: Vec<String>,
    /// The name that must stand in a token's `scp`.
    pub required_scope: String,
    pub redirect_host: String,
    /// Where the data lies, as customers are told (R114).
    pub region: Option<Region>,
    /// Whether everything here is made up.
    pub demo: bool,
    pub limits: Limits,
}

/// What one caller, and all together, may ask for.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Requests a second that one address may go on sending; none for no limit.
    pub requests_per_s: Option<u32>,
    /// How many it may send at once before that counts.
    pub burst: u32,
    /// How many requests are worked on at the same time; more are told to come back.
    pub concurrent: usize,
    /// How long a request may take, streams excepted.
    pub timeout: Duration,
    pub body_bytes: usize,
    /// The same where a set of rooms is named: 25,000 ids (A36).
    pub room_set_bytes: usize,
    /// How long a body may take to arrive: with [`Limits::body_bytes`], the rate that a slow sender must keep.
    pub body_timeout: Duration,
    /// How many requests of one address are worked on at the same time: it cannot take the places of all others.
    pub concurrent_per_address: usize,
    /// How many connections are open at the same time; more wait until one closes.
    pub connections: usize,
    /// How long the head of a request may take to arrive, and how long a connection may be idle between two.
    pub head_timeout: Duration,
    /// How long the reader of an answer may let it lie: within this time it must take some of it.
    pub write_timeout: Duration,
    pub streams_per_user: usize,
    /// How many long answers of sync are written at the same time, and how many short ones; of one user one each. Each holds one of the
    /// database's [`READERS`](crate::store::READERS) connections; some must be left for everything else.
    pub syncs: usize,
    /// How many long answers of sync one user may be reading at the same time.
    pub syncs_per_user: usize,
    /// How many files are received and sent at the same time; and how many of them of one user.
    pub transfers: usize,
    pub transfers_per_user: usize,
    /// How many bytes of answers that were written and not read yet may lie in files.
    pub spool_bytes: u64,
    /// How many bytes they leave free on their disk, which is the database's.
    pub spool_reserve: u64,
    /// Whether a proxy of ours stands in front, whose `X-Forwarded-For` names the caller's address.
    pub behind_proxy: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_s: Some(50),
            burst: 500,
            concurrent: 512,
            timeout: Duration::from_secs(30),
            body_bytes: 64 * 1024,
            room_set_bytes: 1_000_000,
            body_timeout: Duration::from_secs(10),
            concurrent_per_address: 64,
            connections: 8_192,
            head_timeout: Duration::from_secs(15),
            write_timeout: Duration::from_secs(120),
            streams_per_user: 8,
            syncs: 3,
            syncs_per_user: 8,
            transfers: 64,
            transfers_per_user: 6,
            spool_bytes: 2 * 1024 * 1024 * 1024,
            spool_reserve: 1024 * 1024 * 1024,
            behind_proxy: false,
        }
    }
}

/// Reads an address that secrets or keys are fetched over: https, or http to this machine alone.
pub fn https_or_loopback(text: &str) -> Result<Url> {
    let url =
        Url::parse(text).map_err(|error| Error::Config(format!("{text:?} is not an address ({error}): write it as https://host/path")))?;
    let loopback = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if url.scheme() == "https" || (url.scheme() == "http" && loopback) {
        Ok(url)
    } else {
        Err(Error::Config(format!("{text} must begin with https:// (http:// only to this machine, such as http://127.0.0.1:8400)")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_https_or_from_this_machine_alone() {
        for good in ["https://login.example/x", "http://127.0.0.1:1/x", "http://[::1]:1", "http://localhost:9"] {
            assert!(https_or_loopback(good).is_ok(), "{good}");
        }
        for bad in ["http://login.example", "http://127.0.0.1.example", "ftp://127.0.0.1", "login.example", "file:///etc/passwd", ""] {
            assert!(https_or_loopback(bad).is_err(), "{bad}");
        }
    }
}
