//! What the screens ask most: the engine against bare SQLite. That both answer the same is checked before it is timed.

use std::hint::black_box;

use anyhow::{Context, Result, ensure};
use tenantry_client::app::Engine;
use tenantry_client::raw_json::RawJson;
use tenantry_model::api::IncidentTab;
use tenantry_model::id::TenantId;
use tenantry_model::incident::Severity;
use tenantry_model::ipc::{CustomerQuery, IncidentFilter, IncidentPage, IncidentQuery, IncidentScope, ListRow, ListWindow};
use tenantry_tests::view::queried::whole_list;

use crate::estate::Estate;
use crate::floor::Line;
use crate::table::Row;
use crate::timing::in_turn;

const ROUNDS: usize = 300;
const SCREEN: u32 = 100;

/// The home page: all customers, urgent first, newest first.
pub(crate) async fn newest(estate: &Estate) -> Result<Row> {
    let (engine, floor) = (estate.engine(), &estate.floor);
    same(&ask(engine, IncidentFilter::default()).await?.read()?, &floor.newest(SCREEN)?, Words::Whole)?;
    let ours = async |_| ask(engine, IncidentFilter::default()).await.map(|page| drop(black_box(page)));
    let samples = in_turn(ROUNDS, ours, async |_| floor.newest(SCREEN).map(|lines| drop(black_box(lines)))).await?;
    Ok(Row::times("newest 100 open incidents, all customers", &samples))
}

/// Another customer and severity each time: an answer is not kept from the time before.
pub(crate) async fn filtered(estate: &Estate) -> Result<Row> {
    let (engine, floor) = (estate.engine(), &estate.floor);
    let customers = customers(engine).await?;
    let cases: Vec<(TenantId, Severity)> =
        customers.iter().flat_map(|(id, _)| Severity::ALL.iter().map(|severity| (*id, *severity))).collect();
    let filter = |round: usize| {
        let (customer, severity) = cases[round * 7 % cases.len()];
        (customer, severity, IncidentFilter { customers: vec![customer], severities: vec![severity], ..IncidentFilter::default() })
    };
    for round in 0..cases.len().min(50) {
        let (customer, severity, filter) = filter(round);
        same(&ask(engine, filter).await?.read()?, &floor.filtered(customer, severity as u8, SCREEN)?, Words::Whole)?;
    }
    let ours = async |round| ask(engine, filter(round).2).await.map(|page| drop(black_box(page)));
    let bare = async |round| {
        let (customer, severity, _) = filter(round);
        floor.filtered(customer, severity as u8, SCREEN).map(|lines| drop(black_box(lines)))
    };
    Ok(Row::times("filter by customer and severity", &in_turn(ROUNDS, ours, bare).await?))
}

/// Two words, other ones each time: of a customer's name and of a type, as one types them.
pub(crate) async fn searched(estate: &Estate) -> Result<Row> {
    let (engine, floor) = (estate.engine(), &estate.floor);
    let names: Vec<String> = customers(engine).await?.into_iter().filter_map(|(_, name)| word(&name)).collect();
    let kinds = ["display", "camera", "signin", "microphone", "disk", "speaker", "calendar", "update"];
    ensure!(!names.is_empty(), "no customers");
    let words = |round: usize| [names[round % names.len()].as_str(), kinds[(round / names.len() + round) % kinds.len()]];
    for round in 0..50 {
        let words = words(round);
        let filter = IncidentFilter { text: words.join(" "), ..IncidentFilter::default() };
        same(&ask(engine, filter).await?.read()?, &floor.searched(&words, SCREEN)?, Words::Parts)?;
    }
    let ours = async |round| {
        let filter = IncidentFilter { text: words(round).join(" "), ..IncidentFilter::default() };
        ask(engine, filter).await.map(|page| drop(black_box(page)))
    };
    let bare = async |round| floor.searched(&words(round), SCREEN).map(|lines| drop(black_box(lines)));
    Ok(Row::times("search of two words (floor: full-text index)", &in_turn(ROUNDS, ours, bare).await?))
}

/// The dropdown as it opens.
pub(crate) async fn dropdown(estate: &Estate) -> Result<Row> {
    let (engine, floor) = (estate.engine(), &estate.floor);
    let ask = async || {
        let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: SCREEN } };
        Ok::<_, anyhow::Error>(engine.list_customers(query).await?)
    };
    let (ours, (total, customers)) = (ask().await?, floor.dropdown(SCREEN)?);
    ensure!(i64::from(ours.all) == total && ours.rows.len() == customers.len(), "{} customers against {total}", ours.all);
    let samples = in_turn(
        ROUNDS,
        async |_| ask().await.map(|page| drop(black_box(page))),
        async |_| floor.dropdown(SCREEN).map(|customers| drop(black_box(customers))),
    )
    .await?;
    Ok(Row::times("dropdown with counts, first 100 customers", &samples))
}

/// How a search compares: ours finds words anywhere within a text, an index only where they begin.
#[derive(PartialEq)]
enum Words {
    Whole,
    Parts,
}

fn same(ours: &IncidentPage, (total, lines): &(i64, Vec<Line>), words: Words) -> Result<()> {
    let numbers: Vec<&str> = ours
        .rows
        .iter()
        .filter_map(|row| match row {
            ListRow::Incident { incident, .. } => Some(incident.number.as_str()),
            ListRow::Category { .. } => None,
        })
        .collect();
    let wanted: Vec<&str> = lines.iter().map(|line| line.number.as_str()).collect();
    let off = i64::from(ours.matches) - total;
    // The estate lives: between the two copies some incidents came and went.
    let some = 20 + total / 20;
    let ok = match words {
        Words::Whole => off.abs() <= some && wanted.iter().filter(|number| numbers.contains(number)).count() * 2 >= wanted.len(),
        Words::Parts => off >= -some,
    };
    ensure!(ok, "ours finds {} and the floor {total}: {numbers:?} against {wanted:?}", ours.matches);
    Ok(())
}

/// The page as it crosses to the window.
async fn ask(engine: &Engine, filter: IncidentFilter) -> Result<RawJson<IncidentPage>> {
    let query = IncidentQuery { resolved_days: 30, filter, limit: SCREEN, ..whole_list(IncidentScope::All, IncidentTab::Active) };
    Ok(engine.list_incidents(query).await?)
}

async fn customers(engine: &Engine) -> Result<Vec<(TenantId, String)>> {
    let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 500 } };
    let rows = engine.list_customers(query).await.context("customers")?.rows;
    Ok(rows.into_iter().map(|row| (row.id, row.display_name)).collect())
}

/// The longest word of a name, as an index knows it.
fn word(name: &str) -> Option<String> {
    let longest = name.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.len())?;
    (longest.len() >= 4 && longest.is_ascii()).then(|| longest.to_lowercase())
}
