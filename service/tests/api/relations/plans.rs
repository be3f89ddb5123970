//! One step for several customers: previewed, then done (R46 for each of them, A7, A9, R24).

use http::StatusCode;
use serde_json::{Value, json};
use tenantry_model::api::plans::PlanRow;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_test_kit::Change;

use super::World;
use crate::support::{Answer, id};

fn template(world: &World, permissions: &[Permission], members: &[&str]) -> Value {
    let members: Vec<_> = members.iter().map(|it| world.who(it)).collect();
    json!({ "applyTemplate": { "name": "Helpdesk", "description": "Incidents", "permissions": permissions, "members": members } })
}

fn more(world: &World, principals: &[&str]) -> Value {
    json!({ "addPrimaryAdmins": { "principals": principals.iter().map(|it| world.who(it)).collect::<Vec<_>>() } })
}

async fn preview(world: &World, by: &str, step: &Value) -> Vec<PlanRow> {
    let body = json!({ "customers": [world.alpha, world.beta], "step": step });
    world.post(by, "/v1/plans/preview", body).await.json()
}

async fn try_apply(world: &World, by: &str, step: &Value, rows: &[PlanRow]) -> Answer {
    let customers: Vec<Value> = rows.iter().map(|it| json!({ "id": it.id, "version": it.version })).collect();
    world.post(by, "/v1/plans/apply", json!({ "customers": customers, "step": step })).await
}

async fn apply(world: &World, by: &str, step: &Value, rows: &[PlanRow]) -> Vec<PlanRow> {
    try_apply(world, by, step, rows).await.json()
}

/// What a row comes to: who gains, who loses, the problem.
fn told(row: &PlanRow) -> (Vec<String>, Vec<String>, Option<String>) {
    let names = |people: &[tenantry_model::tenancy::PrincipalRef]| people.iter().map(|it| it.display_name.clone()).collect();
    let refusal = row.refusal.as_ref().map(|it| it.kind().unwrap().as_str().to_owned());
    (names(&row.gains), names(&row.loses), refusal)
}

/// `cleo` is a Primary admin of both customers.
async fn both() -> World {
    let world = World::related().await;
    for (by, customer) in [("ann", world.alpha), ("ben", world.beta)] {
        world.post(by, &format!("/v1/customers/{customer}/primary-admins"), json!({ "principals": [world.who("cleo")] })).await.ok("cleo");
    }
    world
}

#[tokio::test]
async fn r46_a_preview_changes_nothing_and_what_is_done_is_what_was_previewed() {
    let world = both().await;
    world.role("ann", world.alpha, "helpdesk", &[Permission::TicketsView], &["nemo"], world.scope(&["a1"])).await;
    let before = (world.log("chief").await, world.log("boss").await, world.partner_of("chief").await, world.partner_of("boss").await);
    let holds = [Permission::TicketsView, Permission::RoomsView];
    let step = template(&world, &holds, &["outer", "ben"]);
    let rows = preview(&world, "cleo", &step).await;
    assert_eq!(
        told(&rows[0]),
        (vec!["ben".into(), "inside".into()], vec!["nemo".into()], None),
        "there is such a role: its members change"
    );
    assert_eq!(told(&rows[1]), (vec!["ben".into(), "inside".into()], vec![], None), "there is none: it is made");
    assert!(rows.iter().all(|it| !it.applied && !it.needs_approval));
    let after = (world.log("chief").await, world.log("boss").await, world.partner_of("chief").await, world.partner_of("boss").await);
    assert_eq!(before, after, "a preview changed something");
    let done = apply(&world, "cleo", &step, &rows).await;
    for (previewed, row) in rows.iter().zip(&done) {
        assert!(row.applied);
        assert_eq!((told(row), row.permissions, &row.version), (told(previewed), previewed.permissions, &previewed.version));
    }
    assert_eq!((world.rooms_of("inside").await, world.incidents_of("inside").await), (vec!["a1", "a2", "b1"], vec!["a1", "a2", "b1"]));
    assert_eq!(world.incidents_of("nemo").await, [""; 0]);
    assert!(world.log("chief").await.contains(&"Role Update Successful helpdesk, by cleo".to_owned()));
    assert!(world.log("boss").await.contains(&"Role Create Successful Helpdesk, by cleo".to_owned()));
    // Once more: nothing is left to do, and nothing is recorded.
    let lines = world.log("chief").await.len();
    let again = preview(&world, "cleo", &step).await;
    assert!(again.iter().all(|row| told(row) == (vec![], vec![], None)), "{again:?}");
    assert!(apply(&world, "cleo", &step, &again).await.iter().all(|row| row.refusal.is_none()));
    assert_eq!(world.log("chief").await.len(), lines);
}

