//! The conformance suite: requests of change control.

use tenantry_model::api::requests::{RequestRow, RequestedAction, RequestedChange};
use tenantry_model::id::{ChangeRequestId, PrincipalId, RelationshipId, TenantId};
use tenantry_model::permission::{BuiltInRole, PermissionSet};
use tenantry_model::tenancy::{ChangeControl, ControlEvent, OfflineTerms, PrincipalKind, PrincipalRef, RequestState};
use tenantry_model::time::Timestamp;
use tenantry_service::store::Tx;
use tenantry_service::store::relationships::{self, NewRelationship};
use tenantry_service::store::requests::{self, NewRequest, StoredRequest};

use crate::support::{TestApp, id};

/// A customer and its two partners.
struct World {
    app: TestApp,
    customer: TenantId,
    partner: TenantId,
    other: TenantId,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let estate = app.estate();
        let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
        let other = estate.tenant(2, "Other", "OTHERX", true, false).await;
        let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
        let mut tx = app.store.write().await.unwrap();
        for partner in [partner, other] {
            let new = NewRelationship {
                id: under(partner),
                partner,
                customer,
                established_at: Timestamp::default(),
                ceiling: PermissionSet::ALL,
                change_control: ChangeControl::default(),
                offline: OfflineTerms::default(),
            };
            relationships::insert(tx.conn(), &new).await.unwrap();
        }
        tx.commit().await.unwrap();
        Self { app, customer, partner, other }
    }

    async fn tx(&self) -> Tx {
        self.app.store.write().await.unwrap()
    }

    /// A request whose operation is its number.
    fn request(&self, n: u128, partner: TenantId) -> NewRequest {
        NewRequest {
            id: ChangeRequestId::from_uuid(id(n)),
            relationship: under(partner),
            customer: self.customer,
            partner,
            event: ControlEvent::Roles,
            operation: format!("{{\"n\":{n}}}"),
            shown: RequestedChange {
                action: RequestedAction::ChangeAssignment,
                role: "Rôle".to_owned(),
                room: None,
                ring: None,
                update: None,
                fields: vec![],
                assignment: Some("Evening".to_owned()),
                gains: vec!["Anna".to_owned()],
                loses: vec![],
                permissions: Some(BuiltInRole::SiteTech.permissions()),
                rooms: Some(2),
            },
            requested_by: PrincipalId::from_uuid(id(40)),
            requester_name: "Ben".to_owned(),
            requester_global: true,
        }
    }
}

/// The relationship of a partner has the partner's id.
fn under(partner: TenantId) -> RelationshipId {
    RelationshipId::from_uuid(partner.uuid())
}

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

fn ids(found: Vec<RequestRow>) -> Vec<ChangeRequestId> {
    found.into_iter().map(|it| it.id).collect()
}

