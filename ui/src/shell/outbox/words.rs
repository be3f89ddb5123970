//! An entry of the outbox in words: what it is, what it says, and why it was refused.

use tenantry_model::api::incidents::Assignee;
use tenantry_model::api::rooms::{RoomSettings, SignalOf};
use tenantry_model::ipc::{IpcError, IpcErrorKind, IssueAsRead, OutboxEntry, Work, WorkKind};
use tenantry_model::problem::FieldCode;
use tenantry_model::time::Timestamp;

use super::conflict::{edited, impact, named, room_names, rooms, seats, set};
use crate::components::icon::Icon;
use crate::i18n::{I18n, t};

/// What an entry is, in a line.
pub(super) fn title(i18n: &I18n, entry: &OutboxEntry) -> String {
    let name = entry.customer_name.clone().unwrap_or_else(|| t!(i18n, "outbox-unnamed"));
    match &entry.work {
        Work::Record { .. } => t!(i18n, "outbox-record", name = name),
        Work::Message { number, .. } => t!(i18n, "outbox-message", number = number.to_string(), name = name),
        Work::Close { number, .. } => t!(i18n, "outbox-close", number = number.to_string(), name = name),
        Work::Claim { number, claim: Some(_) } => t!(i18n, "outbox-claim", number = number.to_string(), name = name),
        Work::Claim { number, claim: None } => t!(i18n, "outbox-release", number = number.to_string(), name = name),
        Work::Snooze { number, snooze: Some(_) } => t!(i18n, "outbox-snooze", number = number.to_string(), name = name),
        Work::Snooze { number, snooze: None } => t!(i18n, "outbox-wake", number = number.to_string(), name = name),
        Work::Edit { number, .. } => t!(i18n, "outbox-edit", number = number.to_string(), name = name),
        Work::ChangeRoom { was: Some(was), .. } => t!(i18n, "outbox-room", room = was.display_name.clone(), name = name),
        Work::ChangeRoom { was: None, .. } => t!(i18n, "outbox-room-unnamed", name = name),
        Work::EnrolRoom { name: Some(room), .. } => t!(i18n, "outbox-enrol", room = room.clone(), name = name),
        Work::EnrolRoom { name: None, .. } => t!(i18n, "outbox-enrol-unnamed", name = name),
        Work::Suppress { name: room, signal, suppress, .. } => suppression(i18n, room.clone(), signal.as_ref(), suppress.is_some(), name),
        Work::Words { .. } => t!(i18n, "outbox-words"),
    }
}

fn suppression(i18n: &I18n, room: Option<String>, signal: Option<&SignalOf>, suppresses: bool, name: String) -> String {
    let signal = signal.map(|of| match &of.instance {
        Some(instance) => format!("{} · {instance}", i18n.label(of.signal)),
        None => i18n.label(of.signal),
    });
    match (suppresses, signal, room) {
        (true, None, Some(room)) => t!(i18n, "outbox-suppress", room = room, name = name),
        (true, None, None) => t!(i18n, "outbox-suppress-unnamed", name = name),
        (true, Some(signal), Some(room)) => t!(i18n, "outbox-suppress-signal", signal = signal, room = room, name = name),
        (true, Some(signal), None) => t!(i18n, "outbox-suppress-signal-unnamed", signal = signal, name = name),
        (false, None, Some(room)) => t!(i18n, "outbox-lift", room = room, name = name),
        (false, None, None) => t!(i18n, "outbox-lift-unnamed", name = name),
        (false, Some(signal), Some(room)) => t!(i18n, "outbox-lift-signal", signal = signal, room = room, name = name),
        (false, Some(signal), None) => t!(i18n, "outbox-lift-signal-unnamed", signal = signal, name = name),
    }
}

/// One thing that an entry changes: what it said when the form was opened, and what it is to say.
#[derive(Debug, PartialEq)]
pub(super) struct Changed {
    pub(super) label: String,
    pub(super) was: String,
    pub(super) mine: String,
}

/// What an entry says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Contents {
    /// What its author wrote, whole.
    pub(super) text: String,
    /// What else it says, by its name.
    pub(super) facts: Vec<(String, String)>,
    pub(super) changes: Vec<Changed>,
}

