//! Each change, what it records, and whose rights it raises.

use serde_json::json;
use tenantry_model::access::{Rights, Side};
use tenantry_model::id::AssignmentId;
use tenantry_model::incident::{HistoryKind, IncidentStatus, Severity};
use tenantry_model::problem::ProblemKind;
use tenantry_model::text::TicketNumber;
use tenantry_service::domain::audit::verify;
use tenantry_service::store::{assignments, audit, incident_list, incident_writes, relationships, roles, rooms, tenants};

use crate::support::{Bed, principal, room, tenant};

const PARTNER: u128 = 1;
const OTHER: u128 = 2;
const CUSTOMER: u128 = 3;

/// Two partners, a customer with three rooms, a user and a nested group at the first partner.
async fn town() -> Bed {
    let bed = Bed::new().await;
    for (n, domain) in [(PARTNER, "eins.example"), (OTHER, "zwei.example")] {
        bed.change(json!({"createTenant": {"id": tenant(n), "displayName": "Partner", "isPartner": true, "domains": [domain]}})).await;
    }
    bed.change(json!({"createTenant": {"id": tenant(CUSTOMER), "displayName": "Kunde", "isCustomer": true}})).await;
    for (n, kind) in [(1, "user"), (2, "user"), (3, "security_group"), (4, "security_group")] {
        let change = json!({"id": principal(n), "tenant": tenant(PARTNER), "kind": kind, "displayName": format!("P{n}")});
        bed.change(json!({ "createPrincipal": change })).await;
    }
    for n in 1..=3 {
        bed.change(json!({"createRoom": {"id": room(n), "customer": tenant(CUSTOMER), "displayName": format!("Raum {n}")}})).await;
    }
    bed
}

async fn related(bed: &Bed) -> tenantry_service::domain::estate_change::Outcome {
    let rooms = [room(1), room(2)];
    bed.change(json!({"createRelationship": {
        "partner": tenant(PARTNER), "customer": tenant(CUSTOMER), "rooms": rooms, "primaryAdmins": [principal(3)],
    }}))
    .await
}

async fn epoch(bed: &Bed, n: u128) -> i64 {
    tenants::find(bed.read().await.conn(), tenant(n)).await.unwrap().unwrap().rights_epoch
}

/// Open Critical and Important tickets in the customer's rooms, one by one.
async fn open_serious(bed: &Bed) -> [u32; 3] {
    [bed.watched(room(1)).await, bed.watched(room(2)).await, bed.watched(room(3)).await].map(|room| room.facts.open_serious)
}

fn rights(n: u128, user: Option<u128>) -> String {
    format!("rights - {} {}", tenant(n), user.map_or("-".to_owned(), |n| principal(n).to_string()))
}

#[tokio::test]
async fn a_relationship_comes_with_primary_admins_and_goes_with_every_role_of_the_partner() {
    let bed = town().await;
    let made = related(&bed).await;
    let mut read = bed.read().await;
    let primary = roles::at(read.conn(), tenant(CUSTOMER), Some(tenant(PARTNER))).await.unwrap();
    assert_eq!(primary.iter().map(|stored| stored.role.id).collect::<Vec<_>>(), made.roles);
    let preset = assignments::of_role(read.conn(), made.roles[0]).await.unwrap();
    assert_eq!(preset.iter().map(|assignment| assignment.name.as_str()).collect::<Vec<_>>(), ["Assigned Admins"]);
    let relationship = relationships::active(read.conn(), tenant(PARTNER), tenant(CUSTOMER)).await.unwrap().unwrap();
    assert_eq!(relationship.ceiling, primary[0].role.permissions);
    drop(read);
    let again = json!({"createRelationship": {"partner": tenant(PARTNER), "customer": tenant(CUSTOMER)}});
    assert_eq!(bed.try_change(again).await.unwrap_err().kind(), ProblemKind::Conflict);
    let role = bed
        .change(
            json!({"createRole": {"customer": tenant(CUSTOMER), "partner": tenant(PARTNER), "name": "H", "permissions": ["tickets.view"]}}),
        )
        .await;
    let scope = json!({"kind": "some", "rooms": [room(1)], "groups": []});
    let given = json!({"createAssignment": {"role": role.id, "name": "A", "members": [principal(1)], "scope": scope}});
    let given = bed.change(given).await.id.map(AssignmentId::from_uuid);
    let before = epoch(&bed, PARTNER).await;
    bed.forget_changes().await;
    bed.change(json!({"endRelationship": {"partner": tenant(PARTNER), "customer": tenant(CUSTOMER)}})).await;
    assert_eq!(bed.recorded().await, [rights(PARTNER, None)]);
    assert_eq!(epoch(&bed, PARTNER).await, before + 1);
    let mut read = bed.read().await;
    assert_eq!(roles::at(read.conn(), tenant(CUSTOMER), Some(tenant(PARTNER))).await.unwrap(), []);
    for assignment in [made.assignment, given] {
        assert_eq!(assignments::find(read.conn(), assignment.unwrap()).await.unwrap(), None);
    }
    let of = tenantry_service::store::delegations::Delegating::Relationship(relationship.id);
    assert_eq!(tenantry_service::store::delegations::rooms(read.conn(), of).await.unwrap(), []);
    drop(read);
    let next = related(&bed).await;
    assert_ne!(next.id, made.id);
}

