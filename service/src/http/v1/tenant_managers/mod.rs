//! Tenant managers of the caller's own organisation (R11–R15).

pub(super) mod add;
pub(super) mod list;
pub(super) mod remove;

use tenantry_model::tenancy::PortalRole;

use crate::domain::portal_roles::list_name;

/// How a log names the list.
const NAME: &str = list_name(PortalRole::TenantManager);
const NOT_FOUND: &str = "There are none for the caller: they do not administer a partner";
