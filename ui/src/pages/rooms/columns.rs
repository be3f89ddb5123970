//! The columns of the room list (A16).

use tenantry_model::id::RoomId;
use tenantry_model::ipc::{RoomColumn, RoomRow};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, rows_by_id, text};
use crate::domain_view::badges::health_badge;
use crate::i18n::{I18n, Names, t};

type Column = table::Column<RoomRow>;

rows_by_id!(RoomRow, "room-row", room.id: RoomId, RoomColumn);

pub(super) const NARROW_AT: &[u32] = &[1040, 860, 660];

pub(super) fn columns() -> Vec<Column> {
    const NAME: &[&str] = &["minmax(200px, 2.4fr)", "minmax(140px, 1.6fr)", "minmax(130px, 1.6fr)", "minmax(120px, 1.6fr)"];
    vec![
        Column::new("room-name", |i18n| t!(i18n, "column-name"), NAME, |_, _, row| text(row.room.display_name.clone()))
            .sorts_by(RoomColumn::Name)
            .strong(),
        Column::new(
            "room-host",
            |i18n| t!(i18n, "column-host"),
            &["minmax(90px, 0.6fr)", "minmax(90px, 1fr)", ""],
            |_, _, row| text(row.room.host_name.clone()),
        )
        .sorts_by(RoomColumn::Host)
        .soft(),
        Column::new(
            "room-account",
            |i18n| t!(i18n, "column-account"),
            &["minmax(100px, 1fr)", ""],
            |_, _, row| text(row.room.account.clone()),
        )
        .sorts_by(RoomColumn::Account)
        .soft(),
        Column::new(
            "room-health",
            |i18n| t!(i18n, "column-health"),
            &["116px", "116px", "116px", "112px"],
            |i18n, _, row| health_badge(i18n, row.room.health),
        )
        .sorts_by(RoomColumn::Health),
        Column::new("room-warnings", |i18n| t!(i18n, "column-warnings"), &["84px", "84px", "84px", ""], |i18n, _, row| warnings(i18n, row))
            .sorts_by(RoomColumn::Warnings),
        Column::new(
            "room-group",
            |i18n| t!(i18n, "column-group"),
            &["minmax(80px, 0.8fr)", "minmax(80px, 1fr)", "minmax(80px, 1fr)", ""],
            |_, _, row| groups(row),
        )
        .sorts_by(RoomColumn::Group)
        .soft(),
        Column::new(
            "room-ring",
            |i18n| t!(i18n, "column-ring"),
            &["72px", "72px", ""],
            |_, _, row| text(row.room.ring.as_ref().map(|ring| ring.name.clone()).unwrap_or_default()),
        )
        .sorts_by(RoomColumn::Ring)
        .soft(),
        Column::new(
            "room-open-tickets",
            |i18n| t!(i18n, "column-open-tickets"),
            &["92px", "96px", "84px", "72px"],
            |i18n, _, row| open_tickets(i18n, row),
        )
        .sorts_by(RoomColumn::OpenTickets)
        .at_end(),
        Column::new("room-last-seen", |i18n| t!(i18n, "column-last-seen"), &["104px", "112px", "112px", "92px"], last_seen)
            .sorts_by(RoomColumn::LastSeen)
            .soft(),
    ]
}

fn warnings(i18n: &I18n, row: &RoomRow) -> Html {
    if !row.room.has_warnings {
        return html! {};
    }
    html! { <span class="badge badge--severity-warning" title={t!(i18n, "has-warnings")}>{glyph(Icon::Warning)}<span class="clip">{t!(i18n, "yes")}</span></span> }
}

fn groups(row: &RoomRow) -> Html {
    text(row.room.groups.iter().map(|group| group.name.as_str()).collect::<Names>().text())
}

fn open_tickets(i18n: &I18n, row: &RoomRow) -> Html {
    match row.open_tickets {
        Some(0) => html! { <span class="dim">{"0"}</span> },
        Some(open) => html! { {i18n.number(open)} },
        None => html! { <span class="dim" title={t!(i18n, "no-tickets-title")}>{"–"}</span> },
    }
}

fn last_seen(i18n: &I18n, now: Timestamp, row: &RoomRow) -> Html {
    match row.room.last_seen {
        Some(at) => html! { <span class="clip" title={i18n.moment(at)}>{i18n.ago(at, now)}</span> },
        None => html! { <span class="dim">{t!(i18n, "never")}</span> },
    }
}
