//! Adding files to incidents (R82): named first, then sent in as many parts as it takes.

use serde::{Deserialize, Serialize};

use crate::api::incidents::IncidentChanged;
use crate::attachment::Attachment;

/// The header of a part: how many bytes of the file the service has, which is where the part begins.
pub const UPLOAD_OFFSET: &str = "upload-offset";

/// `POST /v1/customers/{customer}/incidents/{number}/attachments` (R82): announces a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddAttachment {
    /// What it is called: up to 200 bytes, no path. Its extension must be that of what it is.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub file_name: String,
    /// How long it is, in bytes: up to 50 MiB.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 52_428_800))]
    pub size: u64,
    /// The SHA-256 of its content, in 64 hexadecimal digits in small letters.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
}

/// How far the service is with a file that is sent to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    /// The attachment that it becomes, or has become.
    pub attachment: Attachment,
    /// How many of its bytes the service has: where the next part begins.
    pub offset: u64,
    /// What became of the incident, where this answer's request changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentChanged>,
}
