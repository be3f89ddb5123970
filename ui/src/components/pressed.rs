//! Where a press of the mouse began: what its click means depends on it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, Node};
use yew::prelude::*;

/// A hand is not still: so far a press may go and mark nothing.
const STILL_PX: u32 = 4;

#[derive(Debug, PartialEq, Eq)]
struct Press {
    at: (i32, i32),
    /// See [`row_of`].
    row: Option<String>,
}

/// Where the mouse was pressed last.
#[derive(Clone, Default)]
pub struct Pressed(Rc<RefCell<Option<Press>>>);

impl Pressed {
    /// Whether a click is the end of marking text where it was.
    pub fn ends_selection(&self, click: &MouseEvent) -> bool {
        // A press within marked text takes the marks away, but only after its click: that text is there alone does not tell.
        let pressed = self.0.borrow().as_ref().map(|press| press.at);
        if !marks(pressed, (click.client_x(), click.client_y()), click.detail()) {
            return false;
        }
        let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
        let (Some(selection), Some(node)) = (selection, click.target_dyn_into::<Node>()) else { return false };
        let is_here = || selection.contains_node_with_allow_partial_containment(&node, true).unwrap_or(false);
        !selection.is_collapsed() && is_here()
    }

    /// Whether a click began on another row: the list changed under the finger, and neither is meant.
    pub fn began_elsewhere(&self, click: &MouseEvent) -> bool {
        self.0.borrow().as_ref().is_some_and(|press| is_elsewhere(press.row.as_deref(), row_of(click).as_deref(), click.detail()))
    }
}

/// A click without a press is one by a screen reader.
fn is_elsewhere(pressed: Option<&str>, released: Option<&str>, presses: i32) -> bool {
    presses > 0 && pressed != released
}

/// The id of the row that an event happened on, as the row shows it at this moment.
fn row_of(event: &Event) -> Option<String> {
    event.target_dyn_into::<Element>()?.closest("[role=row][data-id]").ok()??.get_attribute("data-id")
}

/// Whether such a press can have marked text: by going along it, or as the second at one place, which marks a word.
fn marks(pressed: Option<(i32, i32)>, released: (i32, i32), presses: i32) -> bool {
    let moved = |(x, y): (i32, i32)| released.0.abs_diff(x).max(released.1.abs_diff(y)) > STILL_PX;
    presses > 1 || pressed.is_some_and(moved)
}

/// Listens for where the mouse is pressed.
#[hook]
pub fn use_pressed() -> Pressed {
    let pressed = (*use_memo((), |()| Pressed::default())).clone();
    use_effect_with((), {
        let at = pressed.0.clone();
        move |()| {
            let listener = web_sys::window().and_then(|window| window.document()).map(|document| {
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&document, "mousedown", options, move |event| {
                    let press = |mouse: &MouseEvent| Press { at: (mouse.client_x(), mouse.client_y()), row: row_of(event) };
                    at.replace(event.dyn_ref::<MouseEvent>().map(press));
                })
            });
            move || drop(listener)
        }
    });
    pressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_19_a_press_that_ends_on_another_row_means_neither() {
        assert!(!is_elsewhere(Some("a"), Some("a"), 1));
        assert!(is_elsewhere(Some("a"), Some("b"), 1), "the element shows another row by now");
        assert!(is_elsewhere(None, Some("b"), 1), "it began beside the list");
        assert!(!is_elsewhere(Some("a"), Some("b"), 0), "by a screen reader");
    }

    #[test]
    fn fault_9_19_a_press_within_marked_text_opens_its_row() {
        assert!(!marks(Some((100, 50)), (100, 50), 1));
        assert!(!marks(Some((100, 50)), (104, 46), 1), "a hand is not still");
        assert!(marks(Some((100, 50)), (160, 51), 1), "along the text");
        assert!(marks(Some((100, 50)), (100, 50), 2), "a word");
        assert!(!marks(None, (100, 50), 0), "by a screen reader");
    }
}
