//! Letters that press buttons, while one does not type. Which keys there are, the shell's table of keys says.

use wasm_bindgen::JsCast;
use web_sys::{Document, Event, HtmlElement};

use super::browser::is_typing;

/// Where a letter counts: the page that shows.
const SHOWN: &str = "main > .form-place:not([hidden])";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Whether keys without a modifier are commands now, and what is pasted is the page's: nobody types, nothing has used the event, and neither a dialog nor
/// what opens below a button is open.
pub fn takes_commands(event: &Event) -> bool {
    let open = document().and_then(|document| document.query_selector("dialog[open], .popover--open").ok().flatten());
    !is_typing(event) && !event.default_prevented() && open.is_none()
}

/// Whether no dialog stands before everything.
pub fn no_dialog_is_open() -> bool {
    document().is_none_or(|document| document.query_selector("dialog[open]").ok().flatten().is_none())
}

/// Presses the button of the page that shows this letter (`data-letter`). One that is out of use gets the focus, and so says why. Answers whether there
/// is one.
pub fn press_letter(letter: &str) -> bool {
    let selector = format!("{SHOWN} [data-letter='{letter}']");
    let found = document().and_then(|document| document.query_selector(&selector).ok().flatten());
    let Some(button) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return false };
    if button.get_attribute("aria-disabled").as_deref() == Some("true") {
        // Fails on what is out of sight: then there is nothing to say.
        let _ = button.focus();
    } else {
        button.click();
    }
    true
}
