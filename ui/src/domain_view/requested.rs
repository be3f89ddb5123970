//! Changes that wait for a customer's approval (R24, A18): what they are, and where they concern what is on the screen.

use tenantry_model::api::requests::{RequestedChange, WaitingRequest};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{IncidentRow, IncidentType};
use tenantry_model::ipc::GetRequestsAt;
use tenantry_model::tenancy::ControlEvent;
use yew::prelude::*;

use super::role_labels::role_called;
use crate::components::icon::{Icon, glyph};
use crate::context::use_app;
use crate::hooks::use_command;
use crate::i18n::{I18n, t, use_i18n};

/// What is asked for, in a line: what is done, and to which role and assignment.
pub fn title(i18n: &I18n, change: &RequestedChange) -> String {
    if let Some(room) = change.room.as_ref().or(change.ring.as_ref()).or(change.update.as_ref()) {
        return format!("{}: {room}", i18n.label(change.action));
    }
    // A request keeps the names that things had; those that the service gave have words in every language.
    let role = role_called(i18n, &change.role);
    let about = change.assignment.as_ref().map_or(role.clone(), |assignment| format!("{role} · {}", role_called(i18n, assignment)));
    format!("{}: {about}", i18n.label(change.action))
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Concerned {
    Room(RoomId),
    Incident(Box<IncidentRow>),
}

impl Concerned {
    /// Whether a change would be one of it: of an incident, that its room or its signal raises nothing, or does so again.
    fn by(&self, waiting: &WaitingRequest) -> bool {
        let Some(room) = waiting.room_id else { return false };
        match self {
            Self::Room(id) => *id == room,
            Self::Incident(row) => {
                let of_signal = waiting.signal.is_none_or(|signal| {
                    row.kind == IncidentType::Signal(signal) && waiting.instance.as_deref().unwrap_or_default() == row.problem
                });
                waiting.request.event == ControlEvent::Suppression && of_signal && row.rooms.iter().any(|known| known.id == room)
            }
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct WaitingLineProps {
    pub customer: TenantId,
    /// Its name.
    pub name: AttrValue,
    pub concerned: Concerned,
}

/// What of the own organisation's changes waits there; nothing where nothing does, or is known to.
#[component]
pub fn WaitingLine(props: &WaitingLineProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    // A customer's own people ask nobody.
    let asks = app.user().is_some_and(|user| user.tenant.is_partner && user.tenant.id != props.customer);
    let requests = use_command::<GetRequestsAt>(asks.then_some(props.customer), app.model.relations);
    let known = requests.remote.data().map(|seen| seen.value.as_slice()).unwrap_or_default();
    html! { <>
        {for known.iter().filter(|waiting| props.concerned.by(waiting)).map(|WaitingRequest { request, .. }| {
            let who = t!(i18n, "request-by", who = request.requested_by.display_name.clone(), moment = i18n.moment(request.requested_at));
            html! {
                <p key={request.id.to_string()} class="pane__actions dim" data-testid="waits-for-approval">{glyph(Icon::Pending)}<span>{t!(i18n, "waits-for-approval", name = props.name.to_string())}{" "}<strong>{title(&i18n, &request.change)}</strong>{" "}{who}</span></p>
            }
        })}
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";
    const OTHER: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f24";

    fn waiting(event: &str, room: Option<&str>, signal: Option<&str>, instance: Option<&str>) -> WaitingRequest {
        serde_json::from_value(json!({
            "request": {
                "id": ID, "customerId": ID, "customerName": "Alpha", "partnerId": ID, "partnerName": "P", "event": event,
                "change": { "action": "suppress_room", "room": "Isar" },
                "requestedBy": { "id": ID, "kind": "user", "displayName": "Ann", "upn": null },
                "requestedAt": "2026-07-01T10:00:00Z", "state": "pending", "decidedAt": null, "version": 1
            },
            "roomId": room, "signal": signal, "instance": instance
        }))
        .unwrap()
    }

    #[test]
    fn a18_a_pane_says_what_waits_of_its_room_or_its_signal_and_of_no_other() {
        let row: IncidentRow = serde_json::from_value(json!({
            "number": "AAAAAA-000001", "customerId": ID, "category": "display", "type": "hdmi_ingest", "severity": "important",
            "status": "needs_action", "rooms": [{ "id": ID, "name": "Isar" }], "redactedRooms": 0, "problem": "HDMI 2",
            "createdAt": "2026-07-01T10:00:00Z", "lastUpdated": "2026-07-01T10:00:00Z", "activeSince": "2026-07-01T10:00:00Z",
            "lastResolved": null, "lastClosed": null, "messages": 0, "lastMessageAt": null, "version": 1
        }))
        .unwrap();
        let room = Concerned::Room(ID.parse().unwrap());
        let incident = Concerned::Incident(Box::new(row));
        for (waiting, of_room, of_incident) in [
            (waiting("rooms.modify", Some(ID), None, None), true, false),
            (waiting("rooms.suppress", Some(ID), None, None), true, true),
            (waiting("rooms.suppress", Some(ID), Some("hdmi_ingest"), Some("HDMI 2")), true, true),
            (waiting("rooms.suppress", Some(ID), Some("hdmi_ingest"), None), true, false),
            (waiting("rooms.suppress", Some(ID), Some("disk_health"), Some("HDMI 2")), true, false),
            (waiting("rooms.suppress", Some(OTHER), None, None), false, false),
            (waiting("roles.modify", None, None, None), false, false),
        ] {
            assert_eq!((room.by(&waiting), incident.by(&waiting)), (of_room, of_incident), "{waiting:?}");
        }
    }
}
