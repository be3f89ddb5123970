//! The Active tab comes from memory: whatever happens to the estate, it must answer what the tables say, byte for byte.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use http::Method;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tenantry_model::api::IncidentPage;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Category, IncidentRow, IncidentStatus, IncidentType, RoomRef, Severity};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::search;
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_service::store::incident_rows::Progress;
use tenantry_service::store::incident_writes::{self, NewMessage};
use tenantry_service::store::{Change, incidents, tenants};

use crate::support::{NewIncident, TestApp, number};

const CUSTOMERS: u128 = 30;
const ROOMS: u128 = 4;

/// An estate that changes at random, and what each user may see of it, kept by hand.
struct World {
    app: TestApp,
    random: ChaCha20Rng,
    partner: TenantId,
    customers: Vec<(TenantId, Vec<RoomId>)>,
    users: Vec<UserKey>,
    /// Which rooms each user was assigned, by user and customer, and the number of the assignment. Of a partner's users, the last room of
    /// each customer never counts: it is not delegated.
    assigned: BTreeMap<(usize, usize), (u128, Vec<RoomId>)>,
    assignments: u128,
    /// All incidents as they were written, with who recorded them; what their rooms are called stands below.
    written: BTreeMap<TicketNumber, (IncidentRow, Option<TenantId>)>,
    customer_names: BTreeMap<TenantId, String>,
    room_names: BTreeMap<RoomId, String>,
}

/// The first sees everything that is delegated, the second and third some of it; the last is of the first customer itself.
const USERS: usize = 4;

impl World {
    async fn new(seed: u64) -> Self {
        let app = TestApp::start().await;
        let estate = app.estate();
        let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
        let mut customers = Vec::new();
        let (mut customer_names, mut room_names) = (BTreeMap::new(), BTreeMap::new());
        for n in 0..CUSTOMERS {
            let (base, name) = (1_000 * (n + 1), format!("Kunde {n:02}"));
            let customer = estate.tenant(base, &name, &format!("C{n:05}"), false, true).await;
            customer_names.insert(customer, name);
            let mut rooms = Vec::new();
            for room in 0..ROOMS {
                let name = format!("Raum {room}");
                rooms.push(estate.room(customer, base + 1 + room, &name).await);
                room_names.insert(*rooms.last().unwrap(), name);
            }
            estate.delegate(partner, customer, &rooms[..rooms.len() - 1], BuiltInRole::PrimaryAdmins.permissions()).await;
            customers.push((customer, rooms));
        }
        let mut users = Vec::new();
        for n in 0..USERS {
            let tenant = if n + 1 == USERS { customers[0].0 } else { partner };
            users.push(estate.user(tenant, 100 + n as u128, "Somebody").await);
        }
        let random = ChaCha20Rng::seed_from_u64(seed);
        let (assigned, written) = (BTreeMap::new(), BTreeMap::new());
        let mut world = Self { app, random, partner, customers, users, assigned, assignments: 0, written, customer_names, room_names };
        for customer in 0..CUSTOMERS as usize {
            world.assign(0, customer, usize::MAX).await;
        }
        for customer in [0, 1, 2, 3] {
            world.assign(1, customer, 2).await;
        }
        world.assign(USERS - 1, 0, 2).await;
        world
    }

    /// Assigns some rooms, at most so many.
    async fn assign(&mut self, user: usize, customer: usize, most: usize) {
        let (id, rooms) = &self.customers[customer];
        let most = most.min(rooms.len());
        let count = if most == rooms.len() { most } else { self.random.random_range(1..=most) };
        let rooms: Vec<RoomId> = rooms.choose_multiple(&mut self.random, count).copied().collect();
        self.assignments += 1;
        let n = 2_000_000 + self.assignments;
        let partner = (user + 1 < USERS).then_some(self.partner);
        let permissions = PermissionSet::of(&[Permission::TicketsView]);
        self.app.estate().assign(n, *id, partner, self.users[user], permissions, &rooms, &[]).await;
        self.assigned.insert((user, customer), (n, rooms));
    }

