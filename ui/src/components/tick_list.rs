//! A long list with boxes to tick: a search box, all or none of what is shown, and only the visible rows in the page.

use std::rc::Rc;

use tenantry_model::search::{finds, words};
use web_sys::{Element, FocusEvent, KeyboardEvent};
use yew::prelude::*;

use super::cursor;
use super::form::{empties, typed};
use super::icon::{Icon, glyph};
use super::loading::Loading;
use super::row_cursor::{Marked, RowCursor};
use super::virtual_list::{VirtualList, row_id};
use crate::i18n::{t, use_i18n};
use crate::row_source::RowSource;

const ROW_REM: f64 = 2.0;

#[derive(Debug, Clone, PartialEq)]
pub struct TickItem {
    /// Names it, whatever its place.
    pub key: AttrValue,
    pub name: AttrValue,
    pub more: Option<AttrValue>,
    pub icon: Icon,
    /// Whether All and None leave it alone.
    pub apart: bool,
}

#[derive(Properties, PartialEq)]
pub struct TickListProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub search: AttrValue,
    pub nothing: AttrValue,
    pub items: Rc<[TickItem]>,
    pub ticked: Rc<[bool]>,
    pub on_change: Callback<Rc<[bool]>>,
    /// Whether one replaces the other.
    #[prop_or_default]
    pub single: bool,
    /// Whether the items are still to come: one can type what is looked for all the same.
    #[prop_or_default]
    pub waiting: bool,
    #[prop_or_default]
    pub foot: Html,
}

impl Marked for TickItem {
    type Mark = AttrValue;

    fn mark(&self) -> AttrValue {
        self.key.clone()
    }
}

/// The items that a search leaves.
#[derive(Clone, PartialEq)]
struct Shown {
    items: Rc<[TickItem]>,
    places: Rc<[usize]>,
}

impl RowSource<TickItem> for Shown {
    fn total(&self) -> Option<u32> {
        u32::try_from(self.places.len()).ok()
    }

    fn row(&self, at: u32) -> Option<&TickItem> {
        self.items.get(*self.places.get(at as usize)?)
    }
}

/// Places of the lines whose name has all words.
fn matching(items: &[TickItem], text: &str) -> Vec<usize> {
    let words = words(text);
    items.iter().enumerate().filter(|(_, item)| finds(&item.name, &words)).map(|(at, _)| at).collect()
}

/// Whether Enter has to wait: the items have not come yet, so that nobody knows which of them has the text.
fn waits_for_items(waiting: bool, text: &str) -> bool {
    waiting && !words(text).is_empty()
}

/// Where the cursor begins: at the first that is ticked, else at the first.
fn begin(shown: &[usize], ticked: &[bool]) -> Option<u32> {
    let first = shown.iter().position(|at| ticked.get(*at) == Some(&true)).unwrap_or(0);
    (!shown.is_empty()).then_some(first as u32)
}

/// The shown ones put in, or taken out; those that stand apart stay as they are.
fn all(items: &[TickItem], shown: &[usize], ticked: &[bool], put: bool) -> Rc<[bool]> {
    let mut ticked = ticked.to_vec();
    for at in shown {
        if let (Some(item), Some(on)) = (items.get(*at), ticked.get_mut(*at)) {
            *on = if item.apart { *on } else { put };
        }
    }
    ticked.into()
}

/// Where one of these is chosen: the boxes of their list, and what takes the choice.
pub fn one_of<T: Copy + PartialEq + 'static>(chosen: &UseStateHandle<Option<T>>, these: Vec<T>) -> (Rc<[bool]>, Callback<Rc<[bool]>>) {
    let ticked = these.iter().map(|one| Some(*one) == **chosen).collect();
    let chosen = chosen.setter();
    let on_change = move |ticked: Rc<[bool]>| chosen.set(these.iter().zip(ticked.iter()).find(|(_, on)| **on).map(|(one, _)| *one));
    (ticked, Callback::from(on_change))
}

fn flipped(ticked: &[bool], at: usize, single: bool) -> Rc<[bool]> {
    ticked.iter().enumerate().map(|(place, on)| if place == at { single || !on } else { *on && !single }).collect()
}

