//! For random estates and changes: what a copy holds after sync is what the service's lists show that person at that moment.
//!
//! `TENANTRY_ORACLE_CASES` says how many estates (60), `TENANTRY_ORACLE_SEED` which is the first (as printed when one fails).

mod case;

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::directory::Directory;

fn number(name: &str, otherwise: u64) -> Result<u64> {
    match std::env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name} must be a whole number, not {text:?}")),
        Err(_) => Ok(otherwise),
    }
}

/// Cases change the estate and its clock one after another; several demos side by side keep all processors busy.
fn lanes(cases: u64) -> u64 {
    let processors = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    processors.clamp(1, 4).min(cases.max(1))
}

#[expect(clippy::print_stdout, reason = "a run of an hour says how far it is")]
async fn lane(lane: u64, lanes: u64, cases: u64, first: u64) -> Result<case::Tally> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let directory = Arc::new(Directory::of(&demo).await?);
    let mut sum = case::Tally::default();
    for seed in (first..first + cases).filter(|seed| seed % lanes == lane) {
        let tally = case::run(&demo, &directory, seed).await.with_context(|| {
            let alone = format!("TENANTRY_ORACLE_SEED={seed} TENANTRY_ORACLE_CASES=1");
            format!("seed {seed}: run it alone with {alone}\nthe service's log ends:\n{}", demo.log_end())
        })?;
        sum.add(&tally);
        if (seed - first + 1).is_multiple_of(50) {
            println!("{} of {cases}", seed - first + 1);
        }
    }
    Ok(sum)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_what_the_service_shows() -> Result<()> {
    let (cases, first) = (number("TENANTRY_ORACLE_CASES", 60)?, number("TENANTRY_ORACLE_SEED", 1)?);
    println!("{cases} estates from seed {first}");
    let start = Instant::now();
    let lanes = lanes(cases);
    let running: Vec<_> = (0..lanes).map(|at| tokio::spawn(lane(at, lanes, cases, first))).collect();
    let mut sum = case::Tally::default();
    for done in running {
        sum.add(&done.await??);
    }
    println!("{sum:#?}\nin {:?}", start.elapsed());
    // A check that never met what it is for has shown nothing.
    sum.met_everything(cases)
}
