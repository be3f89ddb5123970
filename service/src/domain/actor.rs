//! Who acts. Every function that writes is told: it checks what a caller may do, and names who acts in the audit log (A24, A39).

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::permission::Permission;

use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::audit::{AuditActor, NewAudit};

#[derive(Debug, Clone, Copy)]
pub enum Actor<'a> {
    /// A person who signed in. What they may do is checked by whatever writes.
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

    /// A caller must hold this permission at the customer, in every one of these rooms, or over everything where none is named. For any other there
    /// is no such customer.
    pub fn needs(self, permission: Permission, customer: TenantId, rooms: &[RoomId]) -> Result<()> {
        let Self::Caller(caller) = self else { return Ok(()) };
        let rights = caller.rights_with(customer, permission)?;
        // Over everything is over everything that is delegated: a room that is named must be (R41).
        let may = if rooms.is_empty() {
            rights.allow_everywhere(permission)
        } else {
            rooms.iter().all(|room| rights.allow(permission, *room).is_some())
        };
        if may { Ok(()) } else { Err(Error::not_found()) }
    }

    /// No caller may: it is the operator's alone.
    pub fn needs_operator(self) -> Result<()> {
        if matches!(self, Self::Caller(_)) { Err(Error::not_found()) } else { Ok(()) }
    }

    /// A caller must administer this customer (R19, R54, A31); for any other there is no such customer.
    pub fn needs_administrator(self, customer: TenantId) -> Result<()> {
        let Self::Caller(caller) = self else { return Ok(()) };
        if caller.administered_customer()? == customer { Ok(()) } else { Err(Error::not_found()) }
    }

    /// The caller, who is the author of what they write, whoever else is named; none for others, who write for somebody.
    pub fn author(self) -> Option<PrincipalId> {
        if let Self::Caller(caller) = self { Some(caller.user.user_id) } else { None }
    }

    /// What is refused for its absence: to a caller it is not found, whoever else acts has made a mistake.
    pub fn missing(self, detail: impl Into<String>) -> Error {
        if matches!(self, Self::Caller(_)) { Error::not_found() } else { Error::bad_request(detail) }
    }
}
