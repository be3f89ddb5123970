//! The conformance suite: what is delegated (A36).

use tenantry_model::id::{InvitationId, RelationshipId, RoomGroupId, RoomId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::time::Timestamp;
use tenantry_service::store::delegations::{self, Delegating, Named};
use tenantry_service::store::invitations::{self, NewInvitation};
use tenantry_service::store::relationships::{self, NewRelationship};
use tenantry_service::store::rights::{self, Delegated};
use tenantry_service::store::rooms;
use tenantry_test_kit::Change;

use crate::support::{TestApp, id};

fn some(rooms: &[RoomId], groups: &[RoomGroupId]) -> Scope {
    Scope::Some { rooms: rooms.to_vec(), groups: groups.to_vec() }
}

#[tokio::test]
async fn a36_a_delegation_holds_rooms_groups_or_all_and_comes_to_the_rooms_that_there_are() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let [partner, invited] =
        [estate.tenant(1, "Partner", "PARTNR", true, false).await, estate.tenant(2, "Invited", "INVITD", true, false).await];
    let [customer, other] =
        [estate.tenant(3, "Customer", "CUSTOM", false, true).await, estate.tenant(4, "Other", "OTHERX", false, true).await];
    let [a, b, c] = [10, 11, 12].map(|n| RoomId::from_uuid(id(n)));
    for (n, name) in [(10, "A"), (11, "B"), (12, "C")] {
        estate.room(customer, n, name).await;
    }
    estate.room(other, 13, "Elsewhere").await;
    let [group, empty] = [estate.room_group(customer, 20, &[b, c]).await, estate.room_group(customer, 21, &[]).await];
    let at = Timestamp::from_micros;
    let (ceiling, change_control, offline) = (PermissionSet::ALL, ChangeControl::default(), OfflineTerms::default());
    let new = NewRelationship {
        id: RelationshipId::from_uuid(id(30)),
        partner,
        customer,
        established_at: at(1),
        ceiling,
        change_control,
        offline,
    };
    let waits = NewInvitation {
        id: InvitationId::from_uuid(id(31)),
        customer,
        partner: invited,
        domain: "invitd.example".parse().unwrap(),
        created_at: at(1),
        expires_at: at(100),
        change_control,
        ceiling,
        offline,
        created_by: None,
    };
    let mut tx = app.store.write().await.unwrap();
    relationships::insert(tx.conn(), &new).await.unwrap();
    invitations::insert(tx.conn(), &waits).await.unwrap();
    for of in [Delegating::Relationship(new.id), Delegating::Invitation(waits.id)] {
        let conn = tx.conn();
        assert_eq!(delegations::scope(conn, of).await.unwrap(), some(&[], &[]), "nothing yet");
        let (first, second) = (some(&[b, a, b], &[]), some(&[a], &[group, empty]));
        delegations::insert(conn, of, &first).await.unwrap();
        assert_eq!(delegations::scope(conn, of).await.unwrap(), some(&[a, b], &[]), "each once");
        delegations::change(conn, of, &first, &second).await.unwrap();
        assert_eq!(delegations::scope(conn, of).await.unwrap(), second);
        assert_eq!((delegations::rooms(conn, of).await.unwrap(), delegations::count(conn, of).await.unwrap()), (vec![a, b, c], 3));
        delegations::change(conn, of, &second, &Scope::All).await.unwrap();
        assert_eq!(delegations::scope(conn, of).await.unwrap(), Scope::All);
        assert_eq!(delegations::rooms(conn, of).await.unwrap(), [a, b, c], "no other customer's");
        delegations::change(conn, of, &Scope::All, &some(&[], &[group])).await.unwrap();
        assert_eq!(delegations::rooms(conn, of).await.unwrap(), [b, c], "what was named before is not named any more");
    }
    let handed = rights::delegations(tx.conn(), partner, &[customer]).await.unwrap();
    assert_eq!(handed, [(customer, Delegated { ceiling, scope: some(&[], &[group]) })].into());
    let named = |partner, name: &str, active| Named { partner, partner_name: name.to_owned(), active };
    let both = [named(invited, "Invited", false), named(partner, "Partner", true)];
    assert_eq!(delegations::naming(tx.conn(), group, at(99)).await.unwrap(), both);
    assert_eq!(delegations::naming(tx.conn(), group, at(100)).await.unwrap(), both[1..], "it has expired (A2)");
    assert_eq!(delegations::naming(tx.conn(), empty, at(1)).await.unwrap(), []);
    tx.commit().await.unwrap();

    estate.apply(vec![Change::UnenrolRoom { room: c }]).await;
    let mut tx = app.store.write().await.unwrap();
    let of = Delegating::Relationship(new.id);
    assert_eq!(rooms::all_managed(tx.conn(), customer).await.unwrap().len(), 2);
    assert_eq!((delegations::rooms(tx.conn(), of).await.unwrap(), delegations::count(tx.conn(), of).await.unwrap()), (vec![b, c], 1));
    delegations::clear(tx.conn(), of).await.unwrap();
    delegations::change(tx.conn(), Delegating::Invitation(waits.id), &some(&[], &[group]), &Scope::All).await.unwrap();
    delegations::clear(tx.conn(), Delegating::Invitation(waits.id)).await.unwrap();
    for of in [of, Delegating::Invitation(waits.id)] {
        assert_eq!(delegations::scope(tx.conn(), of).await.unwrap(), some(&[], &[]));
    }
    assert_eq!(delegations::naming(tx.conn(), group, at(1)).await.unwrap(), []);
}
