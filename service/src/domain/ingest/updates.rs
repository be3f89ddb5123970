//! What a device says of the versions that it runs and of its updates, and what it is told to install (R103–R105).

use std::collections::{BTreeMap, BTreeSet};

use tenantry_model::api::updates::{Install, InstallWhen, InstalledVersion, MOST_PROGRESS, ReportedProgress, UpdatesAnswer, UpdatesReport};
use tenantry_model::api::{Reading, SignalState};
use tenantry_model::id::{RoomId, UpdateId};
use tenantry_model::room::Room;
use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;
use tenantry_model::update::{LONGEST_FAILURE, MOST_PACKAGES, PackageName, PackageVersion, UpdateProgress};

use super::reports::{Admitted, notice, refused};
use crate::domain::text;
use crate::domain::updates::due::due;
use crate::domain::updates::schedule::Schedule;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::updates::catalogue::{self, Update};
use crate::store::updates::counts::{self, Way};
use crate::store::updates::rooms::{self as stored, RoomProgress};
use crate::store::{Conn, Store, Tx, agents, rooms};

/// How soon a device asks again.
const NEXT_REPORT_S: u32 = 60 * 60;

/// Takes a report. What changes nothing waits for no writer: most reports say what is known.
///
/// # Errors
/// [`ProblemKind::KeyRefused`](tenantry_model::problem::ProblemKind::KeyRefused) where the room has another key by now;
/// [`ProblemKind::BadRequest`](tenantry_model::problem::ProblemKind::BadRequest) for a report that makes no sense: then none of it is kept.
pub async fn take(store: &Store, Admitted { room, hash }: Admitted, report: UpdatesReport, random: &dyn Random) -> Result<UpdatesAnswer> {
    let report = checked(report)?;
    let mut reading = store.read().await?;
    let known = Known::of(reading.conn(), room, &report).await?;
    let (next, ignored) = known.after(&report, store.now())?;
    if next.says_the_same(&known) {
        return next.answer(reading.conn(), ignored, store.now()).await;
    }
    drop(reading);
    // As with signals: who answers for each report waits for no disk, and the device says it again.
    let mut tx = store.write_intake().await?;
    if agents::room_key_hash(tx.conn(), room).await? != hash {
        return Err(refused());
    }
    let answer = apply(&mut tx, room, &report, random).await?;
    tx.commit().await?;
    Ok(answer)
}

/// A report that was checked, of a room whose key was verified, at the transaction's time.
pub async fn apply(tx: &mut Tx, room: RoomId, report: &UpdatesReport, random: &dyn Random) -> Result<UpdatesAnswer> {
    let now = tx.now();
    let known = Known::of(tx.conn(), room, report).await?;
    let (next, ignored) = known.after(report, now)?;
    if !next.says_the_same(&known) {
        next.write(tx, &known).await?;
        let readings = next.noticed(&known);
        if !readings.is_empty() {
            notice(tx, room, &readings, random).await?;
        }
    }
    next.answer(tx.conn(), ignored, now).await
}

/// A report within its bounds, its texts as they are kept.
pub fn checked(mut report: UpdatesReport) -> Result<UpdatesReport> {
    let too_many = |what: &str, most: usize, are: usize| Error::bad_request(format!("{what} holds at most {most} lines, not {are}"));
    if report.installed.len() > MOST_PACKAGES {
        return Err(too_many("installed", MOST_PACKAGES, report.installed.len()));
    }
    if report.progress.len() > MOST_PROGRESS {
        return Err(too_many("progress", MOST_PROGRESS, report.progress.len()));
    }
    for (place, line) in report.progress.iter_mut().enumerate() {
        line.reason = match (line.state, line.reason.take()) {
            (UpdateProgress::Failed, Some(reason)) => Some(text::line(&format!("progress/{place}/reason"), &reason, LONGEST_FAILURE)?),
            (UpdateProgress::Failed, None) => {
                return Err(Error::bad_request(format!("progress/{place} failed: say why, in reason")));
            }
            (_, Some(_)) => return Err(Error::bad_request(format!("progress/{place} has not failed: leave reason out"))),
            (_, None) => None,
        };
    }
    Ok(report)
}

