//! The dialog: a text field over a list, as a combobox. The focus stays in the field, the cursor moves in the list.

use std::rc::Rc;

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::Completion;
use tenantry_model::ipc::{IncidentRef, NameKind, PaletteHit, PaletteQuery, SearchPalette};
use web_sys::KeyboardEvent;
use yew::prelude::*;
use yew_router::prelude::*;

use super::actions::{Action, actions_of_page};
use super::button::opens;
use super::items::{Item, Known, KnownView, begun, cursor as cursor_at, filter_of, items, looked_for, names_people, wrong};
use super::option::PaletteOption;
use crate::api;
use crate::components::cursor;
use crate::components::dialog::Dialog;
use crate::components::focus::{reveal, use_focused};
use crate::components::form::{empties, typed};
use crate::components::icon::{Icon, glyph};
use crate::components::live::Count;
use crate::context::{App, use_app};
use crate::hooks::{SavedFilter, is_mac, no_dialog_is_open, use_changes, use_document_key, use_saved_filters};
use crate::i18n::{filter_error, t, type_words, use_i18n};
use crate::page_table::{Lists, PAGES, Page, Viewer};
use crate::route::{Route, Section};
use crate::shell::scope::{names_customers, show_filter, show_view};
use crate::shell::search_names::{groups_or_rings, is_of_rooms};

const LIST: &str = "palette-list";
/// How far Page Up and Page Down go.
const SCREEN: u32 = 8;

/// Whether it is open, and how to open and close it. Ctrl+K (on a Mac Cmd+K) opens it wherever one is, unless a dialog waits for an answer.
#[hook]
pub(in crate::shell) fn use_palette() -> (bool, Callback<bool>) {
    let open = use_state_eq(|| false);
    let set = open.setter();
    let on_open = use_callback((), {
        let set = set.clone();
        move |to, ()| set.set(to)
    });
    use_document_key(move |event| {
        let held = event.alt_key() || event.shift_key();
        if opens(&event.key(), (event.ctrl_key(), event.meta_key(), held), is_mac()) {
            // Web views and browsers have a use of their own for it.
            event.prevent_default();
            if no_dialog_is_open() {
                set.set(true);
            }
        }
    });
    (*open, on_open)
}

#[derive(Properties, Clone)]
pub(in crate::shell) struct PaletteProps {
    pub(in crate::shell) lists: Lists,
    /// Whether the user holds a role for a customer.
    pub(in crate::shell) customers: bool,
    pub(in crate::shell) on_close: Callback<()>,
    pub(in crate::shell) on_keys: Callback<()>,
}

