//! The names that a filter's last term can become, below the search box.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::{BegunName, Completion, Key};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{IncidentScope, ListRooms, NameKind, PaletteQuery, RoomColumn, RoomFilter, RoomQuery, SearchPalette};
use tenantry_model::search::{finds, words};
use yew::prelude::*;

use super::palette::names;
use crate::api;
use crate::components::focus::reveal;
use crate::context::use_app;
use crate::i18n::{t, use_i18n};

pub(super) const LIST: &str = "search-names";
/// So long nobody types: names are looked for beside what the list is asked, and after it.
const PAUSE_MS: u32 = 150;
/// The most groups or rings that are offered.
const MOST: usize = 8;

/// The names, for the text that they complete; none while another text is there.
#[derive(Clone, PartialEq, Default)]
struct Found {
    text: String,
    names: Rc<Vec<Completion>>,
}

/// What the text can become as a filter of a page, where it ends in a name; nothing while nobody is at it.
#[hook]
pub(super) fn use_names(text: &str, page: Option<ViewPage>) -> Rc<Vec<Completion>> {
    let (app, found) = (use_app(), use_state_eq(Found::default));
    let begun = page.and_then(|page| BegunName::of(page, text));
    let customer = app.model.preferences.customer.filter(|_| !app.model.preferences.all_tickets);
    let rooms_of = app.model.preferences.customer.filter(|_| !app.model.preferences.all_rooms);
    use_effect_with(begun.clone().map(|begun| (begun, text.to_owned())), {
        let found = found.setter();
        move |begun| {
            let timeout = begun.clone().map(|(begun, text)| {
                Timeout::new(PAUSE_MS, move || {
                    wasm_bindgen_futures::spawn_local(async move {
                        if is_of_rooms(&begun) {
                            let names = groups_or_rings(&begun, rooms_of).await;
                            return found.set(Found { text, names: Rc::new(names) });
                        }
                        let only = Some(match begun.key {
                            Key::Customer => NameKind::Customer,
                            Key::By => NameKind::Person,
                            _ => NameKind::Room,
                        });
                        let query = PaletteQuery { text: begun.typed.clone(), type_words: vec![], recent: vec![], customer, only };
                        if let Ok(answer) = api::call::<SearchPalette>(query).await {
                            let names = Rc::new(names(&begun, &text, &answer.hits));
                            found.set(Found { text, names });
                        }
                    });
                })
            });
            move || drop(timeout)
        }
    });
    if begun.is_some() && found.text == text { found.names.clone() } else { Rc::default() }
}

/// Whether it is the name of a group or a ring: the list of rooms tells which there are.
pub(super) fn is_of_rooms(begun: &BegunName) -> bool {
    matches!(begun.key, Key::Group | Key::Ring)
}

/// What such a name can become, at one customer or over all; nothing where that cannot be asked.
pub(super) async fn groups_or_rings(begun: &BegunName, customer: Option<TenantId>) -> Vec<Completion> {
    let scope = customer.map_or(IncidentScope::All, |id| IncidentScope::Customer { id });
    let Ok(page) = api::call::<ListRooms>(none_of(scope)).await else { return vec![] };
    among(begun, if begun.key == Key::Group { &page.groups } else { &page.rings })
}

/// What the list of rooms tells beside its rows.
fn none_of(scope: IncidentScope) -> RoomQuery {
    RoomQuery { scope, filter: RoomFilter::default(), sort: RoomColumn::Name, descending: false, offset: 0, limit: 0 }
}

/// The names of groups or rings that a begun one can become.
fn among(begun: &BegunName, there: &[String]) -> Vec<Completion> {
    let typed = words(&begun.typed);
    there.iter().filter(|name| finds(name, &typed)).take(MOST).map(|name| begun.completed(name)).collect()
}

pub(super) fn option_id(at: u32) -> String {
    format!("{LIST}-{at}")
}

#[derive(Properties, PartialEq)]
pub(super) struct NamesProps {
    pub(super) names: Rc<Vec<Completion>>,
    pub(super) active: Option<u32>,
    pub(super) on_pick: Callback<String>,
}

#[component]
pub(super) fn NameList(props: &NamesProps) -> Html {
    let i18n = use_i18n();
    use_effect_with(props.active, |active| {
        let document = web_sys::window().and_then(|window| window.document());
        reveal(active.and_then(|at| document?.get_element_by_id(&option_id(at))));
    });
    // The press would take the focus out of the text field.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul id={LIST} class="search__names" role="listbox" aria-label={t!(i18n, "search-names")} data-testid="search-names" {onmousedown}>
            {for props.names.iter().zip(0_u32..).map(|(way, at)| {
                let (on_pick, text) = (props.on_pick.clone(), way.text.clone());
                let onclick = Callback::from(move |_: MouseEvent| on_pick.emit(text.clone()));
                html! {
                    <li
                        key={way.term.clone()}
                        id={option_id(at)}
                        class={classes!("option", (props.active == Some(at)).then_some("option--active"))}
                        role="option"
                        aria-selected={(props.active == Some(at)).to_string()}
                        title={way.term.clone()}
                        data-testid="search-name"
                        {onclick}
                    ><span class="clip" title={way.term.clone()}>{&way.term}</span></li>
                }
            })}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_rings_are_completed_by_those_that_rooms_have() {
        let there = ["Floor 1", "Floor 2", "General"].map(str::to_owned);
        let terms = |text: &str| {
            let begun = BegunName::of(ViewPage::Rooms, text).unwrap();
            among(&begun, &there).into_iter().map(|way| way.text).collect::<Vec<_>>()
        };
        assert_eq!(terms("health:unhealthy group:flo"), ["health:unhealthy group:=\"Floor 1\" ", "health:unhealthy group:=\"Floor 2\" "]);
        assert_eq!(terms("ring:gen"), ["ring:=General "]);
        assert_eq!(terms("ring:x"), Vec::<String>::new());
    }
}
