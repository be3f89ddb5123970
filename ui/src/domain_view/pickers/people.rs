//! Users and groups of the own organisation: a search box with chips.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use tenantry_model::api::people::{DIRECTORY_SHOWN, DirectoryEntry};
use tenantry_model::id::PrincipalId;
use tenantry_model::ipc::SearchDirectory;
use tenantry_model::tenancy::{PrincipalKind, PrincipalRef};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::people_state::{Search, SearchAction, has_more, offered, shown, with, without};
use crate::components::button::Button;
use crate::components::cursor;
use crate::components::focus::{focus, reveal, use_focused};
use crate::components::form::{Field, described_by, typed};
use crate::components::icon::{Icon, glyph};
use crate::context::use_app;
use crate::hooks;
use crate::i18n::{I18n, t, use_i18n};

/// How long typing rests before the directory is asked.
const REST_MS: u32 = 180;
/// Rows that a page key moves over.
const SCREEN: u32 = 6;

#[derive(Properties, PartialEq)]
pub struct PeoplePickerProps {
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub required: bool,
    #[prop_or_default]
    pub autofocus: bool,
    /// Whether one replaces the other: just one is wanted, and no group.
    #[prop_or_default]
    pub single: bool,
    pub chosen: Vec<DirectoryEntry>,
    /// Those who are in already and are not offered.
    #[prop_or_default]
    pub already: Vec<PrincipalId>,
    pub on_change: Callback<Vec<DirectoryEntry>>,
    /// Enter with an empty search box: the form may be sent.
    #[prop_or_default]
    pub on_enter: Callback<()>,
    /// Told whether somebody is still to come: Enter was pressed before the directory had answered.
    #[prop_or_default]
    pub on_awaits: Callback<bool>,
}

