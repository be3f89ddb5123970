//! Keeps the focus from falling to the page's body, wherever what had it goes away.
//!
//! A web view tells nobody that the element with the focus was removed, hidden or disabled. So this looks after each change of the page, and
//! gives the focus to what `destination.rs` says. Who knows a better place moves it there by itself, before or after: nothing is lost then.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, HtmlElement, MutationObserver, MutationObserverInit};
use yew::prelude::*;

use super::destination::{Destination, Found, Part, destinations};
use super::{PANE, document, shown_page, within};

/// So many places are remembered: a dialog over a form over a pane over a list are four.
const REMEMBERED: usize = 16;

pub(super) const TAKES_FOCUS: &str = "a[href], button, input, select, textarea, summary, [tabindex]";

/// Where the focus was.
#[derive(Default)]
struct Keeper {
    /// Newest first.
    before: VecDeque<Element>,
    page: Option<Element>,
    pane: Option<Element>,
    popover: Option<Element>,
    in_pane: bool,
}

impl Keeper {
    fn note(&mut self, element: Element) {
        self.page = shown_page();
        self.pane = pane();
        self.popover = element.closest(".popover").ok().flatten();
        self.in_pane = element.closest(PANE).ok().flatten().is_some();
        self.before.retain(|one| *one != element && one.is_connected());
        self.before.push_front(element);
        self.before.truncate(REMEMBERED);
    }

    /// Whether what had the focus last cannot have it any more. Otherwise somebody took it away, by a press on plain text, and it stays so.
    fn is_gone(&self) -> bool {
        self.before.front().is_none_or(|last| !can_take(last) || dialog().is_some_and(|dialog| !dialog.contains(Some(last))))
    }

    fn found(&self) -> Found {
        let (page, pane) = (shown_page(), pane());
        let is_left = |element: &Option<Element>| element.as_ref().is_some_and(|element| element.is_connected() && !is_hidden(element));
        let part = if is_left(&self.popover) { Some(Part::Popover) } else { (self.in_pane && is_left(&self.pane)).then_some(Part::Pane) };
        Found {
            dialog: dialog().is_some(),
            first: self.before.is_empty(),
            new_page: page != self.page,
            new_pane: pane.is_some() && pane != self.pane,
            pane: pane.is_some(),
            part,
        }
    }

    fn place(&self) {
        let found = self.found();
        for destination in destinations(found) {
            let inside = match destination {
                Destination::WithinDialog => dialog(),
                Destination::WithinPart if found.part == Some(Part::Popover) => self.popover.clone(),
                Destination::WithinPart => self.pane.clone(),
                _ => None,
            };
            let taken = match destination {
                Destination::WithinDialog | Destination::WithinPart => {
                    inside.is_some_and(|inside| self.before.iter().any(|one| inside.contains(Some(one)) && takes(one)))
                }
                Destination::Before => self.before.iter().any(takes),
                Destination::PopoverButton => {
                    self.popover.as_ref().and_then(|frame| within(frame, "button")).is_some_and(|one| takes(&one))
                }
                Destination::DialogControl => dialog().and_then(|dialog| within(&dialog, TAKES_FOCUS)).is_some_and(|one| takes(&one)),
                Destination::PaneTitle => pane().is_some_and(|pane| focus_title(&pane)),
                Destination::PageTitle => focus_page_title(),
            };
            if taken {
                return;
            }
        }
    }
}

/// The pane or form beside the list of the page that shows.
pub(super) fn pane() -> Option<Element> {
    let page = shown_page()?;
    let panes = page.query_selector_all(PANE).ok()?;
    (0..panes.length()).filter_map(|at| panes.item(at)?.dyn_into::<Element>().ok()).find(|pane| !is_hidden(pane))
}

pub(super) fn dialog() -> Option<Element> {
    let dialogs = document()?.query_selector_all("dialog[open]").ok()?;
    dialogs.item(dialogs.length().checked_sub(1)?)?.dyn_into().ok()
}

