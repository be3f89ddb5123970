//! Letters that press buttons, while one does not type.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::browser::{is_typing, use_document_key};

/// Where a letter counts: the page that shows.
const SHOWN: &str = "main > .form-place:not([hidden])";

/// A letter alone presses the button of the page that shows it (`data-letter`). One that is out of use gets the focus, and so says why.
#[hook]
pub fn use_letter_keys() {
    use_document_key(|event| {
        if !is_letter(&event.key(), held(event)) || is_typing(event) || event.default_prevented() {
            return;
        }
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(button) = document.and_then(|document| button(&document, &event.key())) {
            event.prevent_default();
            if button.get_attribute("aria-disabled").as_deref() == Some("true") {
                // Fails on what is out of sight: then there is nothing to say.
                let _ = button.focus();
            } else {
                button.click();
            }
        }
    });
}

fn held(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key()
}

fn is_letter(key: &str, held: bool) -> bool {
    !held && key.len() == 1 && key.bytes().all(|key| key.is_ascii_lowercase())
}

/// The button of this letter; none while a dialog stands before everything, or something is open below a button.
fn button(document: &Document, letter: &str) -> Option<HtmlElement> {
    if document.query_selector("dialog[open], .popover--open").ok()?.is_some() {
        return None;
    }
    document.query_selector(&format!("{SHOWN} [data-letter='{letter}']")).ok()??.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn a_letter_alone_counts_and_nothing_that_other_programs_use() {
        assert!(is_letter("e", false));
        for (key, held) in [("e", true), ("E", false), ("Enter", false), ("ä", false), ("'", false), ("1", false)] {
            assert!(!is_letter(key, held), "{key} {held}");
        }
    }
}
