//! Updates: on their way through a customer's rings, and at the door of the rooms' devices.

use serde::{Deserialize, Serialize};

use crate::id::{RoomId, UpdateId, UpdateRingId};
use crate::time::Timestamp;
use crate::update::{ForcedWhen, PackageName, PackageVersion, UpdateCounts, UpdateProgress, UpdateStatus};
use crate::word::words;

/// How many updates are told at most, the newest ones.
pub const MOST_UPDATES: usize = 200;
/// How many rooms are told in which an update failed.
pub const MOST_FAILED: usize = 200;
/// How many updates a device says the progress of in one report.
pub const MOST_PROGRESS: usize = 40;

/// `GET /v1/customers/{c}/updates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateList {
    /// The customer's rings, in the order of updates.
    pub rings: Vec<UpdateRingName>,
    /// The 200 that were published last, newest first; past ones too.
    pub updates: Vec<UpdateRow>,
    /// Whether the reader may retry and force updates: in the rooms in which they have `rooms.view` and `rings.modify`.
    pub may_act: bool,
    /// Whether what they do becomes a request to the customer (R24, A18).
    pub needs_approval: bool,
}

/// A ring, as a column of that list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateRingName {
    /// Its id.
    pub id: UpdateRingId,
    /// Its name.
    pub name: String,
}

/// An update at a customer. Rooms are counted that the reader sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateRow {
    /// Its id.
    pub id: UpdateId,
    /// What it is of.
    pub package: PackageName,
    /// What it brings.
    pub package_version: PackageVersion,
    /// When the service published it.
    pub published_at: Timestamp,
    /// When it was withdrawn, if it was.
    pub deprecated_at: Option<Timestamp>,
    /// Who paused it, if somebody did.
    pub paused: Option<PausedUpdate>,
    /// Where it stands over all rings.
    pub status: UpdateStatus,
    /// The rooms of all rings.
    pub counts: UpdateCounts,
    /// Where it stands in each ring, in their order.
    pub rings: Vec<UpdateInRing>,
    /// Whether the reader may pause and resume it: it concerns no room that they do not manage (A21).
    pub may_pause: bool,
    /// What an action must name in `If-Match`. It counts pauses and resumptions, not what rooms report.
    pub version: u64,
}

impl UpdateRow {
    /// Package and version, as screens and logs say them.
    pub fn name(&self) -> String {
        format!("{} {}", self.package, self.package_version)
    }

    /// Whether nothing of it lies ahead any more.
    pub const fn is_past(&self) -> bool {
        matches!(self.status, UpdateStatus::Completed | UpdateStatus::Deprecated)
            || (self.deprecated_at.is_some() && matches!(self.status, UpdateStatus::NotRequired))
    }
}

/// Who stopped an update, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PausedUpdate {
    /// Who, as they were called then.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub since: Timestamp,
}

/// An update in a ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateInRing {
    /// The ring.
    pub ring: UpdateRingId,
    /// Where it stands there.
    pub status: UpdateStatus,
    /// Its rooms.
    pub counts: UpdateCounts,
    /// When its first rooms have their turn, where that lies ahead and the update goes on.
    pub begins_at: Option<Timestamp>,
    /// When its days are over, where that lies ahead and the update goes on.
    pub complete_at: Option<Timestamp>,
}

/// `GET /v1/customers/{c}/updates/{u}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateDetail {
    /// As the list has it.
    #[serde(flatten)]
    pub update: UpdateRow,
    /// Rooms in which it failed, by name: up to 200 of those that the reader sees.
    pub failed: Vec<FailedRoom>,
}

/// A room in which an update failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FailedRoom {
    /// The room.
    pub room: RoomId,
    /// Its name.
    pub name: String,
    /// Why, as the device said it.
    pub reason: String,
    /// When it said so.
    pub at: Timestamp,
}

