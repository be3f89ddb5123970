//! What is known of what happened in a room: the turns of its incidents, and when it was last heard of. Pure.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use tenantry_model::incident::IncidentRow;
use tenantry_model::room::{Health, Room};
use tenantry_model::time::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// An incident was raised.
    Raised,
    /// It became active again, for the last time.
    Again,
    /// Its last message.
    Message,
    Resolved,
    Closed,
    /// The room fell silent: nothing was heard since.
    Silent,
}

/// A turn at its moment; whose incident it is, but for the room's own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Event {
    pub(super) at: Timestamp,
    pub(super) turn: Turn,
    pub(super) row: Option<IncidentRow>,
}

/// Since a moment, the latest first; each incident once, wherever it was listed.
pub(super) fn events(room: &Room, rows: &[IncidentRow], since: Timestamp) -> Vec<Event> {
    let mut known = BTreeSet::new();
    let mut events: Vec<Event> = rows.iter().filter(|row| known.insert(row.number)).flat_map(turns).collect();
    // That of a connected room is kept to the hour, and moves along: it is no event.
    if let (Health::Disconnected, Some(at)) = (room.health, room.last_seen) {
        events.push(Event { at, turn: Turn::Silent, row: None });
    }
    events.retain(|event| event.at >= since);
    events.sort_by_key(|event| Reverse((event.at, event.turn)));
    events
}

fn turns(row: &IncidentRow) -> Vec<Event> {
    let closed = row.last_closed.filter(|at| *at >= row.active_since);
    let turns = [
        Some((row.created_at, Turn::Raised)),
        (row.active_since > row.created_at).then_some((row.active_since, Turn::Again)),
        row.last_message_at.map(|at| (at, Turn::Message)),
        // An issue that is closed by hand is resolved at that moment.
        row.last_resolved.filter(|at| closed != Some(*at)).map(|at| (at, Turn::Resolved)),
        closed.map(|at| (at, Turn::Closed)),
    ];
    turns.into_iter().flatten().map(|(at, turn)| Event { at, turn, row: Some(row.clone()) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";

    fn day(day: u32) -> Timestamp {
        format!("2026-07-{day:02}T10:00:00Z").parse().unwrap()
    }

    fn row(number: &str, created: u32, active: u32, resolved: Option<u32>, closed: Option<u32>) -> IncidentRow {
        serde_json::from_value(serde_json::json!({
            "number": number, "customerId": ID, "category": "display", "type": "hdmi_ingest", "severity": "important",
            "status": if closed.is_some() { "closed" } else if resolved > Some(active) { "resolved" } else { "needs_action" },
            "rooms": [], "redactedRooms": 0, "problem": "", "createdAt": day(created), "lastUpdated": day(active), "activeSince": day(active),
            "lastResolved": resolved.map(day), "lastClosed": closed.map(day), "messages": 0, "lastMessageAt": null, "version": 1
        }))
        .unwrap()
    }

    fn room(health: &str) -> Room {
        serde_json::from_value(serde_json::json!({
            "id": ID, "customerId": ID, "displayName": "Isar", "capacity": null, "hostName": "h", "account": "a", "enrolment": "enrolled",
            "health": health, "hasWarnings": false, "occupied": null, "timezone": "Europe/Berlin", "licence": "Pro", "peripherals": [],
            "groups": [], "ring": null, "lastSeen": day(20), "version": 1
        }))
        .unwrap()
    }

    fn told(events: &[Event]) -> Vec<(String, Turn)> {
        let number = |event: &Event| event.row.as_ref().map_or_else(String::new, |row| row.number.as_str()[7..].to_owned());
        events.iter().map(|event| (number(event), event.turn)).collect()
    }

    #[test]
    fn w11_activity_tells_each_turn_of_each_incident_once_and_the_latest_first() {
        let relapsed = row("AAAAAA-000001", 2, 9, Some(5), None);
        let issue = row("AAAAAA-000002", 3, 3, Some(4), Some(4));
        let rows = [relapsed.clone(), issue, relapsed];
        let expected = [
            ("000001", Turn::Again),
            ("000001", Turn::Resolved),
            ("000002", Turn::Closed),
            ("000002", Turn::Raised),
            ("000001", Turn::Raised),
        ];
        assert_eq!(told(&events(&room("healthy"), &rows, day(1))), expected.map(|(number, turn)| (number.to_owned(), turn)));
        let silent = events(&room("disconnected"), &rows, day(4));
        assert_eq!((silent[0].turn, silent[0].at, silent.len()), (Turn::Silent, day(20), 4), "what is older than asked for is left out");
    }
}
