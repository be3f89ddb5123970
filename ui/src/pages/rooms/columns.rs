//! The columns of the room list (A16).

use tenantry_model::ipc::{About, RoomColumn, RoomKey, RoomRow};
use tenantry_model::room::Health;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{Seen, Told, seen};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, TableRow, Width, text};
use crate::domain_view::badges::room_badge;
use crate::domain_view::unsent::UnsentMark;
use crate::i18n::{I18n, Names, t};

type Column = table::Column<RoomRow>;

impl TableRow for RoomRow {
    type Key = RoomKey;
    type Sort = RoomColumn;
    const TESTID: &'static str = "room-row";

    fn key(&self) -> Option<RoomKey> {
        Some(RoomKey { customer_id: self.room.customer_id, id: self.room.id })
    }

    fn id(&self) -> String {
        self.room.id.to_string()
    }
}

/// Over all customers with the customer's, and with those of what the reader is told.
pub(super) fn columns(over_all: bool, told: Told) -> Vec<Column> {
    // Two customers may call their rooms alike: then both names tell rooms apart, and neither is cut for the other.
    let width = if over_all { Width::Name { least: 13.0, wants: 17.0 } } else { Width::Name { least: 13.0, wants: 20.0 } };
    let name = Column::new("room-name", |i18n| t!(i18n, "column-name"), width, |_, _, row| named(row)).sorts_by(RoomColumn::Name).strong();
    let customer = Column::new(
        "room-customer",
        |i18n| t!(i18n, "column-customer"),
        Width::Name { least: 12.0, wants: 20.0 },
        |_, _, row| text(row.customer_name.clone()),
    )
    .sorts_by(RoomColumn::Customer)
    .soft();
    let host = Column::new(
        "room-host",
        |i18n| t!(i18n, "column-host"),
        Width::Text { least: 6.0, wants: 8.0 },
        |_, _, row| text(row.room.host_name.clone()),
    )
    .goes(6)
    .filled(|row| !row.room.host_name.is_empty())
    .sorts_by(RoomColumn::Host)
    .soft();
    let account = Column::new(
        "room-account",
        |i18n| t!(i18n, "column-account"),
        Width::Text { least: 7.0, wants: 16.0 },
        |_, _, row| text(row.room.account.clone()),
    )
    .goes(7)
    .filled(|row| !row.room.account.is_empty())
    .sorts_by(RoomColumn::Account)
    .soft();
    let health = Column::new(
        "room-health",
        |i18n| t!(i18n, "column-health"),
        Width::Badges(|i18n| Health::ALL.iter().map(|health| i18n.label(*health)).chain([t!(i18n, "awaits-device")]).collect()),
        |i18n, _, row| room_badge(i18n, &row.room),
    )
    .sorts_by(RoomColumn::Health);
    let warnings = Column::new(
        "room-warnings",
        |i18n| t!(i18n, "column-warnings"),
        Width::Badges(|i18n| vec![t!(i18n, "yes")]),
        |i18n, _, row| warnings(i18n, row),
    )
    .goes(4)
    .filled(|row| row.room.has_warnings)
    .sorts_by(RoomColumn::Warnings);
    let group =
        Column::new("room-group", |i18n| t!(i18n, "column-group"), Width::Text { least: 5.0, wants: 10.0 }, |_, _, row| groups(row))
            .goes(3)
            .filled(|row| !row.room.groups.is_empty())
            .sorts_by(RoomColumn::Group)
            .soft();
    let ring = Column::new(
        "room-ring",
        |i18n| t!(i18n, "column-ring"),
        Width::Text { least: 4.0, wants: 6.0 },
        |_, _, row| text(row.room.ring.as_ref().map(|ring| ring.name.clone()).unwrap_or_default()),
    )
    .goes(5)
    .filled(|row| row.room.ring.is_some())
    .sorts_by(RoomColumn::Ring)
    .soft();
    let open = Column::new(
        "room-open-tickets",
        |i18n| t!(i18n, "column-open-tickets"),
        Width::Words(|i18n| vec![i18n.number(1000)]),
        |i18n, _, row| open_tickets(i18n, row),
    )
    .goes(1)
    .sorts_by(RoomColumn::OpenTickets)
    .at_end();
    let seen = Column::new(
        "room-last-seen",
        |i18n| t!(i18n, "column-last-seen"),
        Width::Words(|i18n| vec![t!(i18n, "last-seen-hour")]),
        last_seen,
    )
    .goes(2)
    .sorts_by(RoomColumn::LastSeen)
    .soft();
    let shown = [
        Some(name),
        over_all.then_some(customer),
        Some(host),
        Some(account),
        Some(health),
        Some(warnings),
        told.groups.then_some(group),
        told.rings.then_some(ring),
        Some(open),
        Some(seen),
    ];
    shown.into_iter().flatten().collect()
}

/// Its name, and what of one's own waits (A35).
fn named(row: &RoomRow) -> Html {
    let about = About::Room(RoomKey { customer_id: row.room.customer_id, id: row.room.id });
    html! { <span class="marked">{text(row.room.display_name.clone())}<UnsentMark {about} /></span> }
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
    match seen(&row.room, now) {
        Seen::At(at) => html! { <span class="clip" title={i18n.moment(at)}>{i18n.ago(at, now)}</span> },
        Seen::WithinTheHour => text(t!(i18n, "last-seen-hour")),
        Seen::Never => html! { <span class="dim">{t!(i18n, "never")}</span> },
    }
}