#[tokio::test]
async fn a19_a_request_waits_until_it_is_decided_or_its_relationship_ends() {
    let world = World::new().await;
    let (partner, customer, relationship) = (world.partner, world.customer, under(world.partner));
    let estate = world.app.estate();
    let [anna, ben] = [estate.user(partner, 4, "Anna").await.user_id, estate.user(partner, 5, "Ben").await.user_id];
    let mut tx = world.tx().await;
    let new = |n, operation: &str| NewRequest {
        operation: operation.to_owned(),
        requested_by: anna,
        requester_name: "Anna".to_owned(),
        requester_global: false,
        ..world.request(n, partner)
    };
    let [first, second, third] = [new(20, "a"), new(21, "b"), new(22, "c")];
    for (new, when) in [(&second, 2), (&third, 3), (&first, 1)] {
        requests::insert(tx.conn(), new, at(when)).await.unwrap();
    }
    assert_eq!(ids(requests::waiting(tx.conn(), partner, customer).await.unwrap()), [first.id, second.id, third.id], "oldest first");
    assert_eq!(ids(requests::waiting(tx.conn(), customer, partner).await.unwrap()), []);
    let waiting_at = async |tx: &mut Tx, partner, customers: &[TenantId], most| {
        let found = requests::waiting_of(tx.conn(), partner, customers, None, most).await.unwrap();
        found.into_iter().map(|it| (it.row.id, it.operation)).collect::<Vec<_>>()
    };
    let oldest = [(first.id, "a".to_owned()), (second.id, "b".to_owned())];
    assert_eq!(waiting_at(&mut tx, partner, &[world.other, customer], 2).await, oldest, "with what would be done, oldest first");
    assert_eq!(waiting_at(&mut tx, partner, &[world.other], 9).await, []);
    assert_eq!(waiting_at(&mut tx, partner, &[], 9).await.len(), 3, "at any customer");
    for customers in [&[][..], &[customer]] {
        let after = requests::waiting_of(tx.conn(), partner, customers, Some((at(1), first.id)), 1).await.unwrap();
        assert_eq!(after.into_iter().map(|it| it.row.id).collect::<Vec<_>>(), [second.id], "after the first");
    }
    assert_eq!(waiting_at(&mut tx, world.other, &[customer], 9).await, [], "another partner's");
    assert_eq!(ids(requests::of_customer(tx.conn(), customer, true, 2).await.unwrap()), [first.id, second.id]);
    assert_eq!(ids(requests::of_customer(tx.conn(), partner, true, 9).await.unwrap()), []);
    let same = requests::same(tx.conn(), relationship, "b").await.unwrap().unwrap();
    assert_eq!((same.row.id, same.row.change.clone(), same.operation.as_str()), (second.id, second.shown.clone(), "b"));
    assert!(requests::same(tx.conn(), relationship, "d").await.unwrap().is_none());
    let named = |found: Vec<StoredRequest>| found.into_iter().map(|it| it.row.id).collect::<Vec<_>>();
    assert_eq!(named(requests::naming(tx.conn(), customer, "b").await.unwrap()), [second.id]);
    assert_eq!(named(requests::naming(tx.conn(), partner, "b").await.unwrap()), []);
    assert!(requests::same(tx.conn(), RelationshipId::from_uuid(id(99)), "b").await.unwrap().is_none());

    requests::take_over(tx.conn(), second.id, ben, "Ben", true).await.unwrap();
    let found = requests::find(tx.conn(), second.id).await.unwrap().unwrap();
    assert_eq!(
        (found.row.requested_by.id, found.row.requested_by.display_name.as_str(), found.requester_global, found.row.version),
        (ben, "Ben", true, 2)
    );
    assert!(requests::decide(tx.conn(), second.id, RequestState::Rejected, ben, at(5)).await.unwrap());
    assert!(!requests::decide(tx.conn(), second.id, RequestState::Approved, ben, at(6)).await.unwrap(), "it was decided");
    let found = requests::find(tx.conn(), second.id).await.unwrap().unwrap().row;
    assert_eq!((found.state, found.decided_at, found.version), (RequestState::Rejected, Some(at(5)), 3));
    assert!(requests::same(tx.conn(), relationship, "b").await.unwrap().is_none(), "one that is decided is asked again");
    requests::lapse(tx.conn(), relationship, at(7)).await.unwrap();
    assert_eq!(
        ids(requests::of_customer(tx.conn(), customer, false, 9).await.unwrap()),
        [first.id, third.id, second.id],
        "decided last first"
    );
    assert_eq!(ids(requests::of_customer(tx.conn(), customer, false, 1).await.unwrap()), [first.id]);
    assert_eq!(requests::find(tx.conn(), first.id).await.unwrap().unwrap().row.state, RequestState::Lapsed);
    assert_eq!(ids(requests::waiting(tx.conn(), partner, customer).await.unwrap()), []);
    assert_eq!(waiting_at(&mut tx, partner, &[customer], 9).await, [], "decided, or lapsed");
    assert!(requests::find(tx.conn(), ChangeRequestId::from_uuid(id(99))).await.unwrap().is_none());
}

#[tokio::test]
async fn a_request_is_found_as_it_was_made_and_taken_over_by_who_asks_for_the_same() {
    let world = World::new().await;
    let (new, others) = (world.request(20, world.partner), world.request(21, world.other));
    let mut tx = world.tx().await;
    requests::insert(tx.conn(), &new, at(7)).await.unwrap();
    requests::insert(tx.conn(), &others, at(7)).await.unwrap();
    let person = |id, name: &str| PrincipalRef { id, kind: PrincipalKind::User, display_name: name.to_owned(), upn: None };
    let mut expected = StoredRequest {
        row: RequestRow {
            id: new.id,
            customer_id: world.customer,
            customer_name: "Customer".to_owned(),
            partner_id: world.partner,
            partner_name: "Partner".to_owned(),
            event: ControlEvent::Roles,
            change: new.shown.clone(),
            requested_by: person(new.requested_by, "Ben"),
            requested_at: at(7),
            state: RequestState::Pending,
            decided_at: None,
            version: 1,
        },
        operation: new.operation.clone(),
        requester_global: true,
    };
    assert_eq!(requests::find(tx.conn(), new.id).await.unwrap().as_ref(), Some(&expected));
    assert_eq!(requests::find(tx.conn(), others.id).await.unwrap().map(|it| it.row.partner_name).as_deref(), Some("Other"));

    assert_eq!(requests::same(tx.conn(), new.relationship, &new.operation).await.unwrap().as_ref(), Some(&expected));
    assert_eq!(requests::same(tx.conn(), new.relationship, &others.operation).await.unwrap(), None, "another partner asked for that");
    let colleague = PrincipalId::from_uuid(id(41));
    requests::take_over(tx.conn(), new.id, colleague, "Cleo", false).await.unwrap();
    (expected.row.requested_by, expected.row.version, expected.requester_global) = (person(colleague, "Cleo"), 2, false);
    assert_eq!(requests::find(tx.conn(), new.id).await.unwrap(), Some(expected));
    assert_eq!(requests::find(tx.conn(), others.id).await.unwrap().unwrap().row.requested_by, person(others.requested_by, "Ben"));
}

