//! Arrows, Home and End among the controls that stand together: what opens below a button, the filters of a list, the navigation.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::TargetCast;

use super::document;
use crate::components::cursor;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Column,
    Row,
}

/// Controls that keep arrows, Home and End to themselves: they move in a text or choose a value.
const OWN_KEYS: &str = "select, textarea, [role=listbox], [role=grid], [role=treegrid], [role=tab], [role=spinbutton], \
    input:not([type=checkbox]):not([type=radio])";

/// The place that a key leads to among so many; after the last comes none.
fn moved(key: &str, axis: Axis, at: Option<u32>, total: u32) -> Option<u32> {
    let key = match (axis, key) {
        (_, "Home" | "End") | (Axis::Column, "ArrowDown" | "ArrowUp") => key,
        (Axis::Row, "ArrowRight") => "ArrowDown",
        (Axis::Row, "ArrowLeft") => "ArrowUp",
        _ => return None,
    };
    cursor::moved(key, at, total, total)
}

/// Moves the focus among the elements that the selector names inside the nearest one around the event that `around` names.
pub fn move_by_arrows(event: &KeyboardEvent, around: &str, items: &str, axis: Axis) {
    if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return;
    }
    let Some(target) = event.target_dyn_into::<Element>().filter(|target| !target.matches(OWN_KEYS).unwrap_or(true)) else { return };
    let Some(around) = target.closest(around).ok().flatten() else { return };
    let Ok(found) = around.query_selector_all(items) else { return };
    let items: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let active = document().and_then(|document| document.active_element());
    let at = items.iter().position(|item| active.as_ref() == Some(item)).and_then(|at| u32::try_from(at).ok());
    let Some(to) = moved(&event.key(), axis, at, items.len() as u32) else { return };
    event.prevent_default();
    event.stop_propagation();
    if let Some(item) = items.get(to as usize) {
        // Fails on what cannot have the focus; then it stays where it is.
        let _ = item.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_05_arrows_home_and_end_move_along_their_axis_alone() {
        assert_eq!(moved("ArrowDown", Axis::Column, None, 4), Some(0), "from the button into what it opened");
        assert_eq!(moved("ArrowDown", Axis::Column, Some(1), 4), Some(2));
        assert_eq!(moved("ArrowUp", Axis::Column, Some(0), 4), Some(0));
        assert_eq!(moved("End", Axis::Column, Some(0), 4), Some(3));
        assert_eq!(moved("ArrowRight", Axis::Row, Some(0), 4), Some(1));
        assert_eq!(moved("ArrowLeft", Axis::Row, Some(3), 4), Some(2));
        assert_eq!(moved("Home", Axis::Row, Some(3), 4), Some(0));
        assert_eq!(moved("ArrowRight", Axis::Column, Some(0), 4), None);
        assert_eq!(moved("ArrowDown", Axis::Row, Some(0), 4), None);
        assert_eq!(moved("PageDown", Axis::Column, Some(0), 4), None);
    }
}
