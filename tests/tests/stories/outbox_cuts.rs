//! 300 cuts at random moments, by a seed, while work of every kind is typed: kill -9 of the app or of the service, the network gone, the disk full, the right
//! revoked. Nothing is lost, nothing doubled, nothing sent after its right was lost (A35).

mod typed;

use std::collections::{BTreeMap, HashMap};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tenantry_model::api::{IncidentTab, Page};
use tenantry_model::audit::AuditRecord;
use tenantry_model::id::{AssignmentId, PrincipalId, TenantId};
use tenantry_model::ipc::{FormId, IpcErrorKind, SyncState, Work, WorkItem, WorkKind};
use tenantry_model::role::Scope;
use tenantry_model::text::TicketNumber;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk_process::DeskProcess;
use tenantry_tests::disk::Disk;
use tenantry_tests::wait::SOON;
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

use self::typed::{Pool, SINGLE, Typed, drawn, is_of_pool, pools};

const SEED: u64 = 3_500;
const CUTS: u32 = 300;
/// So many of them revoke the right.
const REVOCATIONS: u32 = 6;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cut {
    None,
    Network,
    App,
    Service,
    Disk,
}

struct Story {
    demo: Demo,
    estate: SmallEstate,
    wire: Wire,
    // It lies on the disk, and ends before that does.
    desk: DeskProcess,
    disk: Disk,
    api: Api,
    lines: Vec<(TenantId, TicketNumber)>,
    random: ChaCha8Rng,
    pools: HashMap<TenantId, Pool>,
    typed: Vec<Typed>,
    forms: u128,
    cuts: BTreeMap<&'static str, u32>,
}

impl Story {
    async fn begin() -> Result<Self> {
        let demo = Demo::start(DemoOptions::default()).await?;
        let estate = SmallEstate::create(&demo).await?;
        let wire = Wire::to(&demo).await?;
        let disk = Disk::new()?;
        // The demo's clock was put forward: the desk's goes with it.
        let mut desk = DeskProcess::new(env!("CARGO_BIN_EXE_torture").into(), disk.path(), wire.base())?;
        desk.set_clock(3_600)?;
        desk.sign_in(&estate.anna.to_string())?;
        let api = Api::sign_in(&demo, estate.anna).await?;
        let pools = pools(&demo, &estate, &api).await?;
        let mut lines = vec![];
        for customer in [estate.alpen.id, estate.birke.id] {
            let rows = api.incidents(Some(customer), IncidentTab::Active).await?.context("the customer's incidents")?;
            lines.extend(rows.into_iter().filter(|row| !is_of_pool(&row.problem)).map(|row| (customer, row.number)));
        }
        let random = ChaCha8Rng::seed_from_u64(SEED);
        let (typed, forms, cuts) = Default::default();
        let mut story = Self { demo, estate, wire, disk, desk, api, lines, random, pools, typed, forms, cuts };
        story.current()?;
        Ok(story)
    }

    /// Waits until the copy is what the service shows.
    fn current(&mut self) -> Result<()> {
        self.desk.sync()?;
        self.eventually("the sync is current", |story| Ok(story.desk.state()?.sync.state == SyncState::Current))
    }

