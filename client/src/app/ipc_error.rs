//! Errors as the window gets them: by what the user can do.

use tenantry_model::ipc::{IpcError, IpcErrorKind};
use tenantry_model::problem::{FieldError, ProblemKind};

use crate::error::{DiskFault, Error};

impl From<Error> for IpcError {
    fn from(error: Error) -> Self {
        let fault = error.disk_fault().map(on_disk);
        // The user knows that folder, and can do something about it; the app's own is another one.
        let fault = match (&error, fault) {
            (Error::Downloads { .. }, None | Some(IpcErrorKind::DiskReadOnly)) => Some(IpcErrorKind::DownloadsUnusable),
            (_, fault) => fault,
        };
        let kind = fault.unwrap_or(match &error {
            Error::Invalid(_) | Error::NoAttachment(_) => IpcErrorKind::Invalid,
            Error::SignedOut | Error::Closed | Error::SignInExpired => IpcErrorKind::SignedOut,
            Error::NotFound => IpcErrorKind::NotFound,
            Error::MayBeDone => IpcErrorKind::MayBeDone,
            Error::Locked => IpcErrorKind::Locked,
            Error::Unreachable(_) | Error::Intercepted { .. } | Error::Cut => IpcErrorKind::Offline,
            Error::NotAService(_) => IpcErrorKind::NotAService,
            Error::FileDamaged => IpcErrorKind::FileDamaged,
            Error::FileUnreadable(_) => IpcErrorKind::FileUnreadable,
            Error::FileStalled => IpcErrorKind::FileStalled,
            Error::FileChanged => IpcErrorKind::FileChanged,
            Error::WaitingFull => IpcErrorKind::WaitingFull,
            Error::Cancelled => IpcErrorKind::Cancelled,
            Error::TimedOut => IpcErrorKind::TimedOut,
            Error::ProviderRefused(details) if details.error == "access_denied" => IpcErrorKind::Denied,
            Error::ProviderRefused(_) | Error::Refused(_) => IpcErrorKind::Refused,
            Error::WrongClock { .. } => IpcErrorKind::WrongClock,
            Error::NoBrowser(_) => IpcErrorKind::NoBrowser,
            Error::Service { kind: Some(ProblemKind::TenantRefused), .. } => IpcErrorKind::Refused,
            Error::Service { status: 400, .. } => IpcErrorKind::Invalid,
            Error::Service { status: 404, .. } => IpcErrorKind::NotFound,
            Error::Service { status: 409, .. } => IpcErrorKind::Conflict,
            Error::Service { status: 412, .. } => IpcErrorKind::Stale,
            Error::Service { status: 401..=428 | 430..=499, .. } => IpcErrorKind::Refused,
            Error::Service { .. } => IpcErrorKind::Offline,
            Error::Keychain(_)
            | Error::FileUnusable(_)
            | Error::Database(_)
            | Error::BadRow(_)
            | Error::Io(_)
            | Error::Downloads { .. } => IpcErrorKind::Internal,
        });
        let retryable = fault.is_some()
            || matches!(kind, IpcErrorKind::Offline | IpcErrorKind::TimedOut | IpcErrorKind::Cancelled | IpcErrorKind::NoBrowser);
        if kind == IpcErrorKind::Internal || fault.is_some() {
            tracing::error!(%error, "a command failed");
        }
        let details = match &error {
            Error::ProviderRefused(details) => Some(details.clone()),
            _ => None,
        };
        let (message, fields) = match error {
            // What the service says to do about it, and nothing around it.
            Error::Service { detail: Some(detail), fields, .. } if says_what_to_do(kind) => (detail, fields),
            Error::NoAttachment(code) => (error.to_string(), vec![FieldError::new(code, "#/fileName", code.as_str())]),
            error => (error.to_string(), vec![]),
        };
        IpcError { kind, message, retryable, fields, details }
    }
}

fn on_disk(fault: DiskFault) -> IpcErrorKind {
    match fault {
        DiskFault::Full => IpcErrorKind::DiskFull,
        DiskFault::ReadOnly => IpcErrorKind::DiskReadOnly,
        DiskFault::Locked => IpcErrorKind::FileLocked,
        DiskFault::Failed => IpcErrorKind::DiskFailed,
    }
}

fn says_what_to_do(kind: IpcErrorKind) -> bool {
    matches!(kind, IpcErrorKind::Invalid | IpcErrorKind::NotFound | IpcErrorKind::Conflict | IpcErrorKind::Stale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;
    use std::path::PathBuf;

    #[test]
    fn fault_12_a_fault_of_this_machines_disk_is_told_as_one_and_may_be_tried_again() {
        for (kind, told) in [
            (ErrorKind::StorageFull, IpcErrorKind::DiskFull),
            (ErrorKind::PermissionDenied, IpcErrorKind::DiskReadOnly),
            (ErrorKind::ResourceBusy, IpcErrorKind::FileLocked),
        ] {
            let error = IpcError::from(Error::Io(kind.into()));
            assert_eq!((error.kind, error.retryable), (told, true));
        }
        for (kind, told) in [
            (ErrorKind::PermissionDenied, IpcErrorKind::DownloadsUnusable),
            (ErrorKind::NotADirectory, IpcErrorKind::DownloadsUnusable),
            (ErrorKind::StorageFull, IpcErrorKind::DiskFull),
        ] {
            let error = IpcError::from(Error::Downloads { folder: PathBuf::from("/home/quirin/Downloads"), cause: kind.into() });
            assert_eq!((error.kind, error.retryable), (told, true));
            assert!(error.message.contains("/home/quirin/Downloads"), "{}", error.message);
        }
        assert_eq!(IpcError::from(Error::BadRow("meta")).kind, IpcErrorKind::Internal);
    }
}
