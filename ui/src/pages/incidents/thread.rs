//! The messages of an incident, newest first. One counts as read once it was on screen.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Array;
use tenantry_model::incident::Message;
use tenantry_model::ipc::{IncidentRef, MarkRead, SeenMessages};
use tenantry_model::time::Timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, VisibilityState};
use yew::prelude::*;

use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::hooks::tell;
use crate::i18n::{I18n, t, use_i18n};

/// Names a message's place in the thread: the oldest is 1.
const PLACE: &str = "data-place";
/// In so many steps it is told how much of a message is to be seen.
const STEPS: u32 = 20;
/// What of a message is watched beside it: of one that is longer than that many windows, no step is ever reached, but one end comes by.
const ENDS: &str = ".message__head, .message__end";
const END: &str = "message__end";
/// What scrolls the messages.
const WINDOW: &str = ".pane__body";

#[derive(Properties, PartialEq)]
pub(super) struct ThreadProps {
    pub(super) incident: IncidentRef,
    pub(super) messages: Vec<Message>,
    /// One that was sent and has not come back yet.
    pub(super) sent: Option<AttrValue>,
    pub(super) now: Timestamp,
}

#[component]
pub(super) fn Thread(props: &ThreadProps) -> Html {
    let (i18n, list) = (use_i18n(), use_node_ref());
    let count = u32::try_from(props.messages.len()).unwrap_or(u32::MAX);
    use_effect_with((props.incident, count, list.clone()), |(incident, _, list)| {
        let watch = list.cast::<Element>().and_then(|list| Watch::new(*incident, &list));
        move || drop(watch)
    });
    if props.messages.is_empty() && props.sent.is_none() {
        return html! { <Empty icon={Icon::Message} title={t!(i18n, "no-messages")} /> };
    }
    html! {
        <>
        if let Some(text) = &props.sent {
            <div class="message message--sent" role="status" data-testid="message-on-the-way">
                <header class="message__head"><strong>{t!(i18n, "message-on-the-way")}</strong></header>
                <p class="message__text">{text}</p>
            </div>
        }
        <ol ref={list} class="thread">
            {for (1..=count).rev().zip(&props.messages).map(|(place, message)| row(&i18n, place, message, props.now))}
        </ol>
        </>
    }
}

fn row(i18n: &I18n, place: u32, message: &Message, now: Timestamp) -> Html {
    let (class, icon) = match message.author {
        Some(_) => ("message__face", Icon::User),
        None => ("message__face message__face--service", Icon::Assigned),
    };
    let author = message.author.clone().unwrap_or_else(|| t!(i18n, "the-service"));
    html! {
        <li key={place} class="message" data-testid="message" data-place={place.to_string()}>
            <header class="message__head">
                <span {class} aria-hidden="true">{glyph(icon)}</span>
                <strong class="clip" title={author.clone()}>{author}</strong>
                <span class="message__time" title={i18n.moment(message.at)}>{i18n.ago(message.at, now)}</span>
            </header>
            <p class="message__text">{&message.text}</p>
            if message.assigned_to_service { <span class="tag">{glyph(Icon::Assigned)}{t!(i18n, "message-assigned")}</span> }
            <span class={END} aria-hidden="true" />
        </li>
    }
}

/// What is on screen of a thread, and what was.
#[derive(Default)]
struct Seen {
    shown: BTreeSet<u32>,
    seen: BTreeSet<u32>,
}

impl Seen {
    fn show(&mut self, place: u32, is_shown: bool) {
        if is_shown {
            self.shown.insert(place)
        } else {
            self.shown.remove(&place)
        };
    }

    /// Counts what is on screen as seen, where the page is; answers what was seen, if that is more now.
    fn look(&mut self, page_is_visible: bool) -> Vec<RangeInclusive<u32>> {
        let before = self.seen.len();
        if page_is_visible {
            self.seen.extend(&self.shown);
        }
        if self.seen.len() > before { runs(&self.seen) } else { vec![] }
    }
}

/// The runs of places without a gap.
fn runs(places: &BTreeSet<u32>) -> Vec<RangeInclusive<u32>> {
    let mut runs: Vec<RangeInclusive<u32>> = vec![];
    for place in places {
        match runs.last_mut().filter(|run| run.end() + 1 == *place) {
            Some(run) => *run = *run.start()..=*place,
            None => runs.push(*place..=*place),
        }
    }
    runs
}

/// How much is to be seen of what goes from the first to the second, in a window that does.
fn shown([top, bottom]: [f64; 2], [window_top, window_bottom]: [f64; 2]) -> f64 {
    (bottom.min(window_bottom) - top.max(window_top)).max(0.0)
}

