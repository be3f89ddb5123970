//! What the service's `/v1` takes and answers. Paths and their rights: docs/api.md.

pub mod attachments;
pub mod customers;
pub mod delegations;
pub mod enrolment_keys;
pub mod incidents;
pub mod invitations;
pub mod partners;
pub mod people;
pub mod plans;
pub mod read_marks;
pub mod reports;
pub mod requests;
pub mod roles;
pub mod room_events;
pub mod room_groups;
pub mod rooms;
pub mod saved_views;
pub mod settings;
pub mod signal_switches;
pub mod signals;
pub mod update_rings;
pub mod updates;
pub mod usage;
pub mod waiting_rooms;

use serde::{Deserialize, Serialize};

use crate::id::{RoomId, TenantId};
use crate::incident::IncidentRow;
use crate::permission::PermissionSet;
use crate::room::{Peripheral, Room, RoomCounters};
use crate::signal::SignalId;
use crate::tenancy::{ActingAs, InvitationSummary, PortalRole, Tenant, TenantStatus, UserKey};
use crate::text::DomainName;
use crate::time::Timestamp;
use crate::word::words;

/// The version of the API in the first part of its paths.
pub const API_VERSION: &str = "v1";

/// `GET /.well-known/tenantry`: all that an app needs to know before sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceInfo {
    /// Such as `v1`.
    pub api_version: String,
    /// The service's own version.
    pub service_version: String,
    /// Where the OpenID provider's metadata lies: this address and `/.well-known/openid-configuration`.
    /// With Entra ID: `https://login.microsoftonline.com/organizations/v2.0`.
    pub authority: String,
    /// The app's client id.
    pub client_id: String,
    /// What to ask for.
    pub scopes: Vec<String>,
    /// The host of the loopback redirect: `127.0.0.1`, or `localhost` where the provider's registration wants that.
    pub redirect_host: String,
    /// Whether everything here is made up. Shown in the app at all times.
    pub demo: bool,
}

/// `GET /v1/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Who signed in.
    pub user: UserKey,
    /// Their name.
    pub display_name: String,
    /// Their own organisation. One that is partner and customer is here what they act as.
    pub tenant: Tenant,
    /// As which of the two they act, where it is both: `Tenantry-Acting-As` says which (A37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_as: Option<ActingAs>,
    /// Their portal-wide roles.
    pub portal_roles: Vec<PortalRole>,
    /// Where they hold a role, by name.
    pub customers: Vec<MyCustomer>,
}

/// What a user may do at one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyCustomer {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// What the user may do on at least one of its rooms.
    pub permissions: PermissionSet,
    /// On how many rooms they may see something; none where it is all of them.
    pub rooms: Option<u32>,
}

/// A row of `GET /v1/tenants`: a customer of the partner, or an invitation that waits (R27, R28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantRow {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// Its verified domains.
    pub domains: Vec<DomainName>,
    /// Whether it is a customer already.
    pub status: TenantStatus,
    /// The invitation, while it waits.
    pub invitation: Option<InvitationSummary>,
    /// Since when it is a customer.
    pub established_at: Option<Timestamp>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// What to pass as `cursor` for the next page; none on the last. Opaque.
    pub next_cursor: Option<String>,
}

/// `GET /v1/customers/{c}/rooms`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomPage {
    /// Its rows, by name.
    pub items: Vec<Room>,
    /// What to pass as `cursor` for the next page; none on the last. Opaque.
    pub next_cursor: Option<String>,
    /// Over all rooms that the caller may see, not just this page.
    pub counters: RoomCounters,
}

/// `GET /v1/incidents` and `GET /v1/customers/{c}/incidents`: gravest first, then newest first.
pub type IncidentPage = Page<IncidentRow>;

words! {
    /// Which half of the incidents a list shows (W7).
    IncidentTab = "a tab" {
        /// Those that somebody has to act on.
        Active = "active",
        /// Resolved and closed ones.
        Resolved = "resolved",
    }

    /// What a device says of a signal.
    SignalState = "a signal state" {
        /// As it should be.
        Healthy = "healthy",
        /// Not as it should be.
        Failing = "failing",
    }
}

/// `POST /v1/agent/enrol`, with the customer's enrolment key as bearer. Sent again with the same host name and account, it answers
/// with the same room and a new key; the old key stops working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolRequest {
    /// The room's name.
    pub display_name: String,
    /// How many people it seats.
    pub capacity: Option<u32>,
    /// The device's host name.
    pub host_name: String,
    /// The room account's sign-in name.
    pub account: String,
    /// IANA name of its time zone.
    pub timezone: String,
    /// Name of its licence.
    pub licence: String,
    /// What is attached to it.
    #[serde(deserialize_with = "crate::requested::peripherals")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::requested::Peripheral>))]
    pub peripherals: Vec<Peripheral>,
}

/// The answer to [`EnrolRequest`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolAnswer {
    /// The room.
    pub room_id: RoomId,
    /// The key that it reports with. Shown this once; the service keeps only its hash.
    pub room_key: String,
}

impl std::fmt::Debug for EnrolAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrolAnswer").field("room_id", &self.room_id).finish_non_exhaustive()
    }
}

/// `POST /v1/agent/signals`, with the room's key as bearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalsReport {
    /// What changed or was polled. Signals that are not named keep the state they had.
    pub readings: Vec<Reading>,
    /// Whether people are in the room, where the device can tell.
    pub occupied: Option<bool>,
}

/// What a device says of one signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reading {
    /// The signal.
    pub signal: SignalId,
    /// Which peripheral, where a room has several of a kind (R76), such as `Display 2`; at most 80 characters.
    #[serde(default)]
    pub instance: Option<String>,
    /// Its state.
    pub state: SignalState,
}

/// The answer to [`SignalsReport`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignalsAnswer {
    /// After how many seconds to report next, at the latest.
    pub next_report_s: u32,
}