    async fn unassign(&mut self, user: usize, customer: usize) {
        if let Some((n, _)) = self.assigned.remove(&(user, customer)) {
            self.app.estate().unassign(n, self.customers[customer].0, self.users[user]).await;
        }
    }

    async fn raise(&mut self) {
        // Few customers have most, and few moments are shared by many.
        let customer = self.random.random_range(0..CUSTOMERS as usize).min(self.random.random_range(0..CUSTOMERS as usize));
        let (id, rooms) = &self.customers[customer];
        let count = self.random.random_range(0..=ROOMS as usize);
        let rooms: Vec<RoomId> = rooms.choose_multiple(&mut self.random, count).copied().collect();
        let at = self.app.clock.now().minus(Duration::from_secs(self.random.random_range(0..4)));
        let mut new = NewIncident::new(number(&format!("C{customer:05}"), self.written.len() as u32), *id, &rooms, at);
        new.severity = Severity::ALL[self.random.random_range(0..4)];
        new.status = [
            IncidentStatus::NeedsAction,
            IncidentStatus::AssignedToService,
            IncidentStatus::PendingInvestigation,
            IncidentStatus::Resolved,
        ][self.random.random_range(0..4)];
        new.problem = ["", "Display 2", "Kein \"Ton\"\n\u{1F50A} Straße"][self.random.random_range(0..3)];
        if rooms.is_empty() || self.random.random_range(0..4) == 0 {
            new.kind = IncidentType::CustomerReported;
            new.created_by = Some([*id, self.partner][self.random.random_range(0..2)]);
        }
        let row = IncidentRow {
            number: new.number,
            customer_id: new.customer,
            category: if new.kind == IncidentType::CustomerReported { Category::Reported } else { Category::Hardware },
            kind: new.kind,
            severity: new.severity,
            status: new.status,
            rooms: rooms.iter().map(|id| RoomRef { id: *id, name: String::new() }).collect(),
            redacted_rooms: 0,
            problem: new.problem.to_owned(),
            created_at: at,
            last_updated: at,
            active_since: at,
            last_resolved: None,
            last_closed: None,
            messages: 0,
            last_message_at: None,
            claim: None,
            snooze: None,
            snoozed_by: None,
            version: 1,
        };
        self.written.insert(new.number, (row, new.created_by));
        self.app.estate().incident(new).await;
    }

    /// One incident that is active, or one that is not, as it will be after this moment; if there is one.
    fn pick(&mut self, active: bool) -> Option<&mut IncidentRow> {
        let found: Vec<TicketNumber> =
            self.written.values().filter(|(row, _)| row.status.is_active() == active).map(|(row, _)| row.number).collect();
        let number = found.choose(&mut self.random)?;
        let (row, _) = self.written.get_mut(number)?;
        (row.last_updated, row.version) = (self.app.clock.now(), row.version + 1);
        Some(row)
    }

    async fn resolve(&mut self) {
        let Some(row) = self.pick(true) else { return };
        (row.status, row.last_resolved) = (IncidentStatus::Resolved, Some(row.last_updated));
        let (number, now) = (row.number, row.last_updated);
        self.app.estate().resolve(number, now).await;
    }

    /// R77: the same number again, at a new place.
    async fn relapse(&mut self) {
        let Some(row) = self.pick(false) else { return };
        (row.status, row.active_since) = (IncidentStatus::NeedsAction, row.last_updated);
        let (number, now, last_resolved) = (row.number, row.last_updated, row.last_resolved);
        self.app.estate().update_incident(number, Progress { last_resolved, ..Progress::raised(now) }).await;
    }