#[tokio::test]
async fn what_a_change_of_the_relationship_records_and_whose_rights_it_raises() {
    let bed = town().await;
    related(&bed).await;
    let place = |more: serde_json::Value| {
        let mut fields = json!({"partner": tenant(PARTNER), "customer": tenant(CUSTOMER)});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        fields
    };
    for (change, recorded, raised) in [
        (json!({"setDelegatedRooms": place(json!({"rooms": [room(2), room(3)]}))}), rights(PARTNER, None), 1),
        (json!({"setCeiling": place(json!({"permissions": ["rooms.view"]}))}), rights(PARTNER, None), 1),
        (json!({"setOfflineTerms": place(json!({"offline": {"allowed": false, "days": 1}}))}), "customer - - -".to_owned(), 0),
    ] {
        bed.forget_changes().await;
        let before = (epoch(&bed, PARTNER).await, epoch(&bed, OTHER).await);
        bed.change(change.clone()).await;
        assert_eq!(bed.recorded().await, [recorded], "{change}");
        assert_eq!((epoch(&bed, PARTNER).await, epoch(&bed, OTHER).await), (before.0 + raised, before.1), "{change}");
    }
}

#[tokio::test]
async fn a_change_of_one_users_rights_names_that_user_and_of_a_group_the_whole_tenant() {
    let bed = town().await;
    let made = related(&bed).await;
    let assignment = made.assignment.unwrap();
    let members = |members: &[u128]| {
        let members: Vec<_> = members.iter().map(|n| principal(*n)).collect();
        json!({"changeAssignment": {"assignment": assignment, "members": members}})
    };
    // Both sides' screens of roles show assignments.
    let customer = || "customer - - -".to_owned();
    let group = |name: &str, member: u128, group: u128| json!({name: {"group": principal(group), "member": principal(member)}});
    for (change, recorded) in [
        (members(&[3, 1]), vec![customer(), rights(PARTNER, Some(1))]),
        (members(&[3]), vec![customer(), rights(PARTNER, Some(1))]),
        (members(&[3, 4]), vec![customer(), rights(PARTNER, None)]),
        (members(&[3]), vec![customer(), rights(PARTNER, None)]),
        (group("addGroupMember", 4, 3), vec![rights(PARTNER, None)]),
        (group("addGroupMember", 2, 4), vec![rights(PARTNER, Some(2))]),
        (group("addGroupMember", 2, 4), vec![]),
        (group("removeGroupMember", 2, 4), vec![rights(PARTNER, Some(2))]),
        (json!({"grantPortalRole": {"principal": principal(1), "role": "tenant_manager"}}), vec![rights(PARTNER, Some(1))]),
        (json!({"revokePortalRole": {"principal": principal(1), "role": "tenant_manager"}}), vec![rights(PARTNER, Some(1))]),
        (json!({"changeAssignment": {"assignment": assignment, "name": "Other"}}), vec![customer()]),
        (json!({"deletePrincipal": {"principal": principal(3)}}), vec![rights(PARTNER, None)]),
    ] {
        bed.forget_changes().await;
        let before = epoch(&bed, PARTNER).await;
        bed.change(change.clone()).await;
        assert_eq!(bed.recorded().await, recorded, "{change}");
        let raising = recorded.iter().filter(|it| it.starts_with("rights")).count();
        assert_eq!(epoch(&bed, PARTNER).await - before, i64::try_from(raising).unwrap(), "{change}");
    }
}

