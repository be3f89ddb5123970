//! The columns of the list of updates: one for each ring.

use std::convert::Infallible;

use tenantry_model::api::updates::{UpdateRingName, UpdateRow};
use tenantry_model::id::UpdateId;
use tenantry_model::time::Timestamp;
use tenantry_model::update::UpdateStatus;
use yew::prelude::*;

use crate::components::table::{self, TableRow, WIDE_MOMENT, Width, text};
use crate::domain_view::badges::update_badge;
use crate::i18n::{I18n, t};

type Column = table::Column<UpdateRow>;

impl TableRow for UpdateRow {
    type Key = UpdateId;
    type Sort = Infallible;
    const TESTID: &'static str = "update-row";

    fn key(&self) -> Option<UpdateId> {
        Some(self.id)
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}

fn statuses(i18n: &I18n) -> Vec<String> {
    UpdateStatus::ALL.iter().map(|status| i18n.label(*status)).collect()
}

/// How it stands in the ring of this place.
fn in_ring<const PLACE: usize>(i18n: &I18n, _: Timestamp, row: &UpdateRow) -> Html {
    row.rings.get(PLACE).map(|ring| update_badge(i18n, ring.status)).unwrap_or_default()
}

type Cell = fn(&I18n, Timestamp, &UpdateRow) -> Html;

/// As many as a customer has rings at most (R100).
const RINGS: [(&str, Cell); 9] = [
    ("update-ring-1", in_ring::<0>),
    ("update-ring-2", in_ring::<1>),
    ("update-ring-3", in_ring::<2>),
    ("update-ring-4", in_ring::<3>),
    ("update-ring-5", in_ring::<4>),
    ("update-ring-6", in_ring::<5>),
    ("update-ring-7", in_ring::<6>),
    ("update-ring-8", in_ring::<7>),
    ("update-ring-9", in_ring::<8>),
];

pub(super) fn columns(rings: &[UpdateRingName]) -> Vec<Column> {
    let mut columns = vec![
        Column::new("update-name", |i18n| t!(i18n, "update"), Width::Name { least: 11.0, wants: 20.0 }, |_, _, row| text(row.name()))
            .strong(),
        Column::new(
            "update-status",
            |i18n| t!(i18n, "update-status"),
            Width::Badges(statuses),
            |i18n, _, row| update_badge(i18n, row.status),
        ),
    ];
    // The first rings stay the longest: what goes wrong is seen there first.
    columns.extend(rings.iter().zip(RINGS).zip(2_u8..).map(|((ring, (key, cell)), rank)| {
        Column::new(key, |i18n| t!(i18n, "ring"), Width::Badges(statuses), cell).called(ring.name.clone()).goes(rank)
    }));
    let published = Column::new(
        "update-published",
        |i18n| t!(i18n, "update-published"),
        Width::Words(|i18n| vec![i18n.day(WIDE_MOMENT)]),
        |i18n, _, row| html! { {i18n.day(row.published_at)} },
    );
    columns.push(published.goes(1).soft());
    columns
}
