//! What a user has read is the same on each of their desks, and nobody else's business.

use std::collections::BTreeMap;
use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::sync::{READ_MARKS, SyncLine, TAKES};
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;
use tenantry_service::random::{Random as _, SeededRandom};
use tenantry_service::store::Change;
use tenantry_service::store::incident_writes::{self, NewMessage};

use crate::events::{Heard, Stream};
use crate::support::{Answer, NewIncident, TestApp, number};

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(300);

/// What a desk holds of incidents and marks, as docs/sync.md says it. It forgets a mark with its incident, so that each must come again with it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Desk {
    held: BTreeMap<TicketNumber, TenantId>,
    marks: BTreeMap<TicketNumber, u32>,
    cursor: Option<String>,
}

impl Desk {
    /// Whether more is pending.
    fn apply(&mut self, lines: Vec<SyncLine>) -> bool {
        let mut pending = false;
        for line in lines {
            match line {
                SyncLine::Begin(begin) if begin.snapshot => *self = Self::default(),
                SyncLine::Customer(customer) if customer.reset => self.forget(|of| of == customer.id),
                SyncLine::CustomerGone(customer) => self.forget(|of| of == customer),
                SyncLine::Incident(incident) => drop(self.held.insert(incident.row.number, incident.row.customer_id)),
                SyncLine::IncidentRow(row) => drop(self.held.insert(row.number, row.customer_id)),
                SyncLine::IncidentGone(gone) => {
                    self.held.remove(&gone.number);
                    self.marks.remove(&gone.number);
                }
                SyncLine::ReadMark(mark) => {
                    if let Some(customer) = self.held.get(&mark.number) {
                        assert_eq!(*customer, mark.customer_id);
                        let read = self.marks.entry(mark.number).or_default();
                        *read = mark.messages.max(*read);
                    }
                }
                SyncLine::Checkpoint(checkpoint) => {
                    (self.cursor, pending) = (Some(checkpoint.cursor), checkpoint.history_pending);
                }
                SyncLine::Begin(_) | SyncLine::Customer(_) | SyncLine::Room(_) | SyncLine::RoomGone(_) | SyncLine::SavedViews(_) => {}
            }
        }
        pending
    }

    fn forget(&mut self, gone: impl Fn(TenantId) -> bool) {
        self.held.retain(|_, customer| !gone(*customer));
        self.marks.retain(|number, _| self.held.contains_key(number));
    }

    /// Syncs until nothing is pending; the lines between begin and checkpoint.
    async fn sync(&mut self, app: &TestApp, user: UserKey) -> Vec<SyncLine> {
        let mut seen = vec![];
        loop {
            let lines = lines(app, user, self.cursor.as_deref(), READ_MARKS).await;
            seen.extend(lines[1..lines.len() - 1].to_vec());
            if !self.apply(lines) {
                return seen;
            }
        }
    }

    fn shown(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }
}

async fn lines(app: &TestApp, user: UserKey, cursor: Option<&str>, takes: &str) -> Vec<SyncLine> {
    let path = cursor.map_or_else(|| "/v1/sync".to_owned(), |cursor| format!("/v1/sync?cursor={cursor}"));
    app.ask(Method::GET, &path, Some(&app.token(user)), &[(TAKES, takes)], None).await.lines()
}

async fn fresh(app: &TestApp, user: UserKey) -> Desk {
    let mut desk = Desk::default();
    desk.sync(app, user).await;
    desk
}

struct World {
    app: TestApp,
    partner: TenantId,
    a: TenantId,
    b: TenantId,
    rooms: Vec<RoomId>,
    /// Sees the first room of A.
    tech: UserKey,
    /// The same.
    colleague: UserKey,
}

/// Incidents 1 and 2 of A in its first room, 3 in its second, which neither of the two sees; one at B, which is not theirs. All with three messages.
async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let a = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let b = estate.tenant(3, "Beta", "BETABB", false, true).await;
    let mut rooms = Vec::new();
    for (n, customer, name) in [(21, a, "Isar"), (22, a, "Lech"), (31, b, "Spree")] {
        rooms.push(estate.room(customer, n, name).await);
    }
    let column = BuiltInRole::PrimaryAdmins.permissions();
    estate.delegate(partner, a, &rooms[..2], column).await;
    estate.delegate(partner, b, &rooms[2..], column).await;
    let [tech, colleague] = [estate.user(partner, 10, "Tech").await, estate.user(partner, 11, "Colleague").await];
    for (n, user) in [(41, tech), (42, colleague)] {
        estate.assign(n, a, Some(partner), user, PermissionSet::of(&[Permission::TicketsView]), &rooms[..1], &[]).await;
    }
    for (number, customer, room) in
        [(number("ALPHAA", 1), a, 0), (number("ALPHAA", 2), a, 0), (number("ALPHAA", 3), a, 1), (number("BETABB", 1), b, 2)]
    {
        estate.incident(NewIncident::new(number, customer, &rooms[room..=room], app.clock.now())).await;
        for _ in 0..3 {
            post(&app, customer, number).await;
        }
    }
    World { app, partner, a, b, rooms, tech, colleague }
}