/// How soon it is to be installed.
fn urgency(line: &Install, now: Timestamp) -> u8 {
    match line.when {
        InstallWhen::Now => 3,
        InstallWhen::WhenFree => 2,
        InstallWhen::Window | InstallWhen::WindowWhenFree => u8::from(line.window.is_some_and(|window| window.from <= now)),
    }
}

/// What is known of a room.
#[derive(Debug, Clone)]
struct Known {
    room: Room,
    runs: BTreeMap<PackageName, InstalledVersion>,
    rows: BTreeMap<UpdateId, RoomProgress>,
    /// The updates of what it runs and of what it speaks of.
    catalogue: Vec<Update>,
}

impl Known {
    async fn of(conn: &mut Conn, room: RoomId, report: &UpdatesReport) -> Result<Self> {
        let room = rooms::load(conn, &[room]).await?.remove(&room).ok_or_else(refused)?;
        let runs: BTreeMap<_, _> = stored::packages(conn, room.id).await?.into_iter().map(|it| (it.package.clone(), it)).collect();
        let rows = stored::of_room(conn, room.id).await?.into_iter().map(|row| (row.update, row)).collect();
        let mut packages: Vec<&PackageName> = runs.keys().chain(report.installed.iter().map(|it| &it.package)).collect();
        packages.sort_unstable();
        packages.dedup();
        let catalogue = catalogue::of_packages(conn, &packages).await?;
        Ok(Self { room, runs, rows, catalogue })
    }

    /// What is known once this report is taken, and how many of its lines of progress say nothing.
    fn after(&self, report: &UpdatesReport, now: Timestamp) -> Result<(Self, u32)> {
        let mut next = self.clone();
        if !report.installed.is_empty() {
            next.keep(report);
        }
        for it in &report.installed {
            next.run(&it.package, &it.version, now);
        }
        let ignored = report.progress.iter().filter(|line| next.progress(line, now).is_none()).count();
        Ok((next, u32::try_from(ignored).unwrap_or(u32::MAX)))
    }

    /// What a device names is all that it runs: the rest is gone, and what was left to do for it.
    fn keep(&mut self, report: &UpdatesReport) {
        let named = |package: &PackageName| report.installed.iter().any(|it| it.package == *package);
        let Self { runs, rows, catalogue, .. } = self;
        runs.retain(|package, _| named(package));
        let is_gone = |row: &RoomProgress| catalogue.iter().any(|update| update.id == row.update && !named(&update.package));
        rows.retain(|_, row| !is_gone(row));
    }

    fn run(&mut self, package: &PackageName, version: &PackageVersion, now: Timestamp) {
        if self.runs.get(package).is_none_or(|it| it.version != *version) {
            let installed = InstalledVersion { package: package.clone(), version: version.clone(), since: now };
            self.runs.insert(package.clone(), installed);
        }
        let Self { rows, catalogue, .. } = self;
        let reached = |row: &RoomProgress| {
            let mut of = catalogue.iter().filter(|update| update.id == row.update && update.package == *package);
            of.any(|update| version.is_at_least(&update.version))
        };
        rows.retain(|_, row| !reached(row));
    }

    /// None where the line says nothing.
    fn progress(&mut self, line: &ReportedProgress, now: Timestamp) -> Option<()> {
        let same = |update: &&Update| update.package == line.package && update.version.compare(&line.version).is_eq();
        let update = self.catalogue.iter().find(same)?;
        let (id, version) = (update.id, update.version.clone());
        let is_over = update.deprecated_at.is_some();
        if self.runs.get(&line.package)?.version.is_at_least(&version) {
            return None;
        }
        let row = self.rows.get(&id).cloned().unwrap_or_else(|| RoomProgress::none(self.room.id, id, now));
        if line.attempt.is_some_and(|attempt| attempt != row.attempt) {
            return None;
        }
        if line.state == UpdateProgress::Installed {
            self.run(&line.package, &version, now);
            return Some(());
        }
        // What failed stays so until somebody has it retried: a line that comes late, or twice, changes nothing.
        if is_over || (row.progress == Some(UpdateProgress::Failed) && line.state != UpdateProgress::Failed) {
            return None;
        }
        if (row.progress, &row.reason) != (Some(line.state), &line.reason) {
            // A force is used up by its attempt: what is retried waits for the night again.
            let forced = row.forced.filter(|_| line.state != UpdateProgress::Failed);
            self.rows.insert(id, RoomProgress { progress: Some(line.state), reason: line.reason.clone(), forced, at: now, ..row });
        }
        Some(())
    }

