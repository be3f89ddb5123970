//! The one error of the service: what the caller is told, or what the log is told.

use tenantry_model::problem::{FieldCode, FieldError, ProblemKind};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is told this, word for word. Never put an internal cause or another's data into `detail`.
    #[error("{}: {}", .kind.as_str(), .detail.as_deref().unwrap_or(.kind.title()))]
    Refused {
        /// What the caller will do about it.
        kind: ProblemKind,
        /// What to do about this occurrence.
        detail: Option<String>,
        /// When to come back, with [`ProblemKind::TooManyRequests`] and [`ProblemKind::Unavailable`].
        retry_after_s: Option<u64>,
        errors: Vec<FieldError>,
    },
    /// The database failed. Logged; the caller learns the request id.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A row holds what no row may hold.
    #[error("table {table}, column {column}, row {id}: {reason}")]
    BadRow { table: &'static str, column: &'static str, id: String, reason: String },
    /// The database was written by a newer version.
    #[error(
        "the database has schema {found}, this version knows up to {known}: start the newer version, or restore a backup made before it"
    )]
    SchemaTooNew { found: i64, known: i64 },
    /// A setting that cannot work; the text says what to do.
    #[error("{0}")]
    Config(String),
    /// Anything else that is not the caller's fault.
    #[error("{0}")]
    Internal(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violated {
    Unique,
    /// It names something that is not there.
    Reference,
}

impl Error {
    /// A refusal of this kind, in the words of its title alone.
    pub const fn refused(kind: ProblemKind) -> Self {
        Self::Refused { kind, detail: None, retry_after_s: None, errors: vec![] }
    }

    /// A refusal of this kind that says what to do.
    pub fn refused_because(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self::Refused { kind, detail: Some(detail.into()), retry_after_s: None, errors: vec![] }
    }

    /// A refusal for now: come back then.
    pub fn later(kind: ProblemKind, detail: impl Into<String>, retry_after_s: u64) -> Self {
        Self::Refused { kind, detail: Some(detail.into()), retry_after_s: Some(retry_after_s), errors: vec![] }
    }

    /// A member of the request's body, such as `#/domain`, cannot be taken.
    pub fn field(code: FieldCode, pointer: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let name = pointer.trim_start_matches("#").trim_start_matches('/').replace('/', ".");
        let told = if name.is_empty() { detail.clone() } else { format!("{name}: {detail}") };
        let errors = vec![FieldError::new(code, pointer, detail)];
        Self::Refused { kind: code.kind(), detail: Some(told), retry_after_s: None, errors }
    }

    /// It does not exist, or not for this caller: the two are told apart by nothing.
    pub const fn not_found() -> Self {
        Self::refused(ProblemKind::NotFound)
    }

    /// The request has not the form that it must have.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::refused_because(ProblemKind::BadRequest, detail)
    }

    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::refused_because(ProblemKind::Conflict, detail)
    }

    pub fn stale() -> Self {
        Self::refused_because(ProblemKind::PreconditionFailed, "Read it again, and decide on what it says now.")
    }

    pub fn bad_row(table: &'static str, column: &'static str, id: impl ToString, reason: impl ToString) -> Self {
        Self::BadRow { table, column, id: id.to_string(), reason: reason.to_string() }
    }

    /// Which rule of the schema the database refused to break, where it was one of those that a caller can do something about.
    pub fn violated(&self) -> Option<Violated> {
        let Self::Database(sqlx::Error::Database(cause)) = self else { return None };
        if cause.is_unique_violation() { Some(Violated::Unique) } else { cause.is_foreign_key_violation().then_some(Violated::Reference) }
    }

    /// What the caller is told of it.
    pub const fn kind(&self) -> ProblemKind {
        match self {
            Self::Refused { kind, .. } => *kind,
            Self::Database(sqlx::Error::PoolTimedOut) => ProblemKind::Unavailable,
            _ => ProblemKind::Internal,
        }
    }
}
