//! The columns of the incident list (W7, A16).

use tenantry_model::incident::{Category, IncidentRow, IncidentType};
use tenantry_model::ipc::{IncidentColumn, ListRow};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{View, ViewAction};
use crate::components::icon::{Icon, glyph};
use crate::domain_view::badges::{severity_badge, status_badge};
use crate::i18n::{I18n, problem, t};

/// The columns in their order.
pub(super) const COLUMNS: [IncidentColumn; 9] = [
    IncidentColumn::Severity,
    IncidentColumn::Problem,
    IncidentColumn::Customer,
    IncidentColumn::Room,
    IncidentColumn::Type,
    IncidentColumn::Status,
    IncidentColumn::Ticket,
    IncidentColumn::Unread,
    IncidentColumn::ActiveSince,
];

/// The name of a column in style sheets.
const fn class(column: IncidentColumn) -> &'static str {
    match column {
        IncidentColumn::Urgency => "cell--urgency",
        IncidentColumn::Customer => "cell--customer",
        IncidentColumn::Problem => "cell--problem",
        IncidentColumn::Ticket => "cell--ticket",
        IncidentColumn::Room => "cell--room",
        IncidentColumn::Type => "cell--type",
        IncidentColumn::Status => "cell--status",
        IncidentColumn::Severity => "cell--severity",
        IncidentColumn::Unread => "cell--unread",
        IncidentColumn::ActiveSince => "cell--since",
    }
}

fn heading(i18n: &I18n, column: IncidentColumn, resolved: bool) -> String {
    match column {
        IncidentColumn::Urgency => String::new(),
        IncidentColumn::Customer => t!(i18n, "column-customer"),
        IncidentColumn::Problem => t!(i18n, "column-problem"),
        IncidentColumn::Ticket => t!(i18n, "column-ticket"),
        IncidentColumn::Room => t!(i18n, "column-room"),
        IncidentColumn::Type => t!(i18n, "column-type"),
        IncidentColumn::Status => t!(i18n, "column-status"),
        IncidentColumn::Severity => t!(i18n, "column-severity"),
        IncidentColumn::Unread => t!(i18n, "column-unread"),
        IncidentColumn::ActiveSince if resolved => t!(i18n, "column-resolved"),
        IncidentColumn::ActiveSince => t!(i18n, "column-since"),
    }
}

/// What a list draws its rows with.
pub(super) struct Drawing<'a> {
    pub(super) i18n: &'a I18n,
    pub(super) now: Timestamp,
    pub(super) over_all: bool,
    pub(super) resolved: bool,
    pub(super) grouped: bool,
}

