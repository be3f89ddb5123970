//! Something of the outbox that was made of another version than holds now: mine and theirs side by side (A35).

use tenantry_model::api::incidents::EditIssue;
use tenantry_model::api::rooms::{ChangeRoom, RoomSettings, SignalOf};
use tenantry_model::api::signals::RoomSignal;
use tenantry_model::id::RoomId;
use tenantry_model::incident::{Incident, IncidentStatus, RoomRef, Snooze};
use tenantry_model::ipc::{IssueAsRead, OutboxEntry, SendAgainArgs, SuppressionAsRead, Work};
use tenantry_model::room::Room;
use tenantry_model::time::Timestamp;

use crate::components::confirm::Compared;
use crate::i18n::{I18n, Names, t};

/// What holds now of what an entry is about.
pub(super) enum Theirs<'a> {
    Incident(&'a Incident),
    Room(&'a Room),
    /// The signals of the room.
    Signals(&'a [RoomSignal]),
}

impl<'a> Theirs<'a> {
    /// What holds now of what is suppressed: of the room itself, or of one of its signals. None where this does not tell.
    fn suppression(&self, signal: Option<&SignalOf>) -> Option<Option<&'a Snooze>> {
        match (self, signal) {
            (Self::Room(room), None) => Some(room.suppression.as_ref()),
            (Self::Signals(signals), Some(of)) => {
                let is_it = |known: &&RoomSignal| known.signal == of.signal && known.instance == of.instance;
                Some(signals.iter().find(is_it).and_then(|known| known.suppression.as_ref()))
            }
            _ => None,
        }
    }
}

/// What is shown, and what is sent on top of it.
#[derive(Debug, PartialEq)]
pub(super) struct Conflict {
    pub(super) lines: Vec<Compared>,
    pub(super) anyway: SendAgainArgs,
}

/// None while what holds now has not arrived.
pub(super) fn conflict(i18n: &I18n, entry: &OutboxEntry, theirs: Theirs<'_>) -> Option<Conflict> {
    let anyway = SendAgainArgs::of(entry.form);
    let same = |label: String, says: String| Compared::of_now(label, [says.clone(), says]);
    match (&entry.work, theirs) {
        (Work::Suppress { was: Some(was), signal, suppress, .. }, theirs) => {
            let now = theirs.suppression(signal.as_ref())?;
            let mine = suppress.as_ref().map(|mine| (mine.until, mine.reason.as_str(), None));
            let is = [was.suppression.as_ref(), now].map(|is| is.map(|is| (is.until, is.reason.as_str(), is.by.as_deref())));
            let lines = suppression_lines(i18n, [is[0], is[1], mine]);
            let seen = Some(SuppressionAsRead { suppression: now.cloned() });
            Some(Conflict { lines, anyway: SendAgainArgs { suppression: seen, ..anyway } })
        }
        (Work::Close { version, change, .. }, Theirs::Incident(now)) if now.row.version > *version => {
            let is = IssueAsRead::of(now);
            let mine = [Some(i18n.label(change.reason)), change.comment.clone()].into_iter().flatten().collect::<Vec<_>>().join("\n");
            let mut lines = vec![
                Compared::of_now(t!(i18n, "outbox-close-mine"), [String::new(), mine]),
                Compared::of_now(t!(i18n, "column-status"), [i18n.label(now.row.status), i18n.label(IncidentStatus::Closed)]),
                same(t!(i18n, "outbox-last-message"), last_message(i18n, now)),
                same(t!(i18n, "description"), is.description.clone()),
                same(t!(i18n, "rooms"), rooms(i18n, &is)),
            ];
            lines.extend(is.high_impact_reason.map(|reason| same(t!(i18n, "high-impact"), reason)));
            Some(Conflict { lines, anyway: SendAgainArgs { version: Some(now.row.version), ..anyway } })
        }
        (Work::Edit { version, was, change, .. }, Theirs::Incident(now)) if now.row.version > *version => {
            let was = was.as_deref()?;
            let is = IssueAsRead::of(now);
            let mine = edited(was, change, &[&was.rooms, &is.rooms, &entry.rooms]);
            let says = |of: fn(&I18n, &IssueAsRead) -> String| [of(i18n, was), of(i18n, &is), of(i18n, &mine)];
            let mut lines = vec![
                Compared::new(t!(i18n, "description"), says(|_, issue| issue.description.clone())),
                Compared::new(t!(i18n, "rooms"), says(rooms)),
                Compared::new(t!(i18n, "high-impact"), says(|_, issue| impact(issue))),
            ];
            lines.retain(|line| line.is_changed() || line.is_touched());
            lines.extend([
                same(t!(i18n, "column-status"), i18n.label(now.row.status)),
                same(t!(i18n, "outbox-last-message"), last_message(i18n, now)),
            ]);
            Some(Conflict { lines, anyway: SendAgainArgs { version: Some(now.row.version), ..anyway } })
        }
        (Work::ChangeRoom { was: Some(was), change, .. }, Theirs::Room(now)) => {
            let is = RoomSettings::of(now);
            let mine = set(was, change);
            let says = |of: fn(&RoomSettings) -> String| [of(was), of(&is), of(&mine)];
            let mut lines = vec![
                Compared::new(t!(i18n, "column-name"), says(|room| room.display_name.clone())),
                Compared::new(t!(i18n, "capacity"), says(seats)),
                Compared::new(t!(i18n, "timezone"), says(|room| room.timezone.clone())),
            ];
            lines.retain(|line| line.is_changed() || line.is_touched());
            Some(Conflict { lines, anyway: SendAgainArgs { settings: Some(is), ..anyway } })
        }
        _ => None,
    }
}

/// Until when, why, and who decided that; none where it is not suppressed.
type Suppressed<'a> = Option<(Option<Timestamp>, &'a str, Option<&'a str>)>;

fn suppression_lines(i18n: &I18n, says: [Suppressed<'_>; 3]) -> Vec<Compared> {
    let until = |is: Suppressed<'_>| match is {
        None => t!(i18n, "outbox-suppressed-not"),
        Some((None, ..)) => t!(i18n, "outbox-no-end"),
        Some((Some(until), ..)) => i18n.moment(until),
    };
    let reason = |is: Suppressed<'_>| is.map(|(_, reason, _)| reason.to_owned()).unwrap_or_default();
    let mut lines =
        vec![Compared::new(t!(i18n, "suppressed"), says.map(until)), Compared::new(t!(i18n, "snooze-reason"), says.map(reason))];
    let theirs = says[1].and_then(|(_, _, by)| by).map(str::to_owned);
    lines.extend(theirs.map(|by| Compared::of_now(t!(i18n, "outbox-suppressed-by"), [by.clone(), by])));
    lines
}

/// What an edit makes of what was read, with rooms by the names that one of these lists has.
pub(super) fn edited(was: &IssueAsRead, change: &EditIssue, known: &[&[RoomRef]]) -> IssueAsRead {
    IssueAsRead {
        description: change.description.clone().unwrap_or_else(|| was.description.clone()),
        rooms: change.rooms.as_ref().map_or_else(|| was.rooms.clone(), |rooms| named(rooms, known)),
        high_impact_reason: match &change.high_impact_reason {
            None => was.high_impact_reason.clone(),
            Some(reason) => Some(reason.clone()).filter(|reason| !reason.is_empty()),
        },
    }
}

/// The same of a room.
pub(super) fn set(was: &RoomSettings, change: &ChangeRoom) -> RoomSettings {
    RoomSettings {
        display_name: change.display_name.clone().unwrap_or_else(|| was.display_name.clone()),
        capacity: change.capacity.map_or(was.capacity, |seats| Some(seats).filter(|seats| *seats > 0)),
        timezone: change.timezone.clone().unwrap_or_else(|| was.timezone.clone()),
    }
}

pub(super) fn impact(issue: &IssueAsRead) -> String {
    issue.high_impact_reason.clone().unwrap_or_else(|| "–".to_owned())
}

pub(super) fn seats(room: &RoomSettings) -> String {
    room.capacity.map_or_else(|| "–".to_owned(), |seats| seats.to_string())
}

fn last_message(i18n: &I18n, now: &Incident) -> String {
    let Some(last) = now.messages.first() else { return "–".to_owned() };
    format!("{}: {}", last.author.clone().unwrap_or_else(|| t!(i18n, "the-service")), last.text)
}

pub(super) fn rooms(i18n: &I18n, issue: &IssueAsRead) -> String {
    room_names(i18n, &issue.rooms)
}

pub(super) fn room_names(i18n: &I18n, rooms: &[RoomRef]) -> String {
    if rooms.is_empty() { t!(i18n, "rooms-none") } else { rooms.iter().map(|room| room.name.as_str()).collect::<Names>().text() }
}

/// Rooms by their names, as far as one of these lists has them.
pub(super) fn named(ids: &[RoomId], known: &[&[RoomRef]]) -> Vec<RoomRef> {
    let name = |id: &RoomId| known.iter().flat_map(|rooms| rooms.iter()).find(|room| room.id == *id).map(|room| room.name.clone());
    ids.iter().map(|id| RoomRef { id: *id, name: name(id).unwrap_or_else(|| "…".to_owned()) }).collect()
}

#[cfg(test)]
#[path = "conflict_tests.rs"]
mod tests;
