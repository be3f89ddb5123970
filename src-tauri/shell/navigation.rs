//! Places that come from outside: the command line, or that of a second start. They only ever navigate.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Emitter};
use tenantry_model::ipc::{Event, IncidentRef, Navigate, NavigationTarget};

use super::window;

const SCHEME: &str = "tenantry://";

/// Reads `tenantry://…`; none for anything that is not exactly a place.
pub(crate) fn parse(address: &str) -> Option<NavigationTarget> {
    let path = address.strip_prefix(SCHEME)?.trim_end_matches('/');
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["incidents"] => Some(NavigationTarget::Incidents),
        ["rooms"] => Some(NavigationTarget::Rooms),
        ["incidents", customer, number] => {
            Some(NavigationTarget::Incident { key: IncidentRef { customer_id: customer.parse().ok()?, number: number.parse().ok()? } })
        }
        _ => None,
    }
}

/// Shows a place in the window.
pub(crate) fn go(app: &AppHandle, target: &NavigationTarget) {
    if let Err(error) = app.emit_to(window::LABEL, Navigate::NAME, target) {
        tracing::warn!(%error, "the window could not be told where to go");
    }
}

/// The place that this start was given, until the window is there to hear of it.
pub(crate) struct PendingNavigation(Mutex<Option<NavigationTarget>>);

impl PendingNavigation {
    pub(crate) fn new(target: Option<NavigationTarget>) -> Self {
        Self(Mutex::new(target))
    }

    /// Shows the place that waits, if one does. Once.
    pub(crate) fn deliver(&self, app: &AppHandle) {
        let target = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(target) = target {
            go(app, &target);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUSTOMER: &str = "0190a000-0000-7000-8000-000000000001";

    #[test]
    fn places_are_understood() {
        assert_eq!(parse("tenantry://incidents"), Some(NavigationTarget::Incidents));
        assert_eq!(parse("tenantry://rooms/"), Some(NavigationTarget::Rooms));
        let Some(NavigationTarget::Incident { key }) = parse(&format!("tenantry://incidents/{CUSTOMER}/LBT9KC-XDBORS")) else {
            panic!("no incident")
        };
        assert_eq!(key.customer_id.to_string(), CUSTOMER);
        assert_eq!(key.number.as_str(), "LBT9KC-XDBORS");
    }

    #[test]
    fn nothing_else_is_a_place() {
        let long = format!("tenantry://incidents/{CUSTOMER}/LBT9KC-XDBORS/close");
        for bad in ["", "tenantry://", "rooms", "https://rooms", "tenantry://incidents/x/LBT9KC-XDBORS", "tenantry://sign-out", &long] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