    async fn post(&mut self) {
        let Some(row) = self.pick(true) else { return };
        (row.status, row.messages, row.last_message_at) = (IncidentStatus::AssignedToService, row.messages + 1, Some(row.last_updated));
        // The message, and the status.
        row.version += 1;
        let (number, customer, at) = (row.number, row.customer_id, row.last_updated);
        let mut tx = self.app.estate().tx().await;
        let message = NewMessage { at, author: Some("Somebody".into()), text: "Please look".into(), assigned_to_service: true };
        incident_writes::post(tx.conn(), number, &message).await.unwrap();
        incident_writes::set_status(tx.conn(), number, IncidentStatus::AssignedToService, at).await.unwrap();
        tx.record(Change::incident(customer, number)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn change(&mut self) {
        self.app.clock.advance(Duration::from_millis(self.random.random_range(0..900)));
        let customer = self.random.random_range(0..CUSTOMERS as usize);
        let (id, rooms) = self.customers[customer].clone();
        let room = rooms[self.random.random_range(0..rooms.len())];
        let word = ["Isar", "Lech", "ISAR links", "Σίσυφος", "x\\y\"z"][self.random.random_range(0..5)];
        match self.random.random_range(0..24) {
            0..8 => self.raise().await,
            8..11 => self.resolve().await,
            11..13 => self.relapse().await,
            13..15 => self.post().await,
            15 => {
                self.app.estate().rename_room(id, room, word).await;
                self.room_names.insert(room, word.to_owned());
                let shown = self.written.values_mut().map(|(row, _)| row).filter(|row| row.rooms.iter().any(|it| it.id == room));
                shown.for_each(|row| row.version += 1);
            }
            16 | 22 | 23 => {
                let name = format!("{word} {customer}");
                self.app.estate().rename_customer(id, &name).await;
                self.customer_names.insert(id, name);
            }
            17..20 => {
                let user = self.random.random_range(1..USERS - 1);
                self.unassign(user, customer).await;
                if self.random.random_bool(0.6) {
                    self.assign(user, customer, 3).await;
                }
            }
            20 => {
                self.unassign(USERS - 1, 0).await;
                self.assign(USERS - 1, 0, 4).await;
            }
            // Seldom: everything is read anew after it.
            _ if self.random.random_bool(0.85) => self.raise().await,
            _ => {
                let mut tx = self.app.estate().tx().await;
                let now = tx.now();
                tx.forget_changes(now, 1_000).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
    }

    /// All active rows in order, uncut, with who recorded them. The tables hold what was written.
    async fn active(&self) -> Vec<(IncidentRow, Option<TenantId>)> {
        let mut rows: Vec<(IncidentRow, Option<TenantId>)> = self.written.values().cloned().collect();
        for room in rows.iter_mut().flat_map(|(row, _)| &mut row.rooms) {
            room.name.clone_from(&self.room_names[&room.id]);
        }
        let numbers: Vec<TicketNumber> = self.written.keys().copied().collect();
        let mut tx = self.app.store.read().await.unwrap();
        let stored = incidents::rows_of(tx.conn(), &numbers).await.unwrap();
        assert_eq!(stored.len(), rows.len());
        for (stored, row) in stored.into_iter().zip(&rows) {
            assert_eq!((stored.row, stored.created_by_tenant), *row);
        }
        rows.retain(|(row, _)| row.status.is_active());
        rows.sort_by_key(|(row, _)| (row.severity, Reverse(row.active_since), row.number));
        let order: Vec<TicketNumber> = rows.iter().map(|(row, _)| row.number).collect();
        assert_eq!(incident_writes::open_numbers(tx.conn()).await.unwrap(), order);
        let customers: Vec<TenantId> = self.customers.iter().map(|(id, _)| *id).collect();
        let names: BTreeMap<TenantId, String> = tenants::names(tx.conn(), &customers).await.unwrap().into_iter().collect();
        assert_eq!(names, self.customer_names);
        rows
    }

    /// A23, from what was assigned.
    fn cut(&self, user: usize, row: &IncidentRow, created_by: Option<TenantId>) -> Option<IncidentRow> {
        let customer = self.customers.iter().position(|(id, _)| *id == row.customer_id).unwrap();
        let (_, assigned) = self.assigned.get(&(user, customer))?;
        let never = self.customers[customer].1.last().unwrap();
        let partner = user + 1 < USERS;
        let may: BTreeSet<&RoomId> = assigned.iter().filter(|room| !(partner && *room == never)).collect();
        if may.is_empty() {
            return None;
        }
        if row.rooms.is_empty() {
            return (!partner || created_by == Some(self.partner)).then(|| row.clone());
        }
        let rooms: Vec<RoomRef> = row.rooms.iter().filter(|room| may.contains(&room.id)).cloned().collect();
        let redacted_rooms = (row.rooms.len() - rooms.len()) as u32;
        (!rooms.is_empty()).then(|| IncidentRow { rooms, redacted_rooms, ..row.clone() })
    }
}

/// What a list is asked for.
#[derive(Debug, Default, Clone)]
struct Question {
    of: Option<TenantId>,
    customers: Vec<TenantId>,
    severities: Vec<Severity>,
    statuses: Vec<IncidentStatus>,
    categories: Vec<Category>,
    types: Vec<IncidentType>,
    rooms: Vec<RoomId>,
    words: Vec<String>,
    limit: usize,
}

impl Question {
    fn random(world: &mut World) -> Self {
        let World { random, customers, .. } = world;
        let mut question = Self { limit: [5, 12, 100, 200][random.random_range(0..4)], ..Self::default() };
        let (customer, rooms) = customers.choose(random).unwrap().clone();
        if random.random_bool(0.2) {
            question.of = Some(customers[random.random_range(0..3)].0);
        } else if random.random_bool(0.2) {
            question.customers = vec![customer, customers[0].0];
        }
        if random.random_bool(0.2) {
            question.severities = Severity::ALL.choose_multiple(random, 2).copied().collect();
        }
        if random.random_bool(0.2) {
            question.statuses = vec![IncidentStatus::NeedsAction, IncidentStatus::Resolved];
        }
        if random.random_bool(0.2) {
            question.categories = vec![[Category::Reported, Category::Hardware][random.random_range(0..2)]];
        }
        if random.random_bool(0.2) {
            question.types = vec![["customer_reported", "camera_room"][random.random_range(0..2)].parse().unwrap()];
        }
        if random.random_bool(0.3) {
            question.rooms = vec![rooms[0], customers[0].1[random.random_range(0..4)], customers[1].1[3]];
        }
        if random.random_bool(0.4) {
            let words =
                ["isar", "Kunde", "0000", "c00001-", "lINKS", "camera", "reported", "DISPLAY", "straße", "ΣΊΣΥΦΟΣ", "raum", "3", "\""];
            let count = random.random_range(1..3);
            question.words = words.choose_multiple(random, count).map(|word| (*word).to_owned()).collect();
        }
        question
    }

    fn path(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("limit", &self.limit.to_string());
        query.extend_pairs(self.customers.iter().map(|it| ("customer", it.to_string())));
        query.extend_pairs(self.severities.iter().map(|it| ("severity", it.as_str())));
        query.extend_pairs(self.statuses.iter().map(|it| ("status", it.as_str())));
        query.extend_pairs(self.categories.iter().map(|it| ("category", it.as_str())));
        query.extend_pairs(self.types.iter().map(|it| ("type", it.as_str())));
        query.extend_pairs(self.rooms.iter().map(|it| ("room", it.to_string())));
        if !self.words.is_empty() {
            query.append_pair("q", &self.words.join(" "));
        }
        let list = self.of.map_or("/v1/incidents".to_owned(), |customer| format!("/v1/customers/{customer}/incidents"));
        format!("{list}?{}", query.finish())
    }

    fn wants(&self, row: &IncidentRow, customer: &str) -> bool {
        fn among<T: PartialEq>(wanted: &[T], it: &T) -> bool {
            wanted.is_empty() || wanted.contains(it)
        }
        let title = match row.kind {
            IncidentType::Signal(signal) => signal.facts().title,
            IncidentType::CustomerReported => "Customer Reported",
        };
        let rooms: Vec<&str> = row.rooms.iter().map(|room| room.name.as_str()).collect();
        let text = format!("{} \n {title} \n {} \n {customer} \n {}", row.number, row.problem, rooms.join(" \n "));
        self.of.is_none_or(|of| of == row.customer_id)
            && among(&self.customers, &row.customer_id)
            && among(&self.severities, &row.severity)
            && among(&self.statuses, &row.status)
            && among(&self.categories, &row.category)
            && among(&self.types, &row.kind)
            && (self.rooms.is_empty() || row.rooms.iter().any(|room| self.rooms.contains(&room.id)))
            && search::finds(&text, &search::words(&self.words.join(" ")))
    }
}

/// All pages, their bytes and their rows.
async fn pages(app: &TestApp, path: &str, token: &str) -> Vec<(Vec<u8>, IncidentPage)> {
    let mut pages: Vec<(Vec<u8>, IncidentPage)> = Vec::new();
    loop {
        let cursor = pages.last().map_or(String::new(), |(_, page)| format!("&cursor={}", page.next_cursor.as_ref().unwrap()));
        let answer = app.send(Method::GET, &format!("{path}{cursor}"), Some(token)).await;
        assert_eq!(answer.headers["content-type"], "application/json");
        let page: IncidentPage = answer.json();
        let last = page.next_cursor.is_none();
        pages.push((answer.body, page));
        if last {
            return pages;
        }
    }
}

async fn check(world: &mut World, beside: &TestApp, seed: u64, round: usize) {
    let (active, names) = (world.active().await, world.customer_names.clone());
    let fresh = world.app.beside().await;
    for user in 0..USERS {
        let token = world.app.token(world.users[user]);
        let mut questions = vec![Question { limit: 30, ..Question::default() }];
        for _ in 0..4 {
            questions.push(Question::random(world));
        }
        for question in questions {
            let path = question.path();
            let what = format!("seed {seed}, round {round}, user {user}: {path}");
            let cut = active.iter().filter_map(|(row, by)| world.cut(user, row, *by));
            let expected: Vec<IncidentRow> = cut.filter(|row| question.wants(row, &names[&row.customer_id])).collect();
            let sees = |(at, (id, _)): (usize, &(TenantId, Vec<RoomId>))| {
                let never = world.customers[at].1.last().unwrap();
                let rooms = world.assigned.get(&(user, at)).filter(|_| question.of == Some(*id));
                rooms.is_some_and(|(_, rooms)| rooms.iter().any(|room| user + 1 == USERS || room != never))
            };
            if question.of.is_some() && !world.customers.iter().enumerate().any(sees) {
                assert_eq!(world.app.send(Method::GET, &path, Some(&token)).await.problem(), "not-found", "{what}");
                continue;
            }
            let answered = pages(&world.app, &path, &token).await;
            for (at, (bytes, page)) in answered.iter().enumerate() {
                let rows: Vec<IncidentRow> = expected.iter().skip(at * question.limit).take(question.limit).cloned().collect();
                assert_eq!(page.items, rows, "{what}, page {at}");
                // As serde writes it, field by field.
                let whole = IncidentPage { items: rows, next_cursor: page.next_cursor.clone() };
                assert_eq!(String::from_utf8_lossy(bytes), serde_json::to_string(&whole).unwrap(), "{what}, page {at}");
            }
            assert_eq!(answered.len(), expected.len().div_ceil(question.limit).max(1), "{what}");
            // An instance that has seen other changes than this one, or none: the same bytes, cursors too.
            for other in [beside, &fresh] {
                assert_eq!(pages(other, &path, &token).await[0].0, answered[0].0, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn a23_r66_memory_answers_what_the_tables_say_through_all_changes_whichever_instance_is_asked() {
    for seed in 0..3 {
        let mut world = World::new(seed).await;
        let beside = world.app.beside().await;
        for round in 0..14 {
            let changes = [1, 3, 30][world.random.random_range(0..3)];
            for _ in 0..changes {
                world.change().await;
            }
            check(&mut world, &beside, seed, round).await;
        }
    }
}

#[tokio::test]
async fn a_new_name_is_found_and_shown_from_the_next_request_on_and_the_old_one_no_longer() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(2, "Alpha", "FIRST0", false, true).await;
    let room = estate.room(customer, 21, "Isar").await;
    let lead = estate.user(customer, 11, "Lead").await;
    estate.assign(32, customer, None, lead, PermissionSet::of(&[Permission::TicketsView]), &[], &[]).await;
    estate.incident(NewIncident::new(number("FIRST0", 1), customer, &[room], app.clock.now())).await;
    let found = async |word: &str| {
        let page: IncidentPage = app.get(&format!("/v1/incidents?q={word}"), lead).await.json();
        page.items.iter().map(|row| row.rooms[0].name.clone()).collect::<Vec<_>>()
    };
    assert_eq!((found("alpha").await, found("isar").await), (vec!["Isar".to_owned()], vec!["Isar".to_owned()]));
    estate.rename_customer(customer, "Omega").await;
    assert_eq!((found("alpha").await.len(), found("omega").await.len()), (0, 1));
    estate.rename_room(customer, room, "Lech").await;
    assert_eq!((found("isar").await.len(), found("lech").await), (0, vec!["Lech".to_owned()]));
}

/// A right is withdrawn, then something is raised that only its holder could have seen: at no moment could they see it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_are_never_held_against_rights_of_an_earlier_moment() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let customer = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let rooms = [estate.room(customer, 21, "Isar").await, estate.room(customer, 22, "Lech").await];
    estate.delegate(partner, customer, &rooms, BuiltInRole::PrimaryAdmins.permissions()).await;
    let (tech, admin) = (estate.user(partner, 10, "Tech").await, estate.user(partner, 11, "Admin").await);
    let view = PermissionSet::of(&[Permission::TicketsView]);
    estate.assign(40, customer, Some(partner), tech, view, &rooms[1..], &[]).await;
    estate.assign(41, customer, Some(partner), admin, view, &rooms, &[]).await;

    let write = async {
        for n in 0..60u32 {
            estate.assign(100 + u128::from(n), customer, Some(partner), tech, view, &rooms[..1], &[]).await;
            estate.unassign(100 + u128::from(n), customer, tech).await;
            let hidden = number("ALPHAA", n);
            estate.incident(NewIncident::new(hidden, customer, &rooms[..1], app.clock.now())).await;
            tokio::time::sleep(Duration::from_millis(2)).await;
            estate.resolve(hidden, app.clock.now()).await;
        }
    };
    let done = std::sync::atomic::AtomicBool::new(false);
    let read = async |user: UserKey| {
        let token = app.token(user);
        let mut seen: BTreeSet<TicketNumber> = BTreeSet::new();
        while !done.load(std::sync::atomic::Ordering::SeqCst) {
            let page: IncidentPage = app.send(Method::GET, "/v1/incidents", Some(&token)).await.json();
            seen.extend(page.items.iter().map(|row| row.number));
        }
        seen
    };
    let finish = async {
        write.await;
        done.store(true, std::sync::atomic::Ordering::SeqCst);
    };
    let (theirs, again, all, _, ()) = tokio::join!(read(tech), read(tech), read(admin), read(admin), finish);
    assert!(!all.is_empty(), "the readers were there while it happened");
    assert!(theirs.is_empty() && again.is_empty(), "{theirs:?} {again:?}");
}
