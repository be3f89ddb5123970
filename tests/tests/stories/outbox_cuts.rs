//! 300 cuts at random moments, by a seed: kill -9 of the app or of the service, the network gone, the disk full, the right revoked. Nothing is lost, nothing
//! doubled, nothing sent after its right was lost (A35).

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tenantry_model::api::IncidentTab;
use tenantry_model::api::incidents::{PostMessage, RecordIssue};
use tenantry_model::id::{AssignmentId, TenantId};
use tenantry_model::ipc::{FormId, IpcErrorKind, SyncState, Work, WorkItem};
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

const SEED: u64 = 3_500;
const CUTS: u32 = 300;
/// So many of them revoke the right.
const REVOCATIONS: u32 = 6;

/// Something that was typed, and whether the app said that it is kept or sent.
struct Typed {
    text: String,
    acknowledged: bool,
}

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
    messages: BTreeMap<TicketNumber, Vec<Typed>>,
    issues: Vec<(TenantId, Typed)>,
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
        let mut lines = vec![];
        for customer in [estate.alpen.id, estate.birke.id] {
            let rows = api.incidents(Some(customer), IncidentTab::Active).await?.context("the customer's incidents")?;
            lines.extend(rows.into_iter().map(|row| (customer, row.number)));
        }
        let random = ChaCha8Rng::seed_from_u64(SEED);
        let (messages, issues, forms, cuts) = Default::default();
        let mut story = Self { demo, estate, wire, disk, desk, api, lines, random, messages, issues, forms, cuts };
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
            // Killed while its tokens are renewed, the app has to be signed in anew: what was typed waits for that.
            if matches!(self.desk.state()?.sync.state, SyncState::AccessEnded { .. }) {
                let anna = self.estate.anna.to_string();
                self.desk.sign_in(&anna)?;
            }
            ensure!(began.elapsed() < 2 * SOON, "{what}: still not, with {:?}", self.desk.outbox()?);
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    fn next_form(&mut self) -> FormId {
        self.forms += 1;
        FormId(Uuid::from_u128(self.forms))
    }

    fn message(&mut self, customer: TenantId, number: TicketNumber) -> (WorkItem, String) {
        let form = self.next_form();
        let text = format!("message {}", self.forms);
        (WorkItem { form, customer, work: Work::Message { number, new: PostMessage { text: text.clone(), assign_to: None } } }, text)
    }

    fn issue(&mut self, customer: TenantId) -> (WorkItem, String) {
        let form = self.next_form();
        let text = format!("issue {}", self.forms);
        let new = RecordIssue { description: text.clone(), rooms: vec![], high_impact_reason: None, events: vec![] };
        (WorkItem { form, customer, work: Work::Record { new } }, text)
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
        let (customer, number) = self.lines[self.random.random_range(0..self.lines.len())];
        let is_issue = self.random.random_range(0..8) == 0;
        let (item, text) = if is_issue { self.issue(customer) } else { self.message(customer, number) };
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
        let typed = Typed { text, acknowledged: said.is_some() };
        if is_issue {
            self.issues.push((customer, typed))
        } else {
            self.messages.entry(number).or_default().push(typed)
        }
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

    /// The right at a customer goes while messages wait for it, and the app is killed while it learns that. It is given back afterwards.
    async fn revoke(&mut self, n: u32) -> Result<()> {
        self.all_sent()?;
        self.current()?;
        self.wire.cut();
        let customer = self.estate.birke.id;
        let numbers: Vec<_> = self.lines.iter().filter(|(of, _)| *of == customer).map(|(_, number)| *number).collect();
        let mut texts = vec![];
        for number in numbers.iter().cycle().take(4) {
            let (item, text) = self.message(customer, *number);
            ensure!(self.desk.work(item, |_| Ok(()))?.is_some_and(|said| said.is_ok()));
            texts.push(text);
        }
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
            Ok(left.len() == 4 && left.iter().all(|entry| entry.customer.is_none()))
        })?;
        for entry in self.desk.outbox()? {
            let Work::Words { text } = &entry.work else { bail!("{entry:?}") };
            ensure!(texts.contains(text) && entry.customer_name.is_none(), "{entry:?}");
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
        for number in numbers {
            let there = self.api.incident(customer, number).await?.context("the incident is gone")?;
            let sent: Vec<_> = there.messages.iter().filter(|message| texts.contains(&message.text)).collect();
            ensure!(sent.is_empty(), "sent after the right was lost: {sent:?}");
        }
        Ok(())
    }

    async fn check(&self) -> Result<()> {
        for (customer, number) in &self.lines {
            let there = self.api.incident(*customer, *number).await?.context("the incident is gone")?;
            let mut arrived = there.messages.iter().rev().map(|message| message.text.as_str()).peekable();
            for typed in self.messages.get(number).into_iter().flatten() {
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
        for (customer, typed) in &self.issues {
            let times = rows.iter().filter(|row| row.customer_id == *customer && row.problem == typed.text).count();
            ensure!(times == 1 || (times == 0 && !typed.acknowledged), "{:?} was recorded {times} times", typed.text);
        }
        Ok(())
    }
}

fn assignment(n: u32) -> AssignmentId {
    AssignmentId::from_uuid(Uuid::from_u128(0xA_0000 + u128::from(n)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a35_of_300_cuts_nothing_is_lost_nothing_doubled_and_nothing_sent_after_a_lost_right() -> Result<()> {
    let mut story = Story::begin().await?;
    for n in 0..REVOCATIONS {
        while story.cuts() < CUTS * (n + 1) / REVOCATIONS - 1 {
            story.type_and_cut().await?;
        }
        story.revoke(n).await?;
    }
    story.all_sent()?;
    let acknowledged =
        story.messages.values().flatten().chain(story.issues.iter().map(|(_, typed)| typed)).filter(|typed| typed.acknowledged);
    let (acknowledged, typed) = (acknowledged.count(), story.forms);
    ensure!(story.cuts() == CUTS && acknowledged > 200, "{:?}, {acknowledged} acknowledged", story.cuts);
    eprintln!("cuts: {:?}; typed {typed}, acknowledged {acknowledged}", story.cuts);
    story.check().await
}
