//! Ours against bare floors, measured in the same run, turn by turn: what is quoted is the ratio.
//!
//! `bench [--estate s|m|l] [--only GROUP] [--out FOLDER] [--window]` prints a table and writes `FOLDER/summary.json`. The service is
//! `TENANTRY_SERVICE_BIN`; the rows of the window are measured where `TENANTRY_APP_BIN` names the app, or with `--window`. The groups are
//! lists, service, sync, window, bulk, changes and delegation.
//!
//! One more measurement: a function in the file of its group that answers [`table::Row`]s, and its call in [`run`].

#![expect(clippy::print_stdout, reason = "the table is what the program is for")]

mod table;
mod timing;
mod views;

mod bulk;
mod delegating;
mod estate;
mod floor;
mod http;

mod lists;
mod palette;
mod service;
mod sizes;
mod syncing;
mod uploads;
#[cfg(target_os = "linux")]
mod window;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use estate::Estate;
use table::Table;

/// What can be measured alone.
const GROUPS: [&str; 7] = ["lists", "service", "sync", "window", "bulk", "changes", "delegation"];

/// What was asked for.
struct Options {
    estate: &'static str,
    /// The one group to measure; none for all.
    only: Option<&'static str>,
    out: PathBuf,
    window: bool,
}

impl Options {
    fn read(words: impl IntoIterator<Item = String>) -> Result<Self> {
        let window = std::env::var_os("TENANTRY_APP_BIN").is_some();
        let out = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench"));
        let mut options = Self { estate: "m", only: None, out, window };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--estate" => {
                    let name = words.next().unwrap_or_default();
                    let known = ["s", "m", "l"].into_iter().find(|known| *known == name);
                    options.estate = known.with_context(|| format!("--estate is s, m or l, not {name:?}"))?;
                }
                "--only" => {
                    let name = words.next().unwrap_or_default();
                    let known = GROUPS.into_iter().find(|known| *known == name);
                    options.only = Some(known.with_context(|| format!("--only is one of {}, not {name:?}", GROUPS.join(", ")))?);
                    options.window |= options.only == Some("window");
                }
                "--out" => options.out = words.next().context("--out needs a folder")?.into(),
                "--window" => options.window = true,
                other => bail!("{other:?} is not understood: bench [--estate s|m|l] [--only GROUP] [--out FOLDER] [--window]"),
            }
        }
        Ok(options)
    }

    fn wants(&self, group: &'static str) -> bool {
        self.only.is_none_or(|only| only == group)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::read(std::env::args().skip(1))?;
    let mut table = Table::new(options.estate);
    // What was measured before a failure is still worth reading.
    let outcome = run(&options, &mut table).await;
    table.print();
    table.write(&options.out)?;
    outcome
}

async fn run(options: &Options, table: &mut Table) -> Result<()> {
    println!("estate {}: starting the service and syncing a client", options.estate.to_uppercase());
    let mut estate = Estate::set(options.estate).await?;
    println!("{}", estate.size());
    if options.wants("lists") {
        table.add(lists::newest(&estate).await.context("newest 100")?);
        table.add(lists::filtered(&estate).await.context("filter")?);
        table.add(lists::searched(&estate).await.context("search")?);
        table.add(lists::dropdown(&estate).await.context("dropdown")?);
        table.add(palette::keystrokes(&estate).await.context("palette")?);
        table.add(views::counts(&estate).await.context("saved views")?);
        table.add(views::room_counts(&estate).await.context("saved views of rooms")?);
    }
    if options.wants("service") {
        for row in service::list(&estate).await.context("service list")? {
            table.add(row);
        }
        table.add(uploads::largest(&estate).await.context("upload of an attachment")?);
    }
    if options.wants("sync") {
        for row in syncing::first(&estate).await.context("first sync")? {
            table.add(row);
        }
        for row in sizes::measure(&estate).context("sizes")? {
            table.add(row);
        }
    }
    if options.window && options.wants("window") {
        #[cfg(target_os = "linux")]
        for row in window::measure(&estate).await.context("window")? {
            table.add(row);
        }
    } else if options.only.is_none() {
        println!("the window was not measured: name the app in TENANTRY_APP_BIN");
    }
    if options.wants("bulk") {
        for row in bulk::snoozed(&estate).await.context("bulk")? {
            table.add(row);
        }
    }
    // Last, since it opens incidents by the thousand.
    if options.wants("changes") {
        for row in syncing::changes(&estate).await.context("sync of changes")? {
            table.add(row);
        }
    }
    if options.wants("delegation") {
        for row in delegating::rooms(&estate).await.context("delegation")? {
            table.add(row);
        }
    }
    // After all else: who comes from a service that has just started meets cold caches.
    if options.wants("service") {
        table.add(service::ready(&mut estate).await.context("start of the service")?);
    }
    Ok(())
}
