//! Who answers invitations beside the administrators (W1, R11–R16).

mod page;

pub use page::TenantManagers;
