//! One estate: it grows, it changes, and every now and then everybody's copies are compared.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tenantry_model::id::PrincipalId;
use tenantry_model::sync::WHOLE_FOR;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::Demo;
use tenantry_tests::desk::Desk;
use tenantry_tests::directory::Directory;
use tenantry_tests::view::{Folded, View, listed};
use tenantry_tests::world::Generator;

/// More seconds than the days for which incidents are kept whole.
const AGED: u64 = WHOLE_FOR.as_secs() + 24 * 60 * 60;

/// What a run met on its way.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Changes made.
    changes: usize,
    /// Views compared.
    comparisons: usize,
    /// Customers, rooms and incidents in them.
    rows: [usize; 3],
    /// Incidents with rooms that their reader may not see (A23).
    redacted: usize,
    /// Incidents of which a copy keeps the row alone (A40).
    rows_alone: usize,
    /// Snapshots, more of the history after one, customers that were reset, and lines that told of something gone.
    snapshots: u32,
    pages: u32,
    resets: u32,
    gone: u32,
}

impl Tally {
    /// Adds another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.changes += other.changes;
        self.comparisons += other.comparisons;
        for (sum, more) in self.rows.iter_mut().zip(other.rows) {
            *sum += more;
        }
        self.redacted += other.redacted;
        self.rows_alone += other.rows_alone;
        self.snapshots += other.snapshots;
        self.pages += other.pages;
        self.resets += other.resets;
        self.gone += other.gone;
    }

    /// Fails if the run met nothing of a kind that it is there to check; a run of one case may.
    pub(crate) fn met_everything(&self, cases: u64) -> Result<()> {
        if cases >= 20 {
            let rows = self.rows.iter().all(|rows| *rows > 0);
            let lines = self.resets > 0 && self.gone > 0 && self.snapshots > 0;
            ensure!(rows && lines && self.redacted > 0 && self.rows_alone > 0, "the estates showed too little: {self:?}");
        }
        Ok(())
    }

    fn view(&mut self, view: &View) {
        self.comparisons += 1;
        for (sum, more) in self.rows.iter_mut().zip(view.sizes()) {
            *sum += more;
        }
        self.redacted += view.incidents.values().filter(|incident| incident.row.redacted_rooms > 0).count();
    }
}

/// One person: the service's lists, the sync folded by hand, and, for some, an engine.
struct Observer {
    id: PrincipalId,
    api: Api,
    folded: Folded,
    desk: Option<Desk>,
}

impl Observer {
    async fn new(demo: &Demo, directory: &Arc<Directory>, id: PrincipalId, with_engine: bool) -> Result<Self> {
        let api = Api::sign_in_at(demo, Arc::clone(directory), id).await?;
        let desk = if with_engine {
            let desk = Desk::at(demo)?;
            desk.sign_in(id).await?;
            Some(desk)
        } else {
            None
        };
        Ok(Self { id, api, folded: Folded::default(), desk })
    }

    async fn compare(&mut self, tally: &mut Tally) -> Result<()> {
        self.folded.follow(&self.api).await?;
        let shown = listed(&self.api).await?;
        tally.view(&shown);
        let differences = self.folded.view.differences(&shown, ["the folded lines", "the lists"]);
        ensure!(differences.is_empty(), "{:?} holds by its lines what the service does not show:\n{}", self.id, differences.join("\n"));
        // And whoever signs in only now.
        let mut fresh = Folded::default();
        fresh.follow(&self.api).await?;
        tally.rows_alone += fresh.rows_alone;
        let differences = fresh.view.differences(&shown, ["a fresh copy", "the lists"]);
        ensure!(
            differences.is_empty(),
            "{:?} would get by a first sync what the service does not show:\n{}",
            self.id,
            differences.join("\n")
        );
        if let Some(desk) = &self.desk {
            desk.engine().sync_now().await?;
            desk.wait_view(Duration::from_secs(10), "the engine holds what the service shows", &shown).await?;
        }
        Ok(())
    }
}

/// Runs the case of a seed.
pub(crate) async fn run(demo: &Demo, directory: &Arc<Directory>, seed: u64) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut generator = Generator::new(seed);
    let mut done = vec![];
    let start = generator.start();
    demo.control(&start).await.context("the first estate")?;
    done.push(start);
    let viewers = generator.viewers();
    let mut observers = vec![];
    for (at, user) in viewers.partner_users.iter().chain(&viewers.admins[..1]).enumerate() {
        observers.push(Observer::new(demo, directory, *user, at == 0).await?);
    }
    let mut scouts = vec![];
    for admin in &viewers.admins {
        scouts.push(Observer::new(demo, directory, *admin, false).await?);
    }
    let steps = 3 + generator.below(13);
    for step in 0..=steps {
        // Some copies follow every change, some skip several.
        for observer in &mut observers {
            if step == steps || generator.below(4) == 0 {
                observer.compare(&mut tally).await.with_context(|| format!("after {step} steps of {steps}:\n{done:#?}"))?;
            } else if generator.below(3) == 0 {
                observer.folded.step(&observer.api).await?;
            }
        }
        if step == steps {
            break;
        }
        let scout = &mut scouts[generator.below(viewers.admins.len())];
        scout.folded.follow(&scout.api).await?;
        generator.learn(&scout.folded.view);
        let changes = generator.step();
        if !changes.is_empty() {
            demo.control(&changes).await.with_context(|| format!("after {done:#?}"))?;
            tally.changes += changes.len();
            done.push(changes);
        }
    }
    // Everything once more, when most of it is older than incidents are kept whole (A40).
    demo.control(&[Change::advance(AGED)]).await?;
    for observer in &mut observers {
        observer.compare(&mut tally).await.with_context(|| format!("aged, after {steps} steps:\n{done:#?}"))?;
    }
    for observer in observers {
        tally.snapshots += observer.folded.snapshots;
        tally.pages += observer.folded.answers;
        tally.resets += observer.folded.resets;
        tally.gone += observer.folded.gone;
        if let Some(mut desk) = observer.desk {
            desk.stop().await;
        }
    }
    Ok(tally)
}
