//! The version of what is changed: raised with every change, and named by whoever changes it.

use crate::error::{Error, Result};

/// 412 where it is not the version that was read.
pub(crate) fn check_version(is: u64, named: u64) -> Result<()> {
    if is == named { Ok(()) } else { Err(Error::stale()) }
}
