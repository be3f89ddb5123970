//! Races between taking a right and using it: what starts after the taking was acknowledged never succeeds, whatever was under way before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use serde_json::json;
use tenantry_model::api::IncidentPage;
use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::sync::SyncLine;
use tenantry_model::tenancy::{PortalRole, UserKey};
use tenantry_model::time::Clock;

use crate::events::{Heard, Stream};
use crate::support::{NewIncident, TestApp, id, number};

/// How often a right is taken, and how many requests start after each.
const ROUNDS: usize = 50;
const AFTER: usize = 20;

struct World {
    app: TestApp,
    partner: TenantId,
    customer: TenantId,
    rooms: Vec<RoomId>,
    technician: UserKey,
    primary: UserKey,
    administrator: UserKey,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let rooms = vec![estate.room(customer, 21, "Isar").await, estate.room(customer, 22, "Spree").await];
    let column = BuiltInRole::PrimaryAdmins.permissions();
    estate.delegate(partner, customer, &rooms, column).await;
    let (technician, primary) = (estate.user(partner, 10, "Technician").await, estate.user(partner, 11, "Primary").await);
    let administrator = estate.user(customer, 12, "Administrator").await;
    estate.portal_role(administrator, PortalRole::ManagedServiceAdministrator).await;
    estate.primary_admins(40, partner, customer, column, primary).await;
    estate.incident(NewIncident::new(number("ALPHAA", 1), customer, &rooms[..1], app.clock.now())).await;
    World { app, partner, customer, rooms, technician, primary, administrator }
}

/// What the technician held, given back for the next round.
async fn give(world: &World) -> u128 {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1_000);
    let n = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    let estate = world.app.estate();
    let view = PermissionSet::of(&[Permission::TicketsView, Permission::RoomsView]);
    estate.assign(n, world.customer, Some(world.partner), world.technician, view, &[], &[]).await;
    n
}

impl World {
    async fn version(&self) -> u64 {
        let path = format!("/v1/partners/{}", self.partner);
        self.app.get(&path, self.administrator).await.json::<PartnerDetail>().version
    }

    async fn change(&self, who: UserKey, method: Method, path: &str, version: u64, body: Option<serde_json::Value>) {
        let version = format!("\"{version}\"");
        let answer = self.app.ask(method, path, Some(&self.app.token(who)), &[("if-match", &version)], body.as_ref()).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
    }

    /// Takes the right in one of four ways, over the service's own routes; answers once that was acknowledged.
    async fn take(&self, way: usize, role: u128) {
        let role_id = id(role);
        let (partner, customer) = (self.partner, self.customer);
        match way {
            0 => {
                let rooms = json!({ "remove": { "rooms": self.rooms } });
                self.change(self.administrator, Method::PATCH, &format!("/v1/partners/{partner}"), self.version().await, Some(rooms)).await;
            }
            1 => {
                let ceiling = json!({ "ceiling": ["reports.view"] });
                self.change(self.administrator, Method::PATCH, &format!("/v1/partners/{partner}"), self.version().await, Some(ceiling))
                    .await;
            }
            2 => self.change(self.administrator, Method::DELETE, &format!("/v1/partners/{partner}/roles/{role_id}"), 1, None).await,
            _ => {
                let path = format!("/v1/customers/{customer}/roles/{role_id}/assignments/{}", id(role + 500_000));
                self.change(self.primary, Method::PATCH, &path, 1, Some(json!({ "members": [] }))).await;
            }
        }
    }

    async fn restore(&self, way: usize) {
        if way < 2 {
            let body = json!({ "add": { "rooms": self.rooms }, "ceiling": BuiltInRole::PrimaryAdmins.permissions() });
            self.change(self.administrator, Method::PATCH, &format!("/v1/partners/{}", self.partner), self.version().await, Some(body))
                .await;
        }
    }
}

/// Whether an answer shows anything of the customer.
async fn succeeds(app: &TestApp, token: &str, customer: TenantId, room: RoomId, kind: usize) -> bool {
    match kind % 4 {
        0 => app.send(Method::GET, &format!("/v1/customers/{customer}/rooms/{room}"), Some(token)).await.status == StatusCode::OK,
        1 => {
            app.send(Method::GET, &format!("/v1/customers/{customer}/incidents/ALPHAA-000001"), Some(token)).await.status == StatusCode::OK
        }
        2 => !app.send(Method::GET, "/v1/incidents", Some(token)).await.json::<IncidentPage>().items.is_empty(),
        _ => {
            let lines = app.send(Method::GET, "/v1/sync", Some(token)).await.lines();
            lines
                .iter()
                .any(|line| matches!(line, SyncLine::Room(_) | SyncLine::Incident(_) | SyncLine::IncidentRow(_) | SyncLine::Customer(_)))
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r58_r62_nothing_that_starts_after_the_acknowledgement_of_a_revoke_succeeds() {
    let world = Arc::new(world().await);
    let (stop, before) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    // Requests without a pause, so that there is always one under way, and whatever is kept of rights is warm.
    let noise: Vec<_> = (0..3)
        .map(|at| {
            let (world, stop, before) = (world.clone(), stop.clone(), before.clone());
            tokio::spawn(async move {
                let token = world.app.token(world.technician);
                let mut kind = at;
                while !stop.load(Ordering::Relaxed) {
                    if succeeds(&world.app, &token, world.customer, world.rooms[0], kind).await {
                        before.fetch_add(1, Ordering::Relaxed);
                    }
                    kind += 1;
                }
            })
        })
        .collect();
    let (mut asked, mut late) = (0, 0);
    for round in 0..ROUNDS {
        let way = round % 4;
        let role = give(&world).await;
        let token = world.app.token(world.technician);
        assert!(succeeds(&world.app, &token, world.customer, world.rooms[0], round).await, "round {round}: there was a right to take");
        world.take(way, role).await;
        let started: Vec<_> = (0..AFTER)
            .map(|kind| {
                let (world, token) = (world.clone(), token.clone());
                tokio::spawn(async move { succeeds(&world.app, &token, world.customer, world.rooms[0], kind).await })
            })
            .collect();
        for one in started {
            asked += 1;
            late += usize::from(one.await.unwrap());
        }
        world.restore(way).await;
        if way < 2 {
            world.app.estate().unassign(role, world.customer, world.technician).await;
        }
    }
    stop.store(true, Ordering::Relaxed);
    for task in noise {
        task.await.unwrap();
    }
    assert!(before.load(Ordering::Relaxed) > ROUNDS, "the right was in use while it was taken");
    assert_eq!((asked, late), (ROUNDS * AFTER, 0));
}

#[tokio::test]
async fn r62_event_streams_end_within_a_second_of_every_kind_of_revoke() {
    let world = world().await;
    for way in 0..4 {
        let role = give(&world).await;
        let mut stream = Stream::open(&world.app, world.technician).await;
        let start = Instant::now();
        world.take(way, role).await;
        let left = Duration::from_secs(1).saturating_sub(start.elapsed());
        assert_eq!(stream.heard(left).await, Heard::End, "way {way}");
        world.restore(way).await;
        if way < 2 {
            world.app.estate().unassign(role, world.customer, world.technician).await;
        }
    }
}
