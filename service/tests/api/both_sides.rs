//! An organisation that is partner and customer (A37, R3): one acts as one of the two, and nothing mixes them.

use http::{Method, StatusCode};
use serde_json::json;
use tenantry_model::api::Me;
use tenantry_model::id::TenantId;
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ActingAs, PortalRole, UserKey};
use tenantry_model::time::Clock;

use crate::support::{Answer, NewIncident, TestApp, first_sync, id, number};

const AS: &str = "tenantry-acting-as";

/// Both is a partner, of Alpha, and a customer, with a room of its own. Mara administers it and works at both; so does Max, without a portal role.
struct Both {
    app: TestApp,
    own: TenantId,
    alpha: TenantId,
    mara: UserKey,
    max: UserKey,
}

impl Both {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let estate = app.estate();
        let own = estate.tenant(6, "Both", "BOTHXX", true, true).await;
        let alpha = estate.tenant(7, "Alpha", "ALPHAA", false, true).await;
        let (mara, max) = (estate.user(own, 601, "Mara").await, estate.user(own, 602, "Max").await);
        estate.portal_role(mara, PortalRole::ManagedServiceAdministrator).await;
        let (own_room, far) = (estate.room(own, 61, "Own hall").await, estate.room(alpha, 71, "Far hall").await);
        estate.delegate(own, alpha, &[far], PermissionSet::ALL).await;
        for (n, member) in [(801, mara), (802, max)] {
            estate.assign(n, alpha, Some(own), member, PermissionSet::ALL, &[], &[]).await;
            estate.assign(n + 10, own, None, member, PermissionSet::ALL, &[], &[]).await;
        }
        let now = app.clock.now();
        estate.incident(NewIncident::new(number("BOTHXX", 1), own, &[own_room], now)).await;
        estate.incident(NewIncident::new(number("ALPHAA", 1), alpha, &[far], now)).await;
        Self { app, own, alpha, mara, max }
    }

    async fn get(&self, path: &str, user: UserKey, acting_as: Option<ActingAs>) -> Answer {
        let headers: Vec<(&str, &str)> = acting_as.iter().map(|it| (AS, it.as_str())).collect();
        self.app.ask(Method::GET, path, Some(&self.app.token(user)), &headers, None).await
    }
}

#[tokio::test]
async fn a37_r3_what_one_acts_as_decides_what_there_is_and_nothing_mixes_the_two() {
    let both = Both::start().await;
    for user in [both.mara, both.max] {
        for (acting_as, mine, other) in [
            (None, both.alpha, both.own),
            (Some(ActingAs::Partner), both.alpha, both.own),
            (Some(ActingAs::Customer), both.own, both.alpha),
        ] {
            let me: Me = both.get("/v1/me", user, acting_as).await.json();
            assert_eq!(me.customers.iter().map(|it| it.id).collect::<Vec<_>>(), [mine], "{acting_as:?}");
            assert_eq!(me.acting_as, Some(acting_as.unwrap_or(ActingAs::Partner)), "one can change sides");
            let customer = acting_as == Some(ActingAs::Customer);
            assert_eq!((me.tenant.is_partner, me.tenant.is_customer), (!customer, customer));
            let theirs = if customer { ["ALPHAA", "Far hall"] } else { ["BOTHXX", "Own hall"] };
            let (lines, _) = first_sync(async |path| both.get(&path, user, acting_as).await).await;
            assert!(!lines.is_empty());
            let mut told = vec![("sync".to_owned(), format!("{lines:?}"))];
            for path in
                ["/v1/incidents", "/v1/incidents?tab=resolved", "/v1/tenants", "/v1/waiting-requests", "/v1/invitations", "/v1/partners"]
            {
                told.push((path.to_owned(), String::from_utf8(both.get(path, user, acting_as).await.body).unwrap()));
            }
            for (what, text) in told {
                assert!(theirs.iter().all(|word| !text.contains(word)), "{what} as {acting_as:?}: {text}");
            }
            for at in ["rooms", "incidents", "groups", "rings", "roles"] {
                let path = format!("/v1/customers/{mine}/{at}");
                assert_eq!(both.get(&path, user, acting_as).await.status, StatusCode::OK, "{path}");
                let (refused, unknown) = (format!("/v1/customers/{other}/{at}"), format!("/v1/customers/{}/{at}", id(999)));
                let refused = both.get(&refused, user, acting_as).await;
                assert_eq!(refused.status, StatusCode::NOT_FOUND, "{at} as {acting_as:?}");
                assert_eq!(refused.without_request_id(), both.get(&unknown, user, acting_as).await.without_request_id());
            }
        }
    }
}

