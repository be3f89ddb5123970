//! Random lives of invitations and relationships, step by step through the service's routes, against [`reference`]: what each step answers, and what
//! everybody then sees.
//!
//! `TENANTRY_LIVES` says how many (60; the whole is 2,000), `TENANTRY_LIVES_SEED` which is the first, as printed when one fails.

mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use http::{Method, StatusCode};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};
use tenantry_model::api::partners::{PartnerDetail, PartnerRow};
use tenantry_model::api::{Me, Page, RoomPage, TenantRow};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::tenancy::{PortalRole, PrincipalKind, TenantStatus, UserKey};
use tenantry_service::store::{invitations, tenants};

use crate::support::{Answer, TestApp, id};
use reference::{
    Actor, CUSTOMERS, GLOBAL_ADMIN, INNER, OUTER, PARTNERS, PRINCIPALS, ROOMS, Reference, SERVICE_ADMIN, Seen, Step, USERS, Verdict,
};

const STEPS: usize = 40;

struct Life<'a> {
    app: &'a TestApp,
    partners: Vec<(TenantId, Vec<UserKey>)>,
    customers: Vec<(TenantId, UserKey, UserKey, Vec<RoomId>)>,
    random: ChaCha20Rng,
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

#[tokio::test]
async fn r17_r36_r59_r62_random_lives_are_what_the_rules_say() {
    let (lives, first) = (number("TENANTRY_LIVES", 60), number("TENANTRY_LIVES_SEED", 1));
    let app = TestApp::start().await;
    let mut met: BTreeMap<(String, Verdict), u32> = BTreeMap::new();
    for seed in first..first + lives {
        let mut life = Life::begin(&app, seed).await;
        let mut reference = Reference::default();
        for at in 0..STEPS {
            let (actor, step) = life.draw(&reference);
            let expected = reference.step(actor, &step);
            let what = format!("seed {seed}, step {at}: {actor:?} {step:?}");
            let answered = life.take(actor, &step).await;
            assert_eq!(answered, expected, "{what}");
            let name = format!("{step:?}");
            *met.entry((name.split(' ').next().unwrap().to_owned(), expected)).or_default() += 1;
            life.compare(&reference, if at + 1 == STEPS { None } else { Some(at % 2) }, &what).await;
        }
    }
    // A kind of step that never succeeded, or never failed, has shown nothing.
    for step in [
        "Invite",
        "Withdraw",
        "Accept",
        "Deny",
        "AddAdmin",
        "RemoveAdmin",
        "AddManager",
        "RemoveManager",
        "Delegate",
        "RemoveCustomer",
        "RemovePartner",
        "Assign",
    ] {
        for verdict in [Verdict::Done, Verdict::Hidden] {
            let times = met.get(&(step.to_owned(), verdict)).copied().unwrap_or_default();
            assert!(lives < 50 || times > 0, "{step} was never {verdict:?}: {met:#?}");
        }
    }
    for step in ["Invite", "Accept", "Deny", "RemoveAdmin"] {
        assert!(lives < 50 || met.contains_key(&(step.to_owned(), Verdict::Conflict)), "{step} never conflicted");
    }
}

impl<'a> Life<'a> {
    async fn begin(app: &'a TestApp, seed: u64) -> Self {
        let estate = app.estate();
        let base = u128::from(seed) * 1_000_000 + 5_000_000;
        let (mut partners, mut customers) = (vec![], vec![]);
        for partner in 0..PARTNERS {
            let n = base + 1_000 * (partner as u128 + 1);
            let prefix = format!("P{partner}{seed:04}");
            let tenant = estate.tenant(n, &format!("Partner {partner}"), &prefix, true, false).await;
            let mut people = vec![];
            for who in 0..PRINCIPALS {
                let kind = if who < USERS { PrincipalKind::User } else { PrincipalKind::SecurityGroup };
                let key = estate.principal(tenant, n + 1 + who as u128, &format!("P{partner} {who}"), kind).await;
                people.push(key);
            }
            estate.portal_role(people[SERVICE_ADMIN], PortalRole::ManagedServiceAdministrator).await;
            estate.member(people[OUTER], people[INNER]).await;
            partners.push((tenant, people));
        }
        for customer in 0..CUSTOMERS {
            let n = base + 100_000 + 1_000 * (customer as u128 + 1);
            let tenant = estate.tenant(n, &format!("Customer {customer}"), &format!("C{customer}{seed:04}"), false, true).await;
            let (admin, other) = (estate.user(tenant, n + 1, "Admin").await, estate.user(tenant, n + 2, "Other").await);
            estate.portal_role(admin, PortalRole::ManagedServiceAdministrator).await;
            let mut rooms = vec![];
            for room in 0..ROOMS {
                rooms.push(estate.room(tenant, n + 10 + room as u128, &format!("Room {room}")).await);
            }
            customers.push((tenant, admin, other, rooms));
        }
        Self { app, partners, customers, random: ChaCha20Rng::seed_from_u64(seed) }
    }

