//! One line of the palette.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::Key;
use tenantry_model::ipc::PaletteHit;
use yew::prelude::*;

use super::actions::Action;
use super::items::Item;
use crate::components::icon::{Icon, glyph};
use crate::domain_view::badges::{severity_icon, status_icon};
use crate::i18n::{I18n, Label, problem, t};
use crate::page_table::Page;

/// What it shows: its sign, its name, what is beside that, and what kind of thing it is.
struct Line {
    icon: Icon,
    name: String,
    beside: String,
    kind: String,
    /// Why it cannot be done now.
    why: Option<String>,
    letter: Option<String>,
}

fn line(i18n: &I18n, item: &Item<Action>) -> Line {
    let of = |icon, name: String, beside: String, kind: String| Line { icon, name, beside, kind, why: None, letter: None };
    match item {
        Item::Completion(way) => {
            let said = way.value_of.map(|key| value_said(i18n, key, &way.term)).unwrap_or_default();
            of(Icon::Search, way.term.clone(), said, t!(i18n, "palette-filter"))
        }
        Item::Filter(ViewPage::Incidents, text) => {
            of(Icon::Incidents, t!(i18n, "palette-show-filter"), text.clone(), t!(i18n, "palette-filter"))
        }
        Item::Filter(ViewPage::Rooms, text) => of(Icon::Rooms, t!(i18n, "palette-show-rooms"), text.clone(), t!(i18n, "palette-filter")),
        Item::Hit(PaletteHit::Customer { row }) => {
            let open = row.open.map(|open| t!(i18n, "open-count", count = open)).unwrap_or_else(|| t!(i18n, "locked"));
            let beside = row.told_apart().map_or_else(|| open.clone(), |mark| format!("{mark} · {open}"));
            of(Icon::Building, row.display_name.clone(), beside, t!(i18n, "palette-customer"))
        }
        Item::Hit(PaletteHit::Room { name, host, health, customer_name, .. }) => {
            of(Icon::Rooms, name.clone(), format!("{customer_name} · {host} · {}", i18n.label(*health)), t!(i18n, "room"))
        }
        Item::Hit(PaletteHit::Person { name, holds }) => {
            of(Icon::User, name.clone(), t!(i18n, "palette-person-holds", count = *holds), t!(i18n, "palette-person"))
        }
        Item::Hit(PaletteHit::Incident { incident, customer_name }) => {
            let icon = if incident.status.is_active() { severity_icon(incident.severity) } else { status_icon(incident.status) };
            let beside = format!("{} · {customer_name} · {}", incident.number, i18n.label(incident.severity));
            of(icon, problem(i18n, incident), beside, t!(i18n, "incident"))
        }
        Item::Action(action) => Line {
            why: action.why.clone(),
            letter: action.letter.as_ref().map(|letter| letter.to_uppercase()),
            ..of(Icon::ChevronRight, action.label.clone(), String::new(), t!(i18n, "palette-action"))
        },
        Item::Page(section, title) => of(Page::of(*section).icon, title.clone(), String::new(), t!(i18n, "palette-page")),
        Item::View(view) => of(Icon::Search, view.name.clone(), view.filter.clone(), t!(i18n, "palette-view")),
        Item::Keys(title) => of(Icon::Question, title.clone(), String::new(), t!(i18n, "palette-page")),
    }
}

/// What the screen calls a value.
fn value_said(i18n: &I18n, key: Key, term: &str) -> String {
    let wire = term.split_once(':').map_or(term, |(_, value)| value).replace('-', "_");
    fn said<T: Label + std::str::FromStr>(i18n: &I18n, wire: &str) -> String {
        wire.parse::<T>().map(|value| i18n.label(value)).unwrap_or_default()
    }
    match key {
        Key::Severity => said::<tenantry_model::incident::Severity>(i18n, &wire),
        Key::Status => said::<tenantry_model::incident::IncidentStatus>(i18n, &wire),
        Key::Category => said::<tenantry_model::incident::Category>(i18n, &wire),
        Key::Type => said::<tenantry_model::incident::IncidentType>(i18n, &wire),
        Key::Health => said::<tenantry_model::room::Health>(i18n, &wire),
        Key::Enrolment => said::<tenantry_model::room::Enrolment>(i18n, &wire),
        Key::By if wire == "me" => t!(i18n, "filter-work-mine"),
        _ => String::new(),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct OptionProps {
    pub(super) id: String,
    pub(super) at: usize,
    pub(super) total: usize,
    pub(super) active: bool,
    pub(super) item: Item<Action>,
    pub(super) on_pick: Callback<usize>,
}

/// See the module.
#[component]
pub(super) fn PaletteOption(props: &OptionProps) -> Html {
    let i18n = crate::i18n::use_i18n();
    let line = line(&i18n, &props.item);
    let (at, is_off) = (props.at, line.why.is_some());
    let beside = line.why.unwrap_or(line.beside);
    let onclick = props.on_pick.reform(move |_: MouseEvent| at);
    // The press would take the focus out of the text field.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <li
            id={props.id.clone()}
            class={classes!("option", "option--palette", props.active.then_some("option--active"))}
            role="option"
            aria-selected={props.active.to_string()}
            aria-disabled={is_off.then_some("true")}
            aria-posinset={(at + 1).to_string()}
            aria-setsize={props.total.to_string()}
            title={line.name.clone()}
            data-testid="palette-option"
            {onclick}
            {onmousedown}
        >
            <span class="option__mark">{glyph(line.icon)}</span>
            <span class="palette__name clip" title={line.name.clone()}>{line.name}</span>
            <span class="palette__beside clip" title={beside.clone()}>{beside}</span>
            if let Some(letter) = line.letter { <kbd class="palette__key">{letter}</kbd> }
            <span class="palette__kind">{line.kind}</span>
        </li>
    }
}
