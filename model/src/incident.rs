//! Incidents (tickets): signal tickets that the service raises, and recorded issues that people raise.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::id::{PrincipalId, RoomId, TenantId};
use crate::signal::SignalId;
use crate::text::TicketNumber;
use crate::time::Timestamp;
use crate::word::words;

words! {
    /// How grave an incident is; the order is from gravest to mildest (A14).
    Severity = "a severity" {
        /// Makes the room unhealthy. Every recorded issue is critical.
        Critical = "critical",
        /// Makes the room unhealthy.
        Important = "important",
        /// Shown as a marker only (R69).
        Warning = "warning",
        /// A recommendation.
        Recommended = "recommended",
    }

    /// Where an incident stands (A13). Wire values are stable whatever the screen calls them.
    IncidentStatus = "an incident status" {
        /// Ours to act on.
        NeedsAction = "needs_action",
        /// The service acts ("Assigned to Microsoft" in 2022).
        AssignedToService = "assigned_to_service",
        /// The service looks into it ("System investigating" later).
        PendingInvestigation = "pending_investigation",
        /// The signal recovered; a relapse reactivates the same number (R77).
        Resolved = "resolved",
        /// Resolved for 7 days, or closed by a person.
        Closed = "closed",
    }

    /// The headings incidents are grouped under.
    Category = "a category" {
        /// Raised by a person.
        Reported = "reported",
        /// The room's account.
        AccountManagement = "account_management",
        /// Operating system, firmware, apps.
        OsFirmwareApps = "os_firmware_apps",
        /// Configuration and settings.
        Configuration = "configuration",
        /// Hardware and peripherals.
        Hardware = "hardware",
        /// Displays.
        Display = "display",
        /// Security.
        Security = "security",
        /// Network.
        Connectivity = "connectivity",
        /// Outages.
        Outage = "outage",
        /// The rest.
        Other = "other",
    }

    /// Why an incident was closed by a person (R86).
    ClosureReason = "a closure reason" {
        /// Wrong configuration.
        ConfigurationIssue = "configuration_issue",
        /// It is meant to be so.
        DesiredConfiguration = "desired_configuration",
        /// Stands elsewhere already.
        Duplicate = "duplicate",
        /// None of these.
        Other = "other",
        /// A cable, a device.
        PhysicalIssue = "physical_issue",
        /// Software.
        SoftwareIssue = "software_issue",
        /// The preset.
        Unknown = "unknown",
    }

    /// What a row of an incident's history says.
    HistoryKind = "a kind of history row" {
        /// The signal failed.
        Activated = "activated",
        /// The signal recovered, or the issue was closed.
        Deactivated = "deactivated",
        /// A warning that was left alone became important (R79, A34).
        Escalated = "escalated",
        /// Somebody took it over from whoever had claimed it (A32).
        TakenOver = "taken_over",
        /// Somebody put it out of sight (A33).
        Snoozed = "snoozed",
        /// It came back: by itself, or because somebody fetched it.
        Woken = "woken",
        /// Its signal was switched off for the whole customer, which closed it (R74).
        SwitchedOff = "switched_off",
    }

    /// What of somebody's was snoozed, so that this incident is (A33).
    SnoozedBy = "what is snoozed" {
        /// The incident itself.
        Incident = "incident",
        /// Its signal in its room.
        Signal = "signal",
        /// Its room.
        Room = "room",
    }
}

impl Severity {
    /// Whether it makes a room unhealthy (A14, R69).
    pub const fn is_serious(self) -> bool {
        matches!(self, Self::Critical | Self::Important)
    }
}

impl IncidentStatus {
    /// Whether it belongs on the Active tab.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::NeedsAction | Self::AssignedToService | Self::PendingInvestigation)
    }
}

/// What raised an incident: the value of the Type column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum IncidentType {
    /// A signal of the catalogue.
    Signal(SignalId),
    /// "Customer Reported": a recorded issue.
    CustomerReported,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for IncidentType {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let words = crate::signal::SignalId::ALL.iter().map(|signal| signal.as_str()).chain([Self::CUSTOMER_REPORTED]);
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String).enum_values(Some(words)).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for IncidentType {}

impl IncidentType {
    const CUSTOMER_REPORTED: &'static str = "customer_reported";

    /// The spelling in JSON, tables and query strings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signal(signal) => signal.as_str(),
            Self::CustomerReported => Self::CUSTOMER_REPORTED,
        }
    }
}

impl std::str::FromStr for IncidentType {
    type Err = crate::word::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == Self::CUSTOMER_REPORTED { Ok(Self::CustomerReported) } else { text.parse().map(Self::Signal) }
    }
}

impl TryFrom<String> for IncidentType {
    type Error = crate::word::UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<IncidentType> for String {
    fn from(kind: IncidentType) -> Self {
        kind.as_str().to_owned()
    }
}

/// A room that an incident concerns, as far as the reader may see it (A23).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomRef {
    /// Its id.
    pub id: RoomId,
    /// Its name.
    pub name: String,
}

/// Somebody works on an incident (A32): a lease that ends by itself and locks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Who.
    pub holder: PrincipalId,
    /// Their name.
    pub name: String,
    /// When it ends unless it is renewed.
    pub until: Timestamp,
}

impl Claim {
    /// How long it lasts after it was made or renewed.
    pub const LASTS: Duration = Duration::from_secs(15 * 60);