/// A combobox: arrows move, Enter takes, Backspace in the empty box takes the last chip away, Esc shuts the list.
#[component]
pub fn PeoplePicker(props: &PeoplePickerProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let (input, list) = (use_focused(props.autofocus), use_node_ref());
    let search = use_reducer(Search::default);
    use_effect_with(search.wanted().to_owned(), {
        let search = search.dispatcher();
        move |wanted: &String| {
            let wanted = wanted.clone();
            let timer = (!wanted.is_empty()).then(|| {
                Timeout::new(REST_MS, move || {
                    wasm_bindgen_futures::spawn_local(async move {
                        let answer = hooks::call::<SearchDirectory>(wanted.clone()).await.map(Rc::from);
                        search.dispatch(SearchAction::Answered(wanted, answer));
                    });
                })
            });
            // Typing on before it rests asks nothing.
            move || drop(timer)
        }
    });

    let people: Vec<DirectoryEntry> = match search.found() {
        Some(Ok(people)) => {
            let fits = |one: &&DirectoryEntry| !props.single || one.principal.kind == PrincipalKind::User;
            offered(shown(people), if props.single { &[] } else { &props.chosen }, &props.already)
                .into_iter()
                .filter(fits)
                .cloned()
                .collect()
        }
        _ => vec![],
    };
    let (shows, active, total) = (search.shows_list(), search.active, people.len() as u32);
    // A pane would hide what opens below its last field, and the list what lies below its edge.
    use_effect_with((shows, total, active, list.clone()), |(shows, _, active, list)| {
        let Some(list) = list.cast::<Element>().filter(|_| *shows) else { return };
        reveal(list.children().item(*active));
        reveal(Some(list));
    });
    let list_id = format!("{}-list", props.id);

    let take = {
        let (search, on_change, chosen, single) = (search.dispatcher(), props.on_change.clone(), props.chosen.clone(), props.single);
        Callback::from(move |one: DirectoryEntry| {
            on_change.emit(if single { vec![one] } else { with(&chosen, &one) });
            search.dispatch(SearchAction::Taken);
        })
    };
    use_effect_with(search.enter_is_due(), {
        let (search, take, one) = (search.dispatcher(), take.clone(), people.get(active as usize).cloned());
        move |due| {
            if *due {
                search.dispatch(SearchAction::EnterDone);
                if let Some(one) = one {
                    take.emit(one);
                }
            }
        }
    });
    use_effect_with(search.awaits(), {
        let on_awaits = props.on_awaits.clone();
        move |awaits| {
            on_awaits.emit(*awaits);
            // A picker that goes away awaits nobody.
            move || on_awaits.emit(false)
        }
    });
    let on_click = {
        let (take, input) = (take.clone(), input.clone());
        Callback::from(move |one: DirectoryEntry| {
            take.emit(one);
            focus(&input);
        })
    };
    let drop_at = {
        let (on_change, chosen, input) = (props.on_change.clone(), props.chosen.clone(), input.clone());
        Callback::from(move |at: usize| {
            on_change.emit(without(&chosen, at));
            focus(&input);
        })
    };
    let oninput = hooks::dispatches(&search, |event| SearchAction::Typed(typed(event)));
    let onkeydown = {
        let (search, drop_at) = (search.clone(), drop_at.clone());
        let (count, on_enter) = (props.chosen.len(), props.on_enter.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(key) = cursor::key_of_list(&event) else { return };
            let empty = search.text.is_empty();
            match key.as_str() {
                "Enter" => {
                    // With a text it never sends the form around it, but takes what is found for the text.
                    event.prevent_default();
                    if empty { on_enter.emit(()) } else { search.dispatch(SearchAction::Enter) }
                }
                "Backspace" if empty && count > 0 => drop_at.emit(count - 1),
                "Escape" if shows => {
                    event.prevent_default();
                    event.stop_propagation();
                    search.dispatch(SearchAction::Shut);
                }
                _ => {
                    if let Some(to) = cursor::moved(&key, Some(active), total, SCREEN).filter(|_| shows) {
                        event.prevent_default();
                        search.dispatch(SearchAction::Moved(to));
                    }
                }
            }
        })
    };
    html! {
        <Field id={&props.id} label={&props.label} hint={&props.hint} required={props.required}>
            <div class="people">
                <div class={classes!("people__box", app.is_cut_off().then_some("people__box--off"))}>
                    <>{for props.chosen.iter().enumerate().map(|(at, one)| chip(&i18n, one, drop_at.reform(move |_: MouseEvent| at)))}</>
                    <input
                        ref={input}
                        id={&props.id}
                        class="people__input"
                        type="text"
                        role="combobox"
                        aria-expanded={shows.to_string()}
                        aria-autocomplete="list"
                        aria-controls={list_id.clone()}
                        aria-required={props.required.then_some("true")}
                        aria-invalid="false"
                        aria-describedby={described_by(&props.id, !props.hint.is_empty(), false)}
                        aria-activedescendant={(shows && total > 0).then(|| format!("{list_id}-{active}"))}
                        placeholder={t!(i18n, "people-search")}
                        autocomplete="off"
                        spellcheck="false"
                        readonly={app.is_cut_off()}
                        title={app.is_cut_off().then(|| t!(i18n, "change-offline"))}
                        value={search.text.clone()}
                        data-testid={&props.id}
                        {oninput}
                        {onkeydown}
                        onblur={hooks::dispatches(&search, |_: FocusEvent| SearchAction::Left)}
                        onfocus={hooks::dispatches(&search, |_: FocusEvent| SearchAction::Opened)}
                    />
                </div>
                if shows {
                    <div ref={list} id={list_id.clone()} class="people__list" role="listbox" aria-label={&props.label}>
                        <>{for people.iter().enumerate().map(|(at, one)| option(&i18n, one, &list_id, at, active as usize == at, &on_click))}</>
                        if let Some(note) = said(&i18n, &search, people.is_empty()) { <p class="people__note" role="status">{note}</p> }
                    </div>
                }
            </div>
        </Field>
    }
}

