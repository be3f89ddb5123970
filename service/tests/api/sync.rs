//! After applying a checkpoint, the cache holds exactly what the service would have shown this user at one moment.

use std::collections::BTreeMap;
use std::time::Duration;

use http::StatusCode;
use tenantry_model::api::IncidentPage;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Incident, IncidentRow, IncidentStatus};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::room::Room;
use tenantry_model::sync::{Checkpoint, IncidentGone, Kept, SyncCustomer, SyncLine};
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::store::incident_rows::Progress;

use crate::support::{NewIncident, TestApp, id, number};

/// A cache that does what docs/sync.md says, and nothing else.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cache {
    customers: BTreeMap<TenantId, SyncCustomer>,
    rooms: BTreeMap<RoomId, Room>,
    /// Those that it has whole.
    incidents: BTreeMap<TicketNumber, Incident>,
    /// Those of which it has the row alone.
    rows: BTreeMap<TicketNumber, IncidentRow>,
    cursor: Option<String>,
}

impl Cache {
    fn apply(&mut self, lines: Vec<SyncLine>) -> Checkpoint {
        let mut checkpoint = None;
        for line in lines {
            assert!(checkpoint.is_none(), "a line behind the checkpoint");
            match line {
                SyncLine::Begin(begin) if begin.snapshot => *self = Self::default(),
                SyncLine::Begin(_) => {}
                SyncLine::Customer(customer) => {
                    if customer.reset {
                        self.forget(customer.id);
                    }
                    self.customers.insert(customer.id, SyncCustomer { reset: false, ..customer });
                }
                SyncLine::CustomerGone(customer) => {
                    self.forget(customer);
                    self.customers.remove(&customer);
                }
                SyncLine::Room(room) => {
                    self.rooms.insert(room.id, *room);
                }
                SyncLine::RoomGone(gone) => {
                    self.rooms.remove(&gone.id);
                }
                SyncLine::Incident(incident) => {
                    self.rows.remove(&incident.row.number);
                    self.incidents.insert(incident.row.number, *incident);
                }
                SyncLine::IncidentRow(row) => {
                    self.incidents.remove(&row.number);
                    self.rows.insert(row.number, *row);
                }
                SyncLine::IncidentGone(gone) => {
                    self.incidents.remove(&gone.number);
                    self.rows.remove(&gone.number);
                }
                SyncLine::ReadMark(_) | SyncLine::SavedViews(_) => panic!("a kind of line that nobody asked for"),
                SyncLine::Checkpoint(it) => checkpoint = Some(it),
            }
        }
        let checkpoint = checkpoint.expect("an answer ends with a checkpoint");
        self.cursor = Some(checkpoint.cursor.clone());
        self.grow_old(checkpoint.at);
        checkpoint
    }

    /// A40: what nobody sends a line for.
    fn grow_old(&mut self, at: Timestamp) {
        let kept = |row: &IncidentRow| Kept::of(row, at);
        for (number, incident) in self.incidents.extract_if(.., |_, incident| kept(&incident.row) != Kept::Whole) {
            self.rows.insert(number, incident.row);
        }
        self.rows.retain(|_, row| kept(row) != Kept::Nothing);
    }

    fn forget(&mut self, customer: TenantId) {
        self.rooms.retain(|_, room| room.customer_id != customer);
        self.incidents.retain(|_, incident| incident.row.customer_id != customer);
        self.rows.retain(|_, row| row.customer_id != customer);
    }

    fn shown(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }
}

async fn lines(app: &TestApp, user: UserKey, cursor: Option<&str>) -> Vec<SyncLine> {
    let path = cursor.map_or_else(|| "/v1/sync".to_owned(), |cursor| format!("/v1/sync?cursor={cursor}"));
    app.get(&path, user).await.lines()
}

/// Syncs until nothing is pending; the lines between begin and checkpoint.
async fn sync(app: &TestApp, user: UserKey, cache: &mut Cache) -> Vec<SyncLine> {
    let mut seen = Vec::new();
    loop {
        let answer = lines(app, user, cache.cursor.clone().as_deref()).await;
        seen.extend(answer[1..answer.len() - 1].to_vec());
        if !cache.apply(answer).history_pending {
            return seen;
        }
    }
}

