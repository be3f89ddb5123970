//! Values with a form: parsed once, at the border, by the one parser that form, IPC, HTTP and cache share.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that does not have the form asked for; the message says which form that is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}, not {text:?}")]
pub struct Malformed {
    message: &'static str,
    text: String,
}

impl Malformed {
    fn new(message: &'static str, text: &str) -> Self {
        Self { message, text: text.chars().take(80).collect() }
    }
}

/// A DNS domain name in lower case, as an invitation is addressed to (R18, A4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, max_length = 253, pattern = "^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"))]
pub struct DomainName(String);

impl DomainName {
    /// The name, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether its last label could be that of a domain: it begins with a letter (RFC 1123) and has two characters at least. An IP address is no
    /// domain, and neither is a slip. It is asked where one is entered, and of none that was stored before it was asked.
    pub fn ends_well(&self) -> bool {
        self.0.rsplit('.').next().is_some_and(|last| last.len() >= 2 && last.starts_with(|c: char| c.is_ascii_lowercase()))
    }
}

impl FromStr for DomainName {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.trim().to_ascii_lowercase();
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if name.len() <= 253 && name.contains('.') && name.split('.').all(label_ok) {
            Ok(Self(name))
        } else {
            Err(Malformed::new("a domain must look like contoso.com", text))
        }
    }
}

/// The number of a ticket: two groups of six capitals or digits. The first names the customer, the second the ticket.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, pattern = "^[A-Z0-9]{6}-[A-Z0-9]{6}$"))]
pub struct TicketNumber([u8; 13]);

impl TicketNumber {
    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever stored: see `from_str`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The group that all tickets of one customer share.
    pub fn prefix(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }
}

impl FromStr for TicketNumber {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || Malformed::new("a ticket number must look like LBT9KC-XDBORS", text);
        let mut number: [u8; 13] = text.trim().as_bytes().try_into().map_err(|_| malformed())?;
        number.make_ascii_uppercase();
        let ok = number.iter().enumerate().all(|(at, b)| match at {
            6 => *b == b'-',
            _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
        });
        if ok { Ok(Self(number)) } else { Err(malformed()) }
    }
}

impl fmt::Debug for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many days an invitation stands: 1 to 30 (R20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u16, minimum = 1, maximum = 30))]
pub struct ExpiryDays(u16);

/// For how many days a customer's rows may be read without contact: 1 to 30, 7 unless the customer says otherwise (A28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u16, minimum = 1, maximum = 30))]
pub struct OfflineDays(u16);

impl Default for OfflineDays {
    fn default() -> Self {
        Self(7)
    }
}

macro_rules! days {
    ($($name:ident, $message:literal;)*) => {$(
        impl $name {
            /// The number of days.
            pub const fn days(self) -> u16 {
                self.0
            }
        }

        impl TryFrom<u16> for $name {
            type Error = Malformed;

            fn try_from(days: u16) -> Result<Self, Self::Error> {
                if (1..=30).contains(&days) { Ok(Self(days)) } else { Err(Malformed::new($message, &days.to_string())) }
            }
        }

        impl From<$name> for u16 {
            fn from(days: $name) -> Self {
                days.0
            }
        }

        impl FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse::<u16>().map_err(|_| Malformed::new($message, text)).and_then(Self::try_from)
            }
        }
    )*};
}

days! {
    ExpiryDays, "an invitation expires after a whole number of days from 1 to 30";
    OfflineDays, "offline reading is allowed for a whole number of days from 1 to 30";
}

macro_rules! via_string {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl TryFrom<String> for $name {
            type Error = Malformed;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }
    )*};
}

via_string! { DomainName TicketNumber }

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a4_domains_compare_without_case() {
        assert_eq!("Partner.Example".parse::<DomainName>(), "partner.example".parse());
        for bad in ["", "localhost", "-a.example", "a..example", "a b.example", "ä.example"] {
            assert!(bad.parse::<DomainName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn fault_9_12_what_can_be_no_domain_is_none() {
        for bad in [
            "192.168.1.1",
            "contoso.1",
            "contoso.c",
            "contoso.12-3",
            "contoso.com.",
            "https://contoso.com",
            "a@contoso.com",
            "contoso.com/x",
        ] {
            assert!(!bad.parse::<DomainName>().is_ok_and(|name| name.ends_well()), "{bad}");
        }
        for good in ["contoso.de", "contoso.xn--p1ai", "1.contoso.co", "a.b2"] {
            assert!(good.parse::<DomainName>().is_ok_and(|name| name.ends_well()), "{good}");
        }
    }

    #[test]
    fn fault_9_12_a_domain_that_was_stored_before_more_was_asked_of_one_can_be_read() {
        for stored in ["192.168.1.1", "contoso.1", "contoso.c", "contoso.12-3"] {
            assert_eq!(stored.parse::<DomainName>().unwrap().as_str(), stored);
            assert_eq!(DomainName::try_from(stored.to_owned()).unwrap().as_str(), stored, "also in an answer that a desk has kept");
        }
    }

    #[test]
    fn r20_days_run_from_one_to_thirty() {
        for good in ["1", "30", " 7 "] {
            assert!(good.parse::<ExpiryDays>().is_ok(), "{good}");
        }
        for bad in ["0", "31", "1.5", "-1", "", "x"] {
            assert!(bad.parse::<ExpiryDays>().is_err(), "{bad}");
            assert!(bad.parse::<OfflineDays>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_ticket_number_is_what_was_written(text in "[A-Z0-9]{6}-[A-Z0-9]{6}") {
            let number: TicketNumber = text.parse().unwrap();
            prop_assert_eq!(number.as_str(), text.as_str());
            prop_assert_eq!(number.prefix(), &text[..6]);
            prop_assert_eq!(text.to_lowercase().parse(), Ok(number));
        }

        #[test]
        fn anything_else_is_refused(text in "\\PC{0,20}") {
            let form = text.trim().to_ascii_uppercase();
            let ok = form.len() == 13 && form.is_ascii() && form.bytes().enumerate().all(|(at, b)| if at == 6 { b == b'-' } else { b.is_ascii_alphanumeric() });
            prop_assert_eq!(text.parse::<TicketNumber>().is_ok(), ok);
        }
    }
}
