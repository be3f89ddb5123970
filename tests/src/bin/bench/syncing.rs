//! The sync: first, after many changes, after none.

use std::time::Instant;

use anyhow::{Result, ensure};
use tenantry_client::app::Engine;
use tenantry_model::api::{Reading, SignalState};
use tenantry_model::id::RoomId;
use tenantry_model::ipc::{SyncState, SyncStatus};
use tenantry_model::signal::SignalId;
use tenantry_model::sync::SyncLine;
use tenantry_test_kit::Change;
use tenantry_tests::desk::Desk;
use tenantry_tests::wire::Wire;

use crate::estate::{Estate, PERSON, answer, download, reaches, whole};
use crate::floor::Floor;
use crate::http::{Bare, Connection};
use crate::table::Row;
use crate::timing::{Samples, in_turn};

/// So many first syncs, and one where each takes minutes.
const FIRSTS: usize = 3;
const LONG: usize = 300_000_000;
const CHANGES: usize = 1_000;
const BATCHES: usize = 9;
const NONES: usize = 50;

/// A client that has nothing yet, until its lists can be read and until it has everything. The floor reads the same lines from memory.
pub(crate) async fn first(estate: &Estate) -> Result<Vec<Row>> {
    let (mut usable, mut everything) = ([Samples::default(), Samples::default()], [Samples::default(), Samples::default()]);
    let mut answers = Samples::default();
    let is_long = estate.lines.iter().map(String::len).sum::<usize>() > LONG;
    for _ in 0..if is_long { 1 } else { FIRSTS } {
        let desk = Desk::at(&estate.demo)?;
        desk.sign_in(PERSON).await?;
        let start = Instant::now();
        reaches(desk.engine(), "the first rows", |status| status.as_of.is_some()).await?;
        usable[0].add(start.elapsed());
        whole(desk.engine()).await?;
        everything[0].add(start.elapsed());
        drop(desk);

        let start = Instant::now();
        let mut floor = Floor::empty()?;
        for (at, answer) in estate.lines.iter().enumerate() {
            floor.apply(answer, false)?;
            if at == 0 {
                usable[1].add(start.elapsed());
            }
        }
        floor.index()?;
        everything[1].add(start.elapsed());

        let start = Instant::now();
        download(&estate.api).await?;
        answers.add(start.elapsed());
    }
    Ok(vec![
        Row::times("first sync until the lists are usable (floor: the same lines, bare)", &usable),
        Row::times("first sync, whole (floor: the same lines, bare)", &everything),
        Row::alone("  of it, the service's answers without a client (no floor)", &answers),
    ])
}

/// A client that was away while 1,000 rooms failed, and one that missed nothing.
pub(crate) async fn changes(estate: &Estate) -> Result<Vec<Row>> {
    let wire = Wire::to(&estate.demo).await?;
    let desk = Desk::through(&wire)?;
    desk.sign_in(PERSON).await?;
    whole(desk.engine()).await?;
    let rooms = rooms(&estate.lines)?;
    let mut floor = Floor::load(&estate.lines, false)?;
    let mut samples = [Samples::default(), Samples::default()];
    let (mut lines, mut cursor) = (0, estate.cursor.clone());
    for batch in rooms.chunks(CHANGES.min(rooms.len() / BATCHES)).take(BATCHES) {
        let (_, checkpoint) = answer(&estate.api, Some(&cursor)).await?;
        wire.cut();
        desk.wait_offline().await?;
        let before = desk.sync().await?;
        let readings = vec![Reading { signal: SignalId::WindowsUpdateReset, instance: None, state: SignalState::Failing }];
        let changes = batch.iter().map(|room| Change::ReportSignals { room: *room, readings: readings.clone(), occupied: None });
        estate.demo.control(&changes.collect::<Vec<_>>()).await?;
        wire.mend();
        let start = Instant::now();
        desk.engine().sync_now().await?;
        current_since(desk.engine(), &before).await?;
        samples[0].add(start.elapsed());

        let (text, checkpoint) = answer(&estate.api, Some(&checkpoint.cursor)).await?;
        cursor = checkpoint.cursor;
        lines += text.lines().count();
        let start = Instant::now();
        floor.apply(&text, false)?;
        samples[1].add(start.elapsed());
    }
    let name = format!("sync after {CHANGES} changes, {} lines (floor: the same lines, bare)", lines / samples[0].len().max(1));
    let [none, bytes] = none(estate, &cursor).await?;
    Ok(vec![Row::times(name, &samples), none, bytes])
}

/// Nothing changed: one request, and nothing to write. The floor is a bare server that answers the same bytes.
async fn none(estate: &Estate, cursor: &str) -> Result<[Row; 2]> {
    let (_, checkpoint) = answer(&estate.api, Some(cursor)).await?;
    let (text, _) = answer(&estate.api, Some(&checkpoint.cursor)).await?;
    let floor = Bare::of(text.as_bytes()).await?;
    let mut bare = Connection::open(&floor.address).await?;
    let ours = async |_| {
        let before = estate.desk.sync().await?;
        estate.engine().sync_now().await?;
        current_since(estate.engine(), &before).await
    };
    let samples = in_turn(NONES, ours, async |_| bare.get("/v1/sync", "none").await.map(drop)).await?;
    let bytes = Row::number("  of it, bytes of the answer (floor: 1 KB allowed)", "bytes", text.len() as f64, Some(1_024.0));
    Ok([Row::times("sync after no change (floor: one bare request)", &samples), bytes])
}

async fn current_since(engine: &Engine, before: &SyncStatus) -> Result<()> {
    reaches(engine, "the sync is current again", |status| status.state == SyncState::Current && status.as_of > before.as_of).await
}

fn rooms(answers: &[String]) -> Result<Vec<RoomId>> {
    let lines = answers.iter().flat_map(|answer| answer.lines()).filter(|line| line.starts_with("{\"room\""));
    let rooms: Vec<RoomId> = lines
        .map(|line| match serde_json::from_str(line)? {
            SyncLine::Room(room) => Ok(room.id),
            other => anyhow::bail!("no room: {other:?}"),
        })
        .collect::<Result<_>>()?;
    ensure!(rooms.len() > BATCHES, "too few rooms");
    Ok(rooms)
}
