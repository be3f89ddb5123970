//! Where updates stand at a customer: computed from the rings' days, what is held back, and kept counts.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tenantry_model::api::updates::{UpdateInRing, UpdateRow};
use tenantry_model::id::{TenantId, UpdateId, UpdateRingId};
use tenantry_model::time::Timestamp;
use tenantry_model::update::{RingPhase, RingTimes, Stopped, UpdateCounts, UpdateProgress, overall_status, ring_status, ring_times};

use crate::error::Result;
use crate::store::Conn;
use crate::store::update_rings::{self, UpdateRing};
use crate::store::updates::catalogue::{self, Hold, Update};
use crate::store::updates::counts::{self, Counted};

/// What decides at a customer where any update stands.
#[derive(Debug, Clone)]
pub(in crate::domain) struct Schedule {
    pub(super) rings: Vec<UpdateRing>,
    /// All rooms of the customer.
    pub(super) all: Counted,
    holds: HashMap<UpdateId, Hold>,
    /// The rings that hold any room.
    held: HashSet<UpdateRingId>,
}

impl Schedule {
    pub(in crate::domain) async fn of(conn: &mut Conn, customer: TenantId) -> Result<Self> {
        Ok(Self {
            rings: update_rings::of_customer(conn, customer).await?,
            all: counts::of_customer(conn, customer).await?,
            held: update_rings::with_rooms(conn, customer).await?.into_iter().collect(),
            holds: catalogue::holds(conn, customer).await?.into_iter().map(|hold| (hold.update, hold)).collect(),
        })
    }

    pub(in crate::domain) fn hold(&self, update: UpdateId) -> Hold {
        self.holds.get(&update).cloned().unwrap_or_else(|| Hold::none(update))
    }

    pub(super) fn stopped(&self, update: &Update) -> Stopped {
        Stopped { deprecated: update.deprecated_at.is_some(), paused: self.holds.get(&update.id).is_some_and(|hold| hold.paused.is_some()) }
    }

    /// When updates pass through the rings.
    fn times(&self) -> Vec<RingTimes> {
        ring_times(self.rings.iter().map(|ring| (ring.days, self.held.contains(&ring.id))))
    }

    /// When an update passes through this ring, and how far it has come.
    pub(super) fn at(&self, update: &Update, ring: UpdateRingId, now: Timestamp) -> Option<(RingTimes, Duration)> {
        let place = self.rings.iter().position(|it| it.id == ring)?;
        let times = *self.times().get(place)?;
        Some((times, self.hold(update.id).held().passed(update.published_at, now)))
    }

    /// An update as these rooms have it.
    pub(super) fn row(&self, update: &Update, seen: &Counted, may_pause: bool, now: Timestamp) -> UpdateRow {
        let (hold, stopped) = (self.hold(update.id), self.stopped(update));
        let held = hold.held();
        let passed = held.passed(update.published_at, now);
        let goes_on = !stopped.deprecated && !stopped.paused;
        let ahead = |moment: Duration| (goes_on && moment > passed).then(|| held.moment(update.published_at, moment, now));
        let in_ring = |(ring, times): (&UpdateRing, RingTimes)| {
            let counts = counted(seen, update, ring.id);
            let phase = times.phase(passed);
            let lies_ahead = counts.rooms > counts.installed && phase != RingPhase::Over;
            UpdateInRing {
                ring: ring.id,
                status: ring_status(counts, phase, stopped),
                counts,
                begins_at: ahead(times.begins).filter(|_| lies_ahead),
                complete_at: ahead(times.complete).filter(|_| lies_ahead),
            }
        };
        let rings: Vec<UpdateInRing> = self.rings.iter().zip(self.times()).map(in_ring).collect();
        let standing: Vec<_> = rings.iter().map(|ring| (ring.counts, ring.status)).collect();
        UpdateRow {
            id: update.id,
            package: update.package.clone(),
            package_version: update.version.clone(),
            published_at: update.published_at,
            deprecated_at: update.deprecated_at,
            status: overall_status(&standing, stopped),
            counts: rings.iter().fold(UpdateCounts::default(), |sum, ring| sum.and(ring.counts)),
            rings,
            may_pause,
            version: hold.version,
            paused: hold.paused,
        }
    }
}

/// The rooms of a ring, as they stand with an update.
pub(super) fn counted(all: &Counted, update: &Update, ring: UpdateRingId) -> UpdateCounts {
    let mut counts = UpdateCounts::default();
    for it in all.packages.iter().filter(|it| it.ring == ring && it.package == update.package) {
        counts.rooms = counts.rooms.saturating_add(it.rooms);
        if it.version.is_at_least(&update.version) {
            counts.installed = counts.installed.saturating_add(it.rooms);
        }
    }
    for it in all.progress.iter().filter(|it| it.ring == ring && it.update == update.id) {
        let of = if it.progress == UpdateProgress::Failed { &mut counts.failed } else { &mut counts.active };
        *of = of.saturating_add(it.rooms);
    }
    counts
}
