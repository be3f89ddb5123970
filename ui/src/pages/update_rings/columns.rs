//! The columns of the list of update rings.

use std::convert::Infallible;

use tenantry_model::id::UpdateRingId;
use tenantry_model::update_ring::MOST_DAYS;
use yew::prelude::*;

use super::view_model::{Line, Total};
use crate::components::table::{self, TableRow, Width, text};
use crate::i18n::{I18n, t};

type Column = table::Column<Line>;

/// What a line is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LineKey {
    Ring(UpdateRingId),
    Total,
}

impl TableRow for Line {
    type Key = LineKey;
    type Sort = Infallible;
    const TESTID: &'static str = "ring-row";

    fn key(&self) -> Option<LineKey> {
        Some(match self {
            Self::Ring(ring) => LineKey::Ring(ring.id),
            Self::Total(_) => LineKey::Total,
        })
    }

    fn id(&self) -> String {
        match self {
            Self::Ring(ring) => ring.id.to_string(),
            Self::Total(_) => "total".to_owned(),
        }
    }

    fn class(&self) -> Option<&'static str> {
        matches!(self, Self::Total(_)).then_some("row--total")
    }
}

fn days(key: &'static str, title: fn(&I18n) -> String, cell: fn(&I18n, tenantry_model::time::Timestamp, &Line) -> Html) -> Column {
    Column::new(key, title, Width::Words(|i18n| vec![i18n.number(100)]), cell).at_end()
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        days(
            "ring-order",
            |i18n| t!(i18n, "ring-order"),
            |i18n, _, line| match line {
                Line::Ring(ring) => html! { {i18n.number(ring.order.into())} },
                Line::Total(_) => html! {},
            },
        ),
        Column::new(
            "ring-name",
            |i18n| t!(i18n, "column-name"),
            Width::Name { least: 9.0, wants: 24.0 },
            |i18n, _, line| match line {
                Line::Ring(ring) => text(ring.name.clone()),
                Line::Total(Total { days_left, .. }) => text(t!(i18n, "rings-total", count = *days_left, most = MOST_DAYS)),
            },
        )
        .strong(),
        days("ring-deferral", |i18n| t!(i18n, "ring-deferral"), |i18n, _, line| html! { {i18n.number(line.days().deferral_days)} }).goes(2),
        days("ring-rollout", |i18n| t!(i18n, "ring-rollout"), |i18n, _, line| html! { {i18n.number(line.days().rollout_days)} }),
        days("ring-test", |i18n| t!(i18n, "ring-test"), |i18n, _, line| html! { {i18n.number(line.days().test_days)} }),
        Column::new(
            "ring-completion",
            |i18n| t!(i18n, "ring-completion"),
            Width::Words(|i18n| vec![t!(i18n, "ring-day", day = 500)]),
            |i18n, _, line| html! { {t!(i18n, "ring-day", day = line.completion_day())} },
        )
        .goes(1)
        .at_end(),
        Column::new(
            "ring-rooms",
            |i18n| t!(i18n, "rooms"),
            Width::Words(|i18n| vec![i18n.number(25_000)]),
            |i18n, _, line| html! { {i18n.number(line.rooms())} },
        )
        .goes(3)
        .at_end(),
    ]
}