/// What somebody sees who syncs for the first time.
async fn fresh(app: &TestApp, user: UserKey) -> Cache {
    let mut cache = Cache::default();
    sync(app, user, &mut cache).await;
    cache.shown()
}

struct World {
    app: TestApp,
    partner: TenantId,
    a: TenantId,
    b: TenantId,
    rooms: Vec<RoomId>,
    /// Everything at A; at B nothing yet.
    admin: UserKey,
    /// The first room of A.
    tech: UserKey,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let a = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let b = estate.tenant(3, "Beta", "BETABB", false, true).await;
    let mut rooms = Vec::new();
    for (n, customer, name) in [(21, a, "Isar"), (22, a, "Lech"), (23, a, "Inn"), (31, b, "Spree")] {
        rooms.push(estate.room(customer, n, name).await);
    }
    let column = BuiltInRole::PrimaryAdmins.permissions();
    estate.delegate(partner, a, &rooms[..2], column).await;
    estate.delegate(partner, b, &rooms[3..], column).await;
    let (admin, tech) = (estate.user(partner, 10, "Admin").await, estate.user(partner, 11, "Tech").await);
    estate.assign(41, a, Some(partner), admin, column, &[], &[]).await;
    let both = PermissionSet::of(&[Permission::RoomsView, Permission::TicketsView]);
    estate.assign(42, a, Some(partner), tech, both, &rooms[..1], &[]).await;
    for n in 0..3 {
        estate.incident(NewIncident::new(number("ALPHAA", n), a, &rooms[n as usize..=n as usize], app.clock.now())).await;
    }
    let old = NewIncident { status: IncidentStatus::Closed, ..NewIncident::new(number("ALPHAA", 9), a, &rooms[..1], app.clock.now()) };
    estate.incident(old).await;
    World { app, partner, a, b, rooms, admin, tech }
}

#[tokio::test]
async fn a_snapshot_sends_open_incidents_first_and_the_rest_in_pages() {
    let World { app, a, rooms, tech, .. } = world().await;
    let first = lines(&app, tech, None).await;
    assert!(matches!(&first[0], SyncLine::Begin(begin) if begin.snapshot));
    let mut cache = Cache::default();
    let checkpoint = cache.apply(first);
    assert_eq!((checkpoint.history_pending, checkpoint.done_percent), (true, Some(0)));
    assert_eq!(cache.customers.keys().collect::<Vec<_>>(), [&a]);
    assert_eq!(cache.rooms.len(), 0, "the list needs none");
    assert_eq!((cache.incidents.len(), cache.rows.keys().collect::<Vec<_>>()), (0, vec![&number("ALPHAA", 0)]), "and the rows alone");
    let listed: IncidentPage = app.get("/v1/incidents", tech).await.json();
    assert_eq!(cache.rows.values().collect::<Vec<_>>(), listed.items.iter().collect::<Vec<_>>(), "as the list shows them (A23)");
    let second = lines(&app, tech, cache.cursor.as_deref()).await;
    assert!(matches!(&second[0], SyncLine::Begin(begin) if !begin.snapshot));
    let checkpoint = cache.apply(second);
    assert_eq!((checkpoint.history_pending, checkpoint.done_percent), (false, None));
    assert_eq!(cache.rooms.keys().collect::<Vec<_>>(), [&rooms[0]]);
    assert_eq!(cache.incidents.keys().collect::<Vec<_>>(), [&number("ALPHAA", 0), &number("ALPHAA", 9)]);
    assert_eq!(cache.rows.len(), 0);
}

#[tokio::test]
async fn nothing_changed_is_begin_and_checkpoint_in_less_than_a_kilobyte() {
    let World { app, tech, .. } = world().await;
    let mut cache = Cache::default();
    sync(&app, tech, &mut cache).await;
    let answer = app.get(&format!("/v1/sync?cursor={}", cache.cursor.clone().unwrap()), tech).await;
    assert_eq!(answer.headers["content-type"], "application/x-ndjson");
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(answer.body.len() < 1_024, "{} bytes", answer.body.len());
    assert_eq!(answer.lines().len(), 2);
    let again = cache.cursor.clone();
    cache.apply(answer.lines());
    assert_eq!(cache.cursor, again, "and the cursor stays");
}