    fn key(&self, actor: Actor) -> UserKey {
        match actor {
            Actor::Partner(partner, who) => self.partners[partner].1[who],
            Actor::Customer(customer, true) => self.customers[customer].1,
            Actor::Customer(customer, false) => self.customers[customer].2,
        }
    }

    fn everybody() -> Vec<Actor> {
        let partners = (0..PARTNERS).flat_map(|partner| (0..USERS).map(move |who| Actor::Partner(partner, who)));
        partners.chain((0..CUSTOMERS).flat_map(|customer| [true, false].map(|admin| Actor::Customer(customer, admin)))).collect()
    }

    /// A step, and who takes it: mostly somebody of the side that it is about.
    fn draw(&mut self, reference: &Reference) -> (Actor, Step) {
        let random = &mut self.random;
        let kind = random.random_range(0..100);
        // Mostly about something that is there.
        let pairs = match kind {
            24..52 => reference.invited(),
            52..94 => reference.related(),
            _ => vec![],
        };
        let (partner, customer) = match pairs.choose(random) {
            Some(pair) if random.random_bool(0.8) => *pair,
            _ => (random.random_range(0..PARTNERS), random.random_range(0..CUSTOMERS)),
        };
        let who = random.random_range(0..PRINCIPALS);
        let manager = *[2, INNER].choose(random).unwrap();
        let some = |random: &mut ChaCha20Rng, of: usize, how_many: f64| {
            (0..of).filter(|_| random.random_bool(how_many)).collect::<BTreeSet<usize>>()
        };
        // An invitation without a room is none (R25).
        let at_least_one = |mut rooms: BTreeSet<usize>| {
            if rooms.is_empty() {
                rooms.insert(0);
            }
            rooms
        };
        let step = match kind {
            0..6 => Step::Wait { hours: random.random_range(1..40) },
            6..24 => Step::Invite { customer, partner, days: random.random_range(1..4), rooms: at_least_one(some(random, ROOMS, 0.6)) },
            24..28 => Step::Withdraw { customer, partner },
            28..48 => Step::Accept { customer, partner, admins: some(random, PRINCIPALS, 0.2) },
            48..52 => Step::Deny { customer, partner },
            52..60 => Step::AddAdmin { partner, customer, who },
            60..68 => Step::RemoveAdmin { partner, customer, who },
            68..72 => Step::AddManager { who: manager },
            72..76 => Step::RemoveManager { who: manager },
            76..80 => Step::Delegate { customer, partner, rooms: some(random, ROOMS, 0.6) },
            80..84 => Step::RemoveCustomer { partner, customer },
            84..87 => Step::RemovePartner { customer, partner },
            87..94 => Step::Assign { partner, customer, who },
            _ => Step::Regroup { partner, who: random.random_range(0..USERS), inside: random.random_bool(0.6) },
        };
        let by_customer = matches!(step, Step::Invite { .. } | Step::Withdraw { .. } | Step::Delegate { .. } | Step::RemovePartner { .. });
        let actor = match random.random_range(0..10) {
            0 => *Self::everybody().choose(random).unwrap(),
            _ if by_customer => Actor::Customer(customer, random.random_bool(0.9)),
            1..5 => Actor::Partner(partner, *[GLOBAL_ADMIN, SERVICE_ADMIN].choose(random).unwrap()),
            _ => Actor::Partner(partner, random.random_range(0..USERS)),
        };
        (actor, step)
    }

    async fn ask(&self, actor: Actor, method: Method, path: &str, version: Option<u64>, body: Option<Value>) -> Answer {
        let version = version.map(|version| format!("\"{version}\""));
        let headers: Vec<(&str, &str)> = version.iter().map(|version| ("if-match", version.as_str())).collect();
        let key = self.key(actor);
        // Made when it is used: time passes here, and tokens end.
        let token = if matches!(actor, Actor::Partner(_, GLOBAL_ADMIN)) { self.app.admin_token(key) } else { self.app.token(key) };
        self.app.ask(method, path, Some(&token), &headers, body.as_ref()).await
    }