/// Whether so much of a message can be read: half of it, or half of the window full of it.
fn is_shown(shown_px: f64, whole_px: f64, window_px: f64) -> bool {
    shown_px > 0.0 && (shown_px * 2.0 >= whole_px || shown_px * 2.0 >= window_px)
}

/// Watches which messages are on screen for as long as it lives, and tells the engine.
struct Watch {
    observer: IntersectionObserver,
    _on_change: Closure<dyn Fn(Array)>,
    _on_visibility: EventListener,
}

impl Watch {
    fn new(incident: IncidentRef, list: &Element) -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let seen = Rc::new(RefCell::new(Seen::default()));
        let look = {
            let (seen, document) = (Rc::clone(&seen), document.clone());
            move || {
                for run in seen.borrow_mut().look(is_visible(&document)) {
                    // Where it fails, they stay unread until they are seen again.
                    tell::<MarkRead>(SeenMessages { incident, first: *run.start(), last: *run.end() });
                }
            }
        };
        let on_change = {
            let look = look.clone();
            Closure::<dyn Fn(Array)>::new(move |entries: Array| {
                for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
                    let message = entry.target().closest(&format!("[{PLACE}]")).ok().flatten();
                    let place = message.as_ref().and_then(|message| message.get_attribute(PLACE)?.parse().ok());
                    if let (Some(message), Some(place), Some(window)) = (message, place, entry.root_bounds()) {
                        let (part, whole_px) = (entry.bounding_client_rect(), f64::from(message.client_height()));
                        let is_end = entry.target().class_name() == END;
                        let top = if is_end { part.bottom() - whole_px } else { part.top() };
                        let shown_px = shown([top, top + whole_px], [window.top(), window.bottom()]);
                        seen.borrow_mut().show(place, is_shown(shown_px, whole_px, window.height()));
                    }
                }
                look();
            })
        };
        let options = IntersectionObserverInit::new();
        let steps: Array = (0..=STEPS).map(|step| wasm_bindgen::JsValue::from(f64::from(step) / f64::from(STEPS))).collect();
        options.set_threshold(&steps);
        // What is read is what the pane shows of them: of a large text a whole window holds less than half.
        options.set_root(list.closest(WINDOW).ok().flatten().as_ref());
        let observer = IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &options).ok()?;
        let messages = list.children();
        (0..messages.length()).filter_map(|at| messages.item(at)).for_each(|message| observer.observe(&message));
        let ends = list.query_selector_all(ENDS).ok()?;
        (0..ends.length()).filter_map(|at| ends.item(at)?.dyn_into::<Element>().ok()).for_each(|end| observer.observe(&end));
        let on_visibility = EventListener::new(&document, "visibilitychange", move |_| look());
        Some(Self { observer, _on_change: on_change, _on_visibility: on_visibility })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn is_visible(document: &Document) -> bool {
    document.visibility_state() == VisibilityState::Visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_03_only_what_was_on_screen_was_seen() {
        let mut seen = Seen::default();
        [9, 10].into_iter().for_each(|place| seen.show(place, true));
        assert_eq!(seen.look(false), [], "the window is out of sight");
        assert_eq!(seen.look(true), [9..=10]);
        assert_eq!(seen.look(true), [], "no more than before");
        // One scrolls on, past one that rushes by.
        seen.show(10, false);
        [6, 7].into_iter().for_each(|place| seen.show(place, true));
        assert_eq!(seen.look(true), [6..=7, 9..=10]);
        seen.show(8, true);
        assert_eq!(seen.look(true), [6..=10]);
    }

    #[test]
    fn fault_9_03_half_a_message_or_a_window_full_of_it_can_be_read() {
        assert!(is_shown(50.0, 100.0, 800.0));
        assert!(!is_shown(49.0, 100.0, 800.0));
        assert!(is_shown(400.0, 3_000.0, 800.0), "one that is longer than the window");
        assert!(!is_shown(0.0, 0.0, 0.0), "a hidden pane");
    }

    #[test]
    fn fault_9_03_at_its_end_a_window_full_of_a_long_message_is_shown() {
        let window = [100.0, 600.0];
        let at = |top: f64, height: f64| is_shown(shown([top, top + height], window), height, 500.0);
        assert!(at(600.0 - 30_000.0, 30_000.0), "its end is at the lower edge");
        assert!(at(100.0, 30_000.0), "its head is at the upper edge");
        assert!(!at(599.0, 30_000.0), "only its head has come in");
        assert!(!at(600.0, 400.0) && !at(-400.0, 400.0), "out of sight");
    }
}
