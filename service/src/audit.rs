//! `tenantry-service audit verify`.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use tenantry_service::domain::audit::{HEAD_FILE, HeadSource, KnownHead, read_head_file, verify as verify_chain};
use tenantry_service::store::audit::open_to_check;

use crate::cli::{DATABASE, Verify};

/// Checks the log in a data folder, and says in a sentence what it found.
pub(crate) async fn verify(args: Verify) -> anyhow::Result<ExitCode> {
    // The file first: while the service runs, it lags behind the chain, and never runs ahead of it.
    let file = read_head_file(&args.data.join(HEAD_FILE));
    let database = args.data.join(DATABASE);
    let mut check = open_to_check(&database).await.with_context(|| format!("{} cannot be checked", database.display()))?;
    let mut out = std::io::stdout();
    let file = match file {
        Ok(file) => file,
        Err(error) => {
            writeln!(out, "tampered: {error}")?;
            return Ok(ExitCode::from(1));
        }
    };
    let mut known: Vec<KnownHead> = args.heads.iter().map(|head| KnownHead { source: HeadSource::Elsewhere, head: *head }).collect();
    known.extend(file.map(|head| KnownHead { source: HeadSource::File, head }));
    let started = Instant::now();
    let verdict = verify_chain(check.conn(), &known).await?;
    let took = started.elapsed().as_secs_f64();
    if file.is_none() && verdict.good.seq > 0 {
        writeln!(
            out,
            "note: there is no file {HEAD_FILE}, so a rewritten log may look whole; compare a head of the service's log, with --head"
        )?;
    }
    match verdict.fault {
        None => {
            writeln!(out, "ok: {} rows, head {}, {took:.2} s", verdict.good.seq, verdict.good)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(fault) => {
            writeln!(out, "tampered: {fault}; {} rows read, {took:.2} s", verdict.good.seq)?;
            Ok(ExitCode::from(1))
        }
    }
}
