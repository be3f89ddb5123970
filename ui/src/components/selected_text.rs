//! Text that somebody has marked, to copy it.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{MouseEvent, Node};
use yew::prelude::*;

/// A hand is not still: so far a press may go and mark nothing.
const STILL_PX: u32 = 4;

/// Where the mouse was pressed last.
#[derive(Clone, Default)]
pub struct Pressed(Rc<Cell<Option<(i32, i32)>>>);

impl Pressed {
    /// Whether a click is the end of marking text where it was.
    pub fn ends_selection(&self, click: &MouseEvent) -> bool {
        // A press within marked text takes the marks away, but only after its click: that text is there alone does not tell.
        if !marks(self.0.get(), (click.client_x(), click.client_y()), click.detail()) {
            return false;
        }
        let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
        let (Some(selection), Some(node)) = (selection, click.target_dyn_into::<Node>()) else { return false };
        let is_here = || selection.contains_node_with_allow_partial_containment(&node, true).unwrap_or(false);
        !selection.is_collapsed() && is_here()
    }
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
                    at.set(event.dyn_ref::<MouseEvent>().map(|event| (event.client_x(), event.client_y())));
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
    fn fault_9_19_a_press_within_marked_text_opens_its_row() {
        assert!(!marks(Some((100, 50)), (100, 50), 1));
        assert!(!marks(Some((100, 50)), (104, 46), 1), "a hand is not still");
        assert!(marks(Some((100, 50)), (160, 51), 1), "along the text");
        assert!(marks(Some((100, 50)), (100, 50), 2), "a word");
        assert!(!marks(None, (100, 50), 0), "by a screen reader");
    }
}