#[tokio::test]
async fn a20_rooms_that_come_to_a_group_are_a_change_of_rights_where_assignments_name_it() {
    let bed = town().await;
    related(&bed).await;
    let group = bed.change(json!({"createRoomGroup": {"customer": tenant(CUSTOMER), "name": "Süd", "rooms": [room(1)]}})).await.id;
    bed.forget_changes().await;
    let before = (epoch(&bed, PARTNER).await, epoch(&bed, CUSTOMER).await, epoch(&bed, OTHER).await);
    bed.change(json!({"setRoomGroupRooms": {"group": group, "rooms": [room(1), room(2)]}})).await;
    assert_eq!(bed.recorded().await, [format!("room {} - -", room(2))], "nobody reaches as far as it: no copy is sent anew");
    assert_eq!((epoch(&bed, PARTNER).await, epoch(&bed, CUSTOMER).await, epoch(&bed, OTHER).await), before);
    let role = json!({"customer": tenant(CUSTOMER), "partner": tenant(PARTNER), "name": "H", "permissions": ["tickets.view"]});
    let role = bed.change(json!({ "createRole": role })).await.id;
    let scope = json!({"kind": "some", "rooms": [], "groups": [group]});
    bed.change(json!({"createAssignment": {"role": role, "name": "A", "members": [principal(1)], "scope": scope}})).await;
    bed.forget_changes().await;
    let before = (epoch(&bed, PARTNER).await, epoch(&bed, CUSTOMER).await, epoch(&bed, OTHER).await);
    bed.change(json!({"setRoomGroupRooms": {"group": group, "rooms": [room(2)]}})).await;
    assert_eq!(bed.recorded().await, [rights(PARTNER, None), format!("room {} - -", room(1))], "the side that uses it alone");
    assert_eq!((epoch(&bed, PARTNER).await, epoch(&bed, CUSTOMER).await, epoch(&bed, OTHER).await), (before.0 + 1, before.1, before.2));
    bed.change(json!({"setRoomGroupRooms": {"group": group, "rooms": [room(1), room(2)]}})).await;
    bed.forget_changes().await;
    bed.change(json!({"renameRoomGroup": {"group": group, "name": "Nord"}})).await;
    let itself = "customer - - -".to_owned();
    assert_eq!(bed.recorded().await, [itself.clone(), format!("room {} - -", room(1)), format!("room {} - -", room(2))]);
    bed.forget_changes().await;
    let empty = bed.change(json!({"createRoomGroup": {"customer": tenant(CUSTOMER), "name": "West"}})).await.id;
    assert_eq!(bed.recorded().await, std::slice::from_ref(&itself), "a list of groups has one more");
    bed.forget_changes().await;
    bed.change(json!({"deleteRoomGroup": {"group": empty}})).await;
    assert_eq!(bed.recorded().await, [itself]);
    bed.forget_changes().await;
    bed.change(json!({"setRoomGroupRooms": {"group": group, "rooms": [room(2), room(1)]}})).await;
    assert!(bed.recorded().await.is_empty(), "the same rooms in another order");
}

