//! The service's list endpoint against a bare server: one that reads the same rows from SQLite without asking who may see them, and one
//! that has nothing to read at all.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use tenantry_tests::directory::Directory;

use crate::estate::{Estate, PERSON};
use crate::http::{Bare, Connection};
use crate::table::Row;
use crate::timing::{Samples, in_turn};

const PATH: &str = "/v1/incidents?limit=100";
const ROUNDS: usize = 200;
const CONNECTIONS: usize = 8;
const REQUESTS: usize = 100;
const STARTS: usize = 3;

pub(crate) async fn list(estate: &Estate) -> Result<Vec<Row>> {
    let token = Directory::of(&estate.demo).await?.sign_in(PERSON).await?.access_token;
    let ours = estate.demo.base().strip_prefix("http://").context("an http address")?.to_owned();
    let mut service = Connection::open(&ours).await?;
    let body = service.get(PATH, &token).await?;
    let rows = serde_json::from_slice::<serde_json::Value>(&body)?["items"].as_array().map_or(0, Vec::len);
    ensure!(rows == 100, "{PATH} answers {rows} rows");
    let transport = Bare::of(&body).await?;
    let reader = estate.floor.reader();
    let sqlite = Bare::start(move || {
        let reader = reader()?;
        Ok(Box::new(move || Ok(serde_json::to_vec(&reader.newest(100)?)?)))
    })
    .await?;

    let mut bare = Connection::open(&sqlite.address).await?;
    let samples =
        in_turn(ROUNDS, async |_| service.get(PATH, &token).await.map(drop), async |_| bare.get(PATH, &token).await.map(drop)).await?;
    let mut rates = [Samples::default(), Samples::default(), Samples::default()];
    for round in 0..6 {
        for (at, address) in [&ours, &sqlite.address, &transport.address].into_iter().enumerate() {
            let rate = rate(address, &token).await?;
            // The first round warms up.
            if round > 0 {
                rates[at].note(rate);
            }
        }
    }
    let [ours, sqlite, transport] = rates.map(|rates| rates.median());
    let name = format!("service list of 100, {CONNECTIONS} connections");
    Ok(vec![
        Row::times("service list of 100, one connection (floor: bare HTTP, SQLite)", &samples),
        Row::number(format!("{name} (floor: bare HTTP, SQLite)"), "requests/s", ours, Some(sqlite)),
        Row::number(format!("{name} (floor: the same bytes, static)"), "requests/s", ours, Some(transport)),
    ])
}

/// From the start of the program, after the one before was killed, until it answers what the home page asks for.
pub(crate) async fn ready(estate: &mut Estate) -> Result<Row> {
    let token = Directory::of(&estate.demo).await?.sign_in(PERSON).await?.access_token;
    let address = estate.demo.base().strip_prefix("http://").context("an http address")?.to_owned();
    let mut times = Samples::default();
    for _ in 0..STARTS {
        estate.demo.kill();
        let start = Instant::now();
        estate.demo.restart().await?;
        Connection::open(&address).await?.get(PATH, &token).await?;
        times.add(start.elapsed());
    }
    Ok(Row::alone("service ready after kill -9, first list answered (no floor)", &times))
}

/// Requests a second over several connections at once.
async fn rate(address: &str, token: &str) -> Result<f64> {
    let mut connections = vec![];
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(address).await?);
    }
    let start = Instant::now();
    let tasks: Vec<_> = connections
        .into_iter()
        .map(|mut connection| {
            let token = token.to_owned();
            tokio::spawn(async move {
                for _ in 0..REQUESTS {
                    connection.get(PATH, &token).await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok((CONNECTIONS * REQUESTS) as f64 / start.elapsed().as_secs_f64())
}
