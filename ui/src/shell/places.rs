//! Where one was: the shell's places, backwards and forwards.
//!
//! They are kept in memory. The web view's own history refuses more than a hundred places in half a minute, and a list with a pane beside it is
//! walked through faster than that; it would also outlast a sign-out.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, MouseEvent};
use yew::prelude::*;
use yew_router::Router;
use yew_router::history::{AnyHistory, History, MemoryHistory};
use yew_router::query::Raw;

use super::frame::Shell;
use crate::hooks::{is_typing, use_document_key};

/// The shell, at the place that the page's address names; at home where it names none.
#[component]
pub fn Places() -> Html {
    let places = use_memo((), |()| start());
    use_document_key({
        let places = Rc::clone(&places);
        move |event| {
            if let Some(steps) = steps_of_key(&event.key(), Modifiers::of(event), is_typing(event)) {
                event.prevent_default();
                go(&places, steps);
            }
        }
    });
    use_effect_with((), {
        let places = Rc::clone(&places);
        move |()| {
            let listener = web_sys::window().and_then(|window| window.document()).map(|document| {
                EventListener::new(&document, "mouseup", move |event| {
                    let button = event.dyn_ref::<MouseEvent>().map(MouseEvent::button);
                    // The buttons at the side of a mouse.
                    match button {
                        Some(3) => go(&places, -1),
                        Some(4) => go(&places, 1),
                        _ => {}
                    }
                })
            });
            move || drop(listener)
        }
    });
    html! { <Router history={AnyHistory::Memory((*places).clone())}><Shell /></Router> }
}

fn start() -> MemoryHistory {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let places = MemoryHistory::new();
    if let Some(path) = hash.strip_prefix('#').filter(|path| path.starts_with('/') && !path.contains(['?', '#'])) {
        places.replace(path.to_owned());
    }
    places
}

/// What is held beside a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modifiers {
    Alt,
    Meta,
    Other,
}

impl Modifiers {
    fn of(event: &KeyboardEvent) -> Self {
        match (event.alt_key(), event.meta_key(), event.ctrl_key() || event.shift_key()) {
            (true, false, false) => Self::Alt,
            (false, true, false) => Self::Meta,
            _ => Self::Other,
        }
    }
}

/// Alt with an arrow; on a Mac Cmd with a bracket. In a text, Alt with an arrow goes from word to word on a Mac: nowhere does it leave the page.
fn steps_of_key(key: &str, held: Modifiers, typing: bool) -> Option<isize> {
    match (key, held) {
        ("ArrowLeft", Modifiers::Alt) if !typing => Some(-1),
        ("ArrowRight", Modifiers::Alt) if !typing => Some(1),
        ("[", Modifiers::Meta) => Some(-1),
        ("]", Modifiers::Meta) => Some(1),
        _ => None,
    }
}

/// Nowhere while a dialog stands before everything: it would stay there, over another page.
fn go(places: &MemoryHistory, steps: isize) {
    let document = web_sys::window().and_then(|window| window.document());
    if document.is_some_and(|document| document.query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())) {
        return;
    }
    turn(places, steps);
}

fn turn(places: &MemoryHistory, steps: isize) {
    places.go(steps);
    // Going tells nobody; being replaced by itself does.
    let here = places.location();
    let query = here.query_str().trim_start_matches('?').to_owned();
    if query.is_empty() {
        places.replace(here.path().to_owned());
    } else {
        // What is written as it stands cannot fail.
        let _ = places.replace_with_query(here.path().to_owned(), Raw(query));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_and_forth_by_keys() {
        assert_eq!(steps_of_key("ArrowLeft", Modifiers::Alt, false), Some(-1));
        assert_eq!(steps_of_key("ArrowRight", Modifiers::Alt, false), Some(1));
        assert_eq!(steps_of_key("ArrowLeft", Modifiers::Other, false), None, "arrows alone move in lists");
        assert_eq!(steps_of_key("[", Modifiers::Meta, false), Some(-1));
    }

    #[test]
    fn fault_9_04_word_wise_keys_in_a_text_leave_no_page() {
        for key in ["ArrowLeft", "ArrowRight", "Backspace"] {
            for held in [Modifiers::Alt, Modifiers::Meta, Modifiers::Other] {
                assert_eq!(steps_of_key(key, held, true), None, "{key} with {held:?}");
            }
        }
        assert_eq!(steps_of_key("]", Modifiers::Meta, true), Some(1), "moves in no text");
    }

    #[test]
    fn five_hundred_places_are_kept_and_going_back_is_told() {
        let places = MemoryHistory::new();
        for n in 0..500 {
            places.push(format!("/place/{n}"));
        }
        let told = Rc::new(std::cell::Cell::new(0));
        let _listener = places.listen({
            let told = Rc::clone(&told);
            move || told.set(told.get() + 1)
        });
        turn(&places, -499);
        assert_eq!((places.location().path(), told.get()), ("/place/0", 1));
        turn(&places, 1);
        assert_eq!((places.location().path(), told.get()), ("/place/1", 2));
        places.push_with_query("/list", Raw("filter=a%3Ab+c")).unwrap();
        places.push("/other");
        turn(&places, -1);
        assert_eq!((places.location().path(), places.location().query_str()), ("/list", "?filter=a%3Ab+c"));
    }
}
