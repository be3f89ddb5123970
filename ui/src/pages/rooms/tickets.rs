//! The tab Tickets of a room: its open incidents, and those that were resolved in the last 90 days.

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{IncidentColumn, IncidentFilter, IncidentQuery, IncidentScope, ListRow, RoomKey};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::domain_view::badges::{severity_badge, status_badge};
use crate::i18n::{I18n, problem, t};

/// How many resolved ones are shown; the list has the others.
pub(super) const MOST: u32 = 100;

/// The room's incidents that were resolved in the last 90 days, the latest first.
pub(super) fn resolved_of(room: RoomKey) -> IncidentQuery {
    IncidentQuery {
        scope: IncidentScope::Customer { id: room.customer_id },
        tab: IncidentTab::Resolved,
        resolved_days: 90,
        filter: IncidentFilter { room: Some(room.id), ..IncidentFilter::default() },
        sort: IncidentColumn::Urgency,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset: 0,
        limit: MOST,
    }
}

pub(super) fn rows_of(rows: &[ListRow]) -> impl Iterator<Item = &IncidentRow> {
    rows.iter().filter_map(|row| match row {
        ListRow::Incident { incident, .. } => Some(&**incident),
        ListRow::Category { .. } => None,
    })
}

pub(super) struct Tickets<'a> {
    pub(super) open: &'a [IncidentRow],
    pub(super) resolved: Vec<&'a IncidentRow>,
    /// How many resolved ones there are.
    pub(super) total: u32,
    pub(super) now: Timestamp,
    pub(super) on_incident: &'a Callback<(TicketNumber, bool)>,
    /// Shows the open ones in the list of incidents.
    pub(super) on_show: Callback<MouseEvent>,
}

pub(super) fn tickets(i18n: &I18n, it: &Tickets<'_>) -> Html {
    let more = it.total.saturating_sub(it.resolved.len() as u32);
    html! { <>
        <section class="pane__section">
            <header class="pane__section-head">
                <h3 class="prose__title">{t!(i18n, "room-incidents")}</h3>
                <button type="button" class="link" data-testid="room-show-incidents" onclick={it.on_show.clone()}>{t!(i18n, "room-incidents-show")}</button>
            </header>
            if it.open.is_empty() {
                <p class="room-fine">{glyph(Icon::Resolved)}{t!(i18n, "room-incidents-none")}</p>
            } else {
                <ul class="cards">{for it.open.iter().map(|row| card(i18n, row, row.active_since, it))}</ul>
            }
        </section>
        <section class="pane__section">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "room-resolved")}</h3></header>
            if it.resolved.is_empty() {
                <p class="dim">{t!(i18n, "room-resolved-none")}</p>
            } else {
                <ul class="cards">{for it.resolved.iter().map(|row| card(i18n, row, row.resolved_at(), it))}</ul>
            }
            if more > 0 { <p class="dim">{t!(i18n, "unreliable-more", count = more)}</p> }
        </section>
    </> }
}

fn card(i18n: &I18n, row: &IncidentRow, at: Timestamp, it: &Tickets<'_>) -> Html {
    let (number, is_active) = (row.number, row.status.is_active());
    let onclick = it.on_incident.reform(move |_: MouseEvent| (number, is_active));
    let when = if is_active { i18n.age(at, it.now) } else { i18n.ago(at, it.now) };
    html! {
        <li key={number.to_string()}>
            <button type="button" class="card" data-testid="room-ticket" data-number={number.to_string()} {onclick}>
                <span class="card__title clip" title={problem(i18n, row)}>{problem(i18n, row)}</span>
                <span class="card__line">{severity_badge(i18n, row.severity)}{status_badge(i18n, row.status)}<span class="card__time" title={i18n.moment(at)}>{when}</span></span>
            </button>
        </li>
    }
}
