//! The few things that the page itself knows or must be told.

use gloo::events::{EventListener, EventListenerOptions};
use tenantry_model::ipc::{Language, Theme};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

const PRODUCT: &str = "Tenantry";

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

/// The system's language as far as the screens speak it; English otherwise.
pub fn system_language() -> Language {
    let system = web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default();
    if system.starts_with(Language::German.as_str()) { Language::German } else { Language::English }
}

/// Whether it runs on a Mac, where Cmd does what Ctrl does elsewhere.
pub fn is_mac() -> bool {
    web_sys::window().and_then(|window| window.navigator().platform().ok()).is_some_and(|platform| names_a_mac(&platform))
}

fn names_a_mac(platform: &str) -> bool {
    platform.starts_with("Mac")
}

/// Tells the page its language: hyphenation and screen readers go by it.
pub fn apply_language(language: Language) {
    if let Some(root) = root() {
        // The name is a constant and valid.
        let _ = root.set_attribute("lang", language.as_str());
    }
}

/// Tells the page its look; `tokens.css` goes by it.
pub fn apply_theme(theme: Theme) {
    let Some(root) = root() else { return };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        chosen => root.set_attribute("data-theme", chosen.as_str()),
    };
}

/// Names the window for screen readers and the list of windows, after the page at which one is.
#[hook]
pub fn use_document_title(page: String) {
    use_effect_with(page, |page| {
        name_window(&format!("{page} – {PRODUCT}"));
        || name_window(PRODUCT)
    });
}

fn name_window(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// While an input method composes, its keys choose and confirm signs: nothing else in the page hears them.
#[hook]
pub fn use_composition() {
    use_effect_with((), |()| {
        let listener = web_sys::window().map(|window| {
            EventListener::new_with_options(&window, "keydown", EventListenerOptions::run_in_capture_phase(), |event| {
                if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| composes(event.is_composing(), event.key_code())) {
                    event.stop_immediate_propagation();
                }
            })
        });
        move || drop(listener)
    });
}

/// What a key is called that an input method has taken. WebKit says so of the key, too, that ends the composition, when it has ended.
const TAKEN: u32 = 229;

fn composes(is_composing: bool, code: u32) -> bool {
    is_composing || code == TAKEN
}

/// Whether something happens where one types, or where a letter chooses.
pub fn is_typing(event: &Event) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    let kind = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_);
    takes_text(&target.tag_name(), kind.as_deref())
}

fn takes_text(tag: &str, kind: Option<&str>) -> bool {
    match tag {
        "INPUT" => !matches!(kind, Some("checkbox" | "radio" | "button" | "submit")),
        tag => matches!(tag, "SELECT" | "TEXTAREA"),
    }
}

/// Hears keys anywhere in the window, after what has the focus does: in the bubble phase. The handler is that of the first render.
#[hook]
pub fn use_document_key(pressed: impl Fn(&KeyboardEvent) + 'static) {
    use_effect_with((), move |()| {
        let listener = web_sys::window().and_then(|window| window.document()).map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    pressed(event);
                }
            })
        });
        move || drop(listener)
    });
}

/// While this holds: calls when somebody comes back to the window, and when the machine has a network again.
#[hook]
pub fn use_return(awaited: bool, returned: impl Fn() + Clone + 'static) {
    use_effect_with(awaited, move |awaited| {
        let window = web_sys::window().filter(|_| *awaited);
        let listen = |event: &'static str| {
            let returned = returned.clone();
            window.as_ref().map(|window| EventListener::new(window, event, move |_| returned()))
        };
        let listeners = ["focus", "online"].map(listen);
        move || drop(listeners)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_04_keys_of_a_composition_are_known() {
        assert!(composes(true, 13), "Enter confirms a sign");
        assert!(composes(false, TAKEN), "the one that ended it");
        assert!(!composes(false, 13));
    }

    #[test]
    fn fault_9_14_the_keys_of_a_mac_are_said_on_a_mac_alone() {
        assert!(names_a_mac("MacIntel"), "also on the newer processors");
        assert!(!names_a_mac("Win32") && !names_a_mac("Linux x86_64") && !names_a_mac(""));
    }

    #[test]
    fn fault_9_04_text_is_typed_where_text_can_be() {
        for (tag, kind, typing) in [
            ("INPUT", Some("text"), true),
            ("INPUT", Some("date"), true),
            ("INPUT", Some("checkbox"), false),
            ("TEXTAREA", None, true),
            ("SELECT", None, true),
            ("BUTTON", None, false),
            ("DIV", None, false),
        ] {
            assert_eq!(takes_text(tag, kind), typing, "{tag} {kind:?}");
        }
    }
}