#[tokio::test]
async fn r100_r102_rings_are_changed_by_the_same_rules_and_their_rooms_follow() {
    let bed = town().await;
    let new = |order: u32, rollout: u32| json!({"customer": tenant(CUSTOMER), "order": order, "name": "Pilot", "rolloutDays": rollout, "testDays": 1});
    for (order, rollout) in [(2, 1), (4, 30), (10, 1)] {
        assert!(bed.try_change(json!({ "createUpdateRing": new(order, rollout) })).await.is_err(), "{order} {rollout}");
    }
    bed.forget_changes().await;
    let ring = bed.change(json!({ "createUpdateRing": new(4, 2) })).await.id;
    let itself = "customer - - -".to_owned();
    assert_eq!(bed.recorded().await, std::slice::from_ref(&itself), "a list of rings has one more");
    bed.forget_changes().await;
    bed.change(json!({"moveToUpdateRing": {"ring": ring, "rooms": [room(1)]}})).await;
    assert_eq!(bed.recorded().await, [itself.clone(), format!("room {} - -", room(1))]);
    bed.forget_changes().await;
    bed.change(json!({"changeUpdateRing": {"ring": ring, "rolloutDays": 3}})).await;
    assert_eq!(bed.recorded().await, std::slice::from_ref(&itself), "its rooms do not show its days");
    bed.forget_changes().await;
    bed.change(json!({"changeUpdateRing": {"ring": ring, "name": "Trial"}})).await;
    assert_eq!(bed.recorded().await, [itself.clone(), format!("room {} - -", room(1))]);
    bed.forget_changes().await;
    bed.change(json!({"deleteUpdateRing": {"ring": ring}})).await;
    assert_eq!(bed.recorded().await, [itself, format!("room {} - -", room(1))]);
    let held = rooms::load(bed.read().await.conn(), &[room(1)]).await.unwrap().remove(&room(1)).unwrap().ring.unwrap();
    assert_eq!(held.name, "General");
    assert!(bed.try_change(json!({"deleteUpdateRing": {"ring": held.id}})).await.is_err(), "a preset one");
}

#[tokio::test]
async fn a_renamed_room_is_a_change_of_every_incident_that_shows_its_name() {
    let bed = town().await;
    let failing = json!([{"signal": "disk_health", "state": "failing"}, {"signal": "time_drift", "state": "failing"}]);
    bed.change(json!({"reportSignals": {"room": room(1), "readings": failing}})).await;
    let numbers: Vec<TicketNumber> = bed.incidents(tenant(CUSTOMER)).await.iter().map(|incident| incident.row.number).collect();
    assert_eq!(numbers.len(), 2);
    bed.forget_changes().await;
    bed.change(json!({"renameRoom": {"room": room(1), "displayName": "  Isar (6) "}})).await;
    let mut expected: Vec<String> = numbers.iter().map(|number| format!("incident {number} - -")).collect();
    expected.push(format!("room {} - -", room(1)));
    assert_eq!(bed.recorded().await, expected);
    let renamed = rooms::load(bed.read().await.conn(), &[room(1)]).await.unwrap().remove(&room(1)).unwrap();
    assert_eq!(renamed.display_name, "Isar (6)");
    assert!(renamed.version > 2);
    assert_eq!(bed.incidents(tenant(CUSTOMER)).await.iter().map(|incident| incident.row.version).min(), Some(2));
}

#[tokio::test]
async fn r84_a_recorded_issue_makes_its_rooms_unhealthy_until_it_is_closed_and_r85_only_that_one_closes() {
    let bed = town().await;
    related(&bed).await;
    let issue = json!({"recordIssue": {"customer": tenant(CUSTOMER), "description": "Kein Ton", "rooms": [room(1), room(1), room(2)], "createdBy": principal(1)}});
    bed.forget_changes().await;
    let number = bed.change(issue).await.number.unwrap();
    assert_eq!(bed.recorded().await, [format!("incident {number} - -"), format!("room {} - -", room(1)), format!("room {} - -", room(2))]);
    assert_eq!(open_serious(&bed).await, [1, 1, 0]);
    let open = incident_list::open_rows_after(bed.read().await.conn(), None, 9).await.unwrap();
    assert_eq!(open.iter().map(|it| (it.row.number, it.row.severity)).collect::<Vec<_>>(), [(number, Severity::Critical)]);
    bed.change(json!({"postMessage": {"number": number, "author": principal(1), "text": "Ich schaue nach.", "assignToService": true}}))
        .await;
    assert_eq!(bed.incidents(tenant(CUSTOMER)).await[0].row.status, IncidentStatus::AssignedToService);
    let close = |number| json!({"closeIssue": {"number": number, "reason": "physical_issue", "closedBy": principal(1)}});
    bed.change(close(number)).await;
    assert_eq!(open_serious(&bed).await, [0; 3]);
    assert_eq!(incident_writes::open_numbers(bed.read().await.conn()).await.unwrap(), []);
    let history = bed.incidents(tenant(CUSTOMER)).await.remove(0).history;
    assert_eq!(history.iter().rev().map(|row| row.kind).collect::<Vec<_>>(), [HistoryKind::Activated, HistoryKind::Deactivated]);
    assert_eq!(bed.try_change(close(number)).await.unwrap_err().kind(), ProblemKind::Conflict);
    bed.change(json!({"reportSignals": {"room": room(3), "readings": [{"signal": "disk_health", "state": "failing"}]}})).await;
    let ticket = incident_writes::open_numbers(bed.read().await.conn()).await.unwrap().remove(0);
    assert_eq!(bed.try_change(close(ticket)).await.unwrap_err().kind(), ProblemKind::Conflict);
    let assign = json!({"postMessage": {"number": number, "text": "x", "assignToService": true}});
    assert_eq!(bed.try_change(assign).await.unwrap_err().kind(), ProblemKind::Conflict);
}

