//! What happened in the rooms of the demo's estate and is no incident (R113): poor calls, and problems that people in the rooms reported.

use std::time::Duration;

use rand::Rng;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha20Rng;
use tenantry_model::api::room_events::{CallProblem, ReportedEvent, RoomEventKind};
use tenantry_model::id::RoomEventId;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::seeding::{Customer, Draw};
use crate::error::Result;
use crate::random::uuid_v7;
use crate::store::{Tx, room_events};

/// One room in so many has events, and at most so many rooms of a customer.
const ONE_IN: u32 = 6;
const MOST_ROOMS: usize = 30;

const REPORTS: [&str; 6] = [
    "Wir hören die anderen, sie uns nicht.",
    "Picture freezes whenever somebody shares.",
    "Das Bild auf dem rechten Display ist gelbstichig.",
    "Echo in der ganzen Besprechung.",
    "Touch panel did not react, we joined from a laptop.",
    "",
];

/// An event of this moment.
pub(in crate::demo) fn draw(rng: &mut ChaCha20Rng, at: Timestamp) -> ReportedEvent {
    let id = Uuid::from_u128(rng.random());
    if rng.random_ratio(1, 3) {
        let text = REPORTS.choose(rng).map(|text| (*text).to_owned()).filter(|text| !text.is_empty());
        let kind = RoomEventKind::RoomReport;
        return ReportedEvent { id, at, kind, problem: None, duration_s: None, participants: None, packet_loss_percent: None, text };
    }
    let problem = CallProblem::ALL.choose(rng).copied();
    ReportedEvent {
        id,
        at,
        kind: RoomEventKind::PoorCall,
        problem,
        duration_s: Some(rng.random_range(60..5_400)),
        participants: Some(rng.random_range(2..18)),
        packet_loss_percent: (problem == Some(CallProblem::Network)).then(|| rng.random_range(3..40)),
        text: None,
    }
}

/// Some in some rooms, of the last 60 days.
pub(super) async fn write(tx: &mut Tx, customers: &[Customer], into: &mut Draw) -> Result<()> {
    for customer in customers {
        let mut with_events = 0;
        for room in &customer.rooms {
            if with_events == MOST_ROOMS {
                break;
            }
            if !into.rng.random_ratio(1, ONE_IN) {
                continue;
            }
            with_events += 1;
            let mut events = Vec::new();
            for _ in 0..into.rng.random_range(1..5) {
                // Most are of the last days.
                let age = Duration::from_secs(60 * 60).mul_f64(into.rng.random_range(0.01_f64..1.0).powi(3) * 1_440.0);
                let event = draw(&mut into.rng, into.now.minus(age));
                events.push((RoomEventId::from_uuid(uuid_v7(event.at, &into.random)), event));
            }
            // They came in one after the other, long ago: no day's allowance is used up.
            room_events::insert(tx.conn(), *room, &events, Timestamp::from_micros(0)).await?;
        }
    }
    Ok(())
}