/// See the module. Arrows move the cursor, also from the search box; Space ticks in the list, Enter in the search box.
#[component]
pub fn TickList(props: &TickListProps) -> Html {
    let i18n = use_i18n();
    let text = use_state(String::new);
    let cursor = use_state_eq(|| None::<RowCursor<AttrValue>>);
    // How often it was moved: the list follows it then, and not when items come above it.
    let moves = use_state(|| 0_u32);
    let reset = use_state(|| 0_u32);
    // Enter came before there were items: it counts for the first that has the text.
    let awaited = use_state(|| false);
    let shown: Rc<[usize]> = matching(&props.items, &text).into();
    let rows = Shown { items: props.items.clone(), places: shown.clone() };
    let total = shown.len() as u32;
    let here = cursor.as_ref().and_then(|cursor| cursor.settled(&rows));
    use_effect_with(here.clone(), {
        let cursor = cursor.setter();
        move |here| cursor.set(here.clone())
    });
    let has_left = here.as_ref().is_some_and(RowCursor::has_left);
    let active = here.as_ref().filter(|here| !here.is_off()).map(|here| here.at);
    let toggle = {
        let (shown, ticked, on_change, single) = (shown.clone(), props.ticked.clone(), props.on_change.clone(), props.single);
        Callback::from(move |at: u32| {
            if let Some(at) = shown.get(at as usize) {
                on_change.emit(flipped(&ticked, *at, single));
            }
        })
    };
    use_effect_with((*awaited && !props.waiting, total > 0), {
        let (awaited, toggle) = (awaited.setter(), toggle.clone());
        move |(due, any)| {
            if *due {
                awaited.set(false);
                if *any {
                    toggle.emit(0);
                }
            }
        }
    });
    let put_all = |put: bool| {
        let (items, shown, ticked, on_change) = (props.items.clone(), shown.clone(), props.ticked.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| on_change.emit(all(&items, &shown, &ticked, put)))
    };
    // Whoever comes to the list by the keyboard is at a row of it: a first Space ticks that one. A press says itself which row is meant.
    let onfocusin = {
        let (cursor, moves, rows, id) = (cursor.setter(), moves.clone(), rows.clone(), props.id.clone());
        let first = begin(&shown, &props.ticked).filter(|_| here.is_none());
        Callback::from(move |event: FocusEvent| {
            let list = event.target_dyn_into::<Element>().filter(|target| target.id() == *id);
            let by_keys = list.is_some_and(|list| list.matches(":focus-visible").unwrap_or(false));
            if let Some(first) = first.filter(|_| by_keys) {
                cursor.set(Some(RowCursor::to(&rows, first)));
                moves.set(moves.wrapping_add(1));
            }
        })
    };
    let on_keys = {
        let (cursor, rows, toggle, at) = (cursor.clone(), rows.clone(), toggle.clone(), here.as_ref().map(|here| here.at));
        let moves = moves.clone();
        move |event: &KeyboardEvent, screen: u32, tick: &str| {
            let key = event.key();
            if key == tick {
                event.prevent_default();
                if let Some(at) = active {
                    toggle.emit(at);
                }
            } else if let Some(to) = cursor::moved(&key, at, total, screen) {
                event.prevent_default();
                cursor.set(Some(RowCursor::to(&rows, to)));
                moves.set(moves.wrapping_add(1));
            }
        }
    };
    let on_key = {
        let on_keys = on_keys.clone();
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| on_keys(&event, screen, " "))
    };
    let on_text = {
        let (text, cursor, reset, awaited) = (text.clone(), cursor.setter(), reset.clone(), awaited.setter());
        Callback::from(move |typed: String| {
            awaited.set(false);
            text.set(typed);
            cursor.set(Some(RowCursor::awaiting(0)));
            reset.set(reset.wrapping_add(1));
        })
    };
    let onkeydown = {
        let (awaited, waits) = (awaited.setter(), waits_for_items(props.waiting, &text));
        let (on_text, text) = (on_text.clone(), text.clone());
        Callback::from(move |event: KeyboardEvent| match cursor::key_of_list(&event) {
            Some(_) if empties(&event, &text) => on_text.emit(String::new()),
            Some(key) if key == "Enter" && waits => {
                event.prevent_default();
                awaited.set(true);
            }
            Some(_) => on_keys(&event, 8, "Enter"),
            None => {}
        })
    };
    let row = {
        let (items, shown, ticked, id, at_cursor) = (props.items.clone(), shown.clone(), props.ticked.clone(), props.id.clone(), active);
        let (single, cursor) = (props.single, cursor.setter());
        Callback::from(move |at: u32| {
            let place = shown.get(at as usize).copied();
            let item = place.and_then(|place| Some((items.get(place)?, ticked.get(place).copied().unwrap_or(false))));
            // The cursor goes along: the next key begins where one clicked.
            let (cursor, rows, toggle) = (cursor.clone(), rows.clone(), toggle.clone());
            let onclick = Callback::from(move |_: MouseEvent| {
                cursor.set(Some(RowCursor::to(&rows, at)));
                toggle.emit(at);
            });
            option(item, row_id(&id, at), at, (at_cursor == Some(at), single), onclick)
        })
    };
    let oninput = on_text.reform(typed);
    html! {
        <div class="tick-list" {onfocusin}>
            <div class="picker__search">
                {glyph(Icon::Search)}
                <input type="text" class="picker__input" aria-label={&props.search} placeholder={&props.search} aria-controls={(total > 0).then(|| props.id.clone())} autocomplete="off" spellcheck="false"
                    value={(*text).clone()} data-testid={format!("{}-search", props.id)} {oninput} {onkeydown} />
                if !props.single && !props.waiting {
                    <button type="button" class="link" data-testid={format!("{}-all", props.id)} onclick={put_all(true)}>{t!(i18n, "tick-all")}</button>
                    <button type="button" class="link" data-testid={format!("{}-none", props.id)} onclick={put_all(false)}>{t!(i18n, "tick-none")}</button>
                }
            </div>
            if props.waiting {
                <div class="tick-list__waiting"><Loading lines={2} /></div>
            } else if total == 0 {
                <p class="people__note" role="status">{&props.nothing}</p>
            } else {
                <VirtualList id={&props.id} label={&props.label} role="listbox" class="tick-list__rows" {total} row_rem={ROW_REM} {row} {active} moves={*moves} reset={*reset} on_visible={Callback::noop()} {on_key} />
            }
            if has_left { <p class="people__note" data-testid="row-left">{t!(i18n, "row-left")}</p> }
            if !props.waiting { {props.foot.clone()} }
        </div>
    }
}