#[tokio::test]
async fn changes_come_as_present_state_and_only_to_those_who_see_them() {
    let World { app, a, rooms, admin, tech, .. } = world().await;
    let estate = app.estate();
    let (mut of_admin, mut of_tech) = (Cache::default(), Cache::default());
    sync(&app, admin, &mut of_admin).await;
    sync(&app, tech, &mut of_tech).await;

    // In the first room: both. Twice the same incident: one line.
    app.clock.advance(Duration::from_secs(60));
    estate.incident(NewIncident::new(number("ALPHAA", 10), a, &rooms[..2], app.clock.now())).await;
    estate.resolve(number("ALPHAA", 10), app.clock.now()).await;
    estate.rename_customer(a, "Alpha AG").await;
    let seen = sync(&app, tech, &mut of_tech).await;
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!(of_tech.incidents[&number("ALPHAA", 10)].row.redacted_rooms, 1);
    assert_eq!(of_tech.customers[&a].display_name, "Alpha AG");
    sync(&app, admin, &mut of_admin).await;
    assert_eq!(of_admin.incidents[&number("ALPHAA", 10)].row.rooms.len(), 2);

    // In a room out of scope, and in one that is not delegated: not a word, not even that something is gone.
    estate.incident(NewIncident::new(number("ALPHAA", 11), a, &rooms[1..3], app.clock.now())).await;
    estate.resolve(number("ALPHAA", 2), app.clock.now()).await;
    estate.rename_room(a, rooms[2], "Inn II").await;
    assert_eq!(sync(&app, tech, &mut of_tech).await, []);
    let seen = sync(&app, admin, &mut of_admin).await;
    assert!(seen.iter().all(|line| !serde_json::to_string(line).unwrap().contains("ALPHAA-000002")), "{seen:?}");

    // A room's name stands in its incidents, the inactive ones too.
    estate.rename_room(a, rooms[0], "Isar II").await;
    sync(&app, tech, &mut of_tech).await;
    assert!(of_tech.incidents.values().all(|incident| incident.row.rooms[0].name == "Isar II"));
    // A room that is no longer managed is gone for those who saw it.
    estate.unenrol(rooms[0]).await;
    let seen = sync(&app, tech, &mut of_tech).await;
    assert!(matches!(&seen[..], [SyncLine::RoomGone(gone)] if gone.id == rooms[0]), "{seen:?}");
    sync(&app, admin, &mut of_admin).await;

    assert_eq!(of_tech.shown(), fresh(&app, tech).await);
    assert_eq!(of_admin.shown(), fresh(&app, admin).await);
}

#[tokio::test]
async fn a_change_of_rights_resets_the_customer_for_those_whom_it_concerns() {
    let World { app, partner, a, b, rooms, admin, tech } = world().await;
    let estate = app.estate();
    let (mut of_admin, mut of_tech) = (Cache::default(), Cache::default());
    sync(&app, admin, &mut of_admin).await;
    sync(&app, tech, &mut of_tech).await;

    // More rooms for one of them: the other hears nothing.
    estate.assign(50, a, Some(partner), tech, PermissionSet::of(&[Permission::TicketsView]), &rooms[1..2], &[]).await;
    assert_eq!(sync(&app, admin, &mut of_admin).await, []);
    let seen = sync(&app, tech, &mut of_tech).await;
    assert!(matches!(&seen[0], SyncLine::Customer(customer) if customer.id == a && customer.reset), "{seen:?}");
    assert_eq!(of_tech.incidents.len(), 3, "the second room's and the old one came with the reset");
    assert_eq!(of_tech.rooms.len(), 1, "the new assignment shows tickets alone");
    assert_eq!(of_tech.shown(), fresh(&app, tech).await);

    // A customer appears.
    estate.assign(51, b, Some(partner), tech, PermissionSet::of(&[Permission::RoomsView]), &[], &[]).await;
    sync(&app, tech, &mut of_tech).await;
    assert_eq!(of_tech.shown(), fresh(&app, tech).await);
    assert_eq!(of_tech.customers.len(), 2);

    // Fewer rights: what is no longer seen is gone, in the same checkpoint as other changes.
    estate.unassign(42, a, tech).await;
    estate.incident(NewIncident::new(number("ALPHAA", 20), a, &rooms[..1], app.clock.now())).await;
    sync(&app, tech, &mut of_tech).await;
    assert_eq!(of_tech.incidents.keys().collect::<Vec<_>>(), [&number("ALPHAA", 1)]);
    assert_eq!(of_tech.shown(), fresh(&app, tech).await);

    // The relationship ends: everything of the customer is gone for all of the partner.
    estate.end_relationship(partner, a).await;
    for (user, cache) in [(admin, &mut of_admin), (tech, &mut of_tech)] {
        let seen = sync(&app, user, cache).await;
        assert!(seen.contains(&SyncLine::CustomerGone(a)), "{seen:?}");
        assert!(!cache.customers.contains_key(&a) && cache.incidents.is_empty());
        assert_eq!(cache.shown(), fresh(&app, user).await);
    }
}

