//! Who can sign in to the demo. Their ids are the same in every demo, so that links and tests may name them.

use std::future::Future;
use std::pin::Pin;

use tenantry_model::id::{PrincipalId, TenantId};
use uuid::Uuid;

use super::directory::{FeaturedPerson, People, Person};
use crate::error::Result;
use crate::store::Store;
use crate::store::people::{self, Principal};
use crate::store::tenants;

/// The namespace of ids that are the same in every demo: each is derived from a name.
const NAMESPACE: Uuid = Uuid::from_u128(0x7e4a_47b1_0c5d_5e2f_9b3a_1d6c_8f20_a941);

/// One of the fixed organisations.
pub(super) fn tenant_id(slug: &str) -> TenantId {
    TenantId::from_uuid(Uuid::new_v5(&NAMESPACE, format!("tenant/{slug}").as_bytes()))
}

/// One of the fixed people or groups.
pub(super) fn principal_id(slug: &str) -> PrincipalId {
    PrincipalId::from_uuid(Uuid::new_v5(&NAMESPACE, format!("principal/{slug}").as_bytes()))
}

/// The partner that nearly everybody works for.
pub(super) const PARTNER: &str = "nordlicht";
/// Another partner, with a few of the same customers.
pub(super) const OTHER_PARTNER: &str = "suedwind";
/// The customer with the most rooms.
pub(super) const LARGEST_CUSTOMER: &str = "customer-0";
/// A customer that has no partner yet, and has invited none.
pub(super) const NEW_CUSTOMER: &str = "customer-new";

/// Who may sign in, in the order of the page: short name, name, what they may do.
pub(super) const FEATURED: [(&str, &str, &str); 8] = [
    (
        "technician",
        "Lena Brandt",
        "Technician at Nordlicht. Reads and answers incidents, at some customers everywhere, at others in some rooms only. Sees no rooms.",
    ),
    (
        "primary-admin",
        "Jonas Petersen",
        "Primary admin of every customer of Nordlicht: rooms, incidents, reports and roles in all delegated rooms.",
    ),
    (
        "tenant-manager",
        "Miriam Vogt",
        "Tenant manager at Nordlicht. Sees invitations and which tenants are customers, and nothing inside them.",
    ),
    (
        "global-admin",
        "Henrik Sørensen",
        "Global Administrator of Nordlicht's directory. Sees the same as a tenant manager, and appoints those.",
    ),
    ("nobody", "Paul Niemand", "Works at Nordlicht and holds no role at all."),
    (
        "customer-admin",
        "Dr. Katharina Weiß",
        "Managed Service Administrator of the largest customer: sees all of its own rooms and incidents, its partners, what they ask for, and the log.",
    ),
    (
        "new-customer-admin",
        "Sabine Köhler",
        "Managed Service Administrator of a customer that has no partner yet: invites one, for example nordlicht.example.",
    ),
    ("other-partner", "Amélie Fournier", "Primary admin at Südwind, another partner, which a few of the same customers gave other rooms."),
];

/// The one who holds the directory role Global Administrator.
pub(super) const GLOBAL_ADMINISTRATOR: &str = "global-admin";

pub(super) fn featured() -> Vec<FeaturedPerson> {
    FEATURED.iter().map(|(slug, _, may)| FeaturedPerson { slug, may, id: principal_id(slug) }).collect()
}

/// Everybody in the database may sign in.
pub(super) struct StoredPeople(pub(super) Store);

impl People for StoredPeople {
    fn find(&self, id: PrincipalId) -> Pin<Box<dyn Future<Output = Result<Option<Person>>> + Send + '_>> {
        Box::pin(async move {
            let mut read = self.0.read().await?;
            let Some(Principal { id, tenant, display_name, upn, .. }) = user(read.conn(), id).await? else { return Ok(None) };
            let organisation = tenants::find(read.conn(), tenant).await?.map(|known| known.tenant.display_name).unwrap_or_default();
            // Whoever has no sign-in name of their own is told apart by their id.
            let upn = upn.unwrap_or_else(|| format!("{id}@demo.example"));
            Ok(Some(Person { id, tenant, name: display_name, upn, organisation }))
        })
    }
}

async fn user(conn: &mut crate::store::Conn, id: PrincipalId) -> Result<Option<Principal>> {
    let found = people::find(conn, id).await?;
    Ok(found.filter(|principal| principal.kind == tenantry_model::tenancy::PrincipalKind::User))
}
