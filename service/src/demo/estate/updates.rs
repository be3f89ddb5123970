//! Updates in the demo's estate: past ones, some on their way, one that somebody paused, one that was withdrawn; and what rooms run of them.

use std::time::Duration;

use rand::Rng as _;
use tenantry_model::api::updates::{InstalledVersion, PausedUpdate, ReportedProgress, UpdatesReport};
use tenantry_model::id::{RoomId, UpdateId};
use tenantry_model::update::{PackageName, PackageVersion, UpdateProgress};

use super::seeding::{Customer, Draw};
use crate::domain::ingest::updates;
use crate::error::{Error, Result};
use crate::random::uuid_v7;
use crate::store::updates::catalogue::{self, Hold, Update};
use crate::store::updates::counts::{self, Way};
use crate::store::updates::rooms;
use crate::store::{Tx, update_rings};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

const APP: &str = "Teams Rooms app";
const WINDOWS: &str = "Windows";
const FIRMWARE: &str = "Device firmware";

/// Package, version, how many days ago it was published and withdrawn.
const PUBLISHED: [(&str, &str, u32, Option<u32>); 7] = [
    (APP, "5.2.111.0", 80, None),
    (WINDOWS, "10.0.22631.3880", 60, Some(52)),
    (WINDOWS, "10.0.22631.4037", 45, None),
    (APP, "5.3.150.0", 26, None),
    (WINDOWS, "10.0.22631.4169", 12, None),
    (FIRMWARE, "2.8.1", 9, None),
    (APP, "5.4.201.0", 3, None),
];

/// Why updates fail.
pub(in crate::demo) const FAILURES: [&str; 4] = [
    "Not enough space on drive C",
    "The download was interrupted",
    "The installer ended with error 0x80070643",
    "The device restarted meanwhile",
];

fn package(name: &str) -> Result<PackageName> {
    name.parse().map_err(|error| Error::Internal(format!("{name}: {error}")))
}

fn version(text: &str) -> Result<PackageVersion> {
    text.parse().map_err(|error| Error::Internal(format!("{text}: {error}")))
}

/// The catalogue, and what the rooms of these customers run.
pub(super) async fn write(tx: &mut Tx, customers: &[Customer], into: &mut Draw) -> Result<()> {
    let mut paused = None;
    for (name, to, ago, withdrawn) in PUBLISHED {
        let id = UpdateId::from_uuid(uuid_v7(into.now, &into.random));
        let update = Update {
            id,
            package: package(name)?,
            version: version(to)?,
            published_at: into.now.minus(DAY * ago),
            deprecated_at: withdrawn.map(|ago| into.now.minus(DAY * ago)),
        };
        catalogue::insert(tx.conn(), &update).await?;
        if to == "10.0.22631.4169" {
            paused = Some(id);
        }
    }
    for (at, customer) in customers.iter().enumerate() {
        furnish(tx, at, customer, into).await?;
        if let Some(update) = paused.filter(|_| at.is_multiple_of(4)) {
            let reason = "Kameras fallen nach dem Neustart aus".to_owned();
            let hold = PausedUpdate { by: "IT-Leitung".into(), reason, since: into.now.minus(DAY * 4) };
            catalogue::put_hold(tx.conn(), customer.id, &Hold { version: 2, paused: Some(hold), ..Hold::none(update) }).await?;
        }
        if at % 4 == 1 {
            // These wait for a while before they try anything: what is new is scheduled there.
            let rings = update_rings::of_customer(tx.conn(), customer.id).await?;
            if let Some(mut staging) = rings.into_iter().next() {
                staging.days.deferral_days = 5;
                update_rings::update(tx.conn(), &staging).await?;
            }
        }
    }
    Ok(())
}

async fn furnish(tx: &mut Tx, at: usize, customer: &Customer, into: &mut Draw) -> Result<()> {
    let mut rings = update_rings::managed_rooms(tx.conn(), customer.id).await?;
    let places = update_rings::of_customer(tx.conn(), customer.id).await?;
    let (mut rows, mut all, mut fails): (Vec<(RoomId, InstalledVersion)>, Vec<RoomId>, Vec<RoomId>) = Default::default();
    for (place, ring) in places.iter().enumerate() {
        for room in rings.remove(&ring.id).unwrap_or_default() {
            let since = into.now.minus(DAY * into.rng.random_range(1..40));
            let late = into.rng.random_ratio(1, 12);
            // The last ring has not come to it, and a few rooms of the others are late.
            let app = if place < 2 && !late { "5.3.150.0" } else { "5.2.111.0" };
            let windows = if at.is_multiple_of(5) && fails.len() < 2 && place == 1 && into.rng.random_ratio(1, 6) {
                fails.push(room);
                "10.0.22621.3007"
            } else {
                "10.0.22631.4037"
            };
            let mut runs = vec![(APP, app), (WINDOWS, windows)];
            if at.is_multiple_of(2) {
                runs.push((FIRMWARE, if place == 0 { "2.8.1" } else { "2.7.4" }));
            }
            for (name, of) in runs {
                rows.push((room, InstalledVersion { package: package(name)?, version: version(of)?, since }));
            }
            all.push(room);
        }
    }
    rooms::put_packages(tx.conn(), &rows).await?;
    counts::count(tx.conn(), &all, Way::In).await?;
    for (room, reason) in fails.into_iter().zip(FAILURES) {
        let line = ReportedProgress {
            package: package(WINDOWS)?,
            version: version("10.0.22631.4037")?,
            state: UpdateProgress::Failed,
            attempt: None,
            reason: Some(reason.to_owned()),
        };
        updates::apply(tx, room, &UpdatesReport { installed: vec![], progress: vec![line] }, &into.random).await?;
    }
    Ok(())
}
