//! Who asks, as the tables had them at the moment of the transaction that answers.

use std::sync::Arc;

use tenantry_model::access::Rights;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::{Tenant, UserKey};

use crate::domain::rights::Access;
use crate::error::{Error, Result};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The pair that identifies them.
    pub user: UserKey,
    /// Their name: the directory data's, or the token's.
    pub display_name: String,
    /// Their own organisation.
    pub tenant: Tenant,
    /// Whether their token names them a Global Administrator.
    pub global_admin: bool,
    /// What they may do, everywhere.
    pub access: Arc<Access>,
}

impl Caller {
    /// Their rights at a customer where they hold this permission on at least one room; for anybody else there is no such customer.
    pub fn rights_with(&self, customer: TenantId, permission: Permission) -> Result<&Rights> {
        self.access.at(customer).filter(|rights| rights.allow_somewhere(permission)).ok_or(Error::not_found())
    }

    /// The customers where they hold this permission on at least one room, by id.
    pub fn customers_with(&self, permission: Permission) -> impl Iterator<Item = (TenantId, &Rights)> {
        self.access.customers.iter().filter(move |(_, rights)| rights.allow_somewhere(permission)).map(|(id, rights)| (*id, rights))
    }
}