async fn post(app: &TestApp, customer: TenantId, number: TicketNumber) {
    let mut tx = app.estate().tx().await;
    let message = NewMessage { at: app.clock.now(), author: None, text: "x".into(), assigned_to_service: false };
    incident_writes::post(tx.conn(), number, &message).await.unwrap();
    tx.record(Change::incident(customer, number)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn put(app: &TestApp, user: UserKey, marks: &[(TenantId, TicketNumber, u32)]) -> Answer {
    let marks: Vec<Value> = marks
        .iter()
        .map(|(customer, number, messages)| json!({ "customerId": customer, "number": number, "messages": messages }))
        .collect();
    app.ask(Method::PUT, "/v1/me/read-marks", Some(&app.token(user)), &[], Some(&json!({ "marks": marks }))).await
}

async fn read(app: &TestApp, user: UserKey, customer: TenantId, number: TicketNumber, messages: u32) {
    assert_eq!(put(app, user, &[(customer, number, messages)]).await.status, StatusCode::NO_CONTENT);
}

/// The marks among lines.
fn marks(lines: &[SyncLine]) -> Vec<(TicketNumber, u32)> {
    lines.iter().filter_map(|line| if let SyncLine::ReadMark(mark) = line { Some((mark.number, mark.messages)) } else { None }).collect()
}

#[tokio::test]
async fn a_mark_only_rises_and_never_beyond_what_there_is_and_comes_by_the_cursor_once() {
    let World { app, a, tech, .. } = world().await;
    let one = number("ALPHAA", 1);
    let mut desk = fresh(&app, tech).await;
    assert_eq!(desk.marks, BTreeMap::new());
    for (told, heard) in [(2, Some(2)), (1, None), (2, None), (0, None), (3, Some(3)), (900, None)] {
        read(&app, tech, a, one, told).await;
        let lines = desk.sync(&app, tech).await;
        assert_eq!(marks(&lines), heard.map(|messages| (one, messages)).into_iter().collect::<Vec<_>>(), "after {told}");
        assert_eq!(lines.len(), marks(&lines).len(), "and nothing else: {lines:?}");
    }
    // A message more is unread until somebody says otherwise.
    post(&app, a, one).await;
    desk.sync(&app, tech).await;
    assert_eq!(desk.marks[&one], 3);
    // Of several in one request the highest counts.
    assert_eq!(put(&app, tech, &[(a, one, 1), (a, one, 4), (a, one, 2)]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(marks(&desk.sync(&app, tech).await), [(one, 4)]);
    let many = vec![(a, one, 1); 201];
    assert_eq!(put(&app, tech, &many).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(put(&app, tech, &many[1..]).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn marks_of_what_is_not_seen_are_passed_over_and_answered_like_any() {
    let World { app, partner, a, b, tech, .. } = world().await;
    let estate = app.estate();
    let (seen, hidden, elsewhere) = (number("ALPHAA", 1), number("ALPHAA", 3), number("BETABB", 1));
    let mut answers = vec![];
    for marks in [
        vec![(a, seen, 1)],
        vec![(a, hidden, 1)],
        vec![(b, elsewhere, 1)],
        // The incident of one customer at another's address.
        vec![(a, elsewhere, 1)],
        vec![(b, seen, 2)],
        vec![(partner, seen, 2)],
        vec![(a, number("ALPHAA", 77), 1)],
        vec![],
    ] {
        let mut answer = put(&app, tech, &marks).await;
        answer.headers.remove("x-request-id").unwrap();
        answers.push((answer.status, format!("{:?}", answer.headers), answer.body));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(answers[0].0, StatusCode::NO_CONTENT);
    // Nothing of it was kept for later, when all of it is theirs.
    for (n, customer) in [(50, a), (51, b)] {
        estate.assign(n, customer, Some(partner), tech, PermissionSet::of(&[Permission::TicketsView]), &[], &[]).await;
    }
    let desk = fresh(&app, tech).await;
    assert_eq!(desk.held.len(), 4);
    assert_eq!(desk.marks, BTreeMap::from([(seen, 1)]));
    // Those that are not seen do not take the others of their request along.
    let unknown = number("ALPHAA", 77);
    put(&app, tech, &[(a, unknown, 1), (b, seen, 3), (a, seen, 2), (b, elsewhere, 3)]).await;
    assert_eq!(fresh(&app, tech).await.marks, BTreeMap::from([(seen, 2), (elsewhere, 3)]));
}

#[tokio::test]
async fn what_somebody_read_wakes_their_own_desks_and_reaches_nobody_else() {
    let World { app, a, tech, colleague, .. } = world().await;
    let one = number("ALPHAA", 1);
    let mut of_colleague = fresh(&app, colleague).await;
    let [mut own, mut theirs] = [Stream::open(&app, tech).await, Stream::open(&app, colleague).await];
    read(&app, tech, a, one, 2).await;
    assert_eq!(own.heard(SOON).await, Heard::Changed);
    assert_eq!(theirs.heard(QUIET).await, Heard::Nothing, "nobody else is woken");
    read(&app, tech, a, one, 1).await;
    read(&app, tech, a, number("ALPHAA", 3), 1).await;
    assert_eq!(own.heard(QUIET).await, Heard::Nothing, "nothing rose");
    assert_eq!(of_colleague.sync(&app, colleague).await, []);
    assert_eq!(fresh(&app, colleague).await.marks, BTreeMap::new());
    read(&app, colleague, a, one, 1).await;
    assert_eq!((fresh(&app, tech).await.marks[&one], fresh(&app, colleague).await.marks[&one]), (2, 1));
}

#[tokio::test]
async fn a_first_answer_brings_the_marks_of_what_is_open_and_those_of_the_rest_come_with_it() {
    let World { app, a, tech, .. } = world().await;
    let [open, closed] = [1, 2].map(|n| number("ALPHAA", n));
    read(&app, tech, a, open, 2).await;
    read(&app, tech, a, closed, 2).await;
    app.estate().resolve(closed, app.clock.now()).await;
    let first = lines(&app, tech, None, READ_MARKS).await;
    let mut desk = Desk::default();
    assert!(desk.apply(first.clone()), "more is pending");
    assert_eq!((marks(&first), desk.marks.clone()), (vec![(open, 2)], BTreeMap::from([(open, 2)])));
    desk.sync(&app, tech).await;
    assert_eq!(desk.marks, BTreeMap::from([(open, 2), (closed, 2)]));
    // Kept as a row (A40), with its mark, and no longer once it is too old.
    app.clock.advance(Duration::from_secs(31 * 24 * 60 * 60));
    assert_eq!(fresh(&app, tech).await.marks, desk.marks);
    app.clock.advance(Duration::from_secs(60 * 24 * 60 * 60));
    assert_eq!(fresh(&app, tech).await.marks, BTreeMap::from([(open, 2)]));
    read(&app, tech, a, closed, 3).await;
    assert_eq!(marks(&desk.sync(&app, tech).await), [], "nothing is told of what is not kept");
}

#[tokio::test]
async fn who_does_not_take_marks_gets_none_and_all_of_them_once_they_do() {
    let World { app, a, tech, .. } = world().await;
    let [one, two] = [1, 2].map(|n| number("ALPHAA", n));
    read(&app, tech, a, one, 1).await;
    let mut desk = Desk::default();
    let step = async |desk: &mut Desk, takes: &str| {
        let lines = lines(&app, tech, desk.cursor.as_deref(), takes).await;
        (marks(&lines), desk.apply(lines))
    };
    while step(&mut desk, "").await.1 {}
    read(&app, tech, a, two, 1).await;
    for other in ["", "somethingElse", "readMarks, READMARK,"] {
        assert_eq!(step(&mut desk, other).await, (vec![], false), "{other}");
    }
    // Another version of the app is installed: what it passed over comes, once.
    let (mut all, _) = step(&mut desk, &format!("somethingElse , {READ_MARKS}")).await;
    all.sort_unstable();
    assert_eq!(all, [(one, 1), (two, 1)]);
    assert_eq!(step(&mut desk, READ_MARKS).await, (vec![], false));
    // The older one once more in between.
    read(&app, tech, a, two, 2).await;
    assert_eq!(step(&mut desk, "").await, (vec![], false));
    assert_eq!(step(&mut desk, READ_MARKS).await.0.len(), 2);
}

#[tokio::test]
async fn r62_nothing_is_told_of_a_mark_while_its_incident_is_not_seen_and_it_is_there_again_with_it() {
    let World { app, partner, a, rooms, tech, .. } = world().await;
    let estate = app.estate();
    let one = number("ALPHAA", 1);
    read(&app, tech, a, one, 2).await;
    let mut desk = fresh(&app, tech).await;
    estate.unassign(41, a, tech).await;
    let lines = desk.sync(&app, tech).await;
    assert_eq!((marks(&lines), desk.marks.len()), (vec![], 0));
    read(&app, tech, a, one, 3).await;
    assert_eq!(marks(&desk.sync(&app, tech).await), []);
    estate.assign(60, a, Some(partner), tech, PermissionSet::of(&[Permission::TicketsView]), &rooms[..1], &[]).await;
    desk.sync(&app, tech).await;
    assert_eq!(desk.marks, BTreeMap::from([(one, 2)]), "and what was told meanwhile counts for nothing");
    // What was read before the right went, and not told of yet.
    read(&app, tech, a, one, 3).await;
    estate.unassign(60, a, tech).await;
    assert_eq!(marks(&desk.sync(&app, tech).await), []);
}

#[tokio::test]
async fn reading_leaves_no_audit_record() {
    let World { app, partner, a, tech, .. } = world().await;
    let tokens = [app.admin_token(app.estate().user(a, 90, "Theirs").await), app.admin_token(app.estate().user(partner, 91, "Ours").await)];
    let records = async || {
        let mut found = 0;
        for (token, log) in tokens.iter().flat_map(|token| [(token, "product"), (token, "export")]) {
            let answer = app.send(Method::GET, &format!("/v1/audit?log={log}"), Some(token)).await;
            found += answer.json::<Value>()["items"].as_array().unwrap().len();
        }
        found
    };
    let before = records().await;
    read(&app, tech, a, number("ALPHAA", 1), 2).await;
    read(&app, tech, a, number("ALPHAA", 3), 2).await;
    assert_eq!(put(&app, tech, &vec![(a, number("ALPHAA", 1), 1); 201]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(records().await, before);
}

#[tokio::test]
async fn for_random_changes_two_desks_hold_the_marks_that_a_new_one_gets() {
    let World { app, partner, a, b, rooms, tech, colleague } = world().await;
    let (estate, random) = (app.estate(), SeededRandom::new(23));
    let byte = || {
        let mut bytes = [0; 1];
        random.fill(&mut bytes);
        bytes[0]
    };
    let all = [(a, number("ALPHAA", 1)), (a, number("ALPHAA", 2)), (a, number("ALPHAA", 3)), (b, number("BETABB", 1))];
    let mut desks = [(tech, Desk::default()), (tech, Desk::default()), (colleague, Desk::default())];
    // What they hold beside: the next to be given, and what was.
    let (mut next, mut held, mut met) = (1_000, vec![(41, a, tech), (42, a, colleague)], 0);
    for round in 0..300 {
        let (customer, number) = all[usize::from(byte()) % all.len()];
        let user = if byte() % 2 == 0 { tech } else { colleague };
        match byte() % 9 {
            0 | 1 => post(&app, customer, number).await,
            2..=5 => read(&app, user, customer, number, u32::from(byte() % 12)).await,
            6 => {
                let some = [&rooms[..1], &rooms[1..2], &[]][usize::from(byte()) % 3];
                let some = if customer == a { some } else { &[] };
                estate.assign(next, customer, Some(partner), user, PermissionSet::of(&[Permission::TicketsView]), some, &[]).await;
                held.push((next, customer, user));
                next += 1;
            }
            7 if !held.is_empty() => {
                let (n, customer, user) = held.swap_remove(usize::from(byte()) % held.len());
                estate.unassign(n, customer, user).await;
            }
            _ => {
                app.clock.advance(Duration::from_secs(60));
                estate.resolve(number, app.clock.now()).await;
            }
        }
        for (user, desk) in &mut desks {
            // One of them is often behind.
            if byte() % 3 == 0 {
                desk.sync(&app, *user).await;
                assert_eq!(desk.shown(), fresh(&app, *user).await.shown(), "round {round}");
                met += desk.marks.len();
            }
        }
    }
    assert!(met > 200, "{met} marks were compared");
}
