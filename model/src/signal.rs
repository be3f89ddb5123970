//! The catalogue of signals that a room reports, with the times after which one becomes an incident (R78).

use std::time::Duration;

use crate::incident::{Category, Severity};
use crate::word::words;

words! {
    /// A signal of the catalogue.
    SignalId = "a signal" {
        /// Sign in (Exchange).
        SignInExchange = "sign_in_exchange",
        /// Sign in (Teams).
        SignInTeams = "sign_in_teams",
        /// Calendar sync.
        CalendarSync = "calendar_sync",
        /// Meeting app heartbeat.
        MeetingAppHeartbeat = "meeting_app_heartbeat",
        /// Camera (room).
        CameraRoom = "camera_room",
        /// Content camera.
        ContentCamera = "content_camera",
        /// HDMI ingest.
        HdmiIngest = "hdmi_ingest",
        /// Low disk space.
        LowDiskSpace = "low_disk_space",
        /// Disk health.
        DiskHealth = "disk_health",
        /// Conferencing microphone.
        ConferencingMicrophone = "conferencing_microphone",
        /// Conferencing speaker.
        ConferencingSpeaker = "conferencing_speaker",
        /// Display (front of room).
        DisplayFrontOfRoom = "display_front_of_room",
        /// Display (console).
        DisplayConsole = "display_console",
        /// Monitoring.
        Monitoring = "monitoring",
        /// Offline.
        Offline = "offline",
        /// WSUS enabled.
        WsusEnabled = "wsus_enabled",
        /// Windows Update components need reset.
        WindowsUpdateReset = "windows_update_reset",
        /// Camera default.
        CameraDefault = "camera_default",
        /// Configured microphone.
        ConfiguredMicrophone = "configured_microphone",
        /// Configured speaker.
        ConfiguredSpeaker = "configured_speaker",
        /// Default speaker.
        DefaultSpeaker = "default_speaker",
        /// App version.
        AppVersion = "app_version",
        /// OS version.
        OsVersion = "os_version",
        /// Time drift.
        TimeDrift = "time_drift",
        /// Windows Update disabled.
        WindowsUpdateDisabled = "windows_update_disabled",
        /// Nightly reboot disabled.
        NightlyRebootDisabled = "nightly_reboot_disabled",
        /// Bluetooth disabled.
        BluetoothDisabled = "bluetooth_disabled",
        /// Sleep timer.
        SleepTimer = "sleep_timer",
        /// USB suspend.
        UsbSuspend = "usb_suspend",
        /// CPU limited.
        CpuLimited = "cpu_limited",
        /// Default credentials.
        DefaultCredentials = "default_credentials",
        /// Wi-Fi strength.
        WifiStrength = "wifi_strength",
        /// Monitoring connectivity.
        MonitoringConnectivity = "monitoring_connectivity",
        /// Windows Update blocked.
        WindowsUpdateBlocked = "windows_update_blocked",
        /// OS activation.
        OsActivation = "os_activation",
        /// Connected by Wi-Fi.
        ConnectedByWifi = "connected_by_wifi",
        /// An update failed, one for each package (R104). The last: desks keep rows by these places.
        UpdateFailed = "update_failed",
    }
}

/// What is fixed about a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignalFacts {
    /// Its English name; screens translate by [`SignalId`].
    pub title: &'static str,
    /// The heading of its incidents.
    pub category: Category,
    /// How grave its incidents are.
    pub severity: Severity,
    /// How often a device looks.
    pub poll: Duration,
    /// For how long it must have failed without a break before an incident opens.
    pub watch: Duration,
    /// Whether each attached device of its kind has a signal of its own (R76).
    pub per_peripheral: bool,
}

const fn facts(
    title: &'static str,
    category: Category,
    severity: Severity,
    poll_min: u64,
    watch_min: u64,
    per_peripheral: bool,
) -> SignalFacts {
    SignalFacts {
        title,
        category,
        severity,
        poll: Duration::from_secs(poll_min * 60),
        watch: Duration::from_secs(watch_min * 60),
        per_peripheral,
    }
}

impl SignalId {
    /// Whether the service itself raises it: no device reports it as a reading.
    pub const fn is_noticed(self) -> bool {
        matches!(self, Self::Offline | Self::UpdateFailed)
    }

