//! What can be done on the page that shows: its own buttons, as they stand there, so that the palette offers nothing else and knows why one is off.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const BUTTONS: &str = "main > .form-place:not([hidden]) :is(.pane__actions button, .page__buttons button, [data-letter])";

/// A button of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Action {
    pub(super) label: String,
    pub(super) letter: Option<String>,
    /// Why it is off.
    pub(super) why: Option<String>,
    button: HtmlElement,
}

impl Action {
    /// Presses it. One that is off gets the focus, and so says why.
    pub(super) fn run(&self) {
        if self.why.is_some() {
            // Fails on what is gone meanwhile: then there is nothing to say.
            let _ = self.button.focus();
        } else {
            self.button.click();
        }
    }
}

/// In the order of the page.
pub(super) fn actions_of_page() -> Vec<Action> {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(found) = document.and_then(|document| document.query_selector_all(BUTTONS).ok()) else { return vec![] };
    let buttons = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
    let action = |button: HtmlElement| {
        let label = button.get_attribute("aria-label").or_else(|| button.text_content()).unwrap_or_default().trim().to_owned();
        let why = button.get_attribute("data-why");
        Action { label, letter: button.get_attribute("data-letter"), why, button }
    };
    buttons.map(action).filter(|action| !action.label.is_empty()).collect()
}
