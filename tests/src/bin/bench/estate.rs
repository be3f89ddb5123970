//! The service with an estate, a client that has synced it, and the same data in a bare table.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tenantry_client::app::Engine;
use tenantry_model::ipc::SyncStatus;
use tenantry_model::sync::{Checkpoint, SyncLine};
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tokio::time::timeout;
use url::form_urlencoded;

use crate::floor::Floor;

/// Who looks: sees every customer, as a helpdesk does.
pub(crate) const PERSON: &str = "primary-admin";

/// How long a first sync may take: that of L on a slow machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(900);

pub(crate) struct Estate {
    pub(crate) desk: Desk,
    pub(crate) floor: Floor,
    /// The lines of a first sync as they came, answer by answer.
    pub(crate) lines: Vec<String>,
    /// Where they lead.
    pub(crate) cursor: String,
    pub(crate) api: Api,
    pub(crate) demo: Demo,
}

impl Estate {
    pub(crate) async fn set(estate: &'static str) -> Result<Self> {
        let demo = Demo::start(DemoOptions::estate(estate)).await?;
        let api = Api::sign_in(&demo, PERSON).await?;
        let desk = Desk::at(&demo)?;
        desk.sign_in(PERSON).await?;
        whole(desk.engine()).await?;
        let (lines, cursor) = download(&api).await?;
        let floor = Floor::load(&lines, true)?;
        Ok(Self { desk, floor, lines, cursor, api, demo })
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.desk.engine()
    }

    pub(crate) fn size(&self) -> String {
        let bytes: usize = self.lines.iter().map(String::len).sum();
        let count = |wanted: &str| self.lines.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with(wanted)).count();
        format!(
            "{} customers, {} rooms, {} incidents whole, {} of them open, {} as rows; {} bytes to sync in {} answers",
            count("{\"customer\""),
            count("{\"room\""),
            count("{\"incident\""),
            self.floor.open(),
            // The rows of open ones come first.
            count("{\"incidentRow\"").saturating_sub(usize::try_from(self.floor.open()).unwrap_or(0)),
            bytes,
            self.lines.len()
        )
    }
}

/// Waits until the sync stands so. Looks at every event and every millisecond.
pub(crate) async fn reaches(engine: &Engine, what: &str, holds: impl Fn(&SyncStatus) -> bool) -> Result<()> {
    let mut events = engine.subscribe();
    let start = Instant::now();
    while !holds(&engine.get_sync().await?) {
        ensure!(start.elapsed() < LIMIT, "after {LIMIT:?} still not: {what}");
        // An event, or none within a millisecond: either way it is time to look again.
        let _ = timeout(Duration::from_millis(1), events.recv()).await;
    }
    Ok(())
}

/// Waits until an engine has everything, history included.
pub(crate) async fn whole(engine: &Engine) -> Result<()> {
    reaches(engine, "the first sync is whole", |status| status.as_of.is_some() && !status.history_pending).await
}

/// One answer of the sync, as text, and where it leads.
pub(crate) async fn answer(api: &Api, cursor: Option<&str>) -> Result<(String, Checkpoint)> {
    let query = cursor.map(|cursor| format!("?{}", form_urlencoded::Serializer::new(String::new()).append_pair("cursor", cursor).finish()));
    let text = api.get(&format!("/v1/sync{}", query.unwrap_or_default())).await?.error_for_status()?.text().await?;
    let last = text.lines().next_back().context("an empty answer of the sync")?;
    let SyncLine::Checkpoint(checkpoint) = serde_json::from_str(last)? else { bail!("the sync was cut off: {last}") };
    Ok((text, checkpoint))
}

/// All answers of a first sync, and where they lead.
pub(crate) async fn download(api: &Api) -> Result<(Vec<String>, String)> {
    let mut answers = vec![];
    let mut cursor: Option<String> = None;
    loop {
        let (text, checkpoint) = answer(api, cursor.as_deref()).await?;
        answers.push(text);
        if !checkpoint.history_pending {
            return Ok((answers, checkpoint.cursor));
        }
        cursor = Some(checkpoint.cursor);
    }
}