#[tokio::test]
async fn requests_wait_oldest_first_and_decided_ones_are_listed_newest_first() {
    let world = World::new().await;
    let by = PrincipalId::from_uuid(id(50));
    let [a, b, c, foreign] = [20, 21, 22, 23].map(|n| ChangeRequestId::from_uuid(id(n)));
    let mut tx = world.tx().await;
    for (n, partner, asked) in [(20, world.partner, 3), (21, world.partner, 1), (22, world.partner, 1), (23, world.other, 2)] {
        requests::insert(tx.conn(), &world.request(n, partner), at(asked)).await.unwrap();
    }
    assert_eq!(ids(requests::waiting(tx.conn(), world.partner, world.customer).await.unwrap()), [b, c, a]);
    assert_eq!(ids(requests::waiting(tx.conn(), world.other, world.customer).await.unwrap()), [foreign]);
    assert_eq!(requests::waiting(tx.conn(), world.customer, world.partner).await.unwrap(), []);
    assert_eq!(ids(requests::of_customer(tx.conn(), world.customer, true, 9).await.unwrap()), [b, c, foreign, a], "of all partners");
    assert_eq!(ids(requests::of_customer(tx.conn(), world.customer, true, 2).await.unwrap()), [b, c]);
    assert_eq!(requests::of_customer(tx.conn(), world.partner, true, 9).await.unwrap(), []);

    assert!(requests::decide(tx.conn(), a, RequestState::Approved, by, at(10)).await.unwrap());
    assert!(requests::decide(tx.conn(), foreign, RequestState::Rejected, by, at(12)).await.unwrap());
    assert!(requests::decide(tx.conn(), b, RequestState::Approved, by, at(11)).await.unwrap());
    assert_eq!(ids(requests::of_customer(tx.conn(), world.customer, false, 9).await.unwrap()), [foreign, b, a]);
    assert_eq!(ids(requests::of_customer(tx.conn(), world.customer, false, 1).await.unwrap()), [foreign]);
    assert_eq!(ids(requests::of_customer(tx.conn(), world.customer, true, 9).await.unwrap()), [c]);
}

#[tokio::test]
async fn a19_what_waits_under_a_relationship_lapses_with_it_and_nothing_else() {
    let world = World::new().await;
    let [waiting, approved, foreign] = [20, 21, 22].map(|n| ChangeRequestId::from_uuid(id(n)));
    let mut tx = world.tx().await;
    for (n, partner) in [(20, world.partner), (21, world.partner), (22, world.other)] {
        requests::insert(tx.conn(), &world.request(n, partner), at(1)).await.unwrap();
    }
    let by = PrincipalId::from_uuid(id(50));
    assert!(requests::decide(tx.conn(), approved, RequestState::Approved, by, at(2)).await.unwrap());
    assert!(!requests::decide(tx.conn(), ChangeRequestId::from_uuid(id(99)), RequestState::Approved, by, at(2)).await.unwrap());
    requests::lapse(tx.conn(), under(world.partner), at(3)).await.unwrap();
    for (request, state, decided_at, version) in [
        (waiting, RequestState::Lapsed, Some(at(3)), 2),
        (approved, RequestState::Approved, Some(at(2)), 2),
        (foreign, RequestState::Pending, None, 1),
    ] {
        let row = requests::find(tx.conn(), request).await.unwrap().unwrap().row;
        assert_eq!((row.state, row.decided_at, row.version), (state, decided_at, version), "{request}");
    }
    assert_eq!(ids(requests::of_customer(tx.conn(), world.customer, false, 9).await.unwrap()), [waiting, approved]);
}
