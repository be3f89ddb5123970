//! Who may see what: one user's rights at every customer, compiled from the tables (R57) and cached until the tables change.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quick_cache::Weighter;
use quick_cache::unsync::Cache;
use tenantry_model::access::{Delegation, Grant, Rights, Side, Subject};
use tenantry_model::id::{AssignmentId, RoomGroupId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{PortalRole, RelationshipStatus, Tenant, UserKey};
use uuid::Uuid;

use crate::error::Result;
use crate::store::Conn;
use crate::store::rights::{self, Delegated};
use crate::store::tenants::KnownTenant;

/// The most room ids that all cached rights may hold: 64 MB.
const HEAVIEST: u64 = 4_000_000;
/// How many users the cache expects.
const USERS: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The user and their groups, nested ones included.
    pub subject: Subject,
    pub display_name: Option<String>,
    pub portal_roles: Vec<PortalRole>,
    /// What they may do, at each customer where that is anything at all.
    pub customers: BTreeMap<TenantId, Rights>,
}

impl Access {
    /// The rights at a customer; none where nothing of it exists for the user.
    pub fn at(&self, customer: TenantId) -> Option<&Rights> {
        self.customers.get(&customer)
    }

    /// Whether the user sees invitations and the metadata of all their tenant's customers (R27, R28).
    pub fn sees_tenants(&self, own: &Tenant) -> bool {
        own.is_partner && !self.portal_roles.is_empty()
    }
}

/// Whose rights: the user, whether their token names them a Global Administrator, and whether they act as a partner (A37).
type Key = (UserKey, bool, bool);

#[derive(Debug)]
pub struct AccessCache {
    cached: Mutex<Cache<Key, Cached, RoomIds>>,
}

#[derive(Debug)]
struct Cached {
    /// The tenant's `rights_epoch` when they were compiled.
    epoch: i64,
    weight: u64,
    access: Arc<Access>,
}

/// Weighs an entry by the room ids in it, plus one.
#[derive(Debug, Clone, Copy)]
struct RoomIds;

impl Weighter<Key, Cached> for RoomIds {
    fn weight(&self, _: &Key, cached: &Cached) -> u64 {
        cached.weight
    }
}

impl Default for AccessCache {
    fn default() -> Self {
        Self { cached: Mutex::new(Cache::with_weighter(USERS, HEAVIEST, RoomIds)) }
    }
}

impl AccessCache {
    /// The user's rights as the tables have them in this transaction. `tenant` must have been read in it too: its epoch tells whether
    /// cached rights still hold.
    pub async fn resolve(&self, conn: &mut Conn, tenant: &KnownTenant, user: UserKey, global_admin: bool) -> Result<Arc<Access>> {
        if let Some(access) = self.cached(tenant, user, global_admin) {
            return Ok(access);
        }
        let key = (user, global_admin, tenant.tenant.is_partner);
        let (access, weight) = compile(conn, &tenant.tenant, user, global_admin).await?;
        let access = Arc::new(access);
        let mut cache = self.lock();
        // Two requests may compile for different epochs at the same time: the later epoch stays.
        if cache.peek(&key).is_none_or(|cached| cached.epoch < tenant.rights_epoch) {
            let weight = u64::try_from(weight).unwrap_or(u64::MAX);
            cache.insert(key, Cached { epoch: tenant.rights_epoch, weight, access: access.clone() });
        }
        Ok(access)
    }

    /// The user's rights if they are cached for the `rights_epoch` that `tenant` was read with.
    pub fn cached(&self, tenant: &KnownTenant, user: UserKey, global_admin: bool) -> Option<Arc<Access>> {
        let cache = self.lock();
        cache
            .get(&(user, global_admin, tenant.tenant.is_partner))
            .filter(|cached| cached.epoch == tenant.rights_epoch)
            .map(|cached| cached.access.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Cache<Key, Cached, RoomIds>> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A user's rights as the tables have them in this transaction, where nobody signed in to ask for them.
pub(super) async fn of(conn: &mut Conn, own: &Tenant, user: UserKey, global_admin: bool) -> Result<Access> {
    Ok(compile(conn, own, user, global_admin).await?.0)
}

/// The rights, and how many room ids they hold, plus one.
async fn compile(conn: &mut Conn, own: &Tenant, user: UserKey, global_admin: bool) -> Result<(Access, usize)> {
    let mut weight = 1;
    let known = rights::user(conn, user, own.is_customer).await?;
    let subject = Subject { user: user.user_id, groups: known.groups };
    let mut portal_roles = known.portal_roles;
    if global_admin {
        portal_roles.insert(0, PortalRole::GlobalAdministrator);
    }
    let mut customers: BTreeMap<TenantId, Rights> = BTreeMap::new();
    if known.display_name.is_some() {
        let named = rights::grants(conn, user).await?;
        let partnered: Vec<TenantId> = named.iter().filter(|it| !it.own && own.is_partner).map(|it| it.customer).collect();
        let mut delegated = rights::delegations(conn, own.id, &partnered).await?;
        let scopes = named.iter().flat_map(|it| &it.grants).map(|grant| &grant.scope).chain(delegated.values().map(|it| &it.scope));
        let mut groups: Vec<RoomGroupId> = scopes.flat_map(Scope::groups).copied().collect();
        groups.sort_unstable();
        groups.dedup();
        let groups = rights::rooms_of_groups(conn, &groups).await?;
        for found in named {
            let side = if found.own {
                // The own rooms are the customer's, whom one does not act for as the partner (A37).
                if !own.is_customer {
                    continue;
                }
                Side::Customer
            } else {
                let Some(Delegated { ceiling, scope }) = delegated.remove(&found.customer) else { continue };
                Side::Partner(Delegation { status: RelationshipStatus::Active, scope, ceiling })
            };
            let rooms_of = |group| groups.get(&(found.customer, group)).cloned().unwrap_or_default();
            let resolved = Rights::resolve(&subject, &side, &found.grants, rooms_of);
            weight += resolved.weight();
            if !resolved.is_empty() {
                customers.insert(found.customer, resolved);
            }
        }
    }
    // R55, A31: the Managed Service Administrator of a customer, and its Global Administrator, may do everything over everything there.
    let administers =
        portal_roles.iter().any(|role| matches!(role, PortalRole::ManagedServiceAdministrator | PortalRole::GlobalAdministrator));
    if own.is_customer && administers {
        let all = Grant {
            assignment: AssignmentId::from_uuid(Uuid::nil()),
            permissions: PermissionSet::ALL,
            members: vec![user.user_id],
            scope: Scope::All,
        };
        customers.insert(own.id, Rights::resolve(&subject, &Side::Customer, &[all], |_| vec![]));
    }
    Ok((Access { subject, display_name: known.display_name, portal_roles, customers }, weight))
}
