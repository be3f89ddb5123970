//! The program `tenantry-service`.

mod audit;
mod cli;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use cli::{Apply, Audit, Cli, Command, Common, LogFormat};
use tenantry_model::time::Clock;
use tenantry_service::clock::{AdvancingClock, SystemClock};
use tenantry_service::demo::{Demo, Options};
use tenantry_service::domain::estate_change;
use tenantry_service::http::{AppState, openapi, router};
use tenantry_service::random::SystemRandom;
use tenantry_service::serve::{serve, watch_signals};
use tenantry_service::store::Store;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    #[cfg(unix)]
    cli::keep_files_private();
    log_to_stderr(cli.log_format);
    // Of a check of the log, 1 means that it found something: that it could not be made must look different.
    let failure = if matches!(cli.command, Command::Audit(_)) { ExitCode::from(2) } else { ExitCode::FAILURE };
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "tenantry-service: {error:#}");
            failure
        }
    }
}

fn log_to_stderr(format: LogFormat) {
    let filter = EnvFilter::try_from_env("TENANTRY_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(terminal);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

#[tokio::main]
async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Audit(Audit::Verify(args)) => return audit::verify(args).await,
        Command::Apply(args) => apply(args).await?,
        Command::Openapi => writeln!(std::io::stdout(), "{}", openapi().to_pretty_json()?)?,
        Command::Serve(args) => {
            let settings = args.settings()?;
            let listener = bind(&args.common).await?;
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            let store = open(&args.common.data, clock.clone()).await?;
            let state = AppState::new(settings, store, args.common.attachments()?, clock)?;
            run_until_told(listener, router(state.clone(), axum::Router::new()), state).await?;
        }
        Command::Demo(args) => {
            let listener = bind(&args.common).await?;
            let clock = Arc::new(AdvancingClock::default());
            Demo::discard_unfinished(&args.common.data, &cli::database_in(&args.common.data)?)?;
            let store = open(&args.common.data, clock.clone()).await?;
            let options = Options {
                base: format!("http://{}", listener.local_addr()?),
                estate: args.estate,
                seed: args.seed,
                data_dir: args.common.data.clone(),
                token_lifetime: Duration::from_secs(args.token_lifetime_s),
            };
            let demo = Demo::prepare(options, store.clone(), clock.clone()).await?;
            let state = AppState::new(demo.settings(args.common.limits())?, store, args.common.attachments()?, clock)?;
            demo.start(state.shutdown().clone());
            run_until_told(listener, router(state.clone(), demo.routes()), state).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn bind(args: &Common) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(args.listen).await;
    listener.with_context(|| format!("{} is taken or not an address of this machine: choose another with --listen", args.listen))
}

async fn apply(args: Apply) -> anyhow::Result<()> {
    let name = args.file.display();
    let text = if args.file.as_os_str() == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(&args.file) };
    let text = text.with_context(|| format!("{name} cannot be read"))?;
    let changes = serde_json::from_str(&text).with_context(|| format!("{name} is not a list of changes"))?;
    let store = open(&args.data, Arc::new(SystemClock)).await?;
    let outcomes = estate_change::apply_all(&store, changes, &SystemRandom).await?;
    store.close().await;
    Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&outcomes)?)?)
}

async fn open(data: &Path, clock: Arc<dyn Clock>) -> anyhow::Result<Store> {
    let file = cli::database_in(data)?;
    let store = Store::open(&file, clock).await.with_context(|| format!("the database {} cannot be opened", file.display()))?;
    store.check_engine().await?;
    Ok(store)
}

async fn run_until_told(listener: TcpListener, router: axum::Router, state: AppState) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    tokio::spawn(watch_signals(state.clone()));
    // Connections wait in the listener's queue from here on, so whoever reads this line may connect.
    let mut out = std::io::stdout();
    writeln!(out, "listening on http://{address}")?;
    out.flush()?;
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "serving");
    serve(listener, router, state).await;
    tracing::info!("stopped");
    Ok(())
}
