//! Addresses of places: `tenantry://incident/…` and the like, as they are handed on, opened by the system and given on the command line.

use std::fmt;
use std::str::FromStr;

use super::{IncidentRef, NavigationTarget, RoomKey};
use crate::api::saved_views::ViewPage;
use crate::filter::Filter;

/// What every address begins with.
pub const LINK_SCHEME: &str = "tenantry:";

/// Not the address of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a link looks like tenantry://incident/<customer>/<number>, tenantry://room/<customer>/<room>, tenantry://incidents?filter=<filter> or tenantry://rooms?filter=<filter>"
)]
pub struct NotALink;

impl fmt::Display for NavigationTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LINK_SCHEME}//")?;
        match self {
            Self::Incidents { filter: None } => f.write_str("incidents"),
            Self::Incidents { filter: Some(filter) } => write!(f, "incidents?filter={}", escaped(filter)),
            Self::Incident { key } => write!(f, "incident/{}/{}", key.customer_id, key.number.as_str()),
            Self::Rooms { filter: None } => f.write_str("rooms"),
            Self::Rooms { filter: Some(filter) } => write!(f, "rooms?filter={}", escaped(filter)),
            Self::Room { key } => write!(f, "room/{}/{}", key.customer_id, key.id),
            // What leads nowhere has no address; this is none that is read.
            Self::Nowhere => Ok(()),
        }
    }
}

impl FromStr for NavigationTarget {
    type Err = NotALink;

    fn from_str(address: &str) -> Result<Self, NotALink> {
        let (scheme, rest) = address.trim().split_at_checked(LINK_SCHEME.len()).ok_or(NotALink)?;
        let place = rest.strip_prefix("//").filter(|_| scheme.eq_ignore_ascii_case(LINK_SCHEME)).ok_or(NotALink)?;
        let (path, query) = place.split_once('?').map_or((place, None), |(path, query)| (path, Some(query)));
        // Systems put a slash behind what they take for a host.
        let path = path.trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        match (parts.as_slice(), query) {
            (["incidents"], None) => Ok(Self::Incidents { filter: None }),
            (["incidents"], Some(query)) => Ok(Self::Incidents { filter: Some(filter_of(ViewPage::Incidents, query)?) }),
            (["rooms"], None) => Ok(Self::Rooms { filter: None }),
            (["rooms"], Some(query)) => Ok(Self::Rooms { filter: Some(filter_of(ViewPage::Rooms, query)?) }),
            // The second is how earlier versions wrote it.
            (["incident" | "incidents", customer, number], None) => {
                let customer_id = customer.parse().map_err(|_| NotALink)?;
                Ok(Self::Incident { key: IncidentRef { customer_id, number: number.parse().map_err(|_| NotALink)? } })
            }
            (["room", customer, room], None) => {
                let customer_id = customer.parse().map_err(|_| NotALink)?;
                Ok(Self::Room { key: RoomKey { customer_id, id: room.parse().map_err(|_| NotALink)? } })
            }
            _ => Err(NotALink),
        }
    }
}

/// One that is not understood would show another list than the one that was meant.
fn filter_of(page: ViewPage, query: &str) -> Result<String, NotALink> {
    let filter = query.strip_prefix("filter=").and_then(unescaped).ok_or(NotALink)?;
    Filter::of(page, &filter).map(|_| filter).map_err(|_| NotALink)
}

/// Percent-encoded, but for what no program changes (RFC 3986, 2.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (digits, others) = rest.split_at_checked(2)?;
                let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                rest = others;
            }
            // Another value, or a fragment: nothing that this version knows.
            b'&' | b'#' => return None,
            byte => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CUSTOMER: &str = "0190a000-0000-7000-8000-000000000001";
    const ROOM: &str = "0190a000-0000-7000-8000-000000000002";

    fn read(address: &str) -> Result<NavigationTarget, NotALink> {
        address.parse()
    }

    #[test]
    fn the_address_of_a_place_leads_there() {
        let incident = NavigationTarget::Incident {
            key: IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "LBT9KC-XDBORS".parse().unwrap() },
        };
        let room = NavigationTarget::Room { key: RoomKey { customer_id: CUSTOMER.parse().unwrap(), id: ROOM.parse().unwrap() } };
        assert_eq!(incident.to_string(), format!("tenantry://incident/{CUSTOMER}/LBT9KC-XDBORS"));
        for place in [incident.clone(), room, NavigationTarget::Rooms { filter: None }, NavigationTarget::Incidents { filter: None }] {
            let address = place.to_string();
            assert_eq!(read(&address), Ok(place.clone()), "{address}");
            assert_eq!(read(&format!(" {address}/")), Ok(place), "as systems pass it on");
        }
        assert_eq!(read(&format!("TENANTRY://incident/{CUSTOMER}/lbt9kc-xdbors")), Ok(incident.clone()));
        assert_eq!(read(&format!("tenantry://incidents/{CUSTOMER}/LBT9KC-XDBORS")), Ok(incident), "as earlier versions wrote it");
        assert_eq!(
            read("tenantry://incidents/?filter=sev%3Aimportant+hall"),
            Ok(NavigationTarget::Incidents { filter: Some("sev:important hall".into()) })
        );
        assert_eq!(
            read("tenantry://rooms?filter=health%3Aunhealthy+hall"),
            Ok(NavigationTarget::Rooms { filter: Some("health:unhealthy hall".into()) })
        );
    }

    #[test]
    fn nothing_else_is_a_place() {
        let long = format!("tenantry://incident/{CUSTOMER}/LBT9KC-XDBORS/close");
        let query = format!("tenantry://incident/{CUSTOMER}/LBT9KC-XDBORS?close");
        for bad in [
            "",
            "tenantry:",
            "tenantry://",
            "rooms",
            "https://rooms",
            "tenantry:rooms",
            "tenantry://incident/x/LBT9KC-XDBORS",
            "tenantry://room/7/8",
            "tenantry://sign-out",
            "tenantry://incidents?filter=stat:x",
            "tenantry://incidents?filter=%zz",
            "tenantry://incidents?filter=%+1",
            "tenantry://incidents?filter=a&close=1",
            "tenantry://incidents?close",
            "tenantry://rooms?filter=sev:critical",
            "tenantry://incidents?filter=health:unhealthy",
            &NavigationTarget::Nowhere.to_string(),
            &long,
            &query,
        ] {
            assert_eq!(read(bad), Err(NotALink), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_filter_survives_its_address(words in "[a-zA-Z0-9äß%&+#?/ ]{1,30}[a-z]") {
            for target in [NavigationTarget::Incidents { filter: Some(words.clone()) }, NavigationTarget::Rooms { filter: Some(words) }] {
                prop_assert_eq!(target.to_string().parse(), Ok(target));
            }
        }

        #[test]
        fn any_text_is_an_address_or_none(text in "(tenantry://((incidents|rooms)\\?filter=)?)?\\PC{0,30}") {
            let _ = text.parse::<NavigationTarget>();
        }
    }
}
