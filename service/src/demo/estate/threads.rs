//! Recorded issues, messages, and tickets that the service's staff works on.

use std::time::Duration;

use rand::Rng;
use rand::seq::IndexedRandom as _;
use tenantry_model::id::RoomId;
use tenantry_model::incident::{ClosureReason, IncidentStatus};

use super::EstateSize;
use super::seeding::{Customer, Draw};
use crate::demo::people::{PARTNER, principal_id, tenant_id};
use crate::error::Result;
use crate::store::Tx;
use crate::store::incident_writes::{self, NewIssue, NewMessage};

/// The part of all incidents that signals raise; people record the rest.
pub(super) const SIGNAL_SHARE: f64 = 0.99;

const HOUR: Duration = Duration::from_secs(60 * 60);

const ISSUES: [&str; 10] = [
    "In der Sitzung um 9 Uhr hat uns niemand gehört, das Mikrofon an der Decke blieb stumm.",
    "Das linke Display flackert, sobald jemand etwas teilt.",
    "The touch console asks for a password since this morning.",
    "Kamera zeigt nur die Decke. Wir haben in einer Stunde eine Sitzung mit dem Aufsichtsrat.",
    "Nach dem Umbau hallt es so stark, dass man nichts versteht – bitte die Lautsprecher neu einmessen.",
    "Le câble HDMI sur la table est cassé.",
    "Raum ist im Kalender belegt, obwohl niemand gebucht hat.",
    "Fernbedienung fehlt, und die Leinwand lässt sich nicht mehr einfahren.",
    "Meeting kann nicht betreten werden, es dreht sich nur der Kreis.",
    "Bitte prüfen: seit dem Update startet das System jede Nacht um 2 Uhr neu und bleibt dann schwarz.",
];

const ANSWERS: [&str; 6] = [
    "Ich war vor Ort: Kabel getauscht, Bild ist wieder da. Ich beobachte es noch bis morgen.",
    "Bitte das Gerät einmal vom Strom trennen und nach einer Minute wieder einschalten.",
    "Thanks for the quick answer – it happened again at 14:30.",
    "Ersatzgerät ist bestellt, Lieferung voraussichtlich am Donnerstag.",
    "Der Kunde meldet, dass der Raum bis Freitag wegen Malerarbeiten gesperrt ist.",
    "Looks like the same fault as last month. Logs are attached to the earlier ticket.",
];

const SERVICE: [&str; 3] = [
    "The device was restarted remotely. Its state is being watched.",
    "Logs were collected and are being looked into.",
    "A driver update was scheduled for the next night.",
];

pub(super) async fn write(tx: &mut Tx, customers: &[Customer], size: EstateSize, draw: &mut Draw) -> Result<()> {
    let count = (size.incidents() as f64 * (1.0 - SIGNAL_SHARE)).round() as usize;
    for at in 0..count {
        // Large customers report more: the square favours the first ones.
        let place = (draw.rng.random_range(0.0_f64..1.0).powi(2) * customers.len() as f64) as usize;
        if let Some(customer) = customers.get(place) {
            record(tx, customer, at, draw).await?;
        }
    }
    answer(tx, draw).await
}

async fn record(tx: &mut Tx, customer: &Customer, at: usize, draw: &mut Draw) -> Result<()> {
    // One in eight is still open, and those are fresh.
    let open = at.is_multiple_of(8);
    let age = HOUR.mul_f64(if open { draw.rng.random_range(0.2..60.0) } else { draw.rng.random_range(60.0..2_100.0) });
    let created_at = draw.now.minus(age);
    let partners = at % 5 == 2;
    let rooms: Vec<RoomId> = match at % 10 {
        9 => vec![],
        3 | 6 => customer.rooms.choose_multiple(&mut draw.rng, 2).copied().collect(),
        _ => customer.rooms.choose(&mut draw.rng).copied().into_iter().collect(),
    };
    let new = NewIssue {
        customer: customer.id,
        description: ISSUES.choose(&mut draw.rng).copied().unwrap_or_default().to_owned(),
        rooms,
        high_impact_reason: (at % 6 == 1).then(|| "Vorstand im Raum".to_owned()),
        created_by: if partners { (tenant_id(PARTNER), principal_id("primary-admin")) } else { (customer.id, customer.admin) },
        created_at,
    };
    let number = incident_writes::record(tx.conn(), &new, &draw.random).await?;
    let replies = draw.rng.random_range(0..4_u32);
    for reply in 1..=replies {
        let message = NewMessage {
            at: created_at.plus(age.mul_f64(f64::from(reply) / 8.0)),
            author: Some(if reply % 2 == 1 { "Lena Brandt" } else { "IT-Leitung" }.to_owned()),
            text: ANSWERS.choose(&mut draw.rng).copied().unwrap_or_default().to_owned(),
            assigned_to_service: false,
        };
        incident_writes::post(tx.conn(), number, &message).await?;
    }
    if !open && let Some(place) = incident_writes::find(tx.conn(), number).await? {
        let reason = *ClosureReason::ALL.choose(&mut draw.rng).unwrap_or(&ClosureReason::Unknown);
        let closed_at = created_at.plus(age.mul_f64(draw.rng.random_range(0.5..0.9)));
        incident_writes::close(
            tx.conn(),
            &place.state,
            "Lena Brandt",
            reason,
            at.is_multiple_of(3).then_some("Vor Ort behoben."),
            closed_at,
        )
        .await?;
    }
    Ok(())
}

/// Some open tickets have a thread; of those some are in the service's hands.
async fn answer(tx: &mut Tx, draw: &mut Draw) -> Result<()> {
    for number in incident_writes::open_numbers(tx.conn()).await? {
        if !draw.rng.random_ratio(1, 7) {
            continue;
        }
        let Some(place) = incident_writes::find(tx.conn(), number).await?.map(|known| known.state) else { continue };
        let open_for = draw.now.since(place.active_since);
        let service = NewMessage {
            at: place.active_since.plus(open_for.mul_f64(0.3)),
            author: None,
            text: SERVICE.choose(&mut draw.rng).copied().unwrap_or_default().to_owned(),
            assigned_to_service: false,
        };
        incident_writes::post(tx.conn(), number, &service).await?;
        let at = place.active_since.plus(open_for.mul_f64(0.7));
        match draw.rng.random_range(0..4) {
            0 => incident_writes::set_status(tx.conn(), number, IncidentStatus::PendingInvestigation, at).await?,
            1 => {
                let text = ANSWERS.choose(&mut draw.rng).copied().unwrap_or_default().to_owned();
                let message = NewMessage { at, author: Some("Lena Brandt".into()), text, assigned_to_service: true };
                incident_writes::post(tx.conn(), number, &message).await?;
                incident_writes::set_status(tx.conn(), number, IncidentStatus::AssignedToService, at).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
