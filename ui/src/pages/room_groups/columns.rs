//! The columns of the list of room groups.

use tenantry_model::api::room_groups::RoomGroupRow;
use tenantry_model::id::RoomGroupId;
use yew::prelude::*;

use crate::components::table::{self, Width, rows_by_id, text};
use crate::i18n::t;

type Column = table::Column<RoomGroupRow>;

rows_by_id!(RoomGroupRow, "group-row", id: RoomGroupId);

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "group-name",
            |i18n| t!(i18n, "column-name"),
            Width::Name { least: 7.0, wants: 30.0 },
            |_, _, row| text(row.name.clone()),
        )
        .strong(),
        Column::new(
            "group-rooms",
            |i18n| t!(i18n, "rooms"),
            Width::Words(|i18n| vec![i18n.number(25_000)]),
            |i18n, _, row| html! { {i18n.number(row.rooms)} },
        )
        .goes(1)
        .at_end(),
    ]
}
