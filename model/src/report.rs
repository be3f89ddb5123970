//! The numbers that rooms are judged by (R91–R98), as far as they are arithmetic: service and desk go by the same.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::incident::IncidentType;
use crate::signal::SignalId;
use crate::word::words;

/// For how long incidents may trouble a room within a day before it counts as unhealthy (R91).
pub const HEALTHY_UP_TO: Duration = Duration::from_secs(20 * 60);
/// The hours of a room's own day in which that counts: from the first, up to the second (R91).
pub const COUNTED_HOURS: std::ops::Range<u32> = 5..21;
/// How many minutes of bookings fill a day (R97).
pub const BOOKABLE_MIN: u64 = 8 * 60;
/// How far back reports reach, in days (R93).
pub const REPORT_DAYS: u32 = 90;
/// How many days a report is over where nobody says (R93).
pub const PRESET_DAYS: u32 = 7;

/// Whether a day on which incidents troubled a room for so long counts as an unhealthy one (R91).
pub const fn is_unhealthy(troubled: Duration) -> bool {
    troubled.as_micros() > HEALTHY_UP_TO.as_micros()
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many; 0 where there is nothing to have a share of.
    pub whole: u64,
}

impl Share {
    /// So many of so many.
    pub const fn of(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }

    /// In percent, rounded to the nearest whole number, and up from the middle. None where there is nothing to have a share of.
    pub fn percent(self) -> Option<u64> {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        if whole == 0 { None } else { u64::try_from((part * 200 + whole) / (whole * 2)).ok() }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { part: self.part.saturating_add(other.part), whole: self.whole.saturating_add(other.whole) }
    }
}

/// How much of so many days was booked (R97). Not cut at 100 percent: a room may be booked for longer than eight hours.
pub const fn utilisation(booked_min: u64, days: u64) -> Share {
    Share::of(booked_min, days.saturating_mul(BOOKABLE_MIN))
}

words! {
    /// What an incident is about, in the terms of reports (R94).
    ReportCategory = "a category of reports" {
        /// Microphones and loudspeakers.
        Audio = "audio",
        /// Displays, and what comes in to be shown on them.
        Display = "display",
        /// Cameras, and the device itself.
        Peripherals = "peripherals",
        /// Sign-in, calendar and network.
        Connectivity = "connectivity",
        /// Versions, updates and settings of what runs on the device.
        Versioning = "versioning",
        /// Issues that people recorded.
        CustomerReported = "customer_reported",
    }
}

impl ReportCategory {
    /// The category of an incident of this type.
    pub const fn of(kind: IncidentType) -> Self {
        use SignalId::*;
        let IncidentType::Signal(signal) = kind else { return Self::CustomerReported };
        match signal {
            ConferencingMicrophone | ConferencingSpeaker | ConfiguredMicrophone | ConfiguredSpeaker | DefaultSpeaker => Self::Audio,
            HdmiIngest | DisplayFrontOfRoom | DisplayConsole => Self::Display,
            CameraRoom | ContentCamera | CameraDefault | LowDiskSpace | DiskHealth | CpuLimited | UsbSuspend | BluetoothDisabled => {
                Self::Peripherals
            }
            SignInExchange
            | SignInTeams
            | CalendarSync
            | Monitoring
            | Offline
            | WifiStrength
            | MonitoringConnectivity
            | ConnectedByWifi => Self::Connectivity,
            MeetingAppHeartbeat
            | WsusEnabled
            | WindowsUpdateReset
            | AppVersion
            | OsVersion
            | TimeDrift
            | WindowsUpdateDisabled
            | NightlyRebootDisabled
            | SleepTimer
            | DefaultCredentials
            | WindowsUpdateBlocked
            | OsActivation
            | UpdateFailed => Self::Versioning,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r91_more_than_twenty_minutes_make_a_day_unhealthy() {
        let minutes = |minutes: u64| is_unhealthy(Duration::from_secs(minutes * 60));
        assert_eq!([minutes(15 + 10), minutes(15), minutes(21), minutes(20), minutes(0)], [true, false, true, false, false]);
        assert!(is_unhealthy(Duration::from_secs(20 * 60 + 1)));
    }

    #[test]
    fn r97_forty_hours_in_seven_days_are_71_percent() {
        assert_eq!(utilisation(40 * 60, 7), Share::of(2_400, 3_360));
        assert_eq!(utilisation(40 * 60, 7).percent(), Some(71));
        assert_eq!(utilisation(10 * 60, 1).percent(), Some(125), "not cut");
        assert_eq!(utilisation(0, 0).percent(), None);
    }

    #[test]
    fn r98_a_share_is_rounded_to_the_nearest_percent() {
        let percent = |part, whole| Share::of(part, whole).percent();
        assert_eq!([percent(1, 3), percent(2, 3), percent(1, 200), percent(0, 9), percent(9, 9)].map(Option::unwrap), [33, 67, 1, 0, 100]);
        assert_eq!(percent(0, 0), None, "no call is no poor performance");
        assert_eq!(Share::of(1, 2).and(Share::of(1, 2)), Share::of(2, 4));
        assert_eq!(percent(u64::MAX, u64::MAX), Some(100), "and nothing overflows");
    }

    #[test]
    fn r94_every_type_of_incident_has_one_of_the_six_categories() {
        let mut found: Vec<ReportCategory> = SignalId::ALL.iter().map(|signal| ReportCategory::of(IncidentType::Signal(*signal))).collect();
        found.push(ReportCategory::of(IncidentType::CustomerReported));
        for category in ReportCategory::ALL {
            assert!(found.contains(category), "{category}");
        }
        assert_eq!(ReportCategory::ALL.len(), 6);
        assert_eq!(ReportCategory::of(IncidentType::Signal(SignalId::DisplayConsole)), ReportCategory::Display);
    }
}