/// `POST /v1/customers/{c}/updates/{u}/actions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UpdateAction {
    /// No room installs it from now on, until it is resumed.
    Pause {
        /// Why, 1 to 200 characters.
        reason: String,
    },
    /// It goes on where it stood: the days that it was paused do not count.
    Resume {},
    /// It is tried again in all rooms where it failed, of those that the caller may act on.
    Retry {},
    /// It is installed without waiting for ring and night (R105): in all rooms that the caller may act on, those of a ring, or one.
    Force {
        /// When.
        when: ForcedWhen,
        /// Only in rooms of this ring.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ring: Option<UpdateRingId>,
        /// Only in this room.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<RoomId>,
    },
}

/// `GET /v1/customers/{c}/rooms/{r}/updates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomUpdates {
    /// What the device said it runs, by package.
    pub installed: Vec<InstalledVersion>,
    /// Updates of these packages, newest first, without those that are installed or were withdrawn.
    pub updates: Vec<RoomUpdate>,
    /// Whether the room's time zone is known: else its nights are those of UTC, and only while it is free.
    pub knows_time_zone: bool,
    /// Whether the reader may force updates here.
    pub may_force: bool,
    /// Whether that becomes a request to the customer (R24, A18).
    pub needs_approval: bool,
}

/// A version that a room runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstalledVersion {
    /// Of what.
    pub package: PackageName,
    /// Which.
    pub version: PackageVersion,
    /// Since when it is known.
    pub since: Timestamp,
}

/// An update as it stands in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomUpdate {
    /// The update.
    pub update: UpdateId,
    /// What it is of.
    pub package: PackageName,
    /// What it brings.
    pub package_version: PackageVersion,
    /// Where it stands in this room (R103).
    pub status: UpdateStatus,
    /// What the device said last.
    pub progress: Option<UpdateProgress>,
    /// Why it failed, where it did.
    pub reason: Option<String>,
    /// Whether somebody forced it here, and how.
    pub forced: Option<ForcedWhen>,
    /// When the device may install it: a night of the room (R105), where one is near.
    pub window: Option<InstallWindow>,
    /// What an action must name in `If-Match`.
    pub version: u64,
}

/// A night in which a room may install.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstallWindow {
    /// From then on.
    pub from: Timestamp,
    /// Until then, not included.
    pub until: Timestamp,
}

/// `POST /v1/agent/updates`: what a device runs, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdatesReport {
    /// All that it runs, up to 40 packages: what is left out is gone. Without any, nothing is said of it.
    #[serde(default)]
    pub installed: Vec<ReportedVersion>,
    /// How far it is with updates, up to 40, each after what stands before it.
    #[serde(default)]
    pub progress: Vec<ReportedProgress>,
}

/// A version that a device runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportedVersion {
    /// Of what.
    pub package: PackageName,
    /// Which.
    pub version: PackageVersion,
}

/// How far a device is with an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportedProgress {
    /// Of what.
    pub package: PackageName,
    /// To which version.
    pub version: PackageVersion,
    /// How far.
    pub state: UpdateProgress,
    /// Which attempt it is, as the answer numbered it: what is said of one before changes nothing. Left out, it is the present one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u32>,
    /// Why it failed, 1 to 300 characters; with `failed` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What the device is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdatesAnswer {
    /// What to install, one line a package. What is not in the next answer any more is not to be installed.
    pub install: Vec<Install>,
    /// How many lines of progress changed nothing: of an update that the service does not know, that the room runs already or whose package it never
    /// named, or of an earlier attempt.
    pub ignored: u32,
    /// In how many seconds to ask again; also right before installing.
    pub next_report_s: u32,
}

/// An update that a device is to install.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Install {
    /// Of what.
    pub package: PackageName,
    /// Which version.
    pub version: PackageVersion,
    /// What to give back with the progress.
    pub attempt: u32,
    /// When.
    pub when: InstallWhen,
    /// The night, where it is to wait for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<InstallWindow>,
}

words! {
    /// When a device installs an update (R105).
    InstallWhen = "when to install" {
        /// At once.
        Now = "now",
        /// As soon as nobody is in the room.
        WhenFree = "when_free",
        /// In the window that is told.
        Window = "window",
        /// In the window that is told, while nobody is in the room: the room's time zone is not known.
        WindowWhenFree = "window_when_free",
    }
}
