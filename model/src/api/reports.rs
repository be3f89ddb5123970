//! Reports over the rooms of a customer on which their reader holds `reports.view` (R91–R99, A22).

use serde::{Deserialize, Serialize};

use super::Page;
use crate::id::RoomId;
use crate::incident::{Category, ClosureReason, HistoryRow, IncidentStatus, IncidentType, Severity};
use crate::report::{ReportCategory, Share};
use crate::text::TicketNumber;
use crate::time::{Timestamp, UtcDay};

/// The most meetings that a report names among those that met an incident; how many there are stands beside them.
pub const MOST_IMPACTED: usize = 200;

/// The columns of `GET /v1/customers/{customer}/reports/rooms`, in their order.
pub const REPORT_COLUMNS: [&str; 11] = [
    "Room",
    "Healthy days",
    "Days",
    "Minutes of trouble",
    "Booked minutes",
    "Bookable minutes",
    "Utilisation in percent",
    "Booked meetings with a Teams link",
    "Booked meetings",
    "Good calls",
    "Calls",
];

/// Which days a report is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportPeriod {
    /// The first day. Of health it is a day in UTC, of usage one of the room's own calendar.
    pub from: UtcDay,
    /// The last one, included: at the latest the one before today.
    pub to: UtcDay,
}

/// How many room days of a day, or of a room, were healthy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthDay {
    /// The day.
    pub day: UtcDay,
    /// The healthy rooms, of those that were managed all day (R91, R92).
    pub healthy: Share,
}

/// How many incidents there were of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryCount {
    /// The category.
    pub category: ReportCategory,
    /// The incidents of it that were active at some time of the period.
    pub incidents: u32,
}

/// `GET /v1/customers/{customer}/reports/overview`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewReport {
    /// Which days it is over.
    pub period: ReportPeriod,
    /// How many rooms it is over.
    pub rooms: u32,
    /// The healthy ones of all room days.
    pub healthy: Share,
    /// Health by day, 90 days back from the last one (R93).
    pub history: Vec<HealthDay>,
    /// Booked minutes of those that could be (R97).
    pub utilisation: Share,
    /// Booked meetings with a Teams link, of all booked ones (R98).
    pub booked_online: Share,
    /// Good calls of all (R98).
    pub good_calls: Share,
    /// The incidents by category (R94).
    pub categories: Vec<CategoryCount>,
}

/// A room in [`HealthReport`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomHealth {
    /// The room.
    pub id: RoomId,
    /// Its name.
    pub name: String,
    /// The healthy days of those on which it was managed.
    pub healthy: Share,
    /// For how many minutes Critical and Important incidents troubled it in the counted hours (R91).
    pub troubled_min: u64,
    /// The unhealthy days.
    pub unhealthy: Vec<UtcDay>,
}

/// Who held the incidents of a day for most of it (R95).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldDay {
    /// The day, in UTC.
    pub day: UtcDay,
    /// Incidents that those held who work on the rooms: the customer and its partners.
    pub helpdesk: u32,
    /// Incidents that the service held.
    pub service: u32,
}

/// A booked meeting during which a Critical or Important incident was open in its room (R96).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImpactedMeeting {
    /// The room.
    pub room: RoomId,
    /// Its name.
    pub room_name: String,
    /// When the meeting began.
    pub start: Timestamp,
    /// When it ended.
    pub end: Timestamp,
    /// What the gravest of the incidents was about.
    pub category: ReportCategory,
    /// Its number, for a reader with `tickets.view` on the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<TicketNumber>,
}

/// `GET /v1/customers/{customer}/reports/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthReport {
    /// Which days it is over.
    pub period: ReportPeriod,
    /// Health by day.
    pub days: Vec<HealthDay>,
    /// Its rooms, by name.
    pub rooms: Vec<RoomHealth>,
    /// The incidents by category (R94).
    pub categories: Vec<CategoryCount>,
    /// The incidents by day and by who held them (R95).
    pub held: Vec<HeldDay>,
    /// Meetings that met an incident, newest first, and 200 at most (R96).
    pub impacted: Vec<ImpactedMeeting>,
    /// How many there are of these.
    pub impacted_count: u32,
}

/// A room in [`UsageReport`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomUse {
    /// The room.
    pub id: RoomId,
    /// Its name.
    pub name: String,
    /// Booked minutes of those that could be, over all selected days that are over where the room is (R97).
    pub utilisation: Share,
    /// Booked meetings with a Teams link, of all booked ones (R98).
    pub booked_online: Share,
    /// Good calls of all (R98).
    pub good_calls: Share,
}

/// A day in [`UsageReport`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageDay {
    /// The day, in each room's own calendar.
    pub day: UtcDay,
    /// Booked minutes of those that could be.
    pub utilisation: Share,
}

/// `GET /v1/customers/{customer}/reports/usage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageReport {
    /// Which days it is over.
    pub period: ReportPeriod,
    /// Over all rooms.
    pub utilisation: Share,
    /// Over all rooms.
    pub booked_online: Share,
    /// Over all rooms.
    pub good_calls: Share,
    /// Usage by day.
    pub days: Vec<UsageDay>,
    /// Its rooms, by name.
    pub rooms: Vec<RoomUse>,
}

/// A device that an exported incident concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedDevice {
    /// The room.
    pub room: RoomId,
    /// Its name.
    pub room_name: String,
    /// What its device is called, for a reader with `rooms.view` on it.
    pub host_name: Option<String>,
}

/// An incident as reports export it (R99).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedIncident {
    /// Its number.
    pub id: TicketNumber,
    /// When it was first raised.
    pub created: Timestamp,
    /// The devices that it concerns, as far as the reader sees them.
    pub devices: Vec<ExportedDevice>,
    /// What raised it.
    #[serde(rename = "type")]
    pub kind: IncidentType,
    /// Its heading.
    pub category: Category,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub state: IncidentStatus,
    /// When anything in it last changed.
    pub last_update: Timestamp,
    /// When it became active and inactive, oldest first.
    pub history: Vec<HistoryRow>,
    /// Its number in ServiceNow; none while no connection to ServiceNow exists.
    pub service_now_number: Option<String>,
    /// When it was last resolved.
    pub last_resolved: Option<Timestamp>,
    /// Why it was closed.
    pub closure_reason: Option<ClosureReason>,
    /// Who closed it: a name, or none where the service did.
    pub closed_by: Option<String>,
    /// When it was last closed.
    pub last_closed: Option<Timestamp>,
}

/// `GET /v1/customers/{customer}/reports/incidents`: those that were active at some time of the period, by number.
pub type ExportPage = Page<ExportedIncident>;
