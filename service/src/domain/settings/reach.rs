//! Who may change what concerns a customer as a whole.

use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};

/// The customer's own users who hold the permission over everything. A partner's are told that it is not theirs, whatever its ceiling says (A9): no delegation
/// covers what reaches rooms that are not delegated, and no event of change control stands for it (A18).
///
/// # Errors
/// `NotFound` for whoever holds the permission nowhere at the customer.
pub(in crate::domain) fn whole_customer(actor: Actor<'_>, permission: Permission, customer: TenantId) -> Result<()> {
    let Actor::Caller(caller) = actor else { return Ok(()) };
    caller.rights_with(customer, permission)?;
    if may(caller, permission, customer) {
        return Ok(());
    }
    let why = format!("It concerns the customer as a whole: it needs {permission} over all of its rooms, as a user of the customer's own.");
    Err(Error::field(FieldCode::SettingsBeyondReach, "#", why))
}

/// Whether [`whole_customer`] lets them.
pub(super) fn may(caller: &Caller, permission: Permission, customer: TenantId) -> bool {
    caller.side_at(customer).is_none() && caller.access.at(customer).is_some_and(|rights| rights.allow_everywhere(permission))
}
