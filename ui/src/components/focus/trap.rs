//! Tab within a dialog: from one control to the next, and round. Web views lead it out of the last control to the page's body, and to the dialog itself,
//! where keys do nothing.

use std::cmp::Ordering;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, Node};
use yew::prelude::*;

use super::document;
use super::keeper::{TAKES_FOCUS, dialog, takes};

/// The stops in the order in which Tab tries them, by how each lies to what has the focus: those behind it, then round again.
fn order(stops: &[Ordering], back: bool) -> Vec<usize> {
    let (ahead, behind) = if back { (Ordering::Less, Ordering::Greater) } else { (Ordering::Greater, Ordering::Less) };
    let mut way = vec![];
    for side in [ahead, behind] {
        let on_side = stops.iter().enumerate().filter(|(_, stop)| **stop == side).map(|(at, _)| at);
        let on_side: Vec<usize> = if back { on_side.rev().collect() } else { on_side.collect() };
        way.extend(on_side);
    }
    way
}

/// Of the buttons of one choice Tab stops at one: the chosen one, or the first. Each is told by the name of its choice and whether it is chosen; what is
/// none has no name.
fn one_of_each_choice(controls: &[(Option<String>, bool)]) -> Vec<bool> {
    let stops = |at: usize, name: &String| {
        let of_it = || controls.iter().enumerate().filter(|(_, (other, _))| other.as_ref() == Some(name));
        let chosen = of_it().find(|(_, (_, chosen))| *chosen).or_else(|| of_it().next());
        chosen.is_some_and(|(first, _)| first == at)
    };
    controls.iter().enumerate().map(|(at, (name, _))| name.as_ref().is_none_or(|name| stops(at, name))).collect()
}

fn choice_of(element: &HtmlElement) -> (Option<String>, bool) {
    match element.dyn_ref::<HtmlInputElement>().filter(|input| input.type_() == "radio") {
        Some(radio) => (Some(radio.name()), radio.checked()),
        None => (None, false),
    }
}

/// How a control lies to what has the focus.
fn lies(control: &Node, active: Option<&Element>) -> Ordering {
    let Some(active) = active else { return Ordering::Greater };
    match active.compare_document_position(control) {
        0 => Ordering::Equal,
        position if position & Node::DOCUMENT_POSITION_PRECEDING != 0 => Ordering::Less,
        _ => Ordering::Greater,
    }
}

/// Moves the focus within the dialog that stands before everything; answers whether there is one.
fn tab(back: bool) -> bool {
    let Some(dialog) = dialog() else { return false };
    let Ok(found) = dialog.query_selector_all(TAKES_FOCUS) else { return false };
    let is_stop = |element: &HtmlElement| {
        let is = |what: &str| element.matches(what).unwrap_or(false);
        let is_shown = element.offset_width() > 0 && element.offset_height() > 0;
        is_shown
            && element.tab_index() >= 0
            && !is(":disabled")
            && !is("details:not([open]) > :not(summary), details:not([open]) > :not(summary) *")
    };
    let controls: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).filter(is_stop).collect();
    let stops = one_of_each_choice(&controls.iter().map(choice_of).collect::<Vec<_>>());
    let controls: Vec<HtmlElement> = controls.into_iter().zip(stops).filter(|(_, stops)| *stops).map(|(control, _)| control).collect();
    let active = document().and_then(|document| document.active_element());
    let places: Vec<Ordering> = controls.iter().map(|control| lies(control, active.as_ref())).collect();
    order(&places, back).into_iter().any(|at| takes(&controls[at]));
    true
}

/// With Shift, web views on Linux do not say what the key is called, but where it lies.
fn is_tab(key: &str, code: &str) -> bool {
    key == "Tab" || (key == "Unidentified" && code == "Tab")
}

/// See the module; for as long as the app runs. After what has the focus has heard the key: a list may have a use of its own for it.
#[hook]
pub fn use_dialog_tab() {
    use_effect_with((), |()| {
        let listener = document().map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "keydown", options, |event| {
                let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
                let is_plain =
                    is_tab(&key.key(), &key.code()) && !(key.ctrl_key() || key.alt_key() || key.meta_key() || key.is_composing());
                if is_plain && !event.default_prevented() && tab(key.shift_key()) {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tab_goes_through_a_dialog_and_round_and_never_out_of_it() {
        use Ordering::{Equal, Greater, Less};
        let first = |stops: &[Ordering], back: bool| order(stops, back).first().copied();
        assert_eq!((first(&[Less, Equal, Greater], false), first(&[Less, Equal, Greater], true)), (Some(2), Some(0)));
        assert_eq!(first(&[Less, Less, Equal], false), Some(0), "from the last to the first");
        assert_eq!(first(&[Equal, Greater, Greater], true), Some(2), "and back");
        // A heading, or the dialog itself, has the focus; or the page's body, since one dialog stands over another.
        assert_eq!((first(&[Greater, Greater], false), first(&[Greater, Greater], true)), (Some(0), Some(1)));
        assert_eq!(order(&[Less, Less, Greater, Greater], false), [2, 3, 0, 1], "one that cannot have it is passed over");
        assert_eq!(first(&[Equal], false), None, "where there is one alone, it keeps it");
    }

    #[test]
    fn keys_tab_is_known_with_shift_as_well() {
        assert!(is_tab("Tab", "Tab") && is_tab("Unidentified", "Tab"));
        assert!(!is_tab("a", "Tab") && !is_tab("Unidentified", "Enter"), "a keyboard may have another sign there");
    }

    #[test]
    fn keys_of_one_choice_tab_stops_at_the_chosen_button() {
        let radio = |name: &str, chosen: bool| (Some(name.to_owned()), chosen);
        let controls = [(None, false), radio("a", false), radio("a", true), radio("b", false), radio("b", false), (None, false)];
        assert_eq!(one_of_each_choice(&controls), [true, false, true, true, false, true]);
    }
}