    fn eventually(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        while !holds(self)? {
            // What was typed waits for that.
            self.desk.sign_in_again(&self.estate.anna.to_string())?;
            ensure!(began.elapsed() < 2 * SOON, "{what}: still not, with {:?}", self.desk.outbox()?);
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Work of this kind at this customer; a message where nothing is left that nothing was done to.
    fn work(&mut self, kind: WorkKind, (customer, number): (TenantId, TicketNumber)) -> (WorkItem, Typed) {
        self.forms += 1;
        let (form, text) = (FormId(Uuid::from_u128(self.forms)), format!("{kind} {}", self.forms));
        let of_pool = match (kind, self.pools.get_mut(&customer)) {
            (WorkKind::Record, _) => Some(Typed::issue(customer, text.clone())),
            (WorkKind::Message, _) | (_, None) => None,
            (kind, Some(pool)) => pool.work(kind, customer, text.clone()),
        };
        let (work, typed) = of_pool.unwrap_or_else(|| Typed::message(customer, number, text));
        (WorkItem { form, customer, work }, typed)
    }

    fn draw(&mut self) -> Cut {
        match self.random.random_range(0..20) {
            0..6 => Cut::Network,
            6..13 => Cut::App,
            13..15 => Cut::Service,
            15..18 if self.disk.can_be_filled() => Cut::Disk,
            _ => Cut::None,
        }
    }

    fn count(&mut self, cut: &'static str) {
        *self.cuts.entry(cut).or_default() += 1;
    }

    fn cuts(&self) -> u32 {
        self.cuts.values().sum()
    }

    /// Types something, cuts at a random moment while it is on its way, and sends the form again as long as it is on the screen and was not taken.
    async fn type_and_cut(&mut self) -> Result<()> {
        let line = self.lines[self.random.random_range(0..self.lines.len())];
        let kind = drawn(&mut self.random);
        let (item, mut typed) = self.work(kind, line);
        let (cut, pause) = (self.draw(), Duration::from_micros(self.random.random_range(0..9_000)));
        let (wire, demo, disk) = (&self.wire, &mut self.demo, &self.disk);
        let mut said = self.desk.work(item.clone(), |desk| {
            sleep(pause);
            match cut {
                Cut::None => {}
                Cut::Network => wire.cut(),
                Cut::App => desk.kill(),
                Cut::Service => demo.kill(),
                Cut::Disk => disk.fill()?,
            }
            Ok(())
        })?;
        match cut {
            Cut::None => {}
            Cut::Network => self.count("network"),
            Cut::App => {
                self.count("app");
                self.desk.start()?;
            }
            Cut::Service => {
                self.count("service");
                self.demo.restart().await?;
            }
            Cut::Disk => {
                self.count("disk");
                self.disk.clear()?;
            }
        }
        while let Some(Err(refused)) = &said {
            // The disk was full before it was kept: the form has it still, and is sent again.
            ensure!(refused.kind == Some(IpcErrorKind::DiskFull), "{refused}");
            said = self.desk.work(item.clone(), |_| Ok(()))?;
        }
        typed.acknowledged = said.is_some();
        self.typed.push(typed);
        if self.random.random_range(0..3) == 0 {
            self.wire.mend();
        }
        Ok(())
    }

    fn all_sent(&mut self) -> Result<()> {
        self.wire.mend();
        self.desk.sync()?;
        self.eventually("everything was sent", |story| Ok(story.desk.outbox()?.is_empty()))
    }

    /// The right at a customer goes while work of every kind waits for it, and the app is killed while it learns that. It is given back afterwards.
    async fn revoke(&mut self, n: u32) -> Result<()> {
        self.all_sent()?;
        self.current()?;
        self.wire.cut();
        let customer = self.estate.birke.id;
        let numbers: Vec<_> = self.lines.iter().filter(|(of, _)| *of == customer).map(|(_, number)| *number).collect();
        let mut lost = vec![];
        for (at, kind) in [WorkKind::Message, WorkKind::Message, WorkKind::Record].into_iter().chain(SINGLE).enumerate() {
            let (item, typed) = self.work(kind, (customer, numbers[at % numbers.len()]));
            ensure!(typed.kind == kind, "nothing is left for {kind}");
            ensure!(self.desk.work(item, |_| Ok(()))?.is_some_and(|said| said.is_ok()));
            lost.push(typed);
        }
        let worded = lost.iter().filter(|typed| typed.has_words()).count();
        let held = if n == 0 { self.estate.birke.anna } else { assignment(n) };
        self.demo.control(&[Change::DeleteAssignment { assignment: held }]).await?;
        self.count("right");
        self.wire.mend();
        self.desk.sync()?;
        sleep(Duration::from_micros(self.random.random_range(0..30_000)));
        self.desk.kill();
        self.desk.start()?;
        self.eventually("the words alone are left", |story| {
            let left = story.desk.outbox()?;
            Ok(left.len() == worded && left.iter().all(|entry| entry.customer.is_none()))
        })?;
        for entry in self.desk.outbox()? {
            let Work::Words { text } = &entry.work else { bail!("{entry:?}") };
            // Of a change, what was added.
            ensure!(lost.iter().any(|typed| typed.text == *text) && entry.customer_name.is_none(), "{entry:?}");
            self.desk.discard(entry.form)?;
        }
        let role = self.estate.birke.role;
        let again = Change::CreateAssignment {
            id: assignment(n + 1),
            role,
            name: "Helpdesk".into(),
            members: vec![self.estate.anna],
            scope: Scope::All,
        };
        self.demo.control(&[again]).await?;
        self.current()?;
        let mut threads = vec![];
        for number in numbers {
            threads.extend(self.api.incident(customer, number).await?.context("the incident is gone")?.messages);
        }
        let rows = self.api.incidents(Some(customer), IncidentTab::Active).await?.context("incidents")?;
        for typed in lost {
            let is_sent = match typed.kind {
                WorkKind::Message => threads.iter().any(|message| message.text == typed.text),
                WorkKind::Record => rows.iter().any(|row| row.problem == typed.text),
                _ => typed.is_done(&self.api).await?,
            };
            ensure!(!is_sent, "sent after the right was lost: {} {:?}", typed.kind, typed.text);
        }
        Ok(())
    }

    async fn tell(&mut self) -> Result<()> {
        for n in 0..REVOCATIONS {
            while self.cuts() < CUTS * (n + 1) / REVOCATIONS - 1 {
                self.type_and_cut().await?;
            }
            self.revoke(n).await?;
        }
        self.all_sent()
    }

    async fn check(&self) -> Result<()> {
        for (customer, number) in &self.lines {
            let there = self.api.incident(*customer, *number).await?.context("the incident is gone")?;
            let mut arrived = there.messages.iter().rev().map(|message| message.text.as_str()).peekable();
            let messages = self.typed.iter().filter(|typed| typed.kind == WorkKind::Message && typed.number == Some(*number));
            for typed in messages {
                if arrived.next_if(|text| *text == typed.text).is_none() {
                    ensure!(
                        !typed.acknowledged,
                        "{number}: {:?} is lost, or stands elsewhere; {:?} comes there",
                        typed.text,
                        arrived.peek()
                    );
                }
            }
            let more: Vec<_> = arrived.collect();
            ensure!(more.is_empty(), "{number}: doubled, or not typed: {more:?}");
        }
        let rows = self.api.incidents(None, IncidentTab::Active).await?.context("incidents")?;
        let anna = self.api.me().await?.user.user_id;
        let logs = [log(&self.demo, self.estate.alpen.admin, anna).await?, log(&self.demo, self.estate.birke.admin, anna).await?].concat();
        for typed in &self.typed {
            let (kind, text) = (typed.kind, &typed.text);
            match kind {
                WorkKind::Message => {}
                WorkKind::Record => {
                    let times = rows.iter().filter(|row| row.customer_id == typed.customer && row.problem == *text).count();
                    ensure!(times == 1 || (times == 0 && !typed.acknowledged), "{text:?} was recorded {times} times");
                }
                _ => {
                    let (is_done, times) = (typed.is_done(&self.api).await?, typed.times(&logs));
                    ensure!(is_done || !typed.acknowledged, "{kind} {text:?} is lost");
                    ensure!(times == usize::from(is_done), "{kind} {text:?} was done {times} times");
                }
            }
        }
        Ok(())
    }
}

/// What a customer's audit log says that this person did to rooms and incidents.
async fn log(demo: &Demo, admin: PrincipalId, who: PrincipalId) -> Result<Vec<AuditRecord>> {
    let api = Api::sign_in(demo, admin).await?;
    let (mut all, mut cursor) = (vec![], String::new());
    loop {
        let page: Page<AuditRecord> = api.read(&format!("/v1/audit?log=product&limit=200{cursor}")).await?;
        all.extend(page.items.into_iter().filter(|record| record.user_id == Some(who)));
        match page.next_cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(all),
        }
    }
}

fn assignment(n: u32) -> AssignmentId {
    AssignmentId::from_uuid(Uuid::from_u128(0xA_0000 + u128::from(n)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a35_of_300_cuts_nothing_is_lost_nothing_doubled_and_nothing_sent_after_a_lost_right() -> Result<()> {
    let mut story = Story::begin().await?;
    let told = story.tell().await;
    told.map_err(|error| story.desk.explain(error).context(format!("after {:?}", story.cuts)))?;
    let acknowledged = story.typed.iter().filter(|typed| typed.acknowledged).count();
    ensure!(story.cuts() == CUTS && acknowledged > 200, "{:?}, {acknowledged} acknowledged", story.cuts);
    let mut kinds = BTreeMap::<WorkKind, usize>::new();
    for typed in &story.typed {
        *kinds.entry(typed.kind).or_default() += 1;
    }
    ensure!(kinds.len() == SINGLE.len() + 2 && kinds.values().all(|count| *count >= 10), "{kinds:?}");
    eprintln!("cuts: {:?}; typed {} ({kinds:?}), acknowledged {acknowledged}", story.cuts, story.typed.len());
    story.check().await
}
