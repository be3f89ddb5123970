//! The command palette: what a keystroke costs. There is no floor: no one query of a database answers it.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{
    CustomerQuery, IncidentScope, ListWindow, PaletteAnswer, PaletteHit, PaletteQuery, RoomColumn, RoomFilter, RoomQuery,
};

use crate::estate::Estate;
use crate::table::Row;
use crate::timing::Samples;

const ROUNDS: usize = 300;

/// Names of rooms, letter by letter, as somebody types them: the short texts find most and cost most.
pub(crate) async fn keystrokes(estate: &Estate) -> Result<Row> {
    let engine = estate.engine();
    let names = names(engine).await?;
    let typed: Vec<String> =
        names.iter().flat_map(|name| (1..=name.chars().count().min(8)).map(|n| name.chars().take(n).collect())).collect();
    ensure!(!typed.is_empty(), "no rooms");
    // Opening it has the names read meanwhile: whoever types has read a line by then.
    drop(ask(engine, "").await?);
    let whole = ask(engine, &names[0]).await?;
    ensure!(whole.hits.iter().any(|hit| matches!(hit, PaletteHit::Room { .. })), "{:?} is not found", names[0]);
    let mut samples = Samples::default();
    for round in 0..ROUNDS {
        let text = &typed[round % typed.len()];
        let start = Instant::now();
        drop(black_box(ask(engine, text).await?));
        samples.add(start.elapsed());
    }
    Ok(Row::alone("a keystroke in the command palette (no floor)", &samples))
}

async fn ask(engine: &Engine, text: &str) -> Result<PaletteAnswer> {
    let query = PaletteQuery { text: text.to_owned(), type_words: vec![], recent: vec![], customer: None, only: None };
    Ok(engine.search_palette(query).await?)
}

/// A room of each of some customers.
async fn names(engine: &Engine) -> Result<Vec<String>> {
    let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 40 } };
    let mut names = vec![];
    for customer in engine.list_customers(query).await.context("customers")?.rows {
        let query = RoomQuery {
            scope: IncidentScope::Customer { id: customer.id },
            filter: RoomFilter::default(),
            sort: RoomColumn::Name,
            descending: false,
            offset: 0,
            limit: 1,
        };
        names.extend(engine.list_rooms(query).await.context("rooms")?.rows.into_iter().map(|row| row.room.display_name));
    }
    Ok(names)
}