impl PartialEq for PaletteProps {
    /// Drawn with the shell, whose lists it writes to.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// What was found for a text.
#[derive(Clone, PartialEq, Default)]
struct Answer {
    text: Option<String>,
    hits: Rc<Vec<PaletteHit>>,
    /// What the name of a group or a ring that the text ends in can become.
    completed: Rc<Vec<Completion>>,
    more: bool,
}

#[component]
pub(in crate::shell) fn Palette(props: &PaletteProps) -> Html {
    let (i18n, app, navigator, saved) = (use_i18n(), use_app(), use_navigator(), use_saved_filters());
    let here = use_route::<Route>().unwrap_or(Route::Home);
    // The page as it was when this opened.
    let actions = use_memo((), |()| actions_of_page());
    let recent = use_memo((), |()| app.model.preferences.recent.clone());
    let text = use_state(String::new);
    // The count of each text is said once.
    let cause = use_changes((*text).clone());
    // What the cursor is at. The list below it changes with what the sync brings.
    let marked = use_state(|| None::<Item<Action>>);
    let answer = use_state(Answer::default);
    let asked = use_mut_ref(String::new);
    // Enter came before what answers the text: it counts for that.
    let awaited = use_state_eq(|| false);
    let input = use_focused(true);
    use_effect_with(((*text).clone(), app.model.tick), {
        let (answer, i18n, customer, recent) = (answer.setter(), i18n.clone(), app.model.preferences.customer, recent.clone());
        let rooms_of = customer.filter(|_| !app.model.preferences.all_rooms);
        move |(text, _)| {
            let text = text.clone();
            asked.borrow_mut().clone_from(&text);
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(begun) = begun(&text).filter(is_of_rooms) {
                    // Those of the list that the filter would lead to.
                    let of = rooms_of.filter(|_| !names_customers(ViewPage::Rooms, &text));
                    let completed = Rc::new(groups_or_rings(&begun, of).await);
                    if *asked.borrow() == text {
                        answer.set(Answer { text: Some(text), completed, ..Answer::default() });
                    }
                    return;
                }
                let (asked_for, only) = looked_for(&text);
                // Those of the list that the filter would lead to.
                let customer = customer.filter(|_| only != Some(NameKind::Person));
                let query =
                    PaletteQuery { type_words: type_words(&i18n, &asked_for), text: asked_for, recent: (*recent).clone(), customer, only };
                // What cannot be asked finds nothing; pages and actions are there all the same.
                let (hits, more) = api::call::<SearchPalette>(query).await.map(|found| (found.hits, found.more)).unwrap_or_default();
                if *asked.borrow() == text {
                    answer.set(Answer { text: Some(text), hits: Rc::new(hits), completed: Rc::default(), more });
                }
            });
        }
    });
    let settled = answer.text.as_ref() == Some(&*text);
    let pages = pages(&app, props.customers, |page| (page.title)(&i18n));
    let keys = t!(i18n, "keys");
    let of_saved = |saved: &SavedFilter| {
        let view = &saved.view;
        KnownView { name: view.name.clone(), page: view.page, filter: view.filter.clone() }
    };
    let views: Vec<KnownView> = saved.iter().map(of_saved).collect();
    let known = Known { actions: &actions, label: |action: &Action| &action.label, pages: &pages, keys: &keys, views: &views };
    // Those of another text would put a name in the place of what is there now.
    let completed: &[Completion] = if settled { &answer.completed } else { &[] };
    let offered = Rc::new(items(&text, (&answer.hits, completed), &recent, &known));
    let total = offered.len() as u32;
    let active = cursor_at(&offered, marked.as_ref()).map(|at| at as u32);
    use_effect_with((settled && marked.is_none(), (*text).clone()), {
        let (marked, first) = (marked.setter(), offered.first().cloned());
        move |(due, _)| {
            if *due {
                marked.set(first);
            }
        }
    });
    use_effect_with((active, text.len()), |(active, _)| {
        let document = web_sys::window().and_then(|window| window.document());
        reveal(active.and_then(|at| document?.get_element_by_id(&option_id(at as usize))));
    });

    let on_pick = {
        let (offered, app, props, text, marked) = (offered.clone(), app.clone(), props.clone(), text.setter(), marked.setter());
        Callback::from(move |picked: usize| {
            let Some(item) = offered.get(picked) else { return };
            if let Item::Completion(way) = item {
                text.set(way.text.clone());
                marked.set(None);
                return;
            }
            props.on_close.emit(());
            act(item, &app, &props, navigator.as_ref(), here);
        })
    };
    use_effect_with((*awaited && settled, active), {
        let (awaited, on_pick) = (awaited.setter(), on_pick.clone());
        move |(due, active)| {
            if *due {
                awaited.set(false);
                if let Some(at) = active {
                    on_pick.emit(*at as usize);
                }
            }
        }
    });
    let on_text = {
        let (text, marked, awaited) = (text.setter(), marked.setter(), awaited.setter());
        Callback::from(move |typed: String| {
            awaited.set(false);
            marked.set(None);
            text.set(typed);
        })
    };
    let oninput = on_text.reform(typed);
    let onkeydown = {
        let (offered, marked, awaited, text) = (offered.clone(), marked.setter(), awaited.setter(), text.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(key) = cursor::key_of_list(&event) else { return };
            if empties(&event, &text) {
                on_text.emit(String::new());
            } else if key == "Enter" {
                event.prevent_default();
                awaited.set(true);
            } else if let Some(to) = cursor::moved(&key, active, total, SCREEN) {
                event.prevent_default();
                awaited.set(false);
                marked.set(offered.get(to as usize).cloned());
            }
        })
    };
    let wrong = wrong(&text);
    let foot = match wrong {
        Some(wrong) => html! { <span role="status" data-testid="palette-wrong">{filter_error(&i18n, &wrong)}</span> },
        None => {
            let count = if answer.more { t!(i18n, "palette-count-more", count = total) } else { t!(i18n, "palette-count", count = total) };
            html! { <Count class={classes!()} text={AttrValue::from(count)} {cause} {settled} testid="palette-count" /> }
        }
    };
    html! {
        <Dialog title={t!(i18n, "palette")} on_cancel={props.on_close.clone()} class="dialog--palette">
            <div class="picker__search">
                {glyph(Icon::Search)}
                <input
                    ref={input}
                    type="text"
                    class="picker__input"
                    role="combobox"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls={LIST}
                    aria-activedescendant={active.map(|at| option_id(at as usize))}
                    aria-label={t!(i18n, "palette-hint")}
                    placeholder={t!(i18n, "palette-hint")}
                    autocomplete="off"
                    spellcheck="false"
                    data-testid="palette-input"
                    value={(*text).clone()}
                    {oninput}
                    {onkeydown}
                />
            </div>
            <ul id={LIST} class="palette__list" role="listbox" aria-label={t!(i18n, "palette")}>
                {for offered.iter().enumerate().map(|(at, item)| html! {
                    <PaletteOption key={at} id={option_id(at)} {at} total={offered.len()} active={active == Some(at as u32)} item={item.clone()} on_pick={on_pick.clone()} />
                })}
            </ul>
            <p class="picker__foot">{foot}</p>
        </Dialog>
    }
}

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

