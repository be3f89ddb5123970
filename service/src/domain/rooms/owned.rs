//! Whose a room is.

use std::collections::HashSet;

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::problem::FieldCode;

use crate::error::{Error, Result};
use crate::store::{Conn, rooms};

/// Every one of these rooms must be the customer's; `pointer` is the member of the request that names them.
pub(crate) async fn check(conn: &mut Conn, customer: TenantId, pointer: &str, named: &[RoomId]) -> Result<()> {
    let owned: HashSet<RoomId> = rooms::owned(conn, customer, named).await?.into_iter().collect();
    match named.iter().find(|room| !owned.contains(room)) {
        Some(room) => Err(Error::field(FieldCode::RoomUnknown, pointer, format!("{room} is not a room of the customer {customer}"))),
        None => Ok(()),
    }
}
