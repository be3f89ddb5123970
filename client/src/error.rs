//! The one error of this crate, with variants chosen by what the caller will do.

use std::io::ErrorKind;
use std::time::Duration;

use tenantry_model::ipc::RefusalDetails;
use tenantry_model::problem::{FieldCode, FieldError, Problem, ProblemKind};
use tenantry_model::time::Timestamp;

use crate::db::{DbError, disk_fault};
use crate::keychain::KeychainError;

/// Why something failed. No message holds a token, a code, or a customer's text.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No way to the other side, or the way broke: try again later.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// What answers is no Tenantry service, or one of another version: correct the address.
    #[error("this is no Tenantry service of a version that this app knows: {0}")]
    NotAService(String),
    /// The service answered with a problem.
    #[error("the service answered {status}{}", detail.as_deref().map(|detail| format!(": {detail}")).unwrap_or_default())]
    Service {
        /// Its kind; none for one that this version does not know.
        kind: Option<ProblemKind>,
        status: u16,
        /// What the service says to do about it.
        detail: Option<String>,
        /// Which members of the request it is about.
        fields: Vec<FieldError>,
        /// How long the service asks to wait.
        retry_after: Option<Duration>,
    },
    /// Something between here and the service answered in its place: nothing that it says is about the service, or about access.
    #[error("something between this device and the service answered {status} in its place")]
    Intercepted {
        /// The HTTP status of that answer.
        status: u16,
    },
    /// An answer ended before its last line: nothing of it counts.
    #[error("the answer was cut off before its end")]
    Cut,
    /// The refresh token no longer holds: sign in again.
    #[error("the sign-in no longer holds: sign in again")]
    SignInExpired,
    /// The provider refused the sign-in, and said why.
    #[error("the provider answered {0}")]
    ProviderRefused(Box<RefusalDetails>),
    /// The sign-in was refused here, or by the service.
    #[error("the sign-in was refused: {0}")]
    Refused(String),
    /// The provider's token is not of the present that this machine's clock shows.
    #[error("this device's clock says {here}, and the provider's token holds from {from} to {until}")]
    WrongClock { here: Timestamp, from: Timestamp, until: Timestamp },
    /// The user gave the sign-in up.
    #[error("the sign-in was given up")]
    Cancelled,
    /// The sign-in was not finished in time.
    #[error("the sign-in was not finished within five minutes")]
    TimedOut,
    /// No browser could be opened.
    #[error("no browser could be opened: {0}")]
    NoBrowser(String),
    /// What was asked does not have the form it must have.
    #[error("{0}")]
    Invalid(String),
    /// It was first tried to be sent before the service's memory of what it has done begins.
    #[error("it was first tried to be sent more than 30 days ago, and may have arrived: look before you send it again")]
    MayBeDone,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// It is not in the cache.
    #[error("it does not exist, or may not be seen")]
    NotFound,
    /// The customer's terms for offline reading have run out (A28).
    #[error("the customer's terms for offline reading have run out: connect to the service first")]
    Locked,
    /// The keychain gives no key.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// A database file cannot be used as it is.
    #[error("the cache file cannot be used: {0}")]
    FileUnusable(String),
    /// A database failed at something that should have worked.
    #[error("the cache failed: {0}")]
    Database(#[from] DbError),
    /// A row of the cache does not hold what was written into it.
    #[error("the cache holds a row of {0} that cannot be read")]
    BadRow(&'static str),
    /// The cache is closed: the user signed out, or the app is going down.
    #[error("the cache is closed")]
    Closed,
    /// The folder that the user's own files go to does not take one.
    #[error("nothing can be saved in {}: {cause}", folder.display())]
    Downloads { folder: std::path::PathBuf, cause: std::io::Error },
    /// So much waits on this device that it takes no more files.
    #[error("so many files wait on this device that it takes no more: wait until some were sent, or discard some")]
    WaitingFull,
    /// A file that was chosen can be no attachment.
    #[error("the file can be no attachment: {}", .0.as_str())]
    NoAttachment(FieldCode),
    /// A file that was chosen is no file, is gone, or may not be read.
    #[error("the file cannot be read: {0}")]
    FileUnreadable(std::io::Error),
    /// Nothing more came of it for so long that it was given up.
    #[error("copying the file stood still for five minutes: it was given up")]
    FileStalled,
    /// It is not as long as it was when it was chosen.
    #[error("the file changed while it was read")]
    FileChanged,
    /// What arrived of an attachment is not what was added.
    #[error("what arrived of the file is not what was added to the incident")]
    FileDamaged,
    /// A file could not be read or written.
    #[error("a file could not be read or written: {0}")]
    Io(#[from] std::io::Error),
}

/// What is wrong with this machine's own storage, by what somebody can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiskFault {
    Full,
    ReadOnly,
    Locked,
    Failed,
}

impl Error {
    /// Whether it is this machine's storage that failed, and not the service, the provider or the app.
    pub(crate) fn disk_fault(&self) -> Option<DiskFault> {
        match self {
            Self::Database(error) => disk_fault(error),
            Self::Io(error) | Self::Downloads { cause: error, .. } => file_fault(error),
            _ => None,
        }
    }

    /// From a problem that the service answered with.
    pub(crate) fn service(status: u16, problem: Option<Problem>, retry_after: Option<Duration>) -> Self {
        let kind = problem.as_ref().and_then(Problem::kind);
        let (detail, fields) = problem.map(|problem| (problem.detail, problem.errors)).unwrap_or_default();
        Self::Service { kind, status, detail, fields, retry_after }
    }

    /// From an answer that cannot be read.
    pub(crate) fn another_form(error: &serde_json::Error) -> Self {
        // Where it went wrong, and not what stood there: that is customers' data.
        Self::NotAService(format!("an answer has another form than expected (line {}, column {})", error.line(), error.column()))
    }

    /// Whether the service answered with this kind of problem.
    pub(crate) fn is(&self, wanted: ProblemKind) -> bool {
        matches!(self, Self::Service { kind: Some(kind), .. } if *kind == wanted)
    }

    /// Whether the service itself says that the access token does not hold.
    pub(crate) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Service { status: 401, .. })
    }
}

fn file_fault(error: &std::io::Error) -> Option<DiskFault> {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(DiskFault::Full),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Some(DiskFault::ReadOnly),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Some(DiskFault::Locked),
        // Windows: a sharing or a lock violation, which have no kind.
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Some(DiskFault::Locked),
        // EIO on the one; a checksum or a device that fails on the other. They have no kind either.
        _ if cfg!(unix) && error.raw_os_error() == Some(5) => Some(DiskFault::Failed),
        _ if cfg!(windows) && matches!(error.raw_os_error(), Some(23 | 1117)) => Some(DiskFault::Failed),
        _ => None,
    }
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        // The address may hold a cursor or a code; and the cause is what helps.
        let error = error.without_url();
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            text = format!("{text}: {inner}");
            cause = inner.source();
        }
        Self::Unreachable(text)
    }
}