#[tokio::test]
async fn what_does_not_belong_together_is_refused_and_leaves_nothing() {
    let bed = town().await;
    let made = related(&bed).await;
    let own = bed
        .change(
            json!({"createRole": {"customer": tenant(CUSTOMER), "partner": tenant(PARTNER), "name": "H", "permissions": ["tickets.view"]}}),
        )
        .await
        .id;
    bed.change(json!({"createTenant": {"id": tenant(9), "displayName": "Fremd", "isCustomer": true}})).await;
    bed.change(json!({"createRoom": {"id": room(9), "customer": tenant(9), "displayName": "Fremd"}})).await;
    bed.change(json!({"createPrincipal": {"id": principal(9), "tenant": tenant(OTHER), "kind": "user", "displayName": "Fremd"}})).await;
    let all = json!({"kind": "all"});
    let foreign = json!({"kind": "some", "rooms": [room(9)], "groups": []});
    let (bad, conflict) = (ProblemKind::BadRequest, ProblemKind::Conflict);
    bed.forget_changes().await;
    for (change, kind) in [
        (json!({"createRelationship": {"partner": tenant(CUSTOMER), "customer": tenant(9)}}), bad),
        (json!({"createRelationship": {"partner": tenant(OTHER), "customer": tenant(CUSTOMER), "rooms": [room(9)]}}), bad),
        (json!({"createRelationship": {"partner": tenant(OTHER), "customer": tenant(CUSTOMER), "primaryAdmins": [principal(1)]}}), bad),
        (json!({"setDelegatedRooms": {"partner": tenant(PARTNER), "customer": tenant(CUSTOMER), "rooms": [room(9)]}}), bad),
        (json!({"setCeiling": {"partner": tenant(OTHER), "customer": tenant(CUSTOMER), "permissions": []}}), bad),
        (json!({"createAssignment": {"role": own, "name": "A", "members": [principal(9)], "scope": all}}), bad),
        (json!({"createAssignment": {"role": own, "name": "A", "members": [], "scope": foreign}}), bad),
        (json!({"createAssignment": {"role": own, "name": " ", "members": [], "scope": all}}), bad),
        (json!({"createRole": {"customer": tenant(CUSTOMER), "partner": tenant(OTHER), "name": "H", "permissions": []}}), bad),
        (json!({"changeRole": {"role": made.roles[0], "permissions": []}}), conflict),
        (json!({"deleteRole": {"role": made.roles[0]}}), conflict),
        (json!({"deleteAssignment": {"assignment": made.assignment}}), conflict),
        (json!({"addGroupMember": {"group": principal(1), "member": principal(2)}}), bad),
        (json!({"addGroupMember": {"group": principal(3), "member": principal(9)}}), bad),
        (json!({"grantPortalRole": {"principal": principal(1), "role": "global_administrator"}}), bad),
        (json!({"createTenant": {"id": tenant(PARTNER), "displayName": "Doppelt"}}), conflict),
        (json!({"createTenant": {"displayName": "X", "ticketPrefix": "klein1"}}), bad),
        (json!({"createPrincipal": {"tenant": tenant(77), "kind": "user", "displayName": "X"}}), bad),
        (json!({"createInvitation": {"customer": tenant(CUSTOMER), "domain": "eins.example", "expiresInDays": 3}}), conflict),
        (json!({"createInvitation": {"customer": tenant(CUSTOMER), "domain": "niemand.example", "expiresInDays": 3}}), bad),
        (json!({"enrolRoom": {"room": room(1)}}), conflict),
        (json!({"renameRoom": {"room": room(77), "displayName": "X"}}), bad),
        (json!({"reportSignals": {"room": room(77), "readings": []}}), bad),
        (json!({"recordIssue": {"customer": tenant(CUSTOMER), "description": "x", "rooms": [room(9)], "createdBy": principal(1)}}), bad),
    ] {
        let error = bed.try_change(change.clone()).await.expect_err(&change.to_string());
        assert_eq!(error.kind(), kind, "{change}: {error}");
    }
    assert!(bed.recorded().await.is_empty());
    let invited =
        json!({"createInvitation": {"customer": tenant(CUSTOMER), "domain": "ZWEI.example", "rooms": [room(3)], "expiresInDays": 3}});
    bed.change(invited.clone()).await;
    assert_eq!(bed.try_change(invited).await.unwrap_err().kind(), conflict, "A3: one invitation of a kind");
}

