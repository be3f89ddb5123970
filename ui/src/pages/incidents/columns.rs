//! The columns of the incident list (W7, A16).

use tenantry_model::incident::{Category, IncidentRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::ipc::{About, IncidentColumn, IncidentRef, ListRow};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, Group, TableRow, Width, text};
use crate::domain_view::badges::{severity_badge, status_badge};
use crate::domain_view::unsent::UnsentMark;
use crate::i18n::{I18n, problem, t};

type Column = table::Column<ListRow>;

impl TableRow for ListRow {
    type Key = IncidentRef;
    type Sort = IncidentColumn;
    const TESTID: &'static str = "incident-row";

    fn key(&self) -> Option<IncidentRef> {
        match self {
            Self::Incident { incident, .. } => Some(IncidentRef { customer_id: incident.customer_id, number: incident.number }),
            Self::Category { .. } => None,
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Incident { incident, .. } => incident.number.to_string(),
            Self::Category { category, .. } => category.to_string(),
        }
    }

    fn number(&self) -> Option<String> {
        self.key().map(|key| key.number.to_string())
    }

    fn class(&self) -> Option<&'static str> {
        matches!(self, Self::Incident { unread: 1.., .. }).then_some("row--unread")
    }
}

pub(super) fn columns(over_all: bool, resolved: bool) -> Vec<Column> {
    let since = if resolved {
        Column::new(
            "since",
            |i18n| t!(i18n, "column-resolved"),
            SINCE,
            |i18n, now, row| {
                incident(row, |row, _, _| {
                    let at = row.last_resolved.unwrap_or(row.last_updated);
                    moment(i18n, at, i18n.ago(at, now))
                })
            },
        )
    } else {
        Column::new(
            "since",
            |i18n| t!(i18n, "column-since"),
            SINCE,
            |i18n, now, row| incident(row, |row, _, _| moment(i18n, row.active_since, i18n.age(row.active_since, now))),
        )
    };
    let mut columns = vec![
        Column::new(
            "severity",
            |i18n| t!(i18n, "column-severity"),
            Width::Badges(|i18n| Severity::ALL.iter().map(|severity| i18n.label(*severity)).collect()),
            |i18n, _, row| incident(row, |row, _, _| severity_badge(i18n, row.severity)),
        )
        .sorts_by(IncidentColumn::Severity),
        Column::new(
            "problem",
            |i18n| t!(i18n, "column-problem"),
            Width::Name { least: 10.0, wants: 18.0 },
            |i18n, now, row| incident(row, |row, _, _| marked(i18n, now, row)),
        )
        .sorts_by(IncidentColumn::Problem)
        .strong(),
    ];
    if over_all {
        columns.push(
            Column::new(
                "customer",
                |i18n| t!(i18n, "column-customer"),
                Width::Name { least: 6.0, wants: 12.0 },
                |_, _, row| incident(row, |_, customer, _| text(customer.to_owned())),
            )
            .goes(1)
            .sorts_by(IncidentColumn::Customer)
            .soft(),
        );
    }
    columns.extend([
        Column::new(
            "room",
            |i18n| t!(i18n, "column-room"),
            Width::Name { least: 5.5, wants: 12.0 },
            |i18n, _, row| incident(row, |row, _, _| text(rooms(i18n, row))),
        )
        .goes(2)
        .filled(|row| matches!(row, ListRow::Incident { incident, .. } if incident.redacted_rooms > 0 || !incident.rooms.is_empty()))
        .sorts_by(IncidentColumn::Room)
        .soft(),
        Column::new(
            "type",
            |i18n| t!(i18n, "column-type"),
            Width::Text { least: 6.0, wants: 11.0 },
            |i18n, _, row| incident(row, |row, _, _| text(i18n.label(row.kind))),
        )
        .goes(8)
        .sorts_by(IncidentColumn::Type)
        .soft(),
        Column::new(
            "status",
            |i18n| t!(i18n, "column-status"),
            Width::Badges(|i18n| IncidentStatus::ALL.iter().map(|status| i18n.label(*status)).collect()),
            |i18n, _, row| incident(row, |row, _, _| status_badge(i18n, row.status)),
        )
        .goes(4)
        .sorts_by(IncidentColumn::Status),
        Column::new(
            "ticket",
            |i18n| t!(i18n, "column-ticket"),
            Width::Words(|_| vec![LONG_NUMBER.to_owned()]),
            |_, _, row| incident(row, |row, _, _| number(row)),
        )
        .goes(7)
        .sorts_by(IncidentColumn::Ticket)
        .soft(),
        Column::new(
            "unread",
            |i18n| t!(i18n, "column-unread"),
            Width::Badges(|i18n| vec![i18n.number(100)]),
            |i18n, _, row| incident(row, |_, _, count| unread(i18n, count)),
        )
        .goes(6)
        .filled(|row| matches!(row, ListRow::Incident { unread: 1.., .. }))
        .sorts_by(IncidentColumn::Unread),
        since.goes(5).sorts_by(IncidentColumn::ActiveSince).soft().at_end(),
    ]);
    columns
}