impl Drawing<'_> {
    fn columns(&self) -> impl Iterator<Item = IncidentColumn> {
        COLUMNS.into_iter().filter(|column| self.over_all || *column != IncidentColumn::Customer)
    }

    /// The row of headings. A press on one sorts by it.
    pub(super) fn head(&self, view: &UseReducerHandle<View>) -> Html {
        html! {
            <div class="row row--head" role="row" aria-rowindex="1">
                {for self.columns().map(|column| {
                    let sorted = view.sort == column;
                    let (direction, icon) = if view.descending { ("descending", Icon::ArrowDown) } else { ("ascending", Icon::ArrowUp) };
                    let label = heading(self.i18n, column, self.resolved);
                    let view = view.clone();
                    html! {
                        <div key={column.as_str()} class={classes!("cell", class(column))} role="columnheader" aria-sort={sorted.then_some(direction)}>
                            <button type="button" class={classes!("sort", sorted.then_some("sort--on"))} title={label.clone()} data-testid={format!("sort-{}", column.as_str())}
                                onclick={move |_| view.dispatch(ViewAction::Sort(column))}>
                                <span class="clip">{label}</span>
                                if sorted { {glyph(icon)} }
                            </button>
                        </div>
                    }
                })}
            </div>
        }
    }

    /// A row that has not arrived yet.
    pub(super) fn waiting(&self, at: u32, id: String) -> Html {
        html! {
            <div key={at} {id} class="row row--waiting" role="row" aria-rowindex={(at + 2).to_string()} aria-busy="true">
                {for self.columns().map(|column| html! { <div key={column.as_str()} class={classes!("cell", class(column))} role="gridcell"><span class="skeleton" /></div> })}
            </div>
        }
    }

    /// A row of the list.
    pub(super) fn row(&self, place: &Place, row: &ListRow, on_press: Callback<MouseEvent>) -> Html {
        match row {
            ListRow::Category { category, tickets, rooms, needs_action, unread } => {
                self.category(place, *category, [*tickets, *rooms, *needs_action, *unread], on_press)
            }
            ListRow::Incident { incident, customer_name, unread } => self.incident(place, incident, customer_name, *unread, on_press),
        }
    }

    fn incident(&self, place: &Place, incident: &IncidentRow, customer: &str, unread: u32, onclick: Callback<MouseEvent>) -> Html {
        let cells = self.columns().map(|column| {
            let content = self.content(column, incident, customer, unread);
            html! { <div key={column.as_str()} class={classes!("cell", class(column))} role="gridcell">{content}</div> }
        });
        html! {
            <div
                key={place.at}
                id={place.id.clone()}
                class={classes!("row", place.active.then_some("row--active"), place.open.then_some("row--open"), (unread > 0).then_some("row--unread"))}
                role="row"
                aria-rowindex={(place.at + 2).to_string()}
                aria-level={self.grouped.then_some("2")}
                aria-selected={place.open.to_string()}
                data-testid="incident-row"
                data-number={incident.number.to_string()}
                {onclick}
            >{for cells}</div>
        }
    }

    fn content(&self, column: IncidentColumn, incident: &IncidentRow, customer: &str, unread: u32) -> Html {
        let i18n = self.i18n;
        let clip = |text: String| html! { <span class="clip" title={text.clone()}>{text}</span> };
        match column {
            IncidentColumn::Urgency => html! {},
            IncidentColumn::Customer => clip(customer.to_owned()),
            IncidentColumn::Problem => clip(problem(i18n, incident)),
            IncidentColumn::Ticket => {
                html! { <span class="number clip" title={incident.number.to_string()}>{incident.number.to_string()}</span> }
            }
            IncidentColumn::Room => clip(rooms(i18n, incident)),
            IncidentColumn::Type => clip(i18n.label(incident.kind)),
            IncidentColumn::Status => html! { {status_badge(i18n, incident.status)} },
            IncidentColumn::Severity => html! { {severity_badge(i18n, incident.severity)} },
            IncidentColumn::Unread if unread == 0 => html! {},
            IncidentColumn::Unread => {
                let title = t!(i18n, "unread-count", count = unread);
                html! { <span class="unread" title={title.clone()} aria-label={title}>{glyph(Icon::Message)}{i18n.number(unread)}</span> }
            }
            IncidentColumn::ActiveSince => {
                let at = if self.resolved { incident.last_resolved.unwrap_or(incident.last_updated) } else { incident.active_since };
                let text = if self.resolved { i18n.ago(at, self.now) } else { i18n.age(at, self.now) };
                html! { <span class="clip" title={i18n.moment(at)}>{text}</span> }
            }
        }
    }

    fn category(&self, place: &Place, category: Category, sums: [u32; 4], onclick: Callback<MouseEvent>) -> Html {
        let i18n = self.i18n;
        let [tickets, rooms, needs_action, unread] = sums;
        html! {
            <div
                key={place.at}
                id={place.id.clone()}
                class={classes!("row", "row--category", place.active.then_some("row--active"))}
                role="row"
                aria-rowindex={(place.at + 2).to_string()}
                aria-level="1"
                aria-expanded={(!place.folded).to_string()}
                data-testid="category-row"
                data-category={category.as_str()}
                {onclick}
            >
                <div class="category" role="gridcell">
                    {glyph(if place.folded { Icon::ChevronRight } else { Icon::ChevronDown })}
                    <span class="category__name clip">{i18n.label(category)}</span>
                    <span class="category__sum">{t!(i18n, "rows-incidents", count = tickets)}</span>
                    <span class="category__sum">{t!(i18n, "rows-rooms", count = rooms)}</span>
                    if needs_action > 0 { <span class="category__sum">{t!(i18n, "sum-needs-action", count = needs_action)}</span> }
                    if unread > 0 { <span class="category__sum">{t!(i18n, "unread-count", count = unread)}</span> }
                </div>
            </div>
        }
    }
}

/// Where a row stands and how it shows.
pub(super) struct Place {
    pub(super) at: u32,
    pub(super) id: String,
    pub(super) active: bool,
    pub(super) open: bool,
    pub(super) folded: bool,
}

/// The rooms that a row names; those that the reader may not see are only counted (A23).
pub(super) fn rooms(i18n: &I18n, incident: &IncidentRow) -> String {
    let more = |count: usize| if count == 0 { String::new() } else { t!(i18n, "rooms-more", count = count) };
    let redacted = incident.redacted_rooms as usize;
    match incident.rooms.as_slice() {
        [] if redacted == 0 && incident.kind == IncidentType::CustomerReported => t!(i18n, "rooms-none"),
        [] if redacted == 0 => String::new(),
        [] => t!(i18n, "rooms-redacted", count = redacted),
        [first, rest @ ..] => format!("{} {}", first.name, more(rest.len() + redacted)).trim_end().to_owned(),
    }
}