fn pages(app: &App, customers: bool, title: impl Fn(&Page) -> String) -> Vec<(Section, String)> {
    let Some(user) = app.user() else { return vec![] };
    let viewer = Viewer { user, administrator: app.is_administrator(), customers };
    PAGES.iter().filter(|page| (page.shown_to)(&viewer)).map(|page| (page.section, title(page))).collect()
}

fn act(item: &Item<Action>, app: &App, props: &PaletteProps, navigator: Option<&Navigator>, here: Route) {
    let go = |to: Route| {
        if let Some(navigator) = navigator {
            navigator.push(&to);
        }
    };
    match item {
        Item::Completion(_) => {}
        Item::Filter(page, text) if names_people(*page, text) => show_view(app, &props.lists, navigator, *page, text.clone()),
        Item::Filter(page, text) => show_filter(app, &props.lists, navigator, *page, text.clone()),
        Item::View(view) => show_view(app, &props.lists, navigator, view.page, view.filter.clone()),
        Item::Page(section, _) => go(Page::of(*section).start),
        Item::Keys(_) => props.on_keys.emit(()),
        // Once the dialog is gone: what is behind it takes neither press nor focus.
        Item::Action(action) => {
            let action = action.clone();
            gloo::timers::callback::Timeout::new(0, move || action.run()).forget();
        }
        // Whoever works for several customers works on incidents of all of them.
        Item::Hit(PaletteHit::Person { name, .. }) => show_view(app, &props.lists, navigator, ViewPage::Incidents, filter_of(name)),
        Item::Hit(hit) => {
            let target = hit.target();
            let (customer, to) = match hit {
                PaletteHit::Person { .. } => return,
                PaletteHit::Customer { row } if Page::of(here.section()).of_customers => (row.id, here.list()),
                PaletteHit::Customer { row } => (row.id, Route::START),
                PaletteHit::Room { key, .. } => (key.customer_id, Route::room(*key)),
                PaletteHit::Incident { incident, .. } => {
                    let tab = if incident.status.is_active() { IncidentTab::Active } else { IncidentTab::Resolved };
                    (incident.customer_id, Route::incident(tab, IncidentRef { customer_id: incident.customer_id, number: incident.number }))
                }
            };
            app.prefer(move |preferences| target.into_iter().for_each(|target| preferences.used(target)));
            if matches!(hit, PaletteHit::Customer { .. }) {
                app.choose_customer(to.section(), customer);
            } else {
                app.prefer(move |preferences| preferences.customer = Some(customer));
            }
            go(to);
        }
    }
}