#[tokio::test]
async fn a_cursor_is_bound_to_its_user_and_to_what_the_log_still_has() {
    let World { app, a, rooms, admin, tech, .. } = world().await;
    let estate = app.estate();
    let mut cache = Cache::default();
    sync(&app, tech, &mut cache).await;
    let cursor = cache.cursor.clone().unwrap();
    let refused = async |cursor: &str, user: UserKey| {
        let answer = app.get(&format!("/v1/sync?cursor={cursor}"), user).await;
        assert_eq!(answer.status, StatusCode::GONE, "{cursor}");
        assert_eq!(answer.problem(), "cursor-unknown");
    };
    refused(&cursor, admin).await;
    refused("nonsense", tech).await;
    refused("", tech).await;
    refused(&"A".repeat(4_000), tech).await;
    // A Global Administrator's cursor is another one: on the customer's side the token alone decides what is seen.
    let other = app.send(http::Method::GET, &format!("/v1/sync?cursor={cursor}"), Some(&app.admin_token(tech))).await;
    assert_eq!(other.status, StatusCode::GONE);

    // From a future that a restored backup does not have, and from a past that it has otherwise.
    let forged = |change: &dyn Fn(&mut serde_json::Value)| {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let mut place: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(&cursor).unwrap()).unwrap();
        change(&mut place);
        URL_SAFE_NO_PAD.encode(place.to_string())
    };
    refused(&forged(&|place| place["s"] = (place["s"].as_i64().unwrap() + 1).into()), tech).await;
    refused(&forged(&|place| place["s"] = (-1).into()), tech).await;
    refused(&forged(&|place| place["a"] = "2026-03-01T07:59:59Z".into()), tech).await;
    assert_eq!(app.get(&format!("/v1/sync?cursor={}", forged(&|_| {})), tech).await.status, StatusCode::OK);

    // Older than what is kept.
    estate.incident(NewIncident::new(number("ALPHAA", 30), a, &rooms[..1], app.clock.now())).await;
    app.clock.advance(Duration::from_secs(1));
    estate.incident(NewIncident::new(number("ALPHAA", 31), a, &rooms[..1], app.clock.now())).await;
    let mut tx = estate.tx().await;
    assert!(tx.forget_changes(app.clock.now(), 1_000).await.unwrap() > 0);
    tx.commit().await.unwrap();
    refused(&cursor, tech).await;
    let mut anew = Cache::default();
    sync(&app, tech, &mut anew).await;
    assert!(anew.incidents.contains_key(&number("ALPHAA", 31)));
}

