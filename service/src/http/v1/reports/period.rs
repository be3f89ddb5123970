//! Which days and rooms a report is asked over.

use tenantry_model::id::RoomGroupId;
use tenantry_model::time::UtcDay;
use utoipa::IntoParams;

use crate::domain::reports::{Asked, Days};
use crate::error::{Error, Result};
use crate::http::query::{Parameters, Query};

/// How many days may be asked for by their number.
const COUNTS: [u32; 3] = [7, 30, 90];

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Period {
    /// So many days up to yesterday: 7, 30 or 90; 7 where nobody says (R93).
    #[param(value_type = u32, required = false)]
    days: Option<u32>,
    /// The first day, in place of `days`; at most 90 days back.
    #[param(value_type = UtcDay, required = false)]
    from: Option<UtcDay>,
    /// The last day, with `from`; it is included, and is over.
    #[param(value_type = UtcDay, required = false)]
    to: Option<UtcDay>,
    /// Only rooms of this group; those of it that the caller sees with `rooms.view` and `groups.view`.
    #[param(value_type = RoomGroupId, required = false)]
    group: Option<RoomGroupId>,
}

impl Parameters for Period {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self { days: query.one("days")?, from: query.one("from")?, to: query.one("to")?, group: query.one("group")? })
    }
}

impl Period {
    pub(crate) fn asked(self) -> Result<Asked> {
        let preset = Asked::default();
        let days = match (self.days, self.from, self.to) {
            (None, None, None) => preset.days,
            (Some(days), None, None) if COUNTS.contains(&days) => Days::Last(days),
            (Some(_), None, None) => return Err(Error::bad_request("days: 7, 30 or 90; for any other time name from and to")),
            (None, Some(from), Some(to)) => Days::From(from, to),
            (None, Some(_), None) => return Err(Error::bad_request("to: name the last day, too, such as 2026-03-31")),
            (None, None, Some(_)) => return Err(Error::bad_request("from: name the first day, too, such as 2026-03-01")),
            (Some(_), ..) => return Err(Error::bad_request("days: leave it out where from and to say which days")),
        };
        Ok(Asked { days, group: self.group })
    }
}
