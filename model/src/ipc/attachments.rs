//! The files of incidents, and those that are on their way to or from this device (R82).

use serde::{Deserialize, Serialize};

use super::{FormId, IncidentRef, IpcError};
use crate::id::AttachmentId;
use crate::time::Timestamp;
use crate::word::words;

/// The largest picture that a pane shows, in bytes: 10 MiB. Larger ones are saved.
pub const LARGEST_SHOWN: u64 = 10 * 1024 * 1024;
/// How many bytes of a file the window hands over at once.
pub const UPLOAD_PART: u64 = 512 * 1024;

/// Names one attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentRef {
    /// Of which incident.
    pub incident: IncidentRef,
    /// Which.
    pub id: AttachmentId,
}

/// See [`super::OpenUpload`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewUpload {
    /// Names this transfer.
    pub form: FormId,
    /// To which incident.
    pub incident: IncidentRef,
    /// What the file is called.
    pub file_name: String,
    /// How long it is, in bytes.
    pub size: u64,
}

/// See [`super::AddToUpload`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadPart {
    /// Of which transfer.
    pub form: FormId,
    /// Where in the file it begins.
    pub offset: u64,
    /// What comes there, up to [`UPLOAD_PART`] bytes, in base64.
    pub base64: String,
}

/// See [`super::SaveAttachment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SaveArgs {
    /// Names this transfer.
    pub form: FormId,
    /// Which attachment.
    pub attachment: AttachmentRef,
}

/// Where an attachment was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedAttachment {
    /// The file.
    pub path: String,
}

/// A picture to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownPicture {
    /// What it is, by its content.
    pub media_type: String,
    /// The picture, in base64.
    pub base64: String,
}

words! {
    /// Which way a file goes.
    TransferDirection = "a direction" {
        /// To the service.
        Up = "up",
        /// From the service.
        Down = "down",
    }

    /// How a file that is on its way stands.
    TransferState = "a state of a transfer" {
        /// The window is still handing it over.
        Reading = "reading",
        /// It moves.
        Moving = "moving",
        /// It is kept on this device, and goes on by itself once there is a way to the service and what was typed before it was sent.
        Waiting = "waiting",
        /// It was refused, or cannot go on.
        Failed = "failed",
        /// It has arrived.
        Done = "done",
    }
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// Names it.
    pub form: FormId,
    /// Of which incident.
    pub incident: IncidentRef,
    /// Which way it goes.
    pub direction: TransferDirection,
    /// The attachment that it is; none while the service knows nothing of it.
    pub attachment: Option<AttachmentId>,
    /// What the file is called.
    pub file_name: String,
    /// How long it is, in bytes.
    pub size: u64,
    /// How much of it has arrived.
    pub done: u64,
    /// How it stands.
    pub state: TransferState,
    /// Why it failed.
    pub failure: Option<IpcError>,
}

/// A file that was chosen and has not arrived at the service (A35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WaitingFile {
    /// Names its transfer.
    pub form: FormId,
    /// For which incident; none once the right was lost.
    pub incident: Option<IncidentRef>,
    /// The customer's name, where it may be read now (A28).
    pub customer_name: Option<String>,
    /// What the file is called.
    pub file_name: String,
    /// How long it is, in bytes.
    pub size: u64,
    /// How much of it the service has; while it is read, how much this device has.
    pub done: u64,
    /// When it was chosen.
    pub at: Timestamp,
    /// How it stands.
    pub state: TransferState,
    /// Whether it waits for something of the same incident that was refused.
    pub held: bool,
    /// Why it was refused; none while it waits.
    pub failure: Option<IpcError>,
}

/// Files that are dragged over the window. Where they lie is told to the engine alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum FileDrag {
    /// They are over the window.
    Over,
    /// They were dropped: they can be taken once, under this name, until others are dropped.
    Dropped {
        /// The name.
        offer: FormId,
        /// Where.
        at: WindowPoint,
    },
    /// They have left the window, or nobody could take them.
    Left,
}

/// A place in the window, in ten-thousandths of its width and height: what a page counts as a pixel differs by system and screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WindowPoint {
    /// From its left side.
    pub across: u32,
    /// From its top.
    pub down: u32,
}

impl WindowPoint {
    /// What the parts are counted in.
    pub const WHOLE: u32 = 10_000;

    /// The place that is so far from the corner of a window of this size, all in the same unit.
    pub fn of((x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        let part = |length: f64, whole: f64| {
            let part = (length / whole.max(1.0)).clamp(0.0, 1.0) * f64::from(Self::WHOLE);
            // Of that range, whatever it was made of.
            part.round() as u32
        };
        Self { across: part(x, width), down: part(y, height) }
    }
}

/// See [`super::TakeDroppedFiles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TakeDropped {
    /// What was dropped.
    pub offer: FormId,
    /// For which incident.
    pub incident: IncidentRef,
    /// How many files that takes at most.
    pub most: u32,
}

/// A file that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedFile {
    /// What it is called.
    pub file_name: String,
    /// Why.
    pub why: IpcError,
}
