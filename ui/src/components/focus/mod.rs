//! Moving the focus, by hand and when what had it goes away.

mod arrows;
mod destination;
mod keeper;
#[cfg(test)]
mod kept;
mod regions;
mod trap;
#[cfg(test)]
mod visible;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

pub use arrows::{Axis, move_by_arrows};
pub use keeper::{focus_page_title, use_focus_keeper};
pub use regions::move_between_regions;
pub use trap::use_dialog_tab;

pub const MAIN_LIST: &str = "main-list";

/// What stands beside the list of a page: a pane, or a form in its place.
const PANE: &str = "aside.pane, form.wizard";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The page that shows; others with an open form wait beside it.
fn shown_page() -> Option<Element> {
    let document = document()?;
    let place = document.query_selector("main > .form-place:not([hidden])").ok().flatten();
    place.or_else(|| document.query_selector("main").ok().flatten())
}

fn within(inside: &Element, selector: &str) -> Option<Element> {
    inside.query_selector(selector).ok().flatten()
}

pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Fails on what cannot have the focus; then it stays where it is.
        let _ = element.focus();
    }
}

/// A node for an element that takes the focus when it is first shown, where it is to.
#[hook]
pub fn use_focused(autofocus: bool) -> NodeRef {
    let node = use_node_ref();
    use_effect_with(node.clone(), move |node| {
        if autofocus {
            focus(node);
        }
    });
    node
}

/// Moves the focus to the first element inside that the selector names; answers whether there is one.
pub fn focus_first(node: &NodeRef, selector: &str) -> bool {
    let found = node.cast::<Element>().and_then(|inside| inside.query_selector(selector).ok().flatten());
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return false };
    element.focus().is_ok()
}

/// Scrolls no further than it takes to see all of it.
pub fn reveal(element: Option<Element>) {
    if let Some(element) = element {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

pub fn focus_list() {
    let list = document().and_then(|document| document.get_element_by_id(MAIN_LIST));
    if let Some(list) = list.and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
        // Fails on what cannot have the focus; the list can.
        let _ = list.focus();
    }
}
