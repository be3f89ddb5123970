//! Who gains and who loses by a step: what each user may do in which rooms by one role, before and after, over all of its assignments.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tenantry_model::id::{PrincipalId, RoomId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;

use crate::error::Result;
use crate::store::delegations::{self, Delegating};
use crate::store::relationships::Relationship;
use crate::store::{Conn, people, rights};

/// An assignment of the role, as it is or as it would be.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) permissions: PermissionSet,
    pub(super) members: Vec<PrincipalId>,
    pub(super) scope: Scope,
}

/// Where something may be done: in a delegated room; none stands for those that are delegated later, which only a scope of all rooms has.
type Place = Option<RoomId>;

/// One assignment, cut to what the customer handed over.
struct Grant {
    permissions: PermissionSet,
    places: BTreeSet<Place>,
}

/// The grants that a user has, by their places in the two lists.
type Grants = (Vec<usize>, Vec<usize>);

/// The users that gain something by what is held afterwards, and those that lose something; some do both.
pub(super) async fn compare(
    conn: &mut Conn,
    relationship: &Relationship,
    before: &[Held],
    after: &[Held],
) -> Result<(Vec<PrincipalId>, Vec<PrincipalId>)> {
    let delegated: BTreeSet<RoomId> = delegations::rooms(conn, Delegating::Relationship(relationship.id)).await?.into_iter().collect();
    let mut users: BTreeMap<PrincipalId, Grants> = BTreeMap::new();
    let mut sides = [vec![], vec![]];
    for (side, held) in [before, after].into_iter().enumerate() {
        for (at, it) in held.iter().enumerate() {
            for user in people::users_in(conn, &it.members).await? {
                let (earlier, later) = users.entry(user).or_default();
                if side == 0 { earlier.push(at) } else { later.push(at) }
            }
            let places = places(conn, relationship, &delegated, &it.scope).await?;
            sides[side].push(Grant { permissions: it.permissions.and(relationship.ceiling), places });
        }
    }
    let [before, after] = sides;
    // Few have grants that nobody else has.
    let mut known: HashMap<Grants, (bool, bool)> = HashMap::new();
    let (mut gains, mut loses) = (vec![], vec![]);
    for (user, grants) in users {
        let (gain, loss) = *known.entry(grants).or_insert_with_key(|(earlier, later)| {
            let (earlier, later) = (reach(&before, earlier), reach(&after, later));
            (exceeds(&later, &earlier), exceeds(&earlier, &later))
        });
        if gain {
            gains.push(user);
        }
        if loss {
            loses.push(user);
        }
    }
    Ok((gains, loses))
}

async fn places(conn: &mut Conn, relationship: &Relationship, delegated: &BTreeSet<RoomId>, scope: &Scope) -> Result<BTreeSet<Place>> {
    let Scope::Some { rooms, groups } = scope else { return Ok(delegated.iter().copied().map(Some).chain([None]).collect()) };
    let mut named: Vec<RoomId> = rooms.clone();
    let held = rights::rooms_of_groups(conn, groups).await?;
    named.extend(held.into_iter().filter(|((customer, _), _)| *customer == relationship.customer).flat_map(|(_, rooms)| rooms));
    Ok(named.into_iter().filter(|room| delegated.contains(room)).map(Some).collect())
}

/// What these grants permit in each place together: rights of two never multiply, so what one of them permits there counts.
fn reach(grants: &[Grant], of: &[usize]) -> BTreeMap<Place, PermissionSet> {
    let mut reached: BTreeMap<Place, PermissionSet> = BTreeMap::new();
    for grant in of.iter().filter_map(|at| grants.get(*at)) {
        for place in &grant.places {
            let permitted = reached.entry(*place).or_default();
            *permitted = permitted.or(grant.permissions);
        }
    }
    reached
}

fn exceeds(one: &BTreeMap<Place, PermissionSet>, other: &BTreeMap<Place, PermissionSet>) -> bool {
    one.iter().any(|(place, permitted)| !permitted.is_subset_of(other.get(place).copied().unwrap_or_default()))
}
