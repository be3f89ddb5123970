//! One seed: rounds of torment, each with a recovery, and what must hold after it.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{AccessEndedReason, IpcErrorKind, Preferences, Session, SyncState};
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{self, Demo, DemoOptions};
use tenantry_tests::directory::Directory;
use tenantry_tests::view::{View, listed};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::{Generator, Names};

use super::torment::{Scene, Torment};
use tenantry_tests::desk_process::{DeskProcess, Refused, State};
use tenantry_tests::disk::Disk;

/// Many tries: the pause between two grows with each that failed, and there are few in a round.
const RECOVERY: Duration = Duration::from_secs(150);
/// How long the next change may take to show, once the desk is current.
const HEARD: Duration = Duration::from_secs(30);
/// What a user waits for without a word.
const WORD: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST_TORMENT: u64 = 2_500;

/// What runs met.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) took: Duration,
    pub(crate) torments: Vec<String>,
    slowest: Duration,
    sign_ins: usize,
    left_out: bool,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.torments.extend_from_slice(&other.torments);
        self.slowest = self.slowest.max(other.slowest);
        self.sign_ins += other.sign_ins;
        self.left_out |= other.left_out;
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let slowest = self.slowest.as_secs_f64();
        write!(f, "{} torments, slowest recovery {slowest:.1} s, {} asked to sign in again", self.torments.len(), self.sign_ins)?;
        f.write_str(if self.left_out { "; the disk could not be filled here" } else { "" })
    }
}

/// What was acknowledged, and must not be gone.
struct Acknowledged {
    customer: TenantId,
    rooms: BTreeSet<RoomId>,
    preferences: Option<Preferences>,
}

struct Run {
    scene: Scene,
    generator: Generator,
    names: Names,
    random: ChaCha8Rng,
    person: String,
    api: Api,
    admin: Api,
    acknowledged: Acknowledged,
    /// Whether something has happened since the last sign-in that may cost one: the desk need not have noticed in that round.
    may_need_sign_in: bool,
    tally: Tally,
}

/// Runs a seed.
pub(crate) async fn seed(seed: u64, rounds: usize) -> Result<Tally> {
    let started = Instant::now();
    let mut run = Run::start(seed).await?;
    for round in 0..rounds {
        if let Err(error) = run.round().await {
            let (done, desk, service) = (&run.tally.torments, run.scene.desk.log(), run.scene.demo.log_end());
            let end = |log: &str| log.lines().rev().take(25).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n");
            return Err(
                error.context(format!("round {round}, after {done:?}\nthe desk's log ends:\n{}\nthe service's:\n{service}", end(&desk)))
            );
        }
    }
    run.verify().await?;
    run.tally.took = started.elapsed();
    Ok(run.tally)
}

impl Run {
    async fn start(seed: u64) -> Result<Self> {
        let demo = Demo::start(DemoOptions::default()).await?;
        let mut generator = Generator::new(seed);
        demo.control(&generator.start()).await?;
        let viewers = generator.viewers();
        let (person, admin) =
            viewers.partner_users.first().zip(viewers.admins.first()).context("a partner's user and a customer's admin")?;
        let directory = Arc::new(Directory::of(&demo).await?);
        let api = Api::sign_in_at(&demo, Arc::clone(&directory), person).await?;
        let admin = Api::sign_in_at(&demo, directory, admin).await?;
        let customer = admin.me().await?.user.tenant_id;
        let wire = Wire::to(&demo).await?;
        let disk = Disk::new()?;
        let desk = DeskProcess::new(std::env::current_exe()?, disk.path(), wire.base())?;
        let tally = Tally { left_out: !disk.can_be_filled(), ..Tally::default() };
        let acknowledged = Acknowledged { customer, rooms: BTreeSet::new(), preferences: None };
        let (random, names) = (ChaCha8Rng::seed_from_u64(seed), Names::new(seed ^ 0x5eed));
        let scene = Scene { demo, wire, disk, desk, ahead: 0 };
        let mut run =
            Self { scene, generator, names, random, person: person.to_string(), api, admin, acknowledged, may_need_sign_in: false, tally };
        run.scene.follow_clock()?;
        run.scene.desk.sign_in(&run.person)?;
        run.recover().await?;
        Ok(run)
    }

    async fn round(&mut self) -> Result<()> {
        let first = Torment::draw(&mut self.random, &self.scene.disk);
        let second = Torment::draw(&mut self.random, &self.scene.disk);
        let mut torments = vec![first];
        torments.extend((!second.is_at_odds_with(first)).then_some(second));
        self.tally.torments.extend(torments.iter().map(|torment| format!("{torment:?}")));
        for torment in &torments {
            torment.begin(&mut self.scene).await.with_context(|| format!("{torment:?}"))?;
            self.live().await?;
        }
        if torments.contains(&Torment::LockKeychain) {
            self.is_said_within("the keychain is locked", WORD, |state| matches!(state.session, Session::KeyUnavailable { .. })).await?;
        }
        let pause = self.random.random_range(0..LONGEST_TORMENT);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        if self.random.random_range(0..2) == 0 {
            torments.reverse();
        }
        for torment in &torments {
            torment.end(&mut self.scene).await.with_context(|| format!("the end of {torment:?}"))?;
        }
        // Where desk or provider are killed while a refresh token is replaced, the new one is nowhere; on a full disk, it is in memory alone.
        self.may_need_sign_in |=
            [Torment::RefuseAtProvider, Torment::KillDesk, Torment::KillService, Torment::FillDisk].iter().any(|it| torments.contains(it));
        self.recover().await?;
        // No frozen picture: the next change shows by itself.
        self.live().await?;
        let wanted = self.shown_by_service().await?;
        self.shows(&wanted, HEARD).await.context("the next change does not show by itself")?;
        self.nothing_is_lost().await
    }

