//! What a user has read, the same on each of their desks.

use serde::{Deserialize, Serialize};

use crate::id::TenantId;
use crate::sync::ReadMark;
use crate::text::TicketNumber;

/// How many marks one request takes.
pub const MOST_MARKS: usize = 200;

/// `PUT /v1/me/read-marks`: how far the caller has read these incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RaiseReadMarks {
    /// Up to 200. Of several for one incident the highest counts, and none lowers what is known.
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub marks: Vec<RaiseReadMark>,
}

/// See [`RaiseReadMarks::marks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RaiseReadMark {
    /// The customer.
    pub customer_id: TenantId,
    /// The incident.
    pub number: TicketNumber,
    /// How many messages were read, from the oldest on; more than there are count as all.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 4_294_967_295_u32))]
    pub messages: u32,
}

impl From<ReadMark> for RaiseReadMark {
    fn from(ReadMark { customer_id, number, messages }: ReadMark) -> Self {
        Self { customer_id, number, messages }
    }
}