    fn says_the_same(&self, known: &Self) -> bool {
        self.runs == known.runs && self.rows == known.rows
    }

    async fn write(&self, tx: &mut Tx, known: &Self) -> Result<()> {
        let room = self.room.id;
        let runs: Vec<_> = self.runs.values().filter(|it| known.runs.get(&it.package) != Some(it)).map(|it| (room, it.clone())).collect();
        let rows: Vec<_> = self.rows.values().filter(|row| known.rows.get(&row.update) != Some(row)).cloned().collect();
        let gone: Vec<UpdateId> = known.rows.keys().filter(|update| !self.rows.contains_key(update)).copied().collect();
        let away: Vec<&PackageName> = known.runs.keys().filter(|package| !self.runs.contains_key(*package)).collect();
        counts::count(tx.conn(), &[room], Way::Out).await?;
        stored::drop_packages(tx.conn(), room, &away).await?;
        stored::put_packages(tx.conn(), &runs).await?;
        stored::put_progress(tx.conn(), self.room.customer_id, &rows).await?;
        stored::forget(tx.conn(), room, &gone).await?;
        counts::count(tx.conn(), &[room], Way::In).await
    }

    /// R104: an incident for each package of which an update failed; it is over once nothing of the package is left that failed.
    fn noticed(&self, known: &Self) -> Vec<Reading> {
        let failed = |known: &Self, package: &PackageName| {
            let of = known.catalogue.iter().filter(|update| update.package == *package && update.deprecated_at.is_none());
            of.filter_map(|update| known.rows.get(&update.id)).any(RoomProgress::has_failed)
        };
        let reading =
            |package: &PackageName, state| Reading { signal: SignalId::UpdateFailed, instance: Some(package.as_str().to_owned()), state };
        let fails = |package: &PackageName| {
            let of = self.catalogue.iter().filter(|update| update.package == *package);
            let mut changed = of.filter_map(|update| self.rows.get(&update.id)).filter(|row| known.rows.get(&row.update) != Some(row));
            changed.any(|row| row.progress == Some(UpdateProgress::Failed))
        };
        let of = |package: &PackageName| {
            if fails(package) {
                return Some(reading(package, SignalState::Failing));
            }
            (failed(known, package) && !failed(self, package)).then(|| reading(package, SignalState::Healthy))
        };
        let packages: BTreeSet<&PackageName> = known.runs.keys().chain(self.runs.keys()).collect();
        packages.into_iter().filter_map(of).collect()
    }

    async fn answer(&self, conn: &mut Conn, ignored: u32, now: Timestamp) -> Result<UpdatesAnswer> {
        let schedule = Schedule::of(conn, self.room.customer_id).await?;
        let mut install: BTreeMap<&PackageName, Install> = BTreeMap::new();
        for update in &self.catalogue {
            let Some(runs) = self.runs.get(&update.package) else { continue };
            let row = self.rows.get(&update.id);
            let Some((when, window)) = due(&schedule, &self.room, update, &runs.version, row, now).when else { continue };
            let line = Install {
                package: update.package.clone(),
                version: update.version.clone(),
                attempt: row.map_or(1, |row| row.attempt),
                when,
                window,
            };
            // What comes first of several, and of those the latest: it brings what those before it would.
            let is_later =
                |other: &Install| urgency(&line, now).cmp(&urgency(other, now)).then(line.version.compare(&other.version)).is_gt();
            if install.get(&update.package).is_none_or(is_later) {
                install.insert(&update.package, line);
            }
        }
        Ok(UpdatesAnswer { install: install.into_values().collect(), ignored, next_report_s: NEXT_REPORT_S })
    }
}
