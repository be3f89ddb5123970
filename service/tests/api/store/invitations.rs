//! The conformance suite: invitations.

use tenantry_model::id::{InvitationId, PrincipalId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::tenancy::{ChangeControl, ControlEvent, OfflineTerms};
use tenantry_model::time::Timestamp;
use tenantry_service::store::invitations::{self, NewInvitation, StoredInvitation};

use crate::support::{TestApp, id};

/// With terms that are not the preset ones.
fn with_terms(n: u128, customer: TenantId, partner: TenantId, expires_at: i64) -> NewInvitation {
    NewInvitation {
        id: InvitationId::from_uuid(id(n)),
        customer,
        partner,
        domain: "partner.example".parse().unwrap(),
        created_at: Timestamp::from_micros(1),
        expires_at: Timestamp::from_micros(expires_at),
        change_control: ChangeControl::manual(&[ControlEvent::Rooms]),
        ceiling: BuiltInRole::SiteLead.permissions(),
        offline: OfflineTerms { allowed: false, days: 3.try_into().unwrap() },
        created_by: Some(PrincipalId::from_uuid(id(50))),
    }
}

#[tokio::test]
async fn a2_a3_an_invitation_waits_until_it_expires_and_is_one_of_a_pair() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
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
    invitations::insert(tx.conn(), &late).await.unwrap();
    invitations::insert(tx.conn(), &early).await.unwrap();
    let found = invitations::find(tx.conn(), early.id).await.unwrap().unwrap();
    assert_eq!((found.customer_name.as_str(), found.partner_name.as_str()), ("Customer", "Partner"));
    assert_eq!(
        (found.domain.clone(), found.expires_at, found.change_control, found.ceiling),
        (early.domain.clone(), at(100), early.change_control, early.ceiling)
    );
    assert!(!found.is_expired(at(99)) && found.is_expired(at(100)));
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
    assert!(invitations::insert(tx.conn(), &new(12, another, at(300))).await.is_err(), "at most one of a customer and a partner");
}

#[tokio::test]
async fn an_invitation_is_found_as_it_was_sent_and_may_be_sent_again_once_it_was_answered() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, another] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Another", "ANOTHR", true, false).await];
    let customer = estate.tenant(3, "Customer", "CUSTOM", false, true).await;
    let (first, second) = (with_terms(20, customer, partner, 100), with_terms(21, customer, another, 100));
    let mut tx = app.store.write().await.unwrap();
    for new in [&first, &second] {
        invitations::insert(tx.conn(), new).await.unwrap();
    }
    let expected = StoredInvitation {
        id: first.id,
        customer,
        customer_name: "Customer".to_owned(),
        partner,
        partner_name: "Partner".to_owned(),
        domain: first.domain.clone(),
        created_at: first.created_at,
        expires_at: first.expires_at,
        change_control: first.change_control,
        ceiling: first.ceiling,
        offline: first.offline,
        created_by: first.created_by,
        expiry_recorded: false,
    };
    assert_eq!(invitations::find(tx.conn(), first.id).await.unwrap(), Some(expected));
    assert_eq!(invitations::of_customer(tx.conn(), partner).await.unwrap(), [], "received, not sent");
    assert!(invitations::delete(tx.conn(), first.id).await.unwrap());
    let left: Vec<_> = invitations::of_customer(tx.conn(), customer).await.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(left, [second.id]);
    let again = with_terms(22, customer, partner, 200);
    invitations::insert(tx.conn(), &again).await.unwrap();
    assert_eq!(invitations::between(tx.conn(), customer, partner).await.unwrap().unwrap().id, again.id);
}

#[tokio::test]
async fn the_first_to_expire_is_recorded_first_whenever_it_was_sent() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let mut sent = vec![];
    for (n, expires_at) in [(3, 300), (4, 200), (5, 100)] {
        let customer = estate.tenant(n, &format!("Customer {n}"), &format!("CUSTO{n}"), false, true).await;
        let new = with_terms(20 + n, customer, partner, expires_at);
        let mut tx = app.store.write().await.unwrap();
        invitations::insert(tx.conn(), &new).await.unwrap();
        tx.commit().await.unwrap();
        sent.push(new.id);
    }
    let [latest, middle, soonest] = sent[..] else { panic!("three") };
    let at = Timestamp::from_micros;
    let ids = |found: Vec<StoredInvitation>| found.into_iter().map(|it| it.id).collect::<Vec<_>>();
    let mut tx = app.store.write().await.unwrap();
    for (now, most, expected) in [(200, 9, vec![soonest, middle]), (300, 2, vec![soonest, middle]), (300, 9, vec![soonest, middle, latest])]
    {
        assert_eq!(ids(invitations::expired_unrecorded(tx.conn(), at(now), most).await.unwrap()), expected, "{now} {most}");
    }
    invitations::set_expiry_recorded(tx.conn(), middle).await.unwrap();
    assert_eq!(ids(invitations::expired_unrecorded(tx.conn(), at(300), 9).await.unwrap()), [soonest, latest]);
    let recorded = invitations::find(tx.conn(), middle).await.unwrap().unwrap();
    assert!(recorded.expiry_recorded, "it stays for the customer to read");
    for (now, expected) in [(99, vec![latest, middle, soonest]), (100, vec![latest, middle]), (299, vec![latest]), (300, vec![])] {
        let mut found = ids(invitations::waiting(tx.conn(), partner, at(now)).await.unwrap());
        found.sort();
        assert_eq!(found, expected, "{now}");
    }
}
