//! What every test needs: an estate written piece by piece, an OpenID provider on a loopback port, a clock that is set by hand.

mod app;
mod bed;
mod estate;
mod provider;
mod whole;

pub(crate) use app::{Alike, Answer, BEGIN, TestApp};
pub(crate) use bed::{Bed, principal, room, tenant};
pub(crate) use estate::{NewIncident, as_the_service_reads_it, id, number, ring};
pub(crate) use provider::{TestKey, claims_of, signed_with_header};
pub(crate) use whole::{EVER, first_sync, inactive_of, whole};