#[tokio::test]
async fn r46_fault_02_who_stays_in_a_role_is_named_where_it_gains_or_loses_permissions_or_rooms() {
    let world = both().await;
    let held = [Permission::RoomsView, Permission::TicketsView];
    world.role("ann", world.alpha, "Helpdesk", &held, &["nemo", "ben"], json!({ "kind": "all" })).await;
    world.role("ben", world.beta, "Helpdesk", &held, &["nemo"], world.scope(&["b1"])).await;
    let step = |permissions: &[Permission]| template(&world, permissions, &["nemo"]);
    let said = |row: &PlanRow| {
        let ((gains, loses, _), before) = (told(row), row.permissions_before.map(|it| it.iter().collect::<Vec<_>>()));
        (gains.join(" "), loses.join(" "), before, row.widens_scope, row.changes)
    };
    let rows = preview(&world, "cleo", &step(&[Permission::TicketsView])).await;
    assert_eq!(said(&rows[0]), (String::new(), "ben nemo".into(), Some(held.to_vec()), false, true), "nemo stays, with less");
    assert_eq!(said(&rows[1]), ("nemo".into(), "nemo".into(), Some(held.to_vec()), true, true), "less, in more rooms");
    let rows = preview(&world, "cleo", &step(&[Permission::TicketsView, Permission::RoomsView, Permission::GroupsView])).await;
    assert_eq!(said(&rows[0]), ("nemo".into(), "ben".into(), Some(held.to_vec()), false, true), "nemo stays, with more");
    let rows = preview(&world, "cleo", &template(&world, &held, &["nemo", "ben"])).await;
    assert!(rows[0].changes, "its description");
    apply(&world, "cleo", &template(&world, &held, &["nemo", "ben"]), &rows).await;
    let rows = preview(&world, "cleo", &template(&world, &held, &["nemo", "ben"])).await;
    assert_eq!(said(&rows[0]), (String::new(), String::new(), Some(held.to_vec()), false, false));
}

#[tokio::test]
async fn fault_02_who_gains_and_loses_is_told_over_all_assignments_of_the_role() {
    let world = both().await;
    let held = [Permission::RoomsView];
    // The first by name is what a template changes; `inside` is in it through a group.
    let first = world.role("ann", world.alpha, "Helpdesk", &held, &["nemo", "outer", "cleo"], world.scope(&["a1"])).await;
    let path = format!("/v1/customers/{}/roles/{}/assignments", world.alpha, first.role.id);
    let more = |name: &str, members: &[&str], scope: Value| {
        let members: Vec<_> = members.iter().map(|it| world.who(it)).collect();
        json!({ "name": name, "members": members, "scope": scope })
    };
    world.post("ann", &path, more("Second", &["nemo", "ben", "cleo"], world.scope(&["a2"]))).await.ok("second");
    world.post("ann", &path, more("Third", &["inside", "tom"], json!({ "kind": "all" }))).await.ok("third");
    let rows = async |members: &[&str]| preview(&world, "ann", &template(&world, &held, members)).await.remove(0);
    let said = |row: &PlanRow| {
        let (gains, loses, refusal) = told(row);
        assert_eq!(refusal, None);
        (gains.join(" "), loses.join(" "))
    };
    let (rooms, step) = (async |who: &str| world.rooms_of(who).await.join(" "), template(&world, &held, &["ben", "cleo", "tom"]));
    // Ben has a2 and gets all; so has Cleo both by two and gets those to come; Nemo keeps a2 and loses a1; who has all by the third keeps it.
    let before = [rooms("ben").await, rooms("nemo").await, rooms("inside").await, rooms("tom").await];
    assert_eq!(before, ["a2 b1", "a1 a2", "a1 a2", "a1 a2"]);
    let row = rows(&["ben", "cleo", "tom"]).await;
    assert_eq!(said(&row), ("ben cleo".to_owned(), "nemo".to_owned()));
    let done = apply(&world, "ann", &step, std::slice::from_ref(&row)).await;
    assert!(done[0].applied, "{done:?}");
    let after = [rooms("ben").await, rooms("nemo").await, rooms("inside").await, rooms("tom").await];
    assert_eq!(after, ["a1 a2 b1", "a2", "a1 a2", "a1 a2"]);
    // Done once, nobody gains or loses; without him in the first, he keeps what the second has.
    assert_eq!(said(&rows(&["ben", "cleo", "tom"]).await), (String::new(), String::new()));
    assert_eq!(said(&rows(&["cleo", "tom"]).await), (String::new(), "ben".to_owned()));
    // What the customer does not delegate is nobody's to gain or to lose.
    world.steer("chief", json!({ "rooms": [world.room("a2")] })).await;
    assert_eq!(said(&rows(&["cleo", "tom", "nemo"]).await), ("nemo".to_owned(), "ben".to_owned()), "rooms to come");
}