const SINCE: Width = Width::Text { least: 5.25, wants: 6.5 };
/// As many digits as a number has characters; theirs is a monospaced font, which is smaller, and no wider.
const LONG_NUMBER: &str = "0000000000000";

/// A cell of an incident: its row, its customer's name, and how many of its messages are unread.
fn incident(row: &ListRow, cell: impl FnOnce(&IncidentRow, &str, u32) -> Html) -> Html {
    match row {
        ListRow::Incident { incident, customer_name, unread } => cell(incident, customer_name, *unread),
        ListRow::Category { .. } => html! {},
    }
}

/// What it is about, who works on it (A32) or until when it is out of sight (A33), and what of one's own waits (A35).
fn marked(i18n: &I18n, now: Timestamp, row: &IncidentRow) -> Html {
    let claim = row
        .claim_at(now)
        .map(|claim| (Icon::User, claim.name.clone(), t!(i18n, "claim-other", who = claim.name.clone(), count = claim.minutes_left(now))));
    let snooze = row.snooze_at(now).map(|snooze| (Icon::Quiet, snooze.by.clone().unwrap_or_default(), i18n.snoozed(snooze)));
    let about = About::Incident(IncidentRef { customer_id: row.customer_id, number: row.number });
    html! {
        <span class="marked">
            {text(problem(i18n, row))}
            if let Some((icon, who, title)) = claim.or(snooze) {
                <span class="marked__mark" title={title.clone()} data-testid="row-mark">{glyph(icon)}<span class="marked__word clip" aria-hidden="true">{who}</span><span class="spoken">{&title}</span></span>
            }
            <UnsentMark {about} />
        </span>
    }
}

fn number(row: &IncidentRow) -> Html {
    let number = row.number.to_string();
    html! { <span class="number clip" title={number.clone()}>{number}</span> }
}

fn unread(i18n: &I18n, count: u32) -> Html {
    if count == 0 {
        return html! {};
    }
    let title = t!(i18n, "unread-count", count = count);
    html! { <span class="unread" title={title.clone()} aria-label={title}>{glyph(Icon::Message)}{i18n.number(count)}</span> }
}

fn moment(i18n: &I18n, at: Timestamp, text: String) -> Html {
    html! { <span class="clip" title={i18n.moment(at)}>{text}</span> }
}

/// The row that heads the incidents of a category; none where the row is an incident.
pub(super) fn category(i18n: &I18n, row: &ListRow, collapsed: &[Category], on_fold: impl Fn(Category, bool) + 'static) -> Option<Group> {
    let ListRow::Category { category, tickets, rooms, needs_action, unread } = *row else { return None };
    let sum = |text: String| html! { <span class="group__sum">{text}</span> };
    let content = html! { <>
        <span class="group__name clip" title={i18n.label(category)}>{i18n.label(category)}</span>
        {sum(t!(i18n, "rows-incidents", count = tickets))}
        {sum(t!(i18n, "rows-rooms", count = rooms))}
        if needs_action > 0 { {sum(t!(i18n, "sum-needs-action", count = needs_action))} }
        if unread > 0 { {sum(t!(i18n, "unread-count", count = unread))} }
    </> };
    let on_fold = Callback::from(move |fold| on_fold(category, fold));
    Some(Group { testid: "category-row", folded: collapsed.contains(&category), on_fold, content })
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