pub(super) fn contents(i18n: &I18n, entry: &OutboxEntry) -> Contents {
    let (mut text, mut facts, mut changes) = (String::new(), vec![], vec![]);
    match &entry.work {
        Work::Record { new } => {
            text.clone_from(&new.description);
            if !new.rooms.is_empty() {
                facts.push((t!(i18n, "rooms"), room_names(i18n, &named(&new.rooms, &[&entry.rooms]))));
            }
            facts.extend(new.high_impact_reason.clone().map(|reason| (t!(i18n, "high-impact"), reason)));
            if !new.events.is_empty() {
                facts.push((t!(i18n, "outbox-events"), i18n.number(new.events.len() as u32)));
            }
        }
        Work::Message { new, .. } => {
            text.clone_from(&new.text);
            facts.extend(new.assign_to.map(|to| match to {
                Assignee::Service => (t!(i18n, "outbox-turn"), t!(i18n, "message-assign")),
                Assignee::Helpdesk => (t!(i18n, "outbox-turn"), t!(i18n, "message-take-back")),
            }));
        }
        Work::Close { change, .. } => {
            text = change.comment.clone().unwrap_or_default();
            facts.push((t!(i18n, "closure-reason"), i18n.label(change.reason)));
        }
        Work::Snooze { snooze: Some(snooze), .. } | Work::Suppress { suppress: Some(snooze), .. } => {
            text.clone_from(&snooze.reason);
            facts.extend(snooze.until.map(|until| (t!(i18n, "outbox-until"), i18n.moment(until))));
        }
        Work::Edit { was: Some(was), change, .. } => {
            let mine = edited(was, change, &[&was.rooms, &entry.rooms]);
            let mut line = |label: String, says: &dyn Fn(&IssueAsRead) -> String| {
                changes.push(Changed { label, was: says(was), mine: says(&mine) });
            };
            line(t!(i18n, "description"), &|issue| issue.description.clone());
            line(t!(i18n, "rooms"), &|issue| rooms(i18n, issue));
            line(t!(i18n, "high-impact"), &impact);
        }
        Work::ChangeRoom { was: Some(was), change, .. } => {
            let mine = set(was, change);
            let mut line = |label: String, says: &dyn Fn(&RoomSettings) -> String| {
                changes.push(Changed { label, was: says(was), mine: says(&mine) });
            };
            line(t!(i18n, "column-name"), &|room| room.display_name.clone());
            line(t!(i18n, "capacity"), &seats);
            line(t!(i18n, "timezone"), &|room| room.timezone.clone());
        }
        // While the customer's data may not be read, one's own words alone.
        work @ (Work::Edit { was: None, .. } | Work::ChangeRoom { was: None, .. } | Work::Words { .. }) => text = work.words(),
        Work::Claim { .. } | Work::Snooze { snooze: None, .. } | Work::Suppress { suppress: None, .. } | Work::EnrolRoom { .. } => {}
    }
    changes.retain(|line| line.was != line.mine);
    Contents { text, facts, changes }
}

/// Why it was refused.
pub(super) struct Why {
    pub(super) icon: Icon,
    /// What was not done.
    pub(super) what: String,
    /// The reason, and what its author can do.
    pub(super) reason: String,
    /// Whether that says all that the service said.
    pub(super) is_all: bool,
    /// Whether it would be refused again.
    pub(super) is_final: bool,
}

pub(super) fn why(i18n: &I18n, entry: &OutboxEntry, failure: &IpcError, now: Timestamp) -> Why {
    let kind = entry.work.kind();
    let has = |is: fn(FieldCode) -> bool| failure.fields.iter().any(|field| field.code().is_some_and(is));
    let is_inactive = has(|code| code == FieldCode::IncidentInactive);
    // An end that lies too far ahead by the service's clock is said in the same way, and may be taken later.
    let is_end = has(|code| code == FieldCode::SnoozeEndInvalid);
    let is_past = is_end && end(&entry.work).is_none_or(|until| until <= now);
    let (icon, reason, is_all) = match failure.kind {
        _ if kind == WorkKind::Words => (Icon::Lock, t!(i18n, "outbox-right-lost"), true),
        IpcErrorKind::Stale if kind == WorkKind::Close => (Icon::Pen, t!(i18n, "outbox-why-stale-close"), true),
        IpcErrorKind::Stale => (Icon::Pen, t!(i18n, "outbox-why-stale"), true),
        IpcErrorKind::MayBeDone => (Icon::Pending, t!(i18n, "outbox-why-may-be-done"), true),
        _ if is_inactive && kind == WorkKind::Message => (Icon::Closed, t!(i18n, "outbox-why-inactive-message"), true),
        _ if is_inactive => (Icon::Closed, t!(i18n, "outbox-why-inactive"), true),
        _ if is_past => (Icon::Pending, t!(i18n, "outbox-why-end-passed"), true),
        _ if is_end => (Icon::Pending, t!(i18n, "outbox-why-end-not-taken"), true),
        _ if has(FieldCode::is_about_events) => (Icon::Incidents, t!(i18n, "outbox-why-events"), true),
        kind => (Icon::Important, i18n.label(kind), false),
    };
    // Closed, an issue does not come back; nor does an end that is past.
    let is_final = kind == WorkKind::Words || is_past || is_inactive && matches!(kind, WorkKind::Close | WorkKind::Edit);
    // What may have been done was not refused.
    let what = if failure.kind == IpcErrorKind::MayBeDone { t!(i18n, "outbox-unknown") } else { not_done(i18n, kind) };
    Why { icon, what, reason, is_all, is_final }
}

/// Until when it puts something out of sight.
fn end(work: &Work) -> Option<Timestamp> {
    match work {
        Work::Snooze { snooze: Some(snooze), .. } | Work::Suppress { suppress: Some(snooze), .. } => snooze.until,
        _ => None,
    }
}

fn not_done(i18n: &I18n, kind: WorkKind) -> String {
    match kind {
        WorkKind::Record => t!(i18n, "outbox-not-recorded"),
        WorkKind::Message => t!(i18n, "outbox-not-posted"),
        WorkKind::Close => t!(i18n, "outbox-not-closed"),
        WorkKind::Edit => t!(i18n, "outbox-not-changed"),
        WorkKind::ChangeRoom => t!(i18n, "outbox-room-not-changed"),
        WorkKind::EnrolRoom => t!(i18n, "outbox-not-enrolled"),
        WorkKind::Snooze => t!(i18n, "outbox-not-snoozed"),
        WorkKind::Suppress | WorkKind::SuppressSignal => t!(i18n, "outbox-not-suppressed"),
        WorkKind::Lift | WorkKind::LiftSignal => t!(i18n, "outbox-not-lifted"),
        WorkKind::Claim | WorkKind::Release | WorkKind::Wake => t!(i18n, "message-refused"),
        WorkKind::Words => t!(i18n, "outbox-not-sent"),
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
