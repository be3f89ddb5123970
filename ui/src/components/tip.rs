//! Where a control that is out of use says why: on the side where there is room, within what would cut it off.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Window};
use yew::prelude::*;

use super::rem::rem_px;

/// How wide it is at most.
const MOST_REM: f64 = 17.5;
/// How far it stays from the edge of what would cut it off.
const EDGE_REM: f64 = 0.5;

/// A rectangle of the window, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn of(element: &Element) -> Self {
        let at = element.get_bounding_client_rect();
        Self { left: at.left(), right: at.right(), top: at.top(), bottom: at.bottom() }
    }

    fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            right: self.right.min(other.right),
            top: self.top.max(other.top),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn smaller(self, by: f64) -> Self {
        Self { left: self.left + by, right: self.right - by, top: self.top + by, bottom: self.bottom - by }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    /// Whether it ends where the control ends; else it begins where that begins.
    at_end: bool,
    above: bool,
    most: f64,
}

fn place(control: Area, within: Area, most: f64) -> Place {
    let (on, back) = (within.right - control.left, control.right - within.left);
    let at_end = on < most && back > on;
    Place {
        at_end,
        above: control.top - within.top > within.bottom - control.bottom,
        most: most.min(if at_end { back } else { on }).max(0.0),
    }
}

/// What of the window is left to what is drawn beside the element: each part around it that scrolls or cuts off takes some, up to the dialog that it is in.
fn around(window: &Window, element: &Element) -> Option<Area> {
    let root = window.document()?.document_element()?;
    let mut left = Area { left: 0.0, right: f64::from(root.client_width()), top: 0.0, bottom: f64::from(root.client_height()) };
    let mut next = element.parent_element();
    while let Some(part) = next {
        let overflow = window.get_computed_style(&part).ok()??.get_property_value("overflow-x").unwrap_or_default();
        if overflow != "visible" {
            left = left.within(Area::of(&part));
        }
        next = part.parent_element().filter(|_| part.tag_name() != "DIALOG");
    }
    Some(left)
}

/// Tells the style sheet where it goes beside the control that gets the focus.
pub(super) fn place_tip(event: &FocusEvent) {
    let control = event.target_dyn_into::<Element>().and_then(|target| target.closest("button").ok().flatten());
    let Some((window, control)) = web_sys::window().zip(control) else { return };
    let Some(within) = around(&window, &control) else { return };
    let rem = rem_px();
    let Place { at_end, above, most } = place(Area::of(&control), within.smaller(EDGE_REM * rem), MOST_REM * rem);
    let side = format!("{} {}", if at_end { "end" } else { "start" }, if above { "above" } else { "below" });
    // Neither fails: the names are constants and valid.
    let _ = control.set_attribute("data-tip", &side);
    if let Some(control) = control.dyn_ref::<HtmlElement>() {
        let _ = control.style().set_property("--tip-most", &format!("{most}px"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Area = Area { left: 0.0, right: 1280.0, top: 0.0, bottom: 800.0 };

    fn control(left: f64, top: f64) -> Area {
        Area { left, right: left + 120.0, top, bottom: top + 32.0 }
    }

    #[test]
    fn keys_what_a_control_says_stays_within_what_would_cut_it_off() {
        let pane = Area { left: 864.0, ..WINDOW };
        for left in [864.0, 900.0, 1010.0, 1100.0, 1160.0] {
            for top in [0.0, 60.0, 400.0, 768.0] {
                let control = control(left, top);
                let Place { at_end, above, most } = place(control, pane, 280.0);
                let (from, to) = if at_end { (control.right - most, control.right) } else { (control.left, control.left + most) };
                assert!(from >= pane.left && to <= pane.right && most >= 200.0, "{left}: {from} to {to}");
                assert_eq!(above, top >= 400.0, "where there is more room");
            }
        }
    }

    #[test]
    fn keys_what_a_control_says_is_not_seen_through() {
        // It is drawn inside the control, so that what makes the control pale would make it pale as well.
        let sheet = include_str!("../../styles/components/controls.css");
        let of_controls_off = |rule: &&str| rule.contains("[aria-disabled=\"true\"] {");
        let rules: Vec<&str> = sheet.split('}').filter(of_controls_off).collect();
        assert!(rules.len() >= 3 && rules.iter().all(|rule| !rule.contains("opacity")), "{rules:?}");
    }

    #[test]
    fn keys_it_begins_where_its_control_begins_while_there_is_room() {
        assert_eq!(place(control(20.0, 10.0), WINDOW, 280.0), Place { at_end: false, above: false, most: 280.0 });
        assert_eq!(place(control(1150.0, 10.0), WINDOW, 280.0), Place { at_end: true, above: false, most: 280.0 });
        let narrow = Area { left: 0.0, right: 150.0, ..WINDOW };
        assert!(place(control(10.0, 10.0), narrow, 280.0).most <= 140.0);
    }
}