/// The tables that the changes write are those that rights are read from.
#[tokio::test]
async fn r57_what_is_written_is_what_is_resolved() {
    use tenantry_model::access::{Delegation, Subject};
    use tenantry_model::permission::Permission;
    use tenantry_model::tenancy::{RelationshipStatus, UserKey};
    let bed = town().await;
    related(&bed).await;
    for (group, member) in [(3, 4), (4, 1)] {
        bed.change(json!({"addGroupMember": {"group": principal(group), "member": principal(member)}})).await;
    }
    let mut read = bed.store.read().await.unwrap();
    let key = UserKey { tenant_id: tenant(PARTNER), user_id: principal(1) };
    let grants = tenantry_service::store::rights::grants(read.conn(), key).await.unwrap();
    let delegated = tenantry_service::store::rights::delegations(read.conn(), tenant(PARTNER), &[tenant(CUSTOMER)]).await.unwrap();
    let delegated = &delegated[&tenant(CUSTOMER)];
    let side = Side::Partner(Delegation { status: RelationshipStatus::Active, scope: delegated.scope.clone(), ceiling: delegated.ceiling });
    let subject = Subject { user: principal(1), groups: vec![principal(3), principal(4)] };
    let resolved = Rights::resolve(&subject, &side, &grants[0].grants, |_| vec![]);
    assert!(resolved.allow(Permission::RoomsView, room(1)).is_some());
    assert!(resolved.allow(Permission::RoomsView, room(3)).is_none());
    assert!(resolved.allow(Permission::RoomsUnenroll, room(1)).is_none());
}

/// The audit log: category, operation and name of what was acted upon, and what stands for who acted.
async fn audited(bed: &Bed) -> Vec<String> {
    let links = audit::chain_after(bed.read().await.conn(), None, u32::MAX).await.unwrap();
    let rows = links.into_iter().map(|link| link.read.unwrap().row);
    rows.map(|row| format!("{} {} {} {}, {}", row.log, row.category, row.operation, row.object_name, row.user_id.unwrap())).collect()
}

