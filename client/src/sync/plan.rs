//! Decisions, without I/O: what follows from a failure, and how long to wait before the next try.

use std::time::Duration;

use tenantry_model::ipc::{AccessEndedReason, OfflineReason};
use tenantry_model::problem::ProblemKind;

use crate::error::{DiskFault, Error};

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(5 * 60);
/// A service that asks for more than this is not taken at its word.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);

/// What to do after a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// The cursor is not known any more: ask without one, at once.
    StartAnew,
    /// Stop: no further try can succeed before somebody does something.
    End(AccessEndedReason),
    /// Try again later.
    Wait(OfflineReason, Option<Duration>),
}

/// What follows from a failed call. `with_cursor`: whether the call sent one.
pub(super) fn after(error: &Error, with_cursor: bool) -> Next {
    if let Some(fault) = error.disk_fault() {
        return Next::Wait(on_disk(fault), None);
    }
    match error {
        Error::SignInExpired => Next::End(AccessEndedReason::SignInExpired),
        error if error.is(ProblemKind::TenantRefused) => Next::End(AccessEndedReason::TenantRefused),
        // Without a cursor this would be asked for ever.
        error if error.is(ProblemKind::CursorUnknown) && with_cursor => Next::StartAnew,
        Error::Service { status: 429, retry_after, .. } => Next::Wait(OfflineReason::TooManyRequests, *retry_after),
        Error::Service { retry_after, .. } => Next::Wait(OfflineReason::ServiceError, *retry_after),
        // What is no service in place of one that is known is something on the way to it.
        Error::Intercepted { .. } | Error::NotAService(_) => Next::Wait(OfflineReason::Intercepted, None),
        Error::Unreachable(_) | Error::Cut => Next::Wait(OfflineReason::Unreachable, None),
        _ => Next::Wait(OfflineReason::ServiceError, None),
    }
}

fn on_disk(fault: DiskFault) -> OfflineReason {
    match fault {
        DiskFault::Full => OfflineReason::DiskFull,
        DiskFault::ReadOnly => OfflineReason::DiskReadOnly,
        DiskFault::Locked => OfflineReason::FileLocked,
        DiskFault::Failed => OfflineReason::DiskFailed,
    }
}

/// How long to wait before try number `failures + 1`: doubling from 1 s to 5 min, less up to half of it by chance, so that a thousand apps
/// do not come back in the same second. Never less than what the service asked for.
pub(super) fn wait(failures: u32, asked: Option<Duration>, chance: u32) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_WAIT);
    let jittered = longest - longest.mul_f64(0.5 * f64::from(chance) / f64::from(u32::MAX));
    jittered.max(asked.unwrap_or_default().min(LONGEST_ASKED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tenantry_model::problem::Problem;

    fn problem(kind: ProblemKind, retry_after: Option<u64>) -> Error {
        Error::service(kind.status(), Some(Problem::new(kind, None, None)), retry_after.map(Duration::from_secs))
    }

    #[test]
    fn fault_12_a_fault_of_this_machines_disk_is_called_what_it_is() {
        use std::io::{Error as IoError, ErrorKind};
        for (kind, reason) in [
            (ErrorKind::StorageFull, OfflineReason::DiskFull),
            (ErrorKind::QuotaExceeded, OfflineReason::DiskFull),
            (ErrorKind::ReadOnlyFilesystem, OfflineReason::DiskReadOnly),
            (ErrorKind::PermissionDenied, OfflineReason::DiskReadOnly),
            (ErrorKind::ResourceBusy, OfflineReason::FileLocked),
            (ErrorKind::AddrInUse, OfflineReason::ServiceError),
        ] {
            assert_eq!(after(&Error::Io(IoError::from(kind)), true), Next::Wait(reason, None), "{kind}");
        }
    }

    #[test]
    fn each_failure_has_one_consequence() {
        use OfflineReason::*;
        assert_eq!(after(&Error::SignInExpired, true), Next::End(AccessEndedReason::SignInExpired));
        assert_eq!(after(&problem(ProblemKind::TenantRefused, None), true), Next::End(AccessEndedReason::TenantRefused));
        assert_eq!(after(&problem(ProblemKind::CursorUnknown, None), true), Next::StartAnew);
        assert_eq!(after(&problem(ProblemKind::CursorUnknown, None), false), Next::Wait(ServiceError, None));
        assert_eq!(after(&problem(ProblemKind::TooManyRequests, Some(7)), true), Next::Wait(TooManyRequests, Some(Duration::from_secs(7))));
        assert_eq!(after(&problem(ProblemKind::Internal, None), true), Next::Wait(ServiceError, None));
        assert_eq!(after(&Error::Cut, true), Next::Wait(Unreachable, None));
        // A refusal that is not the service's own ends nothing, whatever its status.
        assert_eq!(after(&Error::service(503, None, None), true), Next::Wait(ServiceError, None));
        for status in [302, 401, 403, 410] {
            assert_eq!(after(&Error::Intercepted { status }, true), Next::Wait(Intercepted, None));
        }
    }

    proptest! {
        #[test]
        fn a_wait_lies_between_half_and_all_of_its_step(failures in 1u32..40, chance: u32) {
            let step = Duration::from_secs(1u64 << (failures - 1).min(16)).min(LONGEST_WAIT);
            let wait = wait(failures, None, chance);
            prop_assert!(wait <= step && wait >= step / 2, "{wait:?} of {step:?}");
        }

        #[test]
        fn the_service_is_never_asked_earlier_than_it_said(failures in 0u32..10, chance: u32, asked in 0u64..3600) {
            prop_assert!(wait(failures, Some(Duration::from_secs(asked)), chance) >= Duration::from_secs(asked));
        }
    }
}
