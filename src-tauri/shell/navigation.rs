//! Places that come from outside: the command line, that of a second start, or a link that the system hands over. They only ever navigate.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Emitter};
use tenantry_model::ipc::{Event, LINK_SCHEME, Navigate, NavigationTarget};

use super::window;

/// Reads a word of the command line: the place whose address it is, or, where it begins like one and is none, [`NavigationTarget::Nowhere`], so that
/// whoever opened it hears of it. None for any other word.
pub(crate) fn parse(word: &str) -> Option<NavigationTarget> {
    let begins = word.trim_start().get(..LINK_SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(LINK_SCHEME));
    begins.then(|| word.parse().unwrap_or(NavigationTarget::Nowhere))
}

/// Shows a place in the window.
fn go(app: &AppHandle, target: &NavigationTarget) {
    if let Err(error) = app.emit_to(window::LABEL, Navigate::NAME, target) {
        tracing::warn!(%error, "the window could not be told where to go");
    }
}

/// A place that came before the window could hear of it.
pub(crate) struct PendingNavigation(Mutex<Waiting>);

struct Waiting {
    target: Option<NavigationTarget>,
    listens: bool,
}

impl PendingNavigation {
    /// With the place that this start was given.
    pub(crate) fn new(target: Option<NavigationTarget>) -> Self {
        Self(Mutex::new(Waiting { target, listens: false }))
    }

    /// Shows a place, once the window is there to hear of it: the latest, where there are several.
    pub(crate) fn hand_over(&self, app: &AppHandle, target: NavigationTarget) {
        if let Some(target) = self.take_or_keep(target) {
            go(app, &target);
        }
    }

    /// The window listens from now on: shows the place that waits, if one does. Once.
    pub(crate) fn deliver(&self, app: &AppHandle) {
        if let Some(target) = self.listen() {
            go(app, &target);
        }
    }

    fn take_or_keep(&self, target: NavigationTarget) -> Option<NavigationTarget> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.listens {
            return Some(target);
        }
        waiting.target = Some(target);
        None
    }

    fn listen(&self) -> Option<NavigationTarget> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.listens = true;
        waiting.target.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_place_a_broken_one_nowhere_and_another_word_is_none() {
        assert_eq!(parse("tenantry://rooms/"), Some(NavigationTarget::Rooms { filter: None }));
        for broken in ["tenantry://delete-everything", "tenantry:", "TENANTRY://incident/7/8"] {
            assert_eq!(parse(broken), Some(NavigationTarget::Nowhere), "{broken}");
        }
        for other in ["", "rooms", "https://rooms", "--remote", "tenantr\u{f6}://rooms"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }

    /// Windows and macOS take the scheme from the configuration; a desktop on Linux passes an address on where the entry has a place for it.
    #[test]
    fn the_installers_register_the_scheme() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
        let schemes = &config["plugins"]["deep-link"]["desktop"]["schemes"];
        assert_eq!(schemes, &serde_json::json!([LINK_SCHEME.trim_end_matches(':')]));
        for package in ["deb", "rpm"] {
            assert_eq!(config["bundle"]["linux"][package]["desktopTemplate"], "src-tauri/installer/tenantry.desktop", "{package}");
        }
        let entry = include_str!("../installer/tenantry.desktop");
        assert!(entry.contains("Exec={{exec}} %u\n") && entry.contains("MimeType={{mime_type}};\n"));
    }

    #[test]
    fn what_comes_before_the_window_listens_waits_and_is_shown_once() {
        let pending = PendingNavigation::new(Some(NavigationTarget::Nowhere));
        assert_eq!(pending.take_or_keep(NavigationTarget::Rooms { filter: None }), None);
        assert_eq!(pending.listen(), Some(NavigationTarget::Rooms { filter: None }), "the latest");
        assert_eq!(pending.listen(), None);
        assert_eq!(pending.take_or_keep(NavigationTarget::Nowhere), Some(NavigationTarget::Nowhere));
    }
}
