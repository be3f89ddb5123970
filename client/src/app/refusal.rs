//! Errors as the window gets them: by what the user can do.

use tenantry_model::ipc::{IpcError, IpcErrorKind};
use tenantry_model::problem::ProblemKind;

use crate::error::Error;

impl From<Error> for IpcError {
    fn from(error: Error) -> Self {
        let kind = match &error {
            Error::Invalid(_) => IpcErrorKind::Invalid,
            Error::SignedOut | Error::Closed | Error::SignInExpired => IpcErrorKind::SignedOut,
            Error::NotFound => IpcErrorKind::NotFound,
            Error::Locked => IpcErrorKind::Locked,
            Error::Unreachable(_) | Error::Cut => IpcErrorKind::Offline,
            Error::NotAService(_) => IpcErrorKind::NotAService,
            Error::Cancelled => IpcErrorKind::Cancelled,
            Error::TimedOut => IpcErrorKind::TimedOut,
            Error::Refused(_) => IpcErrorKind::Refused,
            Error::NoBrowser(_) => IpcErrorKind::NoBrowser,
            Error::Service { kind: Some(ProblemKind::NotFound), .. } => IpcErrorKind::NotFound,
            Error::Service { kind: Some(ProblemKind::BadRequest), .. } => IpcErrorKind::Invalid,
            Error::Service { kind: Some(ProblemKind::Conflict), .. } => IpcErrorKind::Conflict,
            Error::Service { kind: Some(ProblemKind::PreconditionFailed), .. } => IpcErrorKind::Stale,
            Error::Service { kind: Some(ProblemKind::TenantRefused), .. } | Error::Service { status: 400..=428 | 430..=499, .. } => {
                IpcErrorKind::Refused
            }
            Error::Service { .. } => IpcErrorKind::Offline,
            Error::Keychain(_) | Error::CacheUnusable(_) | Error::Cache(_) | Error::BadRow(_) | Error::Io(_) => IpcErrorKind::Internal,
        };
        let retryable = matches!(kind, IpcErrorKind::Offline | IpcErrorKind::TimedOut | IpcErrorKind::Cancelled | IpcErrorKind::NoBrowser);
        if kind == IpcErrorKind::Internal {
            tracing::error!(%error, "a command failed");
        }
        // What the service says of a conflict is for the person who made it.
        let message = match error {
            Error::Service { kind: Some(ProblemKind::BadRequest | ProblemKind::Conflict), detail: Some(detail), .. } => detail,
            error => error.to_string(),
        };
        IpcError { kind, message, retryable }
    }
}
