//! The columns of the room list (A16).

use tenantry_model::ipc::{RoomColumn, RoomRow};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{View, ViewAction};
use crate::components::icon::{Icon, glyph};
use crate::domain_view::badges::health_badge;
use crate::i18n::{I18n, t};

fn heading(i18n: &I18n, column: RoomColumn) -> String {
    match column {
        RoomColumn::Name => t!(i18n, "column-name"),
        RoomColumn::Host => t!(i18n, "column-host"),
        RoomColumn::Account => t!(i18n, "column-account"),
        RoomColumn::Health => t!(i18n, "column-health"),
        RoomColumn::Warnings => t!(i18n, "column-warnings"),
        RoomColumn::Group => t!(i18n, "column-group"),
        RoomColumn::Ring => t!(i18n, "column-ring"),
        RoomColumn::OpenTickets => t!(i18n, "column-open-tickets"),
        RoomColumn::LastSeen => t!(i18n, "column-last-seen"),
    }
}

fn class(column: RoomColumn) -> String {
    format!("cell--room-{}", column.as_str().replace('_', "-"))
}

/// The row of headings.
pub(super) fn head(i18n: &I18n, view: &UseReducerHandle<View>) -> Html {
    html! {
        <div class="row row--head" role="row" aria-rowindex="1">
            {for RoomColumn::ALL.iter().map(|column| {
                let column = *column;
                let sorted = view.sort == column;
                let (direction, icon) = if view.descending { ("descending", Icon::ArrowDown) } else { ("ascending", Icon::ArrowUp) };
                let label = heading(i18n, column);
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
pub(super) fn waiting(at: u32, id: String) -> Html {
    html! {
        <div key={at} {id} class="row row--waiting" role="row" aria-rowindex={(at + 2).to_string()} aria-busy="true">
            {for RoomColumn::ALL.iter().map(|column| html! { <div key={column.as_str()} class={classes!("cell", class(*column))} role="gridcell"><span class="skeleton" /></div> })}
        </div>
    }
}

/// What a cell shows.
fn content(i18n: &I18n, column: RoomColumn, row: &RoomRow, now: Timestamp) -> Html {
    let room = &row.room;
    let clip = |text: String| html! { <span class="clip" title={text.clone()}>{text}</span> };
    match column {
        RoomColumn::Name => clip(room.display_name.clone()),
        RoomColumn::Host => clip(room.host_name.clone()),
        RoomColumn::Account => clip(room.account.clone()),
        RoomColumn::Health => html! { {health_badge(i18n, room.health)} },
        RoomColumn::Warnings if room.has_warnings => {
            html! { <span class="badge badge--severity-warning" title={t!(i18n, "has-warnings")}>{glyph(Icon::Warning)}<span class="clip">{t!(i18n, "yes")}</span></span> }
        }
        RoomColumn::Warnings => html! {},
        RoomColumn::Group => clip(room.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ")),
        RoomColumn::Ring => clip(room.ring.as_ref().map(|ring| ring.name.clone()).unwrap_or_default()),
        RoomColumn::OpenTickets => match row.open_tickets {
            Some(0) => html! { <span class="dim">{"0"}</span> },
            Some(open) => html! { {i18n.number(open)} },
            None => html! { <span class="dim" title={t!(i18n, "no-tickets-title")}>{"–"}</span> },
        },
        RoomColumn::LastSeen => match room.last_seen {
            Some(at) => html! { <span class="clip" title={i18n.moment(at)}>{i18n.ago(at, now)}</span> },
            None => html! { <span class="dim">{t!(i18n, "never")}</span> },
        },
    }
}

/// Where a row stands and how it shows.
pub(super) struct Place {
    pub(super) at: u32,
    pub(super) id: String,
    pub(super) active: bool,
    pub(super) open: bool,
}

/// A row of the list.
pub(super) fn row(i18n: &I18n, place: Place, row: &RoomRow, now: Timestamp, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <div
            key={place.at}
            id={place.id}
            class={classes!("row", place.active.then_some("row--active"), place.open.then_some("row--open"))}
            role="row"
            aria-rowindex={(place.at + 2).to_string()}
            aria-selected={place.open.to_string()}
            data-testid="room-row"
            data-id={row.room.id.to_string()}
            {onclick}
        >
            {for RoomColumn::ALL.iter().map(|column| html! {
                <div key={column.as_str()} class={classes!("cell", class(*column))} role="gridcell">{content(i18n, *column, row, now)}</div>
            })}
        </div>
    }
}
