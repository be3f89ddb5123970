//! `POST /demo/control`: changes of the estate, signals and time, for tests and for showing things. From this machine alone.
//!
//! `{"changes": [{"createTenant": {…}}, {"advanceClock": {"seconds": 600}}, …]}` applies all of them in order, in one transaction, through
//! the functions that the API uses. The answer holds what each made, in the same order: `{"outcomes": [{"id": …}, {}], "now": …}`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, State};
use axum::routing::post;
use axum::{Extension, Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenantry_model::id::PrincipalId;
use tenantry_model::time::Timestamp;

use super::clock::DemoClock;
use super::directory::Directory;
use super::simulation::Simulation;
use crate::domain::estate_change::{EstateChange, Outcome, apply, placed};
use crate::domain::ingest::reports;
use crate::domain::timed_work;
use crate::error::{Error, Result};
use crate::random::SystemRandom;
use crate::store::{Store, Tx};

/// What the demo can do beside changing the estate. Takes effect once the whole request has succeeded.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum DemoChange {
    /// Advances the service's clock and processes what falls due. Rooms count as reporting all the while, unless they are to fall silent.
    AdvanceClock(AdvanceClock),
    /// The directory signs with a new key from now on.
    RollOverKeys {},
    /// Invalidates all refresh tokens.
    EndSessions {},
    /// The lifetime of access tokens that are issued from now on.
    SetTokenLifetime(Seconds),
    /// The directory role Global Administrator, for tokens that are issued from now on.
    SetGlobalAdministrator(SetGlobalAdministrator),
    /// Pauses the simulation: nothing changes by itself.
    PauseEstate {},
    ResumeEstate {},
}

/// The names of [`DemoChange`], to tell them from those of [`EstateChange`].
const DEMO_CHANGES: [&str; 7] =
    ["advanceClock", "rollOverKeys", "endSessions", "setTokenLifetime", "setGlobalAdministrator", "pauseEstate", "resumeEstate"];

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AdvanceClock {
    seconds: u64,
    #[serde(default)]
    rooms_fall_silent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Seconds {
    seconds: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SetGlobalAdministrator {
    principal: PrincipalId,
    holds: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Request {
    changes: Vec<Value>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    outcomes: Vec<Outcome>,
    now: Timestamp,
}

pub(super) struct Control {
    store: Store,
    clock: DemoClock,
    directory: Arc<Directory>,
    simulation: Arc<Simulation>,
}

impl Control {
    pub(super) fn new(store: Store, clock: DemoClock, directory: Arc<Directory>, simulation: Arc<Simulation>) -> Arc<Self> {
        Arc::new(Self { store, clock, directory, simulation })
    }

    async fn apply(&self, changes: Vec<Change>) -> Result<Answer> {
        let mut tx = self.store.write().await?;
        let (mut outcomes, mut ahead, mut afterwards) = (Vec::with_capacity(changes.len()), Duration::ZERO, Vec::new());
        for (at, change) in changes.into_iter().enumerate() {
            let outcome = match change {
                Change::Estate(change) => apply(&mut tx, *change, &SystemRandom).await,
                Change::Demo(DemoChange::AdvanceClock(by)) => {
                    ahead = ahead.saturating_add(Duration::from_secs(by.seconds));
                    advance(&mut tx, by).await.map(|()| Outcome::default())
                }
                Change::Demo(change) => {
                    afterwards.push(change);
                    Ok(Outcome::default())
                }
            };
            outcomes.push(outcome.map_err(|error| placed(error, at))?);
        }
        let now = tx.now();
        // Before the commit: nobody may see changes with a time that the clock has not reached.
        if ahead > Duration::ZERO {
            self.clock.advance(ahead)?;
        }
        tx.commit().await?;
        for change in afterwards {
            self.afterwards(change)?;
        }
        Ok(Answer { outcomes, now })
    }

    fn afterwards(&self, change: DemoChange) -> Result<()> {
        match change {
            DemoChange::AdvanceClock(_) => {}
            DemoChange::RollOverKeys {} => self.directory.roll_over()?,
            DemoChange::EndSessions {} => drop(self.directory.end_all_sessions()?),
            DemoChange::SetTokenLifetime(lifetime) => self.directory.set_token_lifetime(Duration::from_secs(lifetime.seconds.max(1))),
            DemoChange::SetGlobalAdministrator(it) => self.directory.set_global_administrator(it.principal, it.holds)?,
            DemoChange::PauseEstate {} => self.simulation.pause(true),
            DemoChange::ResumeEstate {} => self.simulation.pause(false),
        }
        Ok(())
    }
}

enum Change {
    Estate(Box<EstateChange>),
    Demo(DemoChange),
}

async fn advance(tx: &mut Tx, by: AdvanceClock) -> Result<()> {
    tx.put_forward(Duration::from_secs(by.seconds));
    if !by.rooms_fall_silent {
        reports::postpone_silence(tx).await?;
    }
    while timed_work::step(tx, &SystemRandom).await? > 0 {}
    Ok(())
}

fn parse(value: Value) -> serde_json::Result<Change> {
    let name = value.as_object().and_then(|fields| fields.keys().next()).map(String::as_str);
    if name.is_some_and(|name| DEMO_CHANGES.contains(&name)) {
        serde_json::from_value(value).map(Change::Demo)
    } else {
        serde_json::from_value(value).map(|change| Change::Estate(Box::new(change)))
    }
}

pub(super) fn routes(control: &Arc<Control>) -> Router {
    Router::new().route("/demo/control", post(take)).with_state(control.clone())
}

async fn take(
    State(control): State<Arc<Control>>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    body: std::result::Result<Json<Request>, JsonRejection>,
) -> Result<Json<Answer>> {
    let near = peer.is_some_and(|Extension(ConnectInfo(address))| address.ip().to_canonical().is_loopback());
    if !near {
        return Err(Error::not_found());
    }
    let Json(request) = body.map_err(|rejection| Error::bad_request(rejection.body_text()))?;
    let mut changes = Vec::with_capacity(request.changes.len());
    for (at, value) in request.changes.into_iter().enumerate() {
        changes.push(parse(value).map_err(|error| Error::bad_request(format!("change {at}: {error}; nothing was applied")))?);
    }
    control.apply(changes).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_both_kinds_are_told_apart_by_name_and_misspelt_ones_are_named() {
        let change = |json: &str| parse(serde_json::from_str(json).unwrap());
        assert!(matches!(change(r#"{"advanceClock": {"seconds": 5}}"#), Ok(Change::Demo(DemoChange::AdvanceClock(_)))));
        for name in DEMO_CHANGES.iter().filter(|name| name.ends_with("Estate") || name.ends_with("Keys") || name.ends_with("Sessions")) {
            assert!(matches!(change(&format!(r#"{{"{name}": {{}}}}"#)), Ok(Change::Demo(_))), "{name}");
        }
        assert!(matches!(change(r#"{"createTenant": {"displayName": "A"}}"#), Ok(Change::Estate(_))));
        let Err(error) = change(r#"{"creatTenant": {}}"#) else { panic!("taken") };
        assert!(error.to_string().contains("creatTenant"), "{error}");
        let Err(error) = change(r#"{"createTenant": {"name": "A"}}"#) else { panic!("taken") };
        assert!(error.to_string().contains("name"), "{error}");
    }
}