    /// The invitation's id, as the customer's own administrator would find it.
    async fn invitation(&self, customer: usize, partner: usize) -> String {
        let mut tx = self.app.store.read().await.unwrap();
        let found = invitations::between(tx.conn(), self.customers[customer].0, self.partners[partner].0).await.unwrap();
        found.map_or_else(|| id(1).to_string(), |invitation| invitation.id.to_string())
    }

    /// The version that whoever may read it would have read.
    async fn version(&self, customer: usize, partner: usize) -> u64 {
        let path = format!("/v1/partners/{}", self.partners[partner].0);
        let answer = self.ask(Actor::Customer(customer, true), Method::GET, &path, None, None).await;
        if answer.status == StatusCode::OK { answer.json::<PartnerDetail>().version } else { 1 }
    }

    async fn take(&self, actor: Actor, step: &Step) -> Verdict {
        let tenant = |partner: &usize| self.partners[*partner].0;
        let principal = |partner: &usize, who: &usize| self.partners[*partner].1[*who].user_id;
        let rooms =
            |customer: &usize, rooms: &BTreeSet<usize>| rooms.iter().map(|room| self.customers[*customer].3[*room]).collect::<Vec<_>>();
        let own = match actor {
            Actor::Partner(partner, _) => partner,
            Actor::Customer(..) => 0,
        };
        let answer = match step {
            Step::Wait { hours } => {
                self.app.clock.advance(Duration::from_secs(hours.unsigned_abs() * 3_600));
                return Verdict::Done;
            }
            Step::Regroup { partner, who, inside } => {
                let (group, member) = (self.partners[*partner].1[INNER], self.partners[*partner].1[*who]);
                self.app.estate().set_member(group, member, *inside).await;
                return Verdict::Done;
            }
            Step::Invite { customer, partner, days, rooms: some } => {
                let domain = self.domain(*partner).await;
                let body = json!({"domain": domain, "expiresInDays": days, "rooms": rooms(customer, some), "termsAccepted": true});
                // Invited is by whom the token says; somebody of another customer would invite to their own.
                if matches!(actor, Actor::Customer(other, true) if other != *customer) {
                    return Verdict::Hidden;
                }
                self.ask(actor, Method::POST, "/v1/partners", None, Some(body)).await
            }
            Step::Withdraw { customer, .. } | Step::RemovePartner { customer, .. } | Step::Delegate { customer, .. } if matches!(actor, Actor::Customer(other, true) if other != *customer) =>
            {
                return Verdict::Hidden;
            }
            Step::Withdraw { partner, .. } => {
                self.ask(actor, Method::DELETE, &format!("/v1/partners/{}/invitation", tenant(partner)), None, None).await
            }
            Step::Accept { customer, partner, admins } => {
                let path = format!("/v1/invitations/{}/accept", self.invitation(*customer, *partner).await);
                let admins: Vec<_> = admins.iter().map(|who| principal(partner, who)).collect();
                self.ask(actor, Method::POST, &path, None, Some(json!({ "primaryAdmins": admins }))).await
            }
            Step::Deny { customer, partner } => {
                let path = format!("/v1/invitations/{}/deny", self.invitation(*customer, *partner).await);
                self.ask(actor, Method::POST, &path, None, None).await
            }
            Step::AddAdmin { partner, customer, who } => {
                let path = format!("/v1/customers/{}/primary-admins", self.customers[*customer].0);
                // Somebody of another partner would add to their own.
                if own != *partner && matches!(actor, Actor::Partner(..)) {
                    return Verdict::Hidden;
                }
                self.ask(actor, Method::POST, &path, None, Some(json!({"principals": [principal(partner, who)]}))).await
            }
            Step::RemoveAdmin { partner, customer, who } => {
                let path = format!("/v1/customers/{}/primary-admins/{}", self.customers[*customer].0, principal(partner, who));
                self.ask(actor, Method::DELETE, &path, None, None).await
            }
            Step::AddManager { who } => {
                self.ask(actor, Method::POST, "/v1/tenant-managers", None, Some(json!({"principals": [principal(&own, who)]}))).await
            }
            Step::RemoveManager { who } => {
                self.ask(actor, Method::DELETE, &format!("/v1/tenant-managers/{}", principal(&own, who)), None, None).await
            }
            Step::Delegate { customer, partner, rooms: some } => {
                let version = self.version(*customer, *partner).await;
                let others = (0..ROOMS).filter(|room| !some.contains(room)).collect();
                let body = json!({"add": {"rooms": rooms(customer, some)}, "remove": {"rooms": rooms(customer, &others)}});
                self.ask(actor, Method::PATCH, &format!("/v1/partners/{}", tenant(partner)), Some(version), Some(body)).await
            }
            Step::RemoveCustomer { partner, customer } => {
                if own != *partner && matches!(actor, Actor::Partner(..)) {
                    return Verdict::Hidden;
                }
                let version = self.version(*customer, *partner).await;
                self.ask(actor, Method::DELETE, &format!("/v1/customers/{}", self.customers[*customer].0), Some(version), None).await
            }
            Step::RemovePartner { customer, partner } => {
                let version = self.version(*customer, *partner).await;
                self.ask(actor, Method::DELETE, &format!("/v1/partners/{}", tenant(partner)), Some(version), None).await
            }
            Step::Assign { partner, customer, who } => {
                if own != *partner && matches!(actor, Actor::Partner(..)) {
                    return Verdict::Hidden;
                }
                let name = format!("Role {}", next_name());
                let assignment = json!({"name": "A", "members": [principal(partner, who)], "scope": {"kind": "all"}});
                let body = json!({"name": name, "permissions": ["rooms.view"], "assignment": assignment});
                self.ask(actor, Method::POST, &format!("/v1/customers/{}/roles", self.customers[*customer].0), None, Some(body)).await
            }
        };
        match answer.status.as_u16() {
            200 | 201 | 204 => Verdict::Done,
            404 => Verdict::Hidden,
            409 => Verdict::Conflict,
            400 => Verdict::Foreign,
            other => panic!("{other}: {}", String::from_utf8_lossy(&answer.body)),
        }
    }

