//! The address of a service: `https`, or `http` on this very machine.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::error::Error;
use crate::transport::{is_loopback, is_private};

/// A service's address: an origin and perhaps a path, without a slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServiceAddress(Url);

impl ServiceAddress {
    /// Whether it lies on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The address of something below it.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }
}

impl FromStr for ServiceAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid =
            || Error::Invalid("the address of a service looks like https://tenantry.example; http is for this machine alone".into());
        let text = text.trim();
        let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&text).map_err(|_| invalid())?;
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        if bare && url.has_host() && is_private(&url) { Ok(Self(url)) } else { Err(invalid()) }
    }
}

impl fmt::Display for ServiceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for ServiceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for (text, shown) in [
            ("tenantry.example", "https://tenantry.example"),
            (" https://tenantry.example/ ", "https://tenantry.example"),
            ("https://tenantry.example/sub/", "https://tenantry.example/sub"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://localhost:1", "http://localhost:1"),
        ] {
            assert_eq!(text.parse::<ServiceAddress>().unwrap().to_string(), shown);
        }
        for bad in [
            "",
            "http://tenantry.example",
            "ftp://x",
            "https://u:p@x.example",
            "https://x.example/?a",
            "http://127.0.0.1.x.example",
            "https://",
        ] {
            assert!(bad.parse::<ServiceAddress>().is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_go_below_the_address() {
        let address: ServiceAddress = "https://tenantry.example/sub".parse().unwrap();
        assert_eq!(address.join("/v1/me").as_str(), "https://tenantry.example/sub/v1/me");
    }
}