#[tokio::test]
async fn r46_what_has_changed_at_one_customer_since_the_preview_is_left_alone_there() {
    let world = both().await;
    let step = more(&world, &["nemo"]);
    let rows = preview(&world, "cleo", &step).await;
    world
        .post("ann", &format!("/v1/customers/{}/primary-admins", world.alpha), json!({ "principals": [world.who("ben")] }))
        .await
        .ok("between");
    let done = apply(&world, "cleo", &step, &rows).await;
    assert_eq!((done[0].applied, told(&done[0]).2.as_deref()), (false, Some("precondition-failed")));
    assert!(done[1].applied && done[1].refusal.is_none());
    assert_eq!(world.rooms_of("nemo").await, ["b1"], "the other customer is done all the same");
    assert!(world.last("chief").await.starts_with("Assignment Update Failed"), "the attempt is recorded: {}", world.last("chief").await);
    let rows = preview(&world, "cleo", &step).await;
    assert!(apply(&world, "cleo", &step, &rows).await.iter().all(|it| it.applied));
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2", "b1"]);
    // What the customer steers counts as well, and so does a role of that name that appeared meanwhile.
    for between in 0..2 {
        let step = template(&world, &[Permission::RoomsView], &["nemo"]);
        let rows = preview(&world, "cleo", &step).await;
        match between {
            0 => world.steer("chief", json!({ "offline": { "allowed": false, "days": 1 } })).await,
            _ => drop(world.role("ann", world.alpha, "HELPDESK", &[Permission::RoomsView], &[], json!({ "kind": "all" })).await),
        }
        let done = apply(&world, "cleo", &step, &rows[..1]).await;
        assert_eq!(told(&done[0]).2.as_deref(), Some("precondition-failed"), "{between}");
    }
}

#[tokio::test]
async fn a5_r46_who_is_in_a_group_by_now_is_previewed_anew_before_it_gains_anything() {
    let world = both().await;
    for step in [more(&world, &["outer"]), template(&world, &[Permission::RoomsView], &["outer"])] {
        let rows = preview(&world, "cleo", &step).await;
        assert!(rows.iter().all(|row| told(row) == (vec!["inside".into()], vec![], None)), "{rows:?}");
        // Deep in the group somebody comes, and goes again: what was shown holds again.
        let nested = |add: bool| {
            let (group, member) = (world.who("inner"), world.who("nemo"));
            if add { Change::AddGroupMember { group, member } } else { Change::RemoveGroupMember { group, member } }
        };
        world.apply(vec![nested(true)]).await;
        let refused = apply(&world, "cleo", &step, &rows).await;
        for (row, before) in refused.iter().zip(&rows) {
            assert_eq!(told(row), (vec!["inside".into(), "nemo".into()], vec![], Some("precondition-failed".into())), "the new preview");
            assert!(!row.applied && row.version != before.version && row.display_name == before.display_name);
        }
        assert_eq!((world.rooms_of("nemo").await, world.rooms_of("inside").await), (vec![], vec![]));
        world.apply(vec![nested(false)]).await;
        assert_eq!(preview(&world, "cleo", &step).await, rows);
        world.apply(vec![nested(true)]).await;
        let done = apply(&world, "cleo", &step, &refused).await;
        assert!(done.iter().all(|row| row.applied && row.refusal.is_none()), "as it was shown then: {done:?}");
        assert_eq!(world.rooms_of("nemo").await, ["a1", "a2", "b1"]);
        world.apply(vec![nested(false)]).await;
        if step.get("addPrimaryAdmins").is_some() {
            for (by, customer) in [("ann", world.alpha), ("ben", world.beta)] {
                let path = format!("/v1/customers/{customer}/primary-admins/{}", world.who("outer"));
                world.delete(by, &path, None).await.ok("as it was");
            }
        }
    }
}

#[tokio::test]
async fn a9_a_template_beyond_a_customers_ceiling_is_refused_there() {
    let world = both().await;
    world.steer("chief", json!({ "ceiling": ["tickets.view", "roles.view", "roles.modify"] })).await;
    let step = template(&world, &[Permission::TicketsView, Permission::RoomsView], &["nemo"]);
    let rows = preview(&world, "cleo", &step).await;
    assert_eq!(told(&rows[0]).2.as_deref(), Some("conflict"));
    assert!(rows[0].refusal.as_ref().unwrap().detail.as_ref().unwrap().contains("rooms.view"));
    assert_eq!(told(&rows[1]).2, None);
    let done = apply(&world, "cleo", &step, &rows).await;
    assert_eq!((done[0].applied, done[1].applied), (false, true));
    assert_eq!((world.incidents_of("nemo").await, world.rooms_of("nemo").await), (vec!["b1"], vec!["b1"]), "not cut down, but not done");
    assert!(world.last("chief").await.starts_with("Role Update Failed Helpdesk"), "{}", world.last("chief").await);
}

