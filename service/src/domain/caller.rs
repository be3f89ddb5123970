//! The caller of a request, as the tables have them in the transaction that answers.

use std::sync::Arc;

use tenantry_model::access::Rights;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::{ActingAs, PortalRole, Tenant, UserKey};

use crate::domain::rights::Access;
use crate::error::{Error, Result};

#[derive(Debug, Clone)]
pub struct Caller {
    pub user: UserKey,
    /// Their name: the directory data's, or the token's.
    pub display_name: String,
    /// Their organisation, as what they act for it: a partner or a customer, never both (A37).
    pub tenant: Tenant,
    /// As which of the two they act, where it is both.
    pub acting_as: Option<ActingAs>,
    /// Whether their token names them a Global Administrator.
    pub global_admin: bool,
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

    /// Whether they are Global or Managed Service Administrator of an onboarded partner: who appoints tenant managers (R12).
    pub fn administers_partner(&self) -> bool {
        self.tenant.is_partner && self.administers()
    }

    /// Whether they see and answer invitations to their tenant (R27, A1).
    pub fn answers_invitations(&self) -> bool {
        self.access.sees_tenants(&self.tenant)
    }

    /// Whether they administer a customer: their own (R19, R54, A31).
    pub fn administers_customer(&self) -> bool {
        self.tenant.is_customer && self.administers()
    }

    /// The administered customer: for anybody else there is nothing of the kind.
    pub fn administered_customer(&self) -> Result<TenantId> {
        if self.administers_customer() { Ok(self.tenant.id) } else { Err(Error::not_found()) }
    }

    /// Whose roles they see at a customer: their tenant's as its partner, or the customer's own, which is told as none (R44).
    pub fn side_at(&self, customer: TenantId) -> Option<TenantId> {
        (customer != self.tenant.id).then_some(self.tenant.id)
    }

    /// Whether they may see and change the Primary admins of a customer: those who answer invitations, and those who change roles there, over all
    /// that is delegated (A7).
    pub fn may_change_primary_admins(&self, customer: TenantId) -> bool {
        self.answers_invitations() || self.access.at(customer).is_some_and(|rights| rights.allow_everywhere(Permission::RolesModify))
    }

    /// Whether they administer their own organisation (R109).
    pub fn administers(&self) -> bool {
        let administrators = [PortalRole::GlobalAdministrator, PortalRole::ManagedServiceAdministrator];
        self.access.portal_roles.iter().any(|role| administrators.contains(role))
    }
}