#[tokio::test]
async fn history_survives_changes_between_its_pages() {
    let World { app, partner, a, b, rooms, admin, .. } = world().await;
    let estate = app.estate();
    estate.assign(60, b, Some(partner), admin, BuiltInRole::PrimaryAdmins.permissions(), &[], &[]).await;
    let start = app.clock.now();
    let old = |customer, prefix: &str, n: u32, room: RoomId| NewIncident {
        status: IncidentStatus::Resolved,
        ..NewIncident::new(number(prefix, n), customer, &[room], start.minus(Duration::from_secs(u64::from(n))))
    };
    // More than one page.
    estate.incidents((100..21_100).map(|n| old(a, "ALPHAA", n, rooms[(n % 2) as usize]))).await;
    estate.incidents((100..400).map(|n| old(b, "BETABB", n, rooms[3]))).await;

    let mut cache = Cache::default();
    assert!(cache.apply(lines(&app, admin, None).await).history_pending);
    assert!(cache.apply(lines(&app, admin, cache.cursor.clone().as_deref()).await).history_pending);
    let sent = cache.incidents.len();
    assert!((20_000..21_000).contains(&sent), "{sent}");

    // Between the pages: one that was sent and one that was not move to the front; a room is renamed; rights at B are lost and come back.
    app.clock.advance(Duration::from_secs(60));
    for n in [105, 21_050] {
        estate.resolve(number("ALPHAA", n), app.clock.now()).await;
    }
    estate.rename_customer(a, "Alpha AG").await;
    estate.unassign(60, b, admin).await;
    assert!(cache.apply(lines(&app, admin, cache.cursor.clone().as_deref()).await).history_pending || cache.incidents.len() > sent);
    estate.assign(61, b, Some(partner), admin, BuiltInRole::PrimaryAdmins.permissions(), &[], &[]).await;
    sync(&app, admin, &mut cache).await;
    assert_eq!(cache.incidents.len(), 21_000 + 300 + 3);
    assert_eq!(cache.shown(), fresh(&app, admin).await);
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_take_it() {
    let World { app, admin, .. } = world().await;
    for coding in ["zstd", "gzip"] {
        let request = http::Request::get("/v1/sync")
            .header("authorization", format!("Bearer {}", app.token(admin)))
            .header("accept-encoding", coding)
            .body(axum::body::Body::empty())
            .unwrap();
        let response = tower::ServiceExt::oneshot(app.router.clone(), request).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], coding);
    }
}