/// Gives the focus to the heading of a pane, a form, a page.
pub(super) fn focus_title(inside: &Element) -> bool {
    within(inside, "h1[tabindex], h2[tabindex]").is_some_and(|title| takes(&title))
}

pub fn focus_page_title() -> bool {
    let Some(page) = shown_page() else { return false };
    within(&page, "h1[tabindex]").is_some_and(|title| takes(&title)) || takes(&page) || main().is_some_and(|main| takes(&main))
}

fn main() -> Option<Element> {
    document()?.query_selector("main").ok().flatten()
}

fn is_hidden(element: &Element) -> bool {
    element.closest("[hidden]").ok().flatten().is_some()
}

fn can_take(element: &Element) -> bool {
    let is = |what: &str| element.matches(what).unwrap_or(false);
    // A dialog that was closed shows nothing.
    let is_shown = !is_hidden(element) && element.closest("dialog:not([open])").ok().flatten().is_none();
    element.is_connected() && is_shown && is(TAKES_FOCUS) && !is(":disabled")
}

/// Gives the focus to it, if it can have it.
pub(super) fn takes(element: &Element) -> bool {
    if !can_take(element) {
        return false;
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails on what cannot have the focus; the next line sees it.
        let _ = element.focus();
    }
    document().and_then(|document| document.active_element()).as_ref() == Some(element)
}

/// What has the focus; none where it is lost.
fn focused(document: &Document) -> Option<Element> {
    let active = document.active_element()?;
    // What is disabled or hidden keeps it for a moment, but takes no keys.
    let is_lost =
        matches!(active.tag_name().as_str(), "BODY" | "HTML") || is_hidden(&active) || active.matches(":disabled").unwrap_or(false);
    (!is_lost).then_some(active)
}

fn remember(keeper: &RefCell<Keeper>, element: Element) {
    // Placing the focus tells the listeners as well, before it is done: it notes the outcome by itself.
    if let Ok(mut keeper) = keeper.try_borrow_mut() {
        keeper.note(element);
    }
}

/// Looks after the focus for as long as the app runs.
#[hook]
pub fn use_focus_keeper() {
    use_effect_with((), |()| {
        let keeper = Rc::new(RefCell::new(Keeper::default()));
        let Some((document, body)) = document().and_then(|document| Some((document.clone(), document.body()?))) else {
            return Box::new(|| ()) as Box<dyn FnOnce()>;
        };
        let note = {
            let (keeper, document) = (Rc::clone(&keeper), document.clone());
            move || {
                if let Some(active) = focused(&document) {
                    remember(&keeper, active);
                }
            }
        };
        // Before what is pressed does anything. Some systems give no focus to a button that is clicked: what is pressed counts as well.
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
        let listen = |event: &'static str| {
            let (note, keeper) = (note.clone(), Rc::clone(&keeper));
            EventListener::new_with_options(&document, event, options, move |event| {
                let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok()).filter(|_| event.type_() == "click");
                match pressed.and_then(|target| target.closest(TAKES_FOCUS).ok().flatten()) {
                    Some(pressed) => remember(&keeper, pressed),
                    None => note(),
                }
            })
        };
        let listeners = ["focusin", "keydown", "click"].map(listen);
        let look = move || match focused(&document) {
            // It may have moved without a word, in a window that is not in front.
            Some(active) => {
                let is_known = keeper.borrow().before.front() == Some(&active);
                if !is_known {
                    remember(&keeper, active);
                }
            }
            None => {
                let is_gone = keeper.borrow().is_gone();
                if is_gone {
                    keeper.borrow().place();
                    note();
                }
            }
        };
        // The first screen may have been drawn before.
        look();
        let changed = Closure::<dyn FnMut()>::new(look);
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            let what = MutationObserverInit::new();
            what.set_child_list(true);
            what.set_subtree(true);
            what.set_attribute_filter(
                &["hidden", "disabled", "open"].map(wasm_bindgen::JsValue::from).into_iter().collect::<js_sys::Array>(),
            );
            // Fails on what is no node.
            let _ = observer.observe_with_options(&body, &what);
        }
        Box::new(move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((listeners, changed));
        })
    });
}