    /// The estate changes, as far as the service runs, and the user chooses something, as far as the desk does.
    async fn live(&mut self) -> Result<()> {
        if self.scene.demo.is_running() {
            let view = listed(&self.admin).await?;
            self.generator.learn(&view);
            let changes = self.generator.step();
            self.scene.demo.control(&changes).await?;
            self.scene.follow_clock()?;
            let room = RoomId::from_uuid(self.names.uuid());
            self.scene.demo.control(&[Change::room(room, self.acknowledged.customer, "Acknowledged", false)]).await?;
            self.acknowledged.rooms.insert(room);
        }
        if self.scene.desk.is_running() && matches!(self.scene.desk.state()?.session, Session::SignedIn { .. }) {
            let preferences = Preferences { all_tickets: self.random.random_range(0..2) == 0, ..Preferences::default() };
            // What is refused, on a full disk for one, may hold or not.
            self.acknowledged.preferences = self.scene.desk.prefer(preferences.clone()).is_ok().then_some(preferences);
        }
        Ok(())
    }

    /// Waits until the desk is current and shows what the service shows. Where it says that it needs a sign-in, it gets one, if it may need one.
    async fn recover(&mut self) -> Result<()> {
        let started = Instant::now();
        let mut state = self.scene.desk.state()?;
        while state.sync.state != SyncState::Current || state.sync.history_pending {
            if started.elapsed() > RECOVERY {
                bail!("after {RECOVERY:?} the desk still stands at {state:?}");
            }
            self.give_what_it_asks_for(&state).await?;
            state = self.scene.desk.state()?;
        }
        self.tally.slowest = self.tally.slowest.max(started.elapsed());
        let wanted = self.shown_by_service().await?;
        self.shows(&wanted, HEARD).await
    }

    /// Signs in where the desk says that it needs it, and may; else waits a moment.
    async fn give_what_it_asks_for(&mut self, state: &State) -> Result<()> {
        match (&state.session, &state.sync.state) {
            (Session::SignedOut, _) => bail!("the desk has signed the user out"),
            (_, SyncState::AccessEnded { reason: AccessEndedReason::SignInExpired }) if self.may_need_sign_in => {
                self.tally.sign_ins += 1;
                match self.scene.desk.sign_in(&self.person) {
                    Ok(()) => self.may_need_sign_in = false,
                    Err(error) => {
                        let kind = error.downcast_ref::<Refused>().and_then(|refused| refused.kind);
                        ensure!(kind == Some(IpcErrorKind::Offline), "the sign-in failed: {error:#}");
                    }
                }
            }
            (_, SyncState::AccessEnded { reason }) => bail!("access ended though nobody ended it: {reason:?}"),
            _ => tokio::time::sleep(PAUSE).await,
        }
        Ok(())
    }

    async fn shown_by_service(&self) -> Result<View> {
        listed(&self.api).await
    }

    /// Waits until the desk shows just this.
    async fn shows(&mut self, wanted: &View, within: Duration) -> Result<()> {
        let started = Instant::now();
        loop {
            let view = self.scene.desk.view();
            match view {
                Ok(view) if view == *wanted => return Ok(()),
                Ok(view) if started.elapsed() > within => {
                    let differences = view.differences(wanted, ["the desk", "the service"]).join("\n");
                    bail!("the desk at {:?} shows something else:\n{differences}", self.scene.desk.state()?);
                }
                Err(error) if started.elapsed() > within => return Err(error.context(format!("at {:?}", self.scene.desk.state()?))),
                // That sessions have ended may be noticed only now.
                _ => {
                    let state = self.scene.desk.state()?;
                    self.give_what_it_asks_for(&state).await?;
                }
            }
        }
    }

    async fn is_said_within(&mut self, what: &str, within: Duration, holds: impl Fn(&State) -> bool) -> Result<()> {
        let started = Instant::now();
        loop {
            let state = self.scene.desk.state()?;
            if holds(&state) {
                return Ok(());
            }
            ensure!(started.elapsed() < within, "after {within:?} the desk does not say that {what}: {state:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn nothing_is_lost(&mut self) -> Result<()> {
        let rooms: BTreeSet<RoomId> = listed(&self.admin).await?.rooms.into_keys().map(|(_, room)| room).collect();
        let lost: Vec<_> = self.acknowledged.rooms.difference(&rooms).collect();
        ensure!(lost.is_empty(), "the service has lost what it acknowledged: {lost:?}");
        if let Some(chosen) = &self.acknowledged.preferences {
            let preferences = self.scene.desk.preferences()?;
            ensure!(
                preferences.all_tickets == chosen.all_tickets,
                "the desk has lost what the user chose: {chosen:?}, now {preferences:?}"
            );
        }
        Ok(())
    }

    /// The audit log holds.
    async fn verify(&mut self) -> Result<()> {
        self.scene.demo.kill();
        let output =
            Command::new(demo::program()?).args(["audit", "verify", "--data"]).arg(self.scene.demo.folder().join("data")).output()?;
        ensure!(output.status.success(), "audit verify: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }
}
