//! Places that come from outside: the command line, or that of a second start. They only ever navigate.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Emitter};
use tenantry_model::ipc::{Event, IncidentRef, Navigate, Place};

use super::window;

const SCHEME: &str = "tenantry://";

/// Reads `tenantry://…`; none for anything that is not exactly a place.
pub(crate) fn parse(address: &str) -> Option<Place> {
    let path = address.strip_prefix(SCHEME)?.trim_end_matches('/');
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["incidents"] => Some(Place::Incidents),
        ["rooms"] => Some(Place::Rooms),
        ["incidents", customer, number] => {
            Some(Place::Incident { key: IncidentRef { customer_id: customer.parse().ok()?, number: number.parse().ok()? } })
        }
        _ => None,
    }
}

/// Shows a place in the window.
pub(crate) fn go(app: &AppHandle, place: &Place) {
    if let Err(error) = app.emit_to(window::LABEL, Navigate::NAME, place) {
        tracing::warn!(%error, "the window could not be told where to go");
    }
}

/// The place that this start was given, until the window is there to hear of it.
pub(crate) struct Waiting(Mutex<Option<Place>>);

impl Waiting {
    pub(crate) fn new(place: Option<Place>) -> Self {
        Self(Mutex::new(place))
    }

    /// Shows the place that waits, if one does. Once.
    pub(crate) fn deliver(&self, app: &AppHandle) {
        let place = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(place) = place {
            go(app, &place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUSTOMER: &str = "0190a000-0000-7000-8000-000000000001";

    #[test]
    fn places_are_understood() {
        assert_eq!(parse("tenantry://incidents"), Some(Place::Incidents));
        assert_eq!(parse("tenantry://rooms/"), Some(Place::Rooms));
        let Some(Place::Incident { key }) = parse(&format!("tenantry://incidents/{CUSTOMER}/LBT9KC-XDBORS")) else { panic!("no incident") };
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