#[tokio::test]
async fn r42_r46_a_plan_gives_nobody_more_than_each_customer_gave_them() {
    let world = World::related().await;
    world
        .role("ann", world.alpha, "Managers of a1", &[Permission::RolesModify, Permission::RoomsView], &["cleo"], world.scope(&["a1"]))
        .await;
    let step = template(&world, &[Permission::RoomsView], &["cleo"]);
    // Cleo manages in one room of Alpha; a template reaches over all. At Beta she is nobody.
    let rows = preview(&world, "cleo", &step).await;
    assert_eq!(rows.iter().map(|row| told(row).2.unwrap()).collect::<Vec<_>>(), ["conflict", "not-found"]);
    assert_eq!((rows[1].display_name.as_str(), rows[1].version.as_str()), ("", ""), "of Beta nothing is told");
    // Ann is nobody at Beta; the tenant manager makes Primary admins, and no roles.
    let rows = preview(&world, "ann", &step).await;
    assert_eq!(rows.iter().map(|row| told(row).2).collect::<Vec<_>>(), [None, Some("not-found".to_owned())]);
    let refused = preview(&world, "tom", &step).await;
    assert!(refused.iter().all(|row| told(row).2.as_deref() == Some("not-found")), "{refused:?}");
    assert!(preview(&world, "tom", &more(&world, &["tom"])).await.iter().all(|row| row.refusal.is_none()), "A7");
    for who in ["nemo", "rita", "chief"] {
        assert!(
            preview(&world, who, &more(&world, &["nemo"])).await.iter().all(|row| told(row).2.as_deref() == Some("not-found")),
            "{who}"
        );
        let done = apply(&world, who, &step, &rows).await;
        assert!(done.iter().all(|row| !row.applied), "{who}");
    }
    // An unknown customer looks as one that is somebody else's.
    let nowhere = TenantId::from_uuid(id(999));
    let body = json!({ "customers": [world.beta, nowhere], "step": step });
    let rows: Vec<PlanRow> = world.post("ann", "/v1/plans/preview", body).await.json();
    let blank = |row: &PlanRow| PlanRow { id: nowhere, ..row.clone() };
    assert_eq!(blank(&rows[0]), rows[1]);
    // Members of another organisation, and built-in roles, are refused at each customer.
    for step in [template(&world, &[Permission::RoomsView], &["agnes"]), more(&world, &["agnes"])] {
        assert_eq!(told(&preview(&world, "ann", &step).await[0]).2.as_deref(), Some("bad-request"));
    }
    let mut built_in = template(&world, &[Permission::RoomsView], &["nemo"]);
    built_in["applyTemplate"]["name"] = json!("Primary admins");
    assert_eq!(told(&preview(&world, "ann", &built_in).await[0]).2.as_deref(), Some("conflict"));
    assert_eq!((world.rooms_of("cleo").await, world.rooms_of("nemo").await), (vec!["a1"], vec![]));
}

#[tokio::test]
async fn r24_a_plan_asks_where_the_customer_wants_to_approve() {
    let world = both().await;
    world.steer("chief", json!({ "changeControl": { "roles.modify": "manual" } })).await;
    let step = more(&world, &["nemo"]);
    let rows = preview(&world, "cleo", &step).await;
    assert_eq!((rows[0].needs_approval, rows[1].needs_approval), (true, false));
    assert!(apply(&world, "cleo", &step, &rows).await.iter().all(|row| row.refusal.is_none()));
    assert_eq!(world.rooms_of("nemo").await, ["b1"]);
    let request = world.request("chief").await;
    world.decide("chief", request, "approve").await.ok("approve");
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2", "b1"]);
}

#[tokio::test]
async fn r46_a_plan_has_customers_and_not_too_many_and_a_key_disturbs_it_not() {
    let world = both().await;
    let step = more(&world, &["nemo"]);
    let many: Vec<TenantId> = (0..501).map(|n| TenantId::from_uuid(id(10_000 + n))).collect();
    for customers in [vec![], many] {
        world.post("cleo", "/v1/plans/preview", json!({ "customers": customers, "step": step })).await.bad("preview");
        let rows: Vec<Value> = customers.iter().map(|it| json!({ "id": it, "version": "x" })).collect();
        world.post("cleo", "/v1/plans/apply", json!({ "customers": rows, "step": step })).await.bad("apply");
    }
    let rows = preview(&world, "cleo", &step).await;
    let customers: Vec<Value> = rows.iter().map(|it| json!({ "id": it.id, "version": it.version })).collect();
    let body = json!({ "customers": customers, "step": step });
    let answer = world.send("cleo", http::Method::POST, "/v1/plans/apply", &[("idempotency-key", "k")], Some(body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(world.rooms_of("nemo").await, ["a1", "a2", "b1"]);
}
