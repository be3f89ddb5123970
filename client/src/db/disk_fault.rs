//! Faults of the disk beneath a database, told apart from those of the database.

use rusqlite::{Error, ErrorCode};

use crate::error::DiskFault;

/// Whether a database failed because of what it lies on.
pub(crate) fn disk_fault(error: &Error) -> Option<DiskFault> {
    let failure = error.sqlite_error()?;
    // Memory that is shared through a file: it cannot be had where that cannot grow.
    if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE {
        return Some(DiskFault::Full);
    }
    match failure.code {
        ErrorCode::DiskFull => Some(DiskFault::Full),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Some(DiskFault::ReadOnly),
        // There is one connection to a file: whoever else holds it is another program.
        ErrorCode::DatabaseBusy | ErrorCode::FileLockingProtocolFailed => Some(DiskFault::Locked),
        ErrorCode::SystemIoFailure => Some(DiskFault::Failed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_12_each_code_of_the_engine_is_called_what_it_is() {
        for (code, fault) in [
            (rusqlite::ffi::SQLITE_FULL, Some(DiskFault::Full)),
            (rusqlite::ffi::SQLITE_READONLY_DIRECTORY, Some(DiskFault::ReadOnly)),
            (rusqlite::ffi::SQLITE_CANTOPEN, Some(DiskFault::ReadOnly)),
            (rusqlite::ffi::SQLITE_BUSY, Some(DiskFault::Locked)),
            (rusqlite::ffi::SQLITE_IOERR_SHMSIZE, Some(DiskFault::Full)),
            (rusqlite::ffi::SQLITE_IOERR_WRITE, Some(DiskFault::Failed)),
            (rusqlite::ffi::SQLITE_CORRUPT, None),
            (rusqlite::ffi::SQLITE_CONSTRAINT, None),
        ] {
            let error = Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            assert_eq!(disk_fault(&error), fault, "{code}");
        }
    }
}
