//! 60 cuts at random moments, by a seed, while files are handed over and sent: kill -9 of the app or of the service, the network gone,
//! the disk full. No file that was kept is lost, none is there twice, and each is what was chosen (A35, R82).

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rand::{Rng as _, RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tenantry_model::api::IncidentTab;
use tenantry_model::attachment::AttachmentState;
use tenantry_model::ipc::{FormId, IncidentRef, IpcErrorKind, NewUpload, SyncState};
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk_process::DeskProcess;
use tenantry_tests::disk::Disk;
use tenantry_tests::wait::SOON;
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

const SEED: u64 = 8_200;
const CUTS: u32 = 60;
/// Those of an incident, whose twenty would be too many otherwise.
const MOST: usize = 18;

/// A file that was chosen, and whether the app said that it is kept.
struct Chosen {
    incident: IncidentRef,
    content: Vec<u8>,
    acknowledged: bool,
}

struct Story {
    demo: Demo,
    person: String,
    wire: Wire,
    // It lies on the disk, and ends before that does.
    desk: DeskProcess,
    disk: Disk,
    api: Api,
    incidents: Vec<IncidentRef>,
    random: ChaCha8Rng,
    /// By their names.
    chosen: BTreeMap<String, Chosen>,
    cuts: BTreeMap<&'static str, u32>,
    /// Files that were refused because the disk was full.
    full: u32,
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
        let person = estate.anna.to_string();
        desk.sign_in(&person)?;
        let api = Api::sign_in(&demo, estate.anna).await?;
        let rows = api.incidents(None, IncidentTab::Active).await?.context("incidents")?;
        let incidents = rows.into_iter().map(|row| IncidentRef { customer_id: row.customer_id, number: row.number }).collect();
        let random = ChaCha8Rng::seed_from_u64(SEED);
        let (chosen, cuts, full) = Default::default();
        let mut story = Self { demo, person, wire, desk, disk, api, incidents, random, chosen, cuts, full };
        story.eventually("the sync is current", |story| Ok(story.desk.state()?.sync.state == SyncState::Current))?;
        Ok(story)
    }

    fn eventually(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        while !holds(self)? {
            // What waits waits for that.
            self.desk.sign_in_again(&self.person)?;
            ensure!(began.elapsed() < 2 * SOON, "{what}: still not, with {:?}", self.desk.waiting_files()?);
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    fn count(&mut self, cut: &'static str) {
        *self.cuts.entry(cut).or_default() += 1;
    }

    /// A file is chosen; while it is handed over, or on its way, something is cut.
    async fn choose_and_cut(&mut self) -> Result<()> {
        let n = self.chosen.len();
        let with_room = |story: &Self, at: &IncidentRef| story.chosen.values().filter(|one| one.incident == *at).count() < MOST;
        let free: Vec<IncidentRef> = self.incidents.iter().copied().filter(|at| with_room(self, at)).collect();
        let incident = *free.get(self.random.random_range(0..free.len().max(1))).context("all incidents are full")?;
        let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        content.resize(self.random.random_range(1_000..700_000), 0);
        self.random.fill_bytes(&mut content[16..]);
        let name = format!("file {n}.png");
        let new = NewUpload { form: FormId(Uuid::from_u128(n as u128 + 1)), incident, file_name: name.clone(), size: content.len() as u64 };
        let (what, pause) = (self.random.random_range(0..14), Duration::from_micros(self.random.random_range(0..80_000)));
        let (wire, demo, disk) = (&self.wire, &mut self.demo, &self.disk);
        let fills = what >= 12 && disk.can_be_filled();
        if fills && what == 12 {
            disk.fill()?;
        }
        let mut said = self.desk.hand_over(new.clone(), &content, |desk| {
            sleep(pause);
            match what {
                0..3 => wire.cut(),
                3..8 => desk.kill(),
                8..11 => demo.kill(),
                13 if fills => disk.fill()?,
                _ => {}
            }
            Ok(())
        })?;
        if fills {
            self.count("disk");
            // On its way, too, it finds no room.
            sleep(pause);
            self.disk.clear()?;
            if let Some(Err(refused)) = &said {
                ensure!(refused.kind == Some(IpcErrorKind::DiskFull), "{name} was not taken: {refused}");
                self.full += 1;
                // Whoever chose it makes room, and tries again.
                said = self.desk.hand_over(new, &content, |_| Ok(()))?;
            }
        }
        if let Some(Err(refused)) = &said {
            anyhow::bail!("{name} was not taken: {refused}");
        }
        match what {
            0..3 => self.count("network"),
            3..8 => {
                self.count("app");
                self.desk.start()?;
            }
            8..11 => {
                self.count("service");
                self.demo.restart().await?;
            }
            _ => {}
        }
        self.chosen.insert(name, Chosen { incident, content, acknowledged: said.is_some() });
        if self.random.random_range(0..3) == 0 {
            self.wire.mend();
        }
        Ok(())
    }

    fn all_sent(&mut self) -> Result<()> {
        self.wire.mend();
        self.desk.sync()?;
        self.eventually("everything was sent", |story| Ok(story.desk.waiting_files()?.is_empty()))
    }

    async fn tell(&mut self) -> Result<()> {
        while self.cuts.values().sum::<u32>() < CUTS {
            self.choose_and_cut().await?;
        }
        self.all_sent()
    }

    /// How many have arrived.
    async fn check(&self) -> Result<u32> {
        let mut found = 0;
        for IncidentRef { customer_id, number } in &self.incidents {
            let there = self.api.incident(*customer_id, *number).await?.context("the incident is gone")?;
            for attachment in &there.attachments {
                let name = &attachment.file_name;
                let chosen = self.chosen.get(name).with_context(|| format!("{name} was never chosen"))?;
                ensure!(attachment.state == AttachmentState::Ready, "{name} is not whole");
                ensure!(chosen.incident == IncidentRef { customer_id: *customer_id, number: *number }, "{name} is elsewhere");
                let path = format!("/v1/customers/{customer_id}/incidents/{number}/attachments/{}/content", attachment.id);
                ensure!(self.api.get(&path).await?.bytes().await? == chosen.content, "{name} is another file");
                found += 1;
            }
            let names: std::collections::BTreeSet<_> = there.attachments.iter().map(|attachment| &attachment.file_name).collect();
            ensure!(names.len() == there.attachments.len(), "{number}: one of {names:?} is there twice");
            for (name, chosen) in self.chosen.iter().filter(|(_, chosen)| chosen.acknowledged && chosen.incident.number == *number) {
                ensure!(names.contains(name), "{name} ({} bytes) is lost", chosen.content.len());
            }
        }
        Ok(found)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a35_r82_of_60_cuts_no_file_is_lost_none_doubled_and_each_is_what_was_chosen() -> Result<()> {
    let mut story = Story::begin().await?;
    let told = story.tell().await;
    told.map_err(|error| story.desk.explain(error).context(format!("after {:?}", story.cuts)))?;
    let acknowledged = story.chosen.values().filter(|chosen| chosen.acknowledged).count();
    ensure!(acknowledged > 20 && acknowledged < story.chosen.len(), "{acknowledged} of {} were kept", story.chosen.len());
    ensure!(story.full > 0 || !story.disk.can_be_filled(), "no file met a full disk");
    let arrived = story.check().await?;
    eprintln!(
        "cuts: {:?}, {} for want of room; chosen {}, kept {acknowledged}, arrived {arrived}",
        story.cuts,
        story.full,
        story.chosen.len()
    );
    let left = std::fs::read_dir(story.disk.path().join("desk/caches"))?.filter_map(Result::ok);
    let files: Vec<_> = left.map(|file| (file.file_name(), file.metadata().map(|file| file.len()).unwrap_or_default())).collect();
    let copies = files.iter().find(|(name, _)| name.to_string_lossy().ends_with(".files")).context("the file of those that wait")?;
    ensure!(copies.1 < 1024 * 1024, "what has arrived is kept no longer: {files:?}");
    Ok(())
}