    /// Whether it holds at this moment.
    pub fn holds(&self, now: Timestamp) -> bool {
        now < self.until
    }

    /// How many minutes are left of it at this moment; the last one counts until it is over.
    pub fn minutes_left(&self, now: Timestamp) -> u32 {
        u32::try_from(self.until.since(now).as_secs().div_ceil(60)).unwrap_or(u32::MAX)
    }
}

/// Something is out of sight: left out of counters and of lists that do not ask for it (A33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snooze {
    /// Who put it there: a name; none for the operator.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// When it comes back by itself; none for what is suppressed until somebody lifts that (R73).
    pub until: Option<Timestamp>,
}

impl Snooze {
    /// Whether it holds at this moment.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// One incident as a list shows it. Which rooms it names depends on who reads (A23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentRow {
    /// Its number, for ever (A12).
    pub number: TicketNumber,
    /// The customer it belongs to.
    pub customer_id: TenantId,
    /// Its heading.
    pub category: Category,
    /// What raised it.
    #[serde(rename = "type")]
    pub kind: IncidentType,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub status: IncidentStatus,
    /// The rooms that the reader may see. Empty for a recorded issue without rooms.
    pub rooms: Vec<RoomRef>,
    /// How many more rooms it concerns that the reader may not see; who they are is not told (A23).
    pub redacted_rooms: u32,
    /// Which peripheral it is about, where a room has several of a kind (R76); the recorded text of an issue.
    pub problem: String,
    /// When it was first raised.
    pub created_at: Timestamp,
    /// When anything in it last changed.
    pub last_updated: Timestamp,
    /// Since when it has been active this time, or was when it was last.
    pub active_since: Timestamp,
    /// When it was last resolved; none while it never was.
    pub last_resolved: Option<Timestamp>,
    /// When it was last closed.
    pub last_closed: Option<Timestamp>,
    /// How many messages its thread holds.
    pub messages: u32,
    /// When the last message was posted.
    pub last_message_at: Option<Timestamp>,
    /// Who works on it; may be over by now. Only while it is active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// Whether it is out of sight, and why. Only while it is active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
    /// What of it is snoozed, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_by: Option<SnoozedBy>,
    /// Raised by one with every change of what stands here, but for claim and snooze: they are no news to who closes it.
    pub version: u64,
}

impl IncidentRow {
    /// The claim that holds at this moment.
    pub fn claim_at(&self, now: Timestamp) -> Option<&Claim> {
        self.claim.as_ref().filter(|claim| claim.holds(now))
    }

    /// The snooze that holds at this moment.
    pub fn snooze_at(&self, now: Timestamp) -> Option<&Snooze> {
        self.snooze.as_ref().filter(|snooze| snooze.holds(now))
    }

    /// When an inactive incident was resolved; of one that was closed without ever being resolved, when it was closed.
    pub fn resolved_at(&self) -> Timestamp {
        self.last_resolved.or(self.last_closed).unwrap_or(self.last_updated)
    }

    /// The incident as far as its row tells: the rest is empty.
    pub fn alone(self) -> Incident {
        Incident {
            row: self,
            description: String::new(),
            action: String::new(),
            high_impact: false,
            high_impact_reason: None,
            closed_by: None,
            closure_reason: None,
            closure_comment: None,
            messages: vec![],
            attachments: vec![],
            history: vec![],
        }
    }
}

/// One incident whole, as its detail pane shows it, on line or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Incident {
    /// What the list shows of it.
    pub row: IncidentRow,
    /// What is wrong, in words: of a signal in English, for readers that do not say it themselves by the row's `type`.
    pub description: String,
    /// What to do about it, likewise; may be empty.
    pub action: String,
    /// Whether its reporter called it of high impact (R83).
    pub high_impact: bool,
    /// Why, then.
    pub high_impact_reason: Option<String>,
    /// Who closed it: a name, or none where the service did.
    pub closed_by: Option<String>,
    /// Why it was closed.
    pub closure_reason: Option<ClosureReason>,
    /// What the closer added.
    pub closure_comment: Option<String>,
    /// Its thread, newest first.
    pub messages: Vec<Message>,
    /// Its files, in the order in which they were added (R82); those that are still being sent are among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// When it became active and inactive, newest first.
    pub history: Vec<HistoryRow>,
}

/// A message in an incident's thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// When it was posted.
    pub at: Timestamp,
    /// Who posted it: a name; none for the service.
    pub author: Option<String>,
    /// What it says, as plain text.
    pub text: String,
    /// Whether posting it also assigned the incident to the service (R81).
    pub assigned_to_service: bool,
}

/// A row of an incident's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryRow {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: HistoryKind,
    /// Who did it: a name; none for what happened by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl HistoryRow {
    /// What happened by itself.
    pub const fn of_itself(at: Timestamp, kind: HistoryKind) -> Self {
        Self { at, kind, by: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a14_critical_and_important_make_a_room_unhealthy() {
        let serious: Vec<_> = Severity::ALL.iter().map(|severity| severity.is_serious()).collect();
        assert_eq!(serious, [true, true, false, false]);
    }

    #[test]
    fn the_type_column_has_one_spelling() {
        for kind in SignalId::ALL.iter().map(|signal| IncidentType::Signal(*signal)).chain([IncidentType::CustomerReported]) {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("no_such_signal".parse::<IncidentType>().is_err());
    }
}
