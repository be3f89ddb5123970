//! The conformance suite: invitations.

use tenantry_model::id::InvitationId;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::time::Timestamp;
use tenantry_service::store::invitations::{self, NewInvitation, StoredInvitation};

use crate::support::{TestApp, id};

#[tokio::test]
async fn a2_a3_an_invitation_waits_until_it_expires_and_is_one_of_a_pair() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let [a, b] = [estate.room(customer, 4, "A").await, estate.room(customer, 5, "B").await];
    let at = Timestamp::from_micros;
    let new = |n, partner, expires_at| NewInvitation {
        id: InvitationId::from_uuid(id(n)),
        customer,
        partner,
        domain: "partnr.example".parse().unwrap(),
        created_at: at(10),
        expires_at,
        change_control: ChangeControl::from_bits(1),
        ceiling: PermissionSet::of(&[Permission::TicketsView]),
        offline: OfflineTerms::default(),
        created_by: None,
    };
    let [early, late] = [new(10, partner, at(100)), new(11, another, at(200))];
    let mut tx = app.store.write().await.unwrap();
    invitations::insert(tx.conn(), &late, &[]).await.unwrap();
    invitations::insert(tx.conn(), &early, &[b, a]).await.unwrap();
    let found = invitations::find(tx.conn(), early.id).await.unwrap().unwrap();
    assert_eq!((found.customer_name.as_str(), found.partner_name.as_str(), found.rooms), ("Customer", "Partner", 2));
    assert_eq!(
        (found.domain.clone(), found.expires_at, found.change_control, found.ceiling),
        (early.domain.clone(), at(100), early.change_control, early.ceiling)
    );
    assert!(!found.is_expired(at(99)) && found.is_expired(at(100)));
    assert_eq!(invitations::rooms(tx.conn(), early.id).await.unwrap(), [a, b]);
    assert_eq!(invitations::between(tx.conn(), customer, partner).await.unwrap(), Some(found));
    assert!(invitations::between(tx.conn(), partner, customer).await.unwrap().is_none());
    assert!(invitations::find(tx.conn(), InvitationId::from_uuid(id(99))).await.unwrap().is_none());
    assert_eq!(invitations::of_customer(tx.conn(), customer).await.unwrap().len(), 2, "expired ones too");
    let ids = |found: Vec<StoredInvitation>| found.into_iter().map(|it| it.id).collect::<Vec<_>>();
    for (now, waits) in [(99, vec![early.id]), (100, vec![])] {
        assert_eq!(ids(invitations::waiting(tx.conn(), partner, at(now)).await.unwrap()), waits, "{now}");
    }
    for (now, most, expired) in [(99, 9, vec![]), (100, 9, vec![early.id]), (200, 9, vec![early.id, late.id]), (200, 1, vec![early.id])] {
        assert_eq!(ids(invitations::expired_unrecorded(tx.conn(), at(now), most).await.unwrap()), expired, "{now} {most}");
    }
    invitations::set_expiry_recorded(tx.conn(), early.id).await.unwrap();
    assert_eq!(ids(invitations::expired_unrecorded(tx.conn(), at(200), 9).await.unwrap()), [late.id], "once (A24)");
    assert!(invitations::delete(tx.conn(), early.id).await.unwrap());
    assert!(!invitations::delete(tx.conn(), early.id).await.unwrap(), "it was gone");
    assert_eq!(invitations::rooms(tx.conn(), early.id).await.unwrap(), []);
    assert!(invitations::insert(tx.conn(), &new(12, another, at(300)), &[]).await.is_err(), "at most one of a customer and a partner");
}