    /// The row of the catalogue.
    pub const fn facts(self) -> SignalFacts {
        use Category::*;
        use Severity::*;
        match self {
            Self::SignInExchange => facts("Sign in (Exchange)", AccountManagement, Critical, 5, 30, false),
            Self::SignInTeams => facts("Sign in (Teams)", AccountManagement, Critical, 5, 30, false),
            Self::CalendarSync => facts("Calendar sync", AccountManagement, Critical, 5, 30, false),
            Self::MeetingAppHeartbeat => facts("Meeting app heartbeat", OsFirmwareApps, Critical, 10, 60, false),
            Self::CameraRoom => facts("Camera (room)", Hardware, Important, 5, 5, true),
            Self::ContentCamera => facts("Content camera", Hardware, Important, 5, 5, true),
            Self::HdmiIngest => facts("HDMI ingest", Display, Important, 5, 10, true),
            Self::LowDiskSpace => facts("Low disk space", OsFirmwareApps, Important, 120, 15, false),
            Self::DiskHealth => facts("Disk health", Hardware, Important, 120, 0, false),
            Self::ConferencingMicrophone => facts("Conferencing microphone", Hardware, Important, 5, 5, true),
            Self::ConferencingSpeaker => facts("Conferencing speaker", Hardware, Important, 5, 5, true),
            Self::DisplayFrontOfRoom => facts("Display (front of room)", Display, Important, 5, 5, true),
            Self::DisplayConsole => facts("Display (console)", Display, Important, 5, 5, true),
            Self::Monitoring => facts("Monitoring", Connectivity, Important, 60, 1, false),
            Self::Offline => facts("Offline", Connectivity, Important, 180, 1, false),
            Self::WsusEnabled => facts("WSUS enabled", OsFirmwareApps, Important, 120, 0, false),
            Self::WindowsUpdateReset => facts("Windows Update components need reset", OsFirmwareApps, Important, 120, 0, false),
            Self::UpdateFailed => facts("Update failed", OsFirmwareApps, Important, 0, 0, true),
            Self::CameraDefault => facts("Camera default", Configuration, Warning, 5, 5, false),
            Self::ConfiguredMicrophone => facts("Configured microphone", Configuration, Warning, 5, 5, false),
            Self::ConfiguredSpeaker => facts("Configured speaker", Configuration, Warning, 5, 5, false),
            Self::DefaultSpeaker => facts("Default speaker", Configuration, Warning, 5, 5, false),
            Self::AppVersion => facts("App version", OsFirmwareApps, Warning, 120, 0, false),
            Self::OsVersion => facts("OS version", OsFirmwareApps, Warning, 120, 0, false),
            Self::TimeDrift => facts("Time drift", Configuration, Warning, 120, 0, false),
            Self::WindowsUpdateDisabled => facts("Windows Update disabled", OsFirmwareApps, Warning, 120, 0, false),
            Self::NightlyRebootDisabled => facts("Nightly reboot disabled", Configuration, Warning, 120, 0, false),
            Self::BluetoothDisabled => facts("Bluetooth disabled", Configuration, Warning, 120, 0, false),
            Self::SleepTimer => facts("Sleep timer", Configuration, Warning, 120, 0, false),
            Self::UsbSuspend => facts("USB suspend", Configuration, Warning, 120, 0, false),
            Self::CpuLimited => facts("CPU limited", Hardware, Warning, 120, 0, false),
            Self::DefaultCredentials => facts("Default credentials", Security, Warning, 120, 0, false),
            Self::WifiStrength => facts("Wi-Fi strength", Connectivity, Warning, 120, 0, false),
            Self::MonitoringConnectivity => facts("Monitoring connectivity", Connectivity, Warning, 120, 150, false),
            Self::WindowsUpdateBlocked => facts("Windows Update blocked", OsFirmwareApps, Warning, 120, 10, false),
            Self::OsActivation => facts("OS activation", OsFirmwareApps, Recommended, 120, 0, false),
            Self::ConnectedByWifi => facts("Connected by Wi-Fi", Connectivity, Recommended, 120, 0, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r78_calendar_sync_opens_after_35_minutes_at_most() {
        let facts = SignalId::CalendarSync.facts();
        assert_eq!(facts.poll + facts.watch, Duration::from_secs(35 * 60));
    }

    #[test]
    fn r104_the_catalogue_counts_4_critical_13_important_17_warning_2_recommended_and_failed_updates() {
        let of = |severity| SignalId::ALL.iter().filter(|signal| signal.facts().severity == severity).count();
        assert_eq!([of(Severity::Critical), of(Severity::Important), of(Severity::Warning), of(Severity::Recommended)], [4, 13 + 1, 17, 2]);
        assert!(SignalId::UpdateFailed.facts().per_peripheral, "one for each package");
    }
}