#[tokio::test]
async fn a37_a_change_is_made_as_the_one_that_may_make_it() {
    let both = Both::start().await;
    let token = both.app.token(both.mara);
    let send = async |path: &str, acting_as: &str, body: serde_json::Value| {
        both.app.ask(Method::POST, path, Some(&token), &[(AS, acting_as)], Some(&body)).await.status
    };
    let managers = json!({ "principals": [both.max.user_id] });
    assert_eq!(send("/v1/tenant-managers", "customer", managers.clone()).await, StatusCode::NOT_FOUND, "a partner's (R12)");
    assert_eq!(send("/v1/tenant-managers", "partner", managers).await, StatusCode::OK);
    let group = json!({ "name": "Ground floor", "rooms": [] });
    let at = |customer: TenantId| format!("/v1/customers/{customer}/groups");
    assert_eq!(send(&at(both.own), "partner", group.clone()).await, StatusCode::NOT_FOUND, "the own rooms are the customer's (R3)");
    assert_eq!(send(&at(both.alpha), "customer", group.clone()).await, StatusCode::NOT_FOUND);
    assert_eq!(send(&at(both.own), "customer", group).await, StatusCode::CREATED);
}

#[tokio::test]
async fn a37_a_role_of_the_own_rooms_makes_nobody_an_administrator_of_the_partner_and_relationships_are_the_partners() {
    let both = Both::start().await;
    let (estate, own, alpha) = (both.app.estate(), both.own, both.alpha);
    let ann = estate.user(own, 603, "Ann").await;
    estate.administrator(851, own, ann).await;
    let held = async |acting_as| {
        let me: Me = both.get("/v1/me", ann, Some(acting_as)).await.json();
        (me.portal_roles.len(), me.customers.len())
    };
    assert_eq!(held(ActingAs::Customer).await, (1, 1), "she administers the own rooms (R55)");
    assert_eq!(held(ActingAs::Partner).await, (0, 0));
    assert_eq!(both.get("/v1/tenant-managers", ann, Some(ActingAs::Partner)).await.status, StatusCode::NOT_FOUND);
    estate.primary_admins(861, own, alpha, PermissionSet::ALL, both.max).await;
    estate.waiting_request(871, own, alpha, both.max).await;
    let path = format!("/v1/customers/{alpha}");
    for (acting_as, status, waiting) in [(ActingAs::Partner, StatusCode::OK, 1), (ActingAs::Customer, StatusCode::NOT_FOUND, 0)] {
        assert_eq!(both.get(&path, both.max, Some(acting_as)).await.status, status, "{acting_as:?}");
        let page: serde_json::Value = both.get("/v1/waiting-requests", both.max, Some(acting_as)).await.json();
        assert_eq!(page["items"].as_array().map(Vec::len), Some(waiting), "{acting_as:?}");
    }
}

#[tokio::test]
async fn a37_a_copy_of_the_one_is_not_carried_on_as_the_other() {
    let both = Both::start().await;
    for (mine, other) in [(ActingAs::Partner, ActingAs::Customer), (ActingAs::Customer, ActingAs::Partner)] {
        let (_, cursor) = first_sync(async |path| both.get(&path, both.max, Some(mine)).await).await;
        let path = format!("/v1/sync?cursor={cursor}");
        assert_eq!(both.get(&path, both.max, Some(mine)).await.status, StatusCode::OK);
        assert_eq!(both.get(&path, both.max, Some(other)).await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn a37_one_acts_as_what_the_organisation_is() {
    let both = Both::start().await;
    let agnes = both.app.estate().user(both.alpha, 701, "Agnes").await;
    for (user, acting_as, status) in [
        (agnes, "customer", StatusCode::OK),
        (agnes, "partner", StatusCode::FORBIDDEN),
        (agnes, "both", StatusCode::BAD_REQUEST),
        (both.max, "", StatusCode::BAD_REQUEST),
    ] {
        let answer = both.app.ask(Method::GET, "/v1/me", Some(&both.app.token(user)), &[(AS, acting_as)], None).await;
        assert_eq!(answer.status, status, "{acting_as:?}");
    }
    let me: Me = both.get("/v1/me", agnes, None).await.json();
    assert_eq!(me.acting_as, None, "there is nothing to choose");
}
