//! Who acts. Every function that writes is told, and says so in its record of the audit log (A24, A39).

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use crate::domain::caller::Caller;
use crate::store::audit::{AuditActor, NewAudit};

#[derive(Debug, Clone, Copy)]
pub enum Actor<'a> {
    /// A person who signed in. What they may do is checked before anything is written.
    Caller(&'a Caller),
    /// Whoever runs the service: `tenantry-service apply`, and the control of the demo. May do everything.
    Operator,
    /// The service itself, when something falls due.
    Service,
}

impl Actor<'_> {
    /// A record of what they do, without details yet. `name` is the name that the thing has, or had.
    pub fn record(self, tenant: TenantId, category: AuditCategory, operation: AuditOperation, name: impl Into<String>) -> NewAudit {
        let actor = match self {
            Self::Caller(caller) => AuditActor::User(caller.user),
            Self::Operator => AuditActor::Operator,
            Self::Service => AuditActor::Service,
        };
        NewAudit::new(actor, tenant, category, operation, name)
    }
}
