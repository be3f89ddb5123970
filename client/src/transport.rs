//! What every connection keeps to: TLS or this very machine, limits of time, no redirects followed.

use std::time::Duration;

use reqwest::{Client, ClientBuilder};
use url::{Host, Url};

use crate::error::Error;

const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Between two parts of a long answer. Event streams have a limit of their own, see `sync`.
const SILENCE_LIMIT: Duration = Duration::from_secs(60);
/// For a small answer, from the first byte sent to the last received.
pub(crate) const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// Whether nobody in between can read or change what is sent there: `https`, or `http` on this machine's loopback.
pub(crate) fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

/// Whether it lies on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(host)) => host.is_loopback(),
        Some(Host::Ipv6(host)) => host.is_loopback(),
        Some(Host::Domain(host)) => host == "localhost",
        None => false,
    }
}

/// An HTTP client as everything here uses it: limits set, no redirects followed, through the proxies of environment or system, and without one to this very
/// machine.
pub(crate) fn http_client(to_this_machine: bool) -> Result<Client, Error> {
    let builder = Client::builder()
        .user_agent(concat!("tenantry/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(SILENCE_LIMIT)
        .redirect(reqwest::redirect::Policy::none());
    let builder = if to_this_machine { builder.no_proxy() } else { with_system_proxy(builder) };
    builder.build().map_err(Error::from)
}

#[cfg(target_os = "linux")]
fn with_system_proxy(builder: ClientBuilder) -> ClientBuilder {
    match crate::system_proxy::SystemProxy::unless_named(|name| std::env::var(name).ok()) {
        Some(system) => builder.proxy(system.into_proxy()),
        None => builder,
    }
}

/// The client's own feature `system-proxy` reads them.
#[cfg(not(target_os = "linux"))]
fn with_system_proxy(builder: ClientBuilder) -> ClientBuilder {
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tls_and_this_machine_are_private() {
        for (address, private) in [
            ("https://id.example/t", true),
            ("http://127.0.0.1:9/t", true),
            ("http://[::1]/", true),
            ("http://localhost:9/", true),
            ("http://id.example/t", false),
            ("http://127.0.0.1.id.example/", false),
            ("ftp://127.0.0.1/", false),
        ] {
            assert_eq!(is_private(&address.parse().unwrap()), private, "{address}");
        }
    }
}
