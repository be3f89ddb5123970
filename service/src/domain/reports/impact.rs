//! Booked meetings during which a Critical or Important incident was open in their room (R96).

use std::collections::{BTreeMap, HashMap};

use tenantry_model::api::reports::{ImpactedMeeting, MOST_IMPACTED};
use tenantry_model::id::RoomId;
use tenantry_model::report::ReportCategory;

use super::lives;
use super::scope::Scope;
use super::spans::{Span, overlap, union};
use super::usage::LONGEST;
use crate::error::Result;
use crate::store::Conn;
use crate::store::report_incidents::Lived;
use crate::store::room_usage::{self, Booked};

/// The newest of them, and how many there are. Read incident by incident, not meeting by meeting.
pub(super) async fn meetings(conn: &mut Conn, scope: &Scope<'_>, incidents: &[Lived]) -> Result<(Vec<ImpactedMeeting>, u32)> {
    let (from, until) = scope.time();
    let until = until.min(scope.now);
    let mut serious: HashMap<RoomId, Vec<(Span, &Lived)>> = HashMap::new();
    for lived in incidents {
        for span in lives::serious(lived, scope.now) {
            for room in &lived.rooms {
                serious.entry(*room).or_default().push((span, lived));
            }
        }
    }
    let mut found: Vec<ImpactedMeeting> = Vec::new();
    for it in &scope.rooms {
        let Some(here) = serious.get(&it.room.id) else { continue };
        // By its name, too: two at the same time are two.
        let mut meetings: BTreeMap<Booked, &Lived> = BTreeMap::new();
        // One read a room, whatever happened in it: what met none of the spans is passed over.
        let spans = union(here.iter().map(|(span, _)| *span).collect());
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
        let begun = (first.0.minus(LONGEST).max(from), last.1.min(until));
        if begun.0 >= begun.1 {
            continue;
        }
        for meeting in room_usage::booked(conn, it.room.id, begun, first.0).await? {
            let met = here.iter().filter(|(span, _)| overlap(*span, meeting.1)).map(|(_, lived)| *lived);
            if let Some(gravest) = met.min_by_key(|lived| (lives::severity(lived), lived.number)) {
                meetings.insert(meeting, gravest);
            }
        }
        found.extend(meetings.into_iter().map(|((_, (start, end)), lived)| ImpactedMeeting {
            room: it.room.id,
            room_name: it.room.name.clone(),
            start,
            end,
            category: ReportCategory::of(lived.kind),
            incident: scope.rights.report_incident(it.room.id).then_some(lived.number),
        }));
    }
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    found.sort_by_key(|meeting| (std::cmp::Reverse(meeting.start), meeting.room));
    found.truncate(MOST_IMPACTED);
    Ok((found, count))
}
