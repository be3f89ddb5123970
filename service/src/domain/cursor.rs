//! Cursors: opaque to the client, and never trusted. One says where to go on, not what may be seen.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

const LONGEST: usize = 1_024;

pub(crate) fn pack(position: &impl Serialize) -> String {
    // Positions are plain structs of numbers and texts: writing one cannot fail.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(position).unwrap_or_default())
}

/// None for a malformed cursor.
pub(crate) fn unpack<T: DeserializeOwned>(cursor: &str) -> Option<T> {
    if cursor.len() > LONGEST {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}

/// Where a list goes on: the `nextCursor` of the page before; none for the first page.
pub(crate) fn after<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>> {
    let unknown = || Error::bad_request("cursor: pass the nextCursor of the page before, or none");
    cursor.map(|cursor| unpack(cursor).ok_or_else(unknown)).transpose()
}
