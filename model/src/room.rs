//! Meeting rooms: what is known of one, and the five buckets its health falls into.

use serde::{Deserialize, Serialize};

use crate::id::{RoomGroupId, RoomId, TenantId, UpdateRingId};
use crate::incident::Snooze;
use crate::time::Timestamp;
use crate::word::words;

words! {
    /// Where a room stands on its way into management.
    Enrolment = "an enrolment state" {
        /// Reports, but raises no ticket until somebody enrols it (R67).
        Onboarding = "onboarding",
        /// Managed.
        Enrolled = "enrolled",
        /// No longer managed (R68).
        Unenrolled = "unenrolled",
    }

    /// The one bucket a room is counted in (A15, R72).
    Health = "a health" {
        /// No open Critical or Important ticket (R70).
        Healthy = "healthy",
        /// At least one open Critical or Important ticket (R69).
        Unhealthy = "unhealthy",
        /// No telemetry (R71).
        Disconnected = "disconnected",
        /// Switched quiet by somebody (R73).
        Suppressed = "suppressed",
        /// Not managed yet; outside the counters (R67).
        Onboarding = "onboarding",
    }
}

/// What the health of a room follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthFacts {
    /// Where its enrolment stands.
    pub enrolment: Enrolment,
    /// Whether the whole room is suppressed.
    pub suppressed: bool,
    /// Whether telemetry still arrives.
    pub connected: bool,
    /// Open tickets that are Critical or Important; a recorded issue is Critical (R84).
    pub open_serious: u32,
}

impl Health {
    /// Onboarding before Suppressed before Disconnected before Unhealthy before Healthy (A15). None once it is unenrolled (R68).
    pub const fn derive(facts: HealthFacts) -> Option<Self> {
        Some(match facts {
            HealthFacts { enrolment: Enrolment::Unenrolled, .. } => return None,
            HealthFacts { enrolment: Enrolment::Onboarding, .. } => Self::Onboarding,
            HealthFacts { suppressed: true, .. } => Self::Suppressed,
            HealthFacts { connected: false, .. } => Self::Disconnected,
            HealthFacts { open_serious: 1.., .. } => Self::Unhealthy,
            HealthFacts { .. } => Self::Healthy,
        })
    }
}

/// The counters above the list of rooms (R72). `managed` is the sum of the other four; Onboarding stands apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomCounters {
    /// All rooms that are managed.
    pub managed: u32,
    /// See [`Health::Healthy`].
    pub healthy: u32,
    /// See [`Health::Unhealthy`].
    pub unhealthy: u32,
    /// See [`Health::Disconnected`].
    pub disconnected: u32,
    /// See [`Health::Suppressed`].
    pub suppressed: u32,
    /// See [`Health::Onboarding`]; not in `managed`.
    pub onboarding: u32,
}

impl RoomCounters {
    /// Counts one more room.
    pub fn count(&mut self, health: Health) {
        self.managed += u32::from(health != Health::Onboarding);
        match health {
            Health::Healthy => self.healthy += 1,
            Health::Unhealthy => self.unhealthy += 1,
            Health::Disconnected => self.disconnected += 1,
            Health::Suppressed => self.suppressed += 1,
            Health::Onboarding => self.onboarding += 1,
        }
    }
}

/// Something attached to a room's device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Peripheral {
    /// Such as `camera`, `display`, `microphone`.
    pub kind: String,
    /// Its make and model.
    pub name: String,
}

/// A room as someone with `rooms.view` on it sees it. Unenrolled rooms are not listed (R68).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Room {
    /// Its id.
    pub id: RoomId,
    /// The customer that owns it.
    pub customer_id: TenantId,
    /// Its name, with the capacity as the customer writes it, such as "Isar (6)".
    pub display_name: String,
    /// How many people it seats.
    pub capacity: Option<u32>,
    /// The device's host name; empty while the room waits for its device.
    pub host_name: String,
    /// The room account's sign-in name.
    pub account: String,
    /// Where its enrolment stands.
    pub enrolment: Enrolment,
    /// Whether it was created ahead of its device, and waits for it: an onboarding room that nothing reports from yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub awaits_device: bool,
    /// Its bucket.
    pub health: Health,
    /// Whether open Warnings exist: a marker beside a healthy heart (R69).
    pub has_warnings: bool,
    /// Whether people are in it, where the device can tell.
    pub occupied: Option<bool>,
    /// IANA name of its time zone.
    pub timezone: String,
    /// Name of its licence.
    pub licence: String,
    /// What is attached to it.
    pub peripherals: Vec<Peripheral>,
    /// The groups it is in, for a reader with `groups.view` on it; none for anybody else.
    pub groups: Vec<RoomGroup>,
    /// Its update ring, for a reader with `rings.view` on it; none for anybody else.
    pub ring: Option<UpdateRing>,
    /// When it last reported.
    pub last_seen: Option<Timestamp>,
    /// Why it is suppressed, and until when, where it is (R73, A33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppression: Option<Snooze>,
    /// Raised by one with every change of what stands here.
    pub version: u64,
}

/// A group of rooms, by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomGroup {
    /// Its id.
    pub id: RoomGroupId,
    /// Its name.
    pub name: String,
}

/// An update ring, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateRing {
    /// Its id.
    pub id: UpdateRingId,
    /// Its name.
    pub name: String,
    /// Where it stands in the order of updates: 1 to 9 (R100).
    pub order: u8,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts() -> impl Strategy<Value = HealthFacts> {
        (0..3usize, any::<bool>(), any::<bool>(), 0..3u32).prop_map(|(enrolment, suppressed, connected, open_serious)| HealthFacts {
            enrolment: Enrolment::ALL[enrolment],
            suppressed,
            connected,
            open_serious,
        })
    }

    proptest! {
        #[test]
        fn r72_the_four_buckets_sum_to_the_managed_rooms(rooms in prop::collection::vec(facts(), 0..50)) {
            let mut counters = RoomCounters::default();
            rooms.iter().filter_map(|room| Health::derive(*room)).for_each(|health| counters.count(health));
            prop_assert_eq!(counters.managed, counters.healthy + counters.unhealthy + counters.disconnected + counters.suppressed);
            let enrolled = rooms.iter().filter(|room| room.enrolment == Enrolment::Enrolled).count();
            prop_assert_eq!(counters.managed as usize, enrolled);
        }
    }

    #[test]
    fn a15_precedence() {
        let worst = HealthFacts { enrolment: Enrolment::Onboarding, suppressed: true, connected: false, open_serious: 1 };
        let steps = [
            worst,
            HealthFacts { enrolment: Enrolment::Enrolled, ..worst },
            HealthFacts { enrolment: Enrolment::Enrolled, suppressed: false, ..worst },
            HealthFacts { enrolment: Enrolment::Enrolled, suppressed: false, connected: true, ..worst },
            HealthFacts { enrolment: Enrolment::Enrolled, suppressed: false, connected: true, open_serious: 0 },
        ];
        let healths: Vec<_> = steps.into_iter().map(|facts| Health::derive(facts).unwrap()).collect();
        assert_eq!(healths, [Health::Onboarding, Health::Suppressed, Health::Disconnected, Health::Unhealthy, Health::Healthy]);
        assert_eq!(Health::derive(HealthFacts { enrolment: Enrolment::Unenrolled, ..worst }), None);
    }
}