fn option(item: Option<(&TickItem, bool)>, id: String, at: u32, (active, single): (bool, bool), onclick: Callback<MouseEvent>) -> Html {
    let Some((item, ticked)) = item else { return html! { <div key={format!("waiting {at}")} {id} class="option" role="option" /> } };
    html! {
        <div
            key={item.key.to_string()}
            {id}
            class={classes!("option", "option--tick", active.then_some("option--active"), ticked.then_some("option--chosen"))}
            role="option"
            aria-selected={ticked.to_string()}
            title={&item.name}
            data-testid="tick-option"
            {onclick}
        >
            <span class={classes!("box", single.then_some("box--round"), ticked.then_some("box--on"))}>if ticked { {glyph(Icon::Check)} }</span>
            {glyph(item.icon)}
            <span class="option__name clip" title={&item.name}>{&item.name}</span>
            if let Some(more) = &item.more { <span class="tag">{more}</span> }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &'static str, apart: bool) -> TickItem {
        TickItem { key: name.into(), name: name.into(), more: None, icon: Icon::Rooms, apart }
    }

    #[test]
    fn a_search_wants_all_words_in_any_order_and_case() {
        let items = [item("Großer Saal Nord", false), item("Kleiner Saal", false)];
        assert_eq!(matching(&items, "nord SAAL"), [0]);
        assert_eq!(matching(&items, " "), [0, 1]);
        assert!(matching(&items, "küche").is_empty());
    }

    #[test]
    fn fault_9_04_enter_waits_for_items_that_have_not_come() {
        assert!(waits_for_items(true, "saal"));
        assert!(!waits_for_items(true, " "), "nothing was asked for");
        assert!(!waits_for_items(false, "küche"), "none has the text, and none will");
    }

    #[test]
    fn all_and_none_touch_what_is_shown_and_leave_what_stands_apart() {
        let items = [item("A", false), item("B", false), item("G", true)];
        let ticked = all(&items, &[0, 2], &[false, true, false], true);
        assert_eq!(*ticked, [true, true, false]);
        assert_eq!(*all(&items, &[0, 2], &[true, true, true], false), [false, true, true]);
    }

    #[test]
    fn keys_the_cursor_begins_at_the_first_that_is_ticked_or_at_the_first() {
        assert_eq!(begin(&[0, 1, 2], &[false, false, true]), Some(2));
        assert_eq!(begin(&[2, 4], &[true, false, false, false, true]), Some(1), "of those that a search leaves");
        assert_eq!((begin(&[3], &[false; 4]), begin(&[], &[true])), (Some(0), None));
    }

    #[test]
    fn one_replaces_the_other_where_one_is_wanted() {
        assert_eq!(*flipped(&[true, false], 1, true), [false, true]);
        assert_eq!(*flipped(&[true, false], 0, false), [false, false]);
    }
}
