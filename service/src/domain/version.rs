//! The version of what is changed: raised with every change, and named by a caller who changes it.

use crate::error::{Error, Result};

/// 412 where it is not the version that was read; the operator reads none.
pub(crate) fn check_version(is: u64, named: Option<u64>) -> Result<()> {
    if named.is_none_or(|named| named == is) { Ok(()) } else { Err(Error::stale()) }
}