    async fn domain(&self, partner: usize) -> String {
        let (mut tx, partner) = (self.app.store.read().await.unwrap(), self.partners[partner].0);
        tenants::domains(tx.conn(), &[partner]).await.unwrap()[&partner][0].to_string()
    }

    /// Compares what `some` by chance, or everybody, sees.
    async fn compare(&mut self, reference: &Reference, some: Option<usize>, what: &str) {
        let everybody = Self::everybody();
        let watched: Vec<Actor> = match some {
            Some(some) => everybody.choose_multiple(&mut self.random, some).copied().collect(),
            None => everybody,
        };
        for actor in watched {
            assert_eq!(self.seen(actor).await, reference.seen(actor), "{actor:?} after {what}");
        }
    }

    async fn seen(&self, actor: Actor) -> Seen {
        let mut seen = Seen::default();
        let customer_at = |id: TenantId| self.customers.iter().position(|it| it.0 == id).unwrap();
        let me: Me = self.ask(actor, Method::GET, "/v1/me", None, None).await.json();
        for customer in me.customers {
            let at = customer_at(customer.id);
            let page: RoomPage = self.ask(actor, Method::GET, &format!("/v1/customers/{}/rooms", customer.id), None, None).await.json();
            let rooms = page.items.iter().map(|room| self.customers[at].3.iter().position(|id| *id == room.id).unwrap()).collect();
            seen.customers.insert(at, rooms);
        }
        let tenants: Page<TenantRow> = self.ask(actor, Method::GET, "/v1/tenants", None, None).await.json();
        for row in tenants.items {
            match row.status {
                TenantStatus::Active => seen.active.insert(customer_at(row.id)),
                TenantStatus::Pending => seen.pending.insert(customer_at(row.id)),
            };
        }
        let partners = self.ask(actor, Method::GET, "/v1/partners", None, None).await;
        if partners.status == StatusCode::OK {
            let partner_at = |id: TenantId| self.partners.iter().position(|it| it.0 == id).unwrap();
            let rows: Vec<PartnerRow> = partners.json();
            seen.partners = Some(rows.into_iter().map(|row| (partner_at(row.id), (row.status.as_str(), row.rooms as usize))).collect());
        }
        seen
    }
}

/// A name that no role has yet.
fn next_name() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
