//! Whom an invitation to a domain would go to.

use tenantry_model::id::TenantId;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::Tenant;
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::store::invitations::{self, StoredInvitation};
use crate::store::tenants::{self, of_domain};
use crate::store::{Conn, relationships};

/// The partner that a customer may invite by its domain, and the expired invitation that would make place (A2, A3, A4).
pub async fn find(conn: &mut Conn, customer: TenantId, domain: &DomainName, now: Timestamp) -> Result<(Tenant, Option<StoredInvitation>)> {
    let refused = |code, why: String| Error::field(code, "#/domain", why);
    let unknown = || refused(FieldCode::DomainUnknown, format!("no organisation here holds {domain}"));
    let holder = of_domain(conn, domain).await?.ok_or_else(unknown)?;
    let partner = tenants::find(conn, holder).await?.ok_or_else(unknown)?.tenant;
    if partner.id == customer {
        return Err(refused(FieldCode::DomainOwn, format!("{domain} is your own")));
    }
    if !partner.is_partner {
        return Err(refused(FieldCode::DomainNotOnboarded, format!("the organisation with {domain} is not onboarded as a partner")));
    }
    let before = invitations::between(conn, customer, partner.id).await?;
    if before.as_ref().is_some_and(|before| !before.is_expired(now)) {
        let why = format!("{} has an invitation already: withdraw it first to send another one", partner.display_name);
        return Err(refused(FieldCode::DomainInvited, why));
    }
    if relationships::active(conn, partner.id, customer).await?.is_some() {
        return Err(refused(FieldCode::DomainPartner, format!("{} works for you already", partner.display_name)));
    }
    Ok((partner, before))
}