#[tokio::test]
async fn a24_what_the_operator_changes_is_recorded_in_the_transaction_of_the_change_and_not_without_it() {
    let bed = town().await;
    let made = related(&bed).await;
    let before = audited(&bed).await.len();
    let role =
        json!({"createRole": {"customer": tenant(CUSTOMER), "partner": tenant(PARTNER), "name": "Desk", "permissions": ["rooms.view"]}});
    let role = bed.change(role).await.id;
    let given = json!({"role": role, "name": "All", "members": [principal(1)], "scope": {"kind": "all"}});
    let assignment = bed.change(json!({ "createAssignment": given })).await.id;
    for change in [
        json!({"changeRole": {"role": role, "name": "Helpdesk"}}),
        json!({"changeAssignment": {"assignment": assignment, "members": [principal(2)]}}),
        json!({"deleteAssignment": {"assignment": assignment}}),
        json!({"deleteRole": {"role": role}}),
        json!({"grantPortalRole": {"principal": principal(1), "role": "tenant_manager"}}),
        json!({"setCeiling": {"partner": tenant(PARTNER), "customer": tenant(CUSTOMER), "permissions": ["rooms.view"]}}),
        json!({"endRelationship": {"partner": tenant(PARTNER), "customer": tenant(CUSTOMER)}}),
        json!({"suppressRoom": {"room": room(1), "suppressed": true}}),
        json!({"createInvitation": {"customer": tenant(CUSTOMER), "domain": "zwei.example", "rooms": [room(3)], "expiresInDays": 3}}),
    ] {
        bed.change(change).await;
    }
    assert_eq!(
        audited(&bed).await[before..],
        [
            "export Role Create Desk, operator",
            "export Assignment Create Desk – All, operator",
            "export Role Update Helpdesk, operator",
            "export Assignment Update Helpdesk – All, operator",
            "export Assignment Delete Helpdesk – All, operator",
            "export Role Delete Helpdesk, operator",
            "export User Create Tenant managers, operator",
            "export Assignment Update Partner, operator",
            "export PartnerInvitation Delete Partner, operator",
            "product Room Update Raum 1, operator",
            "export PartnerInvitation Create Partner, operator",
        ]
    );
    let verdict = verify(bed.store.read().await.unwrap().conn(), &[]).await.unwrap();
    assert_eq!(verdict.fault, None);

    let (whole, head) = (audited(&bed).await, verdict.good);
    let changes = [json!({"suppressRoom": {"room": room(1), "suppressed": false}}), json!({"deleteRole": {"role": made.roles[0]}})];
    let changes = changes.map(|change| serde_json::from_value(change).unwrap()).to_vec();
    assert!(tenantry_service::domain::estate_change::apply_all(&bed.store, changes, &bed.random).await.is_err());
    assert_eq!(audited(&bed).await, whole, "a list that fails leaves nothing");
    assert_eq!(verify(bed.store.read().await.unwrap().conn(), &[]).await.unwrap().good, head);
}

/// What turns a sentence round that names it, breaks its line, or shows nothing in it; and what is kept of a name that is only written another way.
const NO_NAMES: [&str; 6] = ["Kunde\u{202e}", "\u{2067}Kunde", "Kun\u{2029}de", "Kun\nde", "\u{200b}\u{feff}", " \u{2800} "];

#[tokio::test]
async fn fault_03_a_name_that_turns_a_sentence_round_comes_in_by_no_change() {
    let bed = town().await;
    let group = tenantry_model::id::RoomGroupId::from_uuid(uuid::Uuid::from_u128(0x9000));
    for name in NO_NAMES {
        for change in [
            json!({"createTenant": {"id": tenant(9), "displayName": name, "isCustomer": true}}),
            json!({"renameTenant": {"tenant": tenant(CUSTOMER), "displayName": name}}),
            json!({"createRoom": {"id": room(9), "customer": tenant(CUSTOMER), "displayName": name}}),
            json!({"renameRoom": {"room": room(1), "displayName": name}}),
            json!({"createRoomGroup": {"id": group, "customer": tenant(CUSTOMER), "name": name}}),
            json!({"createPrincipal": {"id": principal(9), "tenant": tenant(PARTNER), "kind": "user", "displayName": name}}),
        ] {
            let error = bed.try_change(change.clone()).await.expect_err(&change.to_string()).to_string();
            assert!(error.contains("turn the direction of text"), "{change}: {error}");
        }
    }
    bed.change(json!({"renameTenant": {"tenant": tenant(CUSTOMER), "displayName": " Mu\u{308}ller "}})).await;
    assert_eq!(
        tenants::find(bed.read().await.conn(), tenant(CUSTOMER)).await.unwrap().unwrap().tenant.display_name,
        "Müller",
        "NFC, trimmed"
    );
}
