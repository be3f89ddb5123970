//! The conformance suite: requests of change control.

use tenantry_model::api::requests::{RequestRow, RequestedAction, RequestedChange};
use tenantry_model::id::{ChangeRequestId, RelationshipId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ControlEvent, RequestState};
use tenantry_model::time::Timestamp;
use tenantry_service::store::relationships;
use tenantry_service::store::requests::{self, NewRequest};

use crate::support::{TestApp, id};

#[tokio::test]
async fn a19_a_request_waits_until_it_is_decided_or_its_relationship_ends() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, customer] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Customer", "CUSTOM", false, true).await];
    let [anna, ben] = [estate.user(partner, 3, "Anna").await.user_id, estate.user(partner, 4, "Ben").await.user_id];
    estate.delegate(partner, customer, &[], PermissionSet::ALL).await;
    let at = Timestamp::from_micros;
    let mut tx = app.store.write().await.unwrap();
    let relationship = relationships::active(tx.conn(), partner, customer).await.unwrap().unwrap().id;
    let new = |n, operation: &str| NewRequest {
        id: ChangeRequestId::from_uuid(id(n)),
        relationship,
        customer,
        partner,
        event: ControlEvent::Roles,
        operation: operation.to_owned(),
        shown: RequestedChange {
            action: RequestedAction::DeleteRole,
            role: "Role".to_owned(),
            assignment: None,
            gains: vec![],
            loses: vec![],
            permissions: None,
            rooms: None,
        },
        requested_by: anna,
        requester_name: "Anna".to_owned(),
        requester_global: false,
    };
    let [first, second, third] = [new(20, "a"), new(21, "b"), new(22, "c")];
    for (new, when) in [(&second, 2), (&third, 3), (&first, 1)] {
        requests::insert(tx.conn(), new, at(when)).await.unwrap();
    }
    let ids = |rows: Vec<RequestRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(requests::waiting(tx.conn(), partner, customer).await.unwrap()), [first.id, second.id, third.id], "oldest first");
    assert_eq!(ids(requests::waiting(tx.conn(), customer, partner).await.unwrap()), []);
    assert_eq!(ids(requests::of_customer(tx.conn(), customer, true, 2).await.unwrap()), [first.id, second.id]);
    assert_eq!(ids(requests::of_customer(tx.conn(), partner, true, 9).await.unwrap()), []);
    let same = requests::same(tx.conn(), relationship, "b").await.unwrap().unwrap();
    assert_eq!((same.row.id, same.row.change.clone(), same.operation.as_str()), (second.id, second.shown.clone(), "b"));
    assert!(requests::same(tx.conn(), relationship, "d").await.unwrap().is_none());
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
    assert!(requests::find(tx.conn(), ChangeRequestId::from_uuid(id(99))).await.unwrap().is_none());
}
