//! The rooms of a report, by name.

use std::convert::Infallible;
use std::rc::Rc;

use tenantry_model::api::reports::{RoomHealth, RoomUse};
use tenantry_model::id::RoomId;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::parts::hours;
use super::view_model::{number, of, percent};
use crate::components::table::{Column, Table, TableRow, Width, text};
use crate::i18n::{I18n, t};
use crate::row_source::SharedRows;

macro_rules! room_row {
    ($row:ty, $testid:literal) => {
        impl TableRow for $row {
            type Key = RoomId;
            type Sort = Infallible;
            const TESTID: &'static str = $testid;

            fn key(&self) -> Option<RoomId> {
                Some(self.id)
            }

            fn id(&self) -> String {
                self.id.to_string()
            }
        }
    };
}

room_row!(RoomHealth, "report-room");
room_row!(RoomUse, "report-use");

const NAME: Width = Width::Name { least: 9.0, wants: 24.0 };
const SHARE: Width = Width::Text { least: 5.0, wants: 7.0 };
const COUNT: Width = Width::Text { least: 7.0, wants: 11.0 };

pub(super) fn room_healths(i18n: &I18n, rooms: &[RoomHealth], now: Timestamp) -> Html {
    let columns = vec![
        Column::<RoomHealth>::new("report-room", |i18n| t!(i18n, "room"), NAME, |_, _, room| text(room.name.clone())).strong(),
        Column::new(
            "report-healthy",
            |i18n| t!(i18n, "report-healthy"),
            SHARE,
            |i18n, _, room: &RoomHealth| html! { {percent(i18n, room.healthy)} },
        )
        .at_end(),
        Column::new(
            "report-healthy-days",
            |i18n| t!(i18n, "report-healthy-days"),
            COUNT,
            |i18n, _, room: &RoomHealth| html! { {of(i18n, room.healthy)} },
        )
        .at_end()
        .goes(1),
        Column::new(
            "report-troubled",
            |i18n| t!(i18n, "report-troubled"),
            COUNT,
            |i18n, _, room: &RoomHealth| html! { {number(i18n, room.troubled_min)} },
        )
        .at_end()
        .goes(2),
    ];
    framed(html! { <Table<RoomHealth> label={t!(i18n, "rooms")} {columns} rows={Rc::new(rooms.to_vec()) as SharedRows<_>} {now} /> })
}

pub(super) fn room_uses(i18n: &I18n, rooms: &[RoomUse], now: Timestamp) -> Html {
    let columns = vec![
        Column::<RoomUse>::new("report-room", |i18n| t!(i18n, "room"), NAME, |_, _, room| text(room.name.clone())).strong(),
        Column::new(
            "report-utilisation",
            |i18n| t!(i18n, "report-utilisation"),
            SHARE,
            |i18n, _, room: &RoomUse| {
                html! { {percent(i18n, room.utilisation)} }
            },
        )
        .at_end(),
        Column::new(
            "report-booked",
            |i18n| t!(i18n, "report-booked"),
            COUNT,
            |i18n, _, room: &RoomUse| text(hours(i18n, room.utilisation)),
        )
        .at_end()
        .goes(3),
        Column::new(
            "report-online",
            |i18n| t!(i18n, "report-online"),
            SHARE,
            |i18n, _, room: &RoomUse| html! { {percent(i18n, room.booked_online)} },
        )
        .at_end()
        .goes(2),
        Column::new(
            "report-calls",
            |i18n| t!(i18n, "report-calls"),
            SHARE,
            |i18n, _, room: &RoomUse| html! { {percent(i18n, room.good_calls)} },
        )
        .at_end()
        .goes(1),
    ];
    framed(html! { <Table<RoomUse> label={t!(i18n, "rooms")} {columns} rows={Rc::new(rooms.to_vec()) as SharedRows<_>} {now} /> })
}

/// A list of thousands scrolls in a frame of its own.
fn framed(table: Html) -> Html {
    html! { <div class="report__rooms">{table}</div> }
}
