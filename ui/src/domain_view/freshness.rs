//! How far the rows of a customer can be relied on.

use tenantry_model::ipc::Freshness;
use tenantry_model::time::Timestamp;

use crate::i18n::{I18n, t};

/// Why they cannot be relied on; nothing where they can.
pub fn reason(i18n: &I18n, freshness: Freshness, now: Timestamp) -> String {
    match freshness {
        Freshness::Current => String::new(),
        Freshness::Stale { as_of } => t!(i18n, "fresh-stale", ago = i18n.ago(as_of, now)),
        Freshness::Incomplete => t!(i18n, "fresh-incomplete"),
        Freshness::OnlineOnly => t!(i18n, "fresh-online-only"),
        Freshness::Locked { since } => t!(i18n, "fresh-locked", ago = i18n.ago(since, now)),
    }
}
