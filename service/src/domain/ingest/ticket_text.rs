//! The text of a signal's ticket: what is wrong, and what to do.

use tenantry_model::signal::SignalId;

use crate::store::ingest::TicketText;

/// What a ticket of this signal says from the start.
pub(crate) fn ticket_text(signal: SignalId) -> TicketText {
    let facts = signal.facts();
    let (description, action) = words(signal);
    TicketText { category: facts.category, severity: facts.severity, description, action }
}

const fn words(signal: SignalId) -> (&'static str, &'static str) {
    match signal {
        SignalId::SignInExchange => (
            "The room account cannot sign in to Exchange, so the room shows no meetings.",
            "Check that the account is enabled and its password has not expired, then sign in again on the device.",
        ),
        SignalId::SignInTeams => (
            "The room account cannot sign in to Teams: meetings cannot be joined.",
            "Check the account's password, licence and sign-in policies, then restart the room app.",
        ),
        SignalId::CalendarSync => (
            "The room's calendar has not been read for some time.",
            "Check the mailbox of the room account and the network's way to Exchange; restart the room app if both are fine.",
        ),
        SignalId::MeetingAppHeartbeat => (
            "The meeting app on the device no longer answers.",
            "Restart the device. If the app stops again, collect its logs before the next restart.",
        ),
        SignalId::CameraRoom => (
            "A room camera is missing or delivers no picture.",
            "Check its cable and power, plug it in again, and look whether the device manager lists it.",
        ),
        SignalId::ContentCamera => {
            ("The content camera is missing or delivers no picture.", "Check its cable and power; calibrate it again after it was moved.")
        }
        SignalId::HdmiIngest => (
            "The HDMI input for sharing delivers no signal.",
            "Check the cable at the table and the adapter of the input; try another source.",
        ),
        SignalId::LowDiskSpace => {
            ("The system disk is nearly full.", "Remove old logs and unused installers; the disk needs at least 10 GB free.")
        }
        SignalId::DiskHealth => (
            "The disk reports that it may fail soon.",
            "Order a replacement and exchange the disk before it fails; keep the room's settings at hand.",
        ),
        SignalId::ConferencingMicrophone => (
            "A conferencing microphone is missing or disabled: the far end hears nothing.",
            "Check its cable and mute switch, then choose it again in the device's settings.",
        ),
        SignalId::ConferencingSpeaker => (
            "A conferencing speaker is missing or disabled: the room hears nothing.",
            "Check its cable and volume, then choose it again in the device's settings.",
        ),
        SignalId::DisplayFrontOfRoom => (
            "A display at the front of the room is off or not connected.",
            "Check its power, input and HDMI cable; switch on the display's wake-up by signal.",
        ),
        SignalId::DisplayConsole => ("The touch console is not connected.", "Check its USB and HDMI cables, then restart the device."),
        SignalId::Monitoring => (
            "The monitoring software on the device reports that it cannot do its work.",
            "Restart its service; install it again if it does not start.",
        ),
        SignalId::Offline => (
            "Nothing has been heard from this room for three hours or more.",
            "Check power and network in the room, and whether the device has been taken away.",
        ),
        SignalId::WsusEnabled => (
            "The device takes its updates from a WSUS server, which holds back what the room needs.",
            "Exempt the device from the WSUS policy.",
        ),
        SignalId::WindowsUpdateReset => (
            "The components of Windows Update are damaged: no update can be installed.",
            "Reset the components of Windows Update, then look for updates again.",
        ),
        SignalId::UpdateFailed => (
            "An update could not be installed.",
            "Look at the reason under Updates, mend what it names, then have the update retried. This closes once it is installed.",
        ),
        SignalId::CameraDefault => {
            ("The default camera is not one of the connected cameras.", "Choose the default camera in the device's settings.")
        }
        SignalId::ConfiguredMicrophone => {
            ("The configured microphone is not one of the connected ones.", "Choose the conferencing microphone in the device's settings.")
        }
        SignalId::ConfiguredSpeaker => (
            "The configured conferencing speaker is not one of the connected ones.",
            "Choose the conferencing speaker in the device's settings.",
        ),
        SignalId::DefaultSpeaker => {
            ("The default speaker is not one of the connected ones.", "Choose the default speaker in the device's settings.")
        }
        SignalId::AppVersion => {
            ("The room app is older than the oldest supported version.", "Update the room app, by hand if the store is blocked.")
        }
        SignalId::OsVersion => (
            "The operating system is older than the oldest supported version.",
            "Install the pending feature update outside working hours.",
        ),
        SignalId::TimeDrift => (
            "The device's clock is wrong by more than five minutes: sign-in and certificates will fail.",
            "Correct the time source of the device.",
        ),
        SignalId::WindowsUpdateDisabled => {
            ("Windows Update is switched off.", "Switch the update service on again; see which policy stopped it.")
        }
        SignalId::NightlyRebootDisabled => {
            ("The nightly restart is switched off.", "Switch the nightly restart on again in the device's settings.")
        }
        SignalId::BluetoothDisabled => (
            "Bluetooth is switched off: nobody can join from a device nearby.",
            "Switch Bluetooth on in the device's settings, unless it is meant to be off.",
        ),
        SignalId::SleepTimer => ("The device goes to sleep by itself.", "Set the sleep timer to never."),
        SignalId::UsbSuspend => (
            "USB ports are put to sleep to save power: cameras and microphones drop out.",
            "Switch off selective suspend for USB in the power plan.",
        ),
        SignalId::CpuLimited => (
            "The processor runs below its speed: sound and picture may stutter.",
            "Check the power plan, the temperature and the fan of the device.",
        ),
        SignalId::DefaultCredentials => (
            "The device still has the administrator password that it was delivered with.",
            "Set a password of your own, or have it rotated for you.",
        ),
        SignalId::WifiStrength => {
            ("The Wi-Fi signal at the device is weak.", "Connect the device by cable, or bring the access point nearer.")
        }
        SignalId::MonitoringConnectivity => (
            "The monitoring software reaches only part of its addresses.",
            "Open the firewall and proxy for the addresses of the monitoring service.",
        ),
        SignalId::WindowsUpdateBlocked => ("Windows Update cannot reach its servers.", "Open the firewall and proxy for Windows Update."),
        SignalId::OsActivation => ("The operating system is not activated.", "Activate Windows with the device's own key."),
        SignalId::ConnectedByWifi => {
            ("The device is connected by Wi-Fi.", "Meeting rooms run best on a cable: connect the device to the wired network.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_has_words_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for signal in SignalId::ALL {
            let text = ticket_text(*signal);
            assert!(seen.insert(text.description), "{signal}");
            assert!(text.description.ends_with('.') && text.action.ends_with('.'), "{signal}");
        }
    }
}
