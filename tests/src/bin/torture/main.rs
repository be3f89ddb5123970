//! A desk, a service and everything between them, tormented at random: processes are killed, the network is cut, clocks move by days, the disk
//! fills, the keychain is locked, the provider refuses, a gateway answers in the service's place. After each round the desk must come back by
//! itself or say what it needs, show just what the service shows, and hear of the next change; nothing that was acknowledged may be gone.
//!
//! `torture [--seeds N] [--from SEED] [--rounds N]` runs N seeds from one on, 20 from 1, with 6 rounds each. The service is `TENANTRY_SERVICE_BIN`.
//! A run that fails says its seed and what was done. The disk is filled where a file system can be mounted: as root, or in a namespace
//! (`unshare --user --map-root-user --mount`); elsewhere that torment is left out, and the run says so.
//!
//! 1. `torment`: what is done to it all. 2. `run`: one seed. The desk's process, which can be killed, and a small disk for it are of the library.

#![expect(clippy::print_stdout, reason = "the report is what the program is for")]

mod run;
mod torment;

use std::time::Instant;

use anyhow::{Context, Result, bail};
use tenantry_tests::desk_process;

struct Options {
    seeds: u64,
    from: u64,
    rounds: usize,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self { seeds: 20, from: 1, rounds: 6 };
        while let Some(word) = words.next() {
            let mut number = || -> Result<u64> {
                let text = words.next().unwrap_or_default();
                text.parse().with_context(|| format!("{word} needs a whole number, not {text:?}"))
            };
            match word.as_str() {
                "--seeds" => options.seeds = number()?,
                "--from" => options.from = number()?,
                "--rounds" => options.rounds = usize::try_from(number()?)?,
                other => bail!("{other:?} is not understood: torture [--seeds N] [--from SEED] [--rounds N]"),
            }
        }
        Ok(options)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1).peekable();
    if words.next_if(|word| word == desk_process::ARGUMENT).is_some() {
        // Its standard error is its log.
        tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
        return desk_process::serve(words).await;
    }
    let options = Options::read(words)?;
    let started = Instant::now();
    let mut tally = run::Tally::default();
    for seed in options.from..options.from + options.seeds {
        let again = || format!("seed {seed}; alone: torture --from {seed} --seeds 1 --rounds {}", options.rounds);
        let clean = run::seed(seed, options.rounds).await.with_context(again)?;
        println!("seed {seed}: clean, {:.0} s, {}", clean.took.as_secs_f64(), clean.torments.join(", "));
        tally.add(&clean);
    }
    println!("{} seeds clean in {:.0} s: {tally}", options.seeds, started.elapsed().as_secs_f64());
    Ok(())
}
