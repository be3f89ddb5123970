//! How large the screens are: the font size of the page's root, in which the style sheets say all lengths (`rem`).

use gloo::events::{EventListener, EventListenerOptions};
use tenantry_model::ipc::Zoom;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, WheelEvent};
use yew::prelude::*;

use super::browser::use_document_key;
use crate::context::AppAction;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Larger,
    Smaller,
    Plain,
}

impl Step {
    fn from(self, zoom: Zoom) -> Zoom {
        match self {
            Self::Larger => zoom.larger(),
            Self::Smaller => zoom.smaller(),
            Self::Plain => Zoom::PLAIN,
        }
    }
}

/// Ctrl, or on a Mac Cmd, with +, − or 0, whatever the layout has them on. AltGr, which counts as Ctrl and Alt, writes characters.
fn step_of_key(key: &str, code: &str, command: bool, alt: bool) -> Option<Step> {
    if !command || alt {
        return None;
    }
    match (key, code) {
        ("+" | "=", _) | (_, "NumpadAdd") => Some(Step::Larger),
        ("-" | "_" | "−", _) | (_, "NumpadSubtract") => Some(Step::Smaller),
        // The top row of a French keyboard calls it à. On a numeric keypad without NumLock it is Insert, which with Ctrl copies.
        ("0", _) | (_, "Digit0") => Some(Step::Plain),
        _ => None,
    }
}

/// A turn of the wheel comes as one large move or as many small ones, as a touchpad makes them.
#[derive(Default)]
struct Wheel {
    turned_px: f64,
}

impl Wheel {
    const STEP_PX: f64 = 40.0;

    fn turn(&mut self, delta_px: f64) -> Option<Step> {
        // The other way round begins anew.
        if delta_px * self.turned_px < 0.0 {
            self.turned_px = 0.0;
        }
        self.turned_px += delta_px;
        if self.turned_px.abs() < Self::STEP_PX {
            return None;
        }
        let step = if self.turned_px < 0.0 { Step::Larger } else { Step::Smaller };
        self.turned_px = 0.0;
        Some(step)
    }
}

/// Hears the keys and the wheel with Ctrl on every screen, the sign-in page included.
#[hook]
pub fn use_zoom_keys(dispatch: Callback<AppAction>) {
    let go = move |step: Step| {
        dispatch.emit(AppAction::Choose(Box::new(move |preferences| preferences.zoom = step.from(preferences.zoom))));
    };
    use_document_key({
        let go = go.clone();
        move |event| {
            if let Some(step) = step_of_key(&event.key(), &event.code(), event.ctrl_key() || event.meta_key(), event.alt_key()) {
                event.prevent_default();
                go(step);
            }
        }
    });
    use_effect_with((), move |()| {
        let listener = web_sys::window().and_then(|window| window.document()).map(|document| {
            let mut wheel = Wheel::default();
            EventListener::new_with_options(&document, "wheel", EventListenerOptions::enable_prevent_default(), move |event| {
                if let Some(event) = event.dyn_ref::<WheelEvent>().filter(|event| event.ctrl_key()) {
                    event.prevent_default();
                    let px = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { Wheel::STEP_PX };
                    if let Some(step) = wheel.turn(event.delta_y() * px) {
                        go(step);
                    }
                }
            })
        });
        move || drop(listener)
    });
}

/// Makes the page so large. In percent of what the browser was told, so that a larger font of the system counts as well.
pub fn apply_zoom(zoom: Zoom) {
    let root = || web_sys::window()?.document()?.document_element()?.dyn_into::<HtmlElement>().ok();
    if let Some(root) = root() {
        // A constant property and a number: neither can be refused.
        let _ = root.style().set_property("font-size", &format!("{}%", zoom.percent()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_06_plus_minus_and_0_zoom_on_every_keyboard() {
        let said = |key, code| step_of_key(key, code, true, false);
        for (key, code) in [("+", "Equal"), ("=", "Equal"), ("+", "BracketRight"), ("+", "NumpadAdd")] {
            assert_eq!(said(key, code), Some(Step::Larger), "{key} {code}");
        }
        for (key, code) in [("-", "Minus"), ("-", "Slash"), ("_", "Minus"), ("-", "NumpadSubtract")] {
            assert_eq!(said(key, code), Some(Step::Smaller), "{key} {code}");
        }
        for (key, code) in [("0", "Digit0"), ("0", "Numpad0"), ("à", "Digit0")] {
            assert_eq!(said(key, code), Some(Step::Plain), "{key} {code}");
        }
        assert_eq!(said("k", "KeyK"), None);
        assert_eq!(said("Insert", "Numpad0"), None, "the keypad without NumLock: it copies");
    }

    #[test]
    fn fault_9_06_without_ctrl_or_with_altgr_they_are_characters() {
        assert_eq!(step_of_key("+", "Equal", false, false), None);
        assert_eq!(step_of_key("+", "Equal", true, true), None);
    }

    #[test]
    fn fault_9_06_the_wheel_goes_one_step_a_notch_however_small_its_moves_are() {
        let mut wheel = Wheel::default();
        assert_eq!(wheel.turn(-53.0), Some(Step::Larger));
        assert_eq!([wheel.turn(15.0), wheel.turn(15.0), wheel.turn(15.0)], [None, None, Some(Step::Smaller)]);
        assert_eq!([39.0, -39.0, -2.0].map(|px| wheel.turn(px)), [None, None, Some(Step::Larger)], "the other way round begins anew");
    }
}