#[tokio::test]
async fn the_customers_own_staff_syncs_too() {
    let World { app, a, rooms, .. } = world().await;
    let estate = app.estate();
    let lead = estate.user(a, 70, "Lead").await;
    estate.assign(71, a, None, lead, BuiltInRole::SiteLead.permissions(), &rooms[2..3], &[]).await;
    let cache = fresh(&app, lead).await;
    assert_eq!(cache.rooms.keys().collect::<Vec<_>>(), [&rooms[2]], "a room that no partner has");
    assert_eq!(cache.incidents.keys().collect::<Vec<_>>(), [&number("ALPHAA", 2)]);
    let stranger = UserKey { user_id: tenantry_model::id::PrincipalId::from_uuid(id(555)), ..lead };
    assert_eq!(fresh(&app, stranger).await, Cache::default());
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Closed so many days ago.
fn aged(n: u32, customer: TenantId, rooms: &[RoomId], days: u32, now: Timestamp) -> NewIncident {
    NewIncident { status: IncidentStatus::Closed, ..NewIncident::new(number("ALPHAA", n), customer, rooms, now.minus(DAY * days)) }
}

/// The world, and incidents of its first room that were closed 29, 31, 89 and 91 days ago: their numbers are their days.
async fn aged_world() -> World {
    let world = world().await;
    let now = world.app.clock.now();
    world.app.estate().incidents([29, 31, 89, 91].map(|days| aged(days, world.a, &world.rooms[..1], days, now))).await;
    world
}

fn of_age(days: u32) -> TicketNumber {
    number("ALPHAA", days)
}

/// Which incidents these lines bring whole, and which as rows alone.
fn brought(lines: &[SyncLine]) -> [Vec<TicketNumber>; 2] {
    let (mut whole, mut rows) = (vec![], vec![]);
    for line in lines {
        match line {
            SyncLine::Incident(incident) => whole.push(incident.row.number),
            SyncLine::IncidentRow(row) => rows.push(row.number),
            _ => {}
        }
    }
    // What is active comes as a row first.
    rows.retain(|number| !whole.contains(number));
    whole.sort_unstable();
    rows.sort_unstable();
    [whole, rows]
}

#[tokio::test]
async fn fault_9_20_a40_a_copy_gets_whole_what_is_young_and_rows_of_what_is_older() {
    let World { app, partner, a, b, rooms, admin, tech } = aged_world().await;
    let [row, gone] = [31, 91].map(of_age);
    let mut cache = Cache::default();
    let lines = sync(&app, tech, &mut cache).await;
    assert_eq!(brought(&lines), [vec![number("ALPHAA", 0), number("ALPHAA", 9), of_age(29)], vec![of_age(31), of_age(89)]]);
    assert!(!serde_json::to_string(&lines).unwrap().contains(gone.as_str()), "too old to be named");
    let path = |number| format!("/v1/customers/{a}/incidents/{number}");
    let whole: Incident = app.get(&path(row), tech).await.json();
    assert_eq!(cache.rows[&row], whole.row, "a row is that of the lists");
    let oldest: Incident = app.get(&path(gone), tech).await.json();
    assert_eq!(oldest.row.number, gone, "what a cache does not keep can be asked for");

    // A customer that is reset comes in the same way.
    let estate = app.estate();
    estate.assign(50, a, Some(partner), tech, PermissionSet::of(&[Permission::TicketsView]), &rooms[1..2], &[]).await;
    let lines = sync(&app, tech, &mut cache).await;
    assert!(matches!(&lines[0], SyncLine::Customer(customer) if customer.reset), "{lines:?}");
    let both = [number("ALPHAA", 0), number("ALPHAA", 1), number("ALPHAA", 9), of_age(29)];
    assert_eq!(brought(&lines), [both.to_vec(), vec![of_age(31), of_age(89)]]);
    assert!(!serde_json::to_string(&lines).unwrap().contains(gone.as_str()));
    assert_eq!(cache.shown(), fresh(&app, tech).await);

    // Nothing of a customer that somebody does not see, rows neither.
    estate.incident(NewIncident { number: number("BETABB", 1), ..aged(1, b, &rooms[3..], 40, app.clock.now()) }).await;
    assert_eq!(sync(&app, tech, &mut cache).await, []);
    assert_eq!(fresh(&app, admin).await.rows.keys().collect::<Vec<_>>(), [&of_age(31), &of_age(89)]);
}

#[tokio::test]
async fn fault_9_20_a40_changes_of_what_is_older_are_rows_and_of_what_is_too_old_that_it_is_gone() {
    let World { app, a, rooms, tech, .. } = aged_world().await;
    let estate = app.estate();
    let mut cache = Cache::default();
    sync(&app, tech, &mut cache).await;
    // The room's name stands in all of them.
    estate.rename_room(a, rooms[0], "Isar II").await;
    let lines = sync(&app, tech, &mut cache).await;
    let gone = IncidentGone { customer_id: a, number: of_age(91) };
    assert!(lines.contains(&SyncLine::IncidentGone(gone)), "a copy may hold it from before: {lines:?}");
    assert_eq!(brought(&lines)[1], [of_age(31), of_age(89)]);
    assert!(cache.rows.values().all(|row| row.rooms[0].name == "Isar II"));
    assert_eq!(cache.shown(), fresh(&app, tech).await);

    // Two that fail again, one of them too old to be held: whole.
    let progress = Progress { last_resolved: Some(app.clock.now().minus(DAY * 91)), ..Progress::raised(app.clock.now()) };
    for days in [31, 91] {
        estate.update_incident(of_age(days), progress).await;
        let lines = sync(&app, tech, &mut cache).await;
        assert!(matches!(&lines[..], [SyncLine::Incident(incident)] if incident.row.number == of_age(days)), "{lines:?}");
        assert_eq!(cache.incidents[&of_age(days)].history.len(), 1, "with its history");
    }
    assert_eq!(cache.shown(), fresh(&app, tech).await);

    // What only grows older is not told: a copy drops it by the same rule.
    app.clock.advance(DAY * 2);
    assert_eq!(sync(&app, tech, &mut cache).await, []);
    assert_eq!((cache.incidents.contains_key(&of_age(29)), cache.rows.keys().collect::<Vec<_>>()), (false, vec![&of_age(29)]));
    assert_eq!(cache.shown(), fresh(&app, tech).await);
}

#[tokio::test]
async fn fault_9_20_a23_rows_name_the_rooms_that_their_reader_may_see() {
    let World { app, a, rooms, admin, tech, .. } = world().await;
    let now = app.clock.now();
    let (both, other) = (aged(40, a, &rooms[..2], 40, now), aged(41, a, &rooms[1..2], 41, now));
    app.estate().incidents([both, other]).await;
    let mut cache = Cache::default();
    let lines = sync(&app, tech, &mut cache).await;
    assert_eq!(brought(&lines)[1], [of_age(40)], "the other one is in a room out of scope");
    let row = &cache.rows[&of_age(40)];
    assert_eq!((row.rooms.len(), row.rooms[0].id, row.redacted_rooms), (1, rooms[0], 1));
    let listed: IncidentPage = app.get(&format!("/v1/customers/{a}/incidents?tab=resolved"), tech).await.json();
    assert!(listed.items.contains(row), "exactly as in the list: {listed:?}");
    assert_eq!(fresh(&app, admin).await.rows[&of_age(40)].redacted_rooms, 0);
}

/// Many old ones at two customers, and somebody who sees all of them.
async fn long_world() -> World {
    let world = world().await;
    let World { app, partner, a, b, rooms, admin, .. } = &world;
    let estate = app.estate();
    estate.assign(60, *b, Some(*partner), *admin, BuiltInRole::PrimaryAdmins.permissions(), &[], &[]).await;
    let start = app.clock.now();
    // Of all ages, some at the same moment, none too old yet.
    let old = |customer, prefix: &str, n: u32, room: RoomId| NewIncident {
        number: number(prefix, n),
        ..aged(n, customer, &[room], n / 300 + 1, start)
    };
    estate.incidents((100..21_100).map(|n| old(*a, "ALPHAA", n, rooms[(n % 2) as usize]))).await;
    estate.incidents((100..21_100).map(|n| old(*b, "BETABB", n, rooms[3]))).await;
    world
}

#[tokio::test]
async fn fault_9_20_what_is_pending_goes_on_after_a_cut_and_while_time_passes() {
    let World { app, a, b, rooms, admin, .. } = long_world().await;
    let mut cache = Cache::default();
    let (mut percent, mut answers) = (0, 0);
    loop {
        // Cut in the middle: nothing of it counts, and the same cursor goes on.
        let cut = lines(&app, admin, cache.cursor.as_deref()).await;
        assert!(cut.len() < 22_000, "{} lines in a page", cut.len());
        let again = lines(&app, admin, cache.cursor.as_deref()).await;
        assert_eq!(cut, again);
        let checkpoint = cache.apply(again);
        answers += 1;
        if !checkpoint.history_pending {
            assert_eq!(checkpoint.done_percent, None);
            break;
        }
        let done = checkpoint.done_percent.unwrap();
        assert!(done >= percent && done <= 99, "{done} after {percent}");
        assert!(answers < 2 || done > percent, "each page is progress: {done} after {percent}");
        percent = done;
        // Some of what is to come grows too old meanwhile, and some of it is no longer sent whole.
        app.clock.advance(DAY * 10);
        if answers == 2 {
            change_some(&app, a, b, &rooms).await;
        }
    }
    assert_eq!(answers, 4, "customers and open ones, then what is pending in pages");
    assert!(percent > 80, "{percent}");
    // By now each is thirty days older: of both customers, those with at most sixty days to begin with, but for the one that was resolved anew.
    assert_eq!((cache.customers.len(), cache.rooms.len(), cache.rows.len()), (2, 3, 2 * (18_000 - 100) - 1));
    let whole = [("ALPHAA", 0), ("ALPHAA", 1), ("ALPHAA", 9), ("ALPHAA", 105), ("BETABB", 50), ("BETABB", 21_050)];
    assert!(cache.incidents.keys().copied().eq(whole.map(|(prefix, n)| number(prefix, n))), "{:?}", cache.incidents.keys());
    assert_eq!(cache.shown(), fresh(&app, admin).await);
}

/// Of what was not sent yet and of what was: each comes as it is now.
async fn change_some(app: &TestApp, a: TenantId, b: TenantId, rooms: &[RoomId]) {
    let estate = app.estate();
    estate.rename_customer(a, "Alpha AG").await;
    let now = app.clock.now();
    for number in [number("ALPHAA", 105), number("BETABB", 21_050)] {
        estate.resolve(number, now).await;
    }
    estate.incident(NewIncident::new(number("BETABB", 50), b, &rooms[3..], now)).await;
}
