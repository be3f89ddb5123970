//! Authorization codes: valid for one use and one minute, in memory only.

use std::collections::HashMap;
use std::time::Duration;

use tenantry_model::id::PrincipalId;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::memory::fingerprint;

/// For how long a code may be redeemed.
pub(super) const LIFETIME: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) person: PrincipalId,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) nonce: Option<String>,
    pub(super) challenge: String,
    pub(super) issued_at: Timestamp,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Redeemed {
    /// It was valid, and is spent now.
    Grant(Grant),
    /// It was spent before. What the first use gave has to end (RFC 6749, 4.1.2): this refresh family.
    Again(Option<Uuid>),
    /// There is no such code, or not any more.
    Unknown,
}

/// The codes that were handed out in the last minute, by fingerprint.
#[derive(Debug, Default)]
pub(super) struct Codes(HashMap<String, Entry>);

#[derive(Debug)]
struct Entry {
    issued_at: Timestamp,
    grant: Option<Grant>,
    family: Option<Uuid>,
}

impl Codes {
    pub(super) fn issue(&mut self, code: &str, grant: Grant) {
        let now = grant.issued_at;
        self.0.retain(|_, entry| now.since(entry.issued_at) <= LIFETIME);
        self.0.insert(fingerprint(code), Entry { issued_at: now, grant: Some(grant), family: None });
    }

    pub(super) fn redeem(&mut self, code: &str, now: Timestamp) -> Redeemed {
        match self.0.get_mut(&fingerprint(code)) {
            Some(entry) if now.since(entry.issued_at) <= LIFETIME => match entry.grant.take() {
                Some(grant) => Redeemed::Grant(grant),
                None => Redeemed::Again(entry.family),
            },
            _ => Redeemed::Unknown,
        }
    }

    /// Notes which refresh family a spent code led to.
    pub(super) fn led_to(&mut self, code: &str, family: Uuid) {
        if let Some(entry) = self.0.get_mut(&fingerprint(code)) {
            entry.family = Some(family);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(issued_at: Timestamp) -> Grant {
        Grant {
            person: PrincipalId::from_uuid(Uuid::nil()),
            redirect_uri: "http://127.0.0.1:1/".into(),
            scope: "openid".into(),
            nonce: None,
            challenge: "c".into(),
            issued_at,
        }
    }

    #[test]
    fn a_code_is_good_once_and_for_a_minute() {
        let now = Timestamp::from_micros(1_000_000);
        let mut codes = Codes::default();
        codes.issue("one", grant(now));
        codes.issue("late", grant(now));
        assert_eq!(codes.redeem("one", now.plus(LIFETIME)), Redeemed::Grant(grant(now)));
        codes.led_to("one", Uuid::max());
        assert_eq!(codes.redeem("one", now.plus(LIFETIME)), Redeemed::Again(Some(Uuid::max())));
        assert_eq!(codes.redeem("late", now.plus(LIFETIME + Duration::from_micros(1))), Redeemed::Unknown);
        assert_eq!(codes.redeem("never", now), Redeemed::Unknown);
    }
}
