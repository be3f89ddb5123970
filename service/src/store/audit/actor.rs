//! Who acted, as the log keeps it.

use tenantry_model::tenancy::UserKey;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditActor {
    User(UserKey),
    /// Whoever runs the service.
    Operator,
    /// The service itself, when something fell due.
    Service,
}

/// What stands for a user's id where the operator acted. It is hashed as any other id is.
pub(super) const OPERATOR: &str = "operator";

impl AuditActor {
    pub(super) fn columns(self) -> (Option<String>, Option<String>) {
        match self {
            Self::User(user) => (Some(user.user_id.to_string()), Some(user.tenant_id.to_string())),
            Self::Operator => (Some(OPERATOR.to_owned()), None),
            Self::Service => (None, None),
        }
    }
}