fn said(i18n: &I18n, search: &Search, nobody: bool) -> Option<String> {
    match search.found().filter(|_| search.is_current()) {
        Some(Err(error)) => Some(i18n.label(error.kind)),
        Some(Ok(people)) if has_more(people) => Some(t!(i18n, "people-more", count = DIRECTORY_SHOWN)),
        Some(Ok(people)) if nobody => Some(if people.is_empty() { t!(i18n, "people-none") } else { t!(i18n, "people-all-in") }),
        _ if nobody => Some(t!(i18n, "people-searching")),
        _ => None,
    }
}

fn icon(principal: &PrincipalRef) -> Icon {
    match principal.kind {
        PrincipalKind::User => Icon::User,
        PrincipalKind::SecurityGroup => Icon::Group,
    }
}

/// What is said of a principal beside its name: a user's sign-in name, a group's size.
fn more(i18n: &I18n, principal: &PrincipalRef, users: Option<u32>) -> String {
    match (principal.kind, users, &principal.upn) {
        (PrincipalKind::User, _, Some(upn)) => upn.clone(),
        (PrincipalKind::SecurityGroup, Some(users), _) => t!(i18n, "people-group-of", count = users),
        (kind, ..) => i18n.label(kind),
    }
}

pub fn person(i18n: &I18n, principal: &PrincipalRef, users: Option<u32>) -> Html {
    let more = more(i18n, principal, users);
    html! {
        <span class="person">
            <span class="person__face" title={i18n.label(principal.kind)}>{glyph(icon(principal))}</span>
            <span class="person__text">
                <span class="clip" title={principal.display_name.clone()}>{&principal.display_name}</span>
                <span class="person__more clip" title={more.clone()}>{more}</span>
            </span>
        </span>
    }
}

/// Members in lines, each with a button that asks to take it out. `blocked` is why none can be; `remove` says whom a button is about.
pub fn removable(
    i18n: &I18n,
    members: &[PrincipalRef],
    testid: &'static str,
    blocked: Option<&String>,
    remove: impl Fn(String) -> String,
    ask: &Callback<PrincipalRef>,
) -> Html {
    html! {
        {for members.iter().map(|member| {
            let (label, one) = (remove(member.display_name.clone()), member.clone());
            html! {
                <li key={member.id.to_string()} class="persons__row" data-testid={testid} data-id={member.id.to_string()}>
                    {person(i18n, member, None)}
                    <Button class="icon-button icon-button--small" testid={format!("{testid}-remove")} label={label.clone()} why={blocked.cloned()} title={label} onclick={ask.reform(move |_: MouseEvent| one.clone())}>{glyph(Icon::Close)}</Button>
                </li>
            }
        })}
    }
}

fn chip(i18n: &I18n, one: &DirectoryEntry, remove: Callback<MouseEvent>) -> Html {
    let name = &one.principal.display_name;
    let label = t!(i18n, "people-remove", name = name.clone());
    html! {
        <span key={one.principal.id.to_string()} class="chip chip--on chip--person" data-testid="people-chip" data-id={one.principal.id.to_string()}>
            <span class="chip__button" title={more(i18n, &one.principal, one.users)}>{glyph(icon(&one.principal))}<span class="clip">{name}</span></span>
            <button type="button" class="chip__remove" aria-label={label.clone()} title={label} onclick={remove}>{glyph(Icon::Close)}</button>
        </span>
    }
}

fn option(i18n: &I18n, one: &DirectoryEntry, list: &str, at: usize, active: bool, take: &Callback<DirectoryEntry>) -> Html {
    let onclick = hooks::gives::<MouseEvent, _>(take, one.clone());
    // The press would take the focus out of the search box.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div
            key={one.principal.id.to_string()}
            id={format!("{list}-{at}")}
            class={classes!("option", "option--person", active.then_some("option--active"))}
            role="option"
            aria-selected={active.to_string()}
            data-testid="people-option"
            data-id={one.principal.id.to_string()}
            {onclick}
            {onmousedown}
        >{person(i18n, &one.principal, one.users)}</div>
    }
}
