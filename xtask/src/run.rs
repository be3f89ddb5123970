//! `cargo xtask run`: the demo service and the app, built and started.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::display::{self, Running, Virtual};
use crate::project::Project;
use crate::setup::{self, system::Need};
use crate::{step, ui};

/// The demo makes up its estate on the first start; the large one takes its time.
const SERVICE_LIMIT: Duration = Duration::from_secs(600);
const PAINT_LIMIT: Duration = Duration::from_secs(60);
const READY: &str = "listening on ";

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let headless = arguments.flag("--headless");
    let address = arguments.value("--service")?;
    let estate = arguments.estate("s", &[])?;
    arguments.finish()?;
    if !headless && !display::is_there() {
        bail!(
            "there is no display to open a window on. `cargo xtask run --headless` opens it on a display without a screen and takes a picture"
        );
    }
    let needs: &[Need] = if headless { &[Need::Build, Need::Run, Need::Test] } else { &[Need::Build, Need::Run] };
    setup::everything(project, needs)?;
    ui::ensure(project, ui::Build::Quick)?;
    if address.is_none() {
        step::run("build the service", project.cargo().args(["build", "-p", "tenantry-service", "--bin", "tenantry-service"]))?;
    }
    step::run("build the app", project.cargo().args(["build", "-p", "tenantry", "--bin", "tenantry"]))?;

    let mut app = project.program(project.binary("debug", "tenantry"));
    let service = match address {
        Some(address) => {
            app.env("TENANTRY_SERVICE", &address);
            None
        }
        None => {
            let (service, address) = start_demo(project, &estate)?;
            app.env("TENANTRY_SERVICE", &address);
            // A folder of its own: trying the demo touches nothing of the user's.
            app.env("TENANTRY_DATA_DIR", project.target("demo/app"));
            println!("the demo service answers at {address}; its log is {}", log_path(project).display());
            Some(service)
        }
    };
    if headless {
        show_headless(project, &mut app)?
    } else {
        show(&mut app)?
    }
    drop(service);
    Ok(())
}

fn show(app: &mut Command) -> Result<()> {
    println!("the app is open; closing its window ends everything");
    let status = app.status().context("the app cannot be started")?;
    if !status.success() {
        bail!("the app ended with {status}");
    }
    Ok(())
}

fn show_headless(project: &Project, app: &mut Command) -> Result<()> {
    let display = Virtual::start(project)?;
    let picture = project.target("demo/screenshot.png");
    fs::create_dir_all(project.target("demo"))?;
    app.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1").env_remove("WAYLAND_DISPLAY");
    let mut app = Running(app.spawn().context("the app cannot be started")?);
    println!("▸ wait for the window on display {}", display.name());
    let painted = display.screenshot_when_painted(project, &picture, PAINT_LIMIT);
    if let Some(status) = app.0.try_wait()? {
        bail!("the app ended by itself with {status}");
    }
    painted?;
    println!("  ✓ painted\nscreenshot: {}", picture.display());
    Ok(())
}

fn log_path(project: &Project) -> std::path::PathBuf {
    project.target("demo/service.log")
}

/// Starts the demo service on a free port; answers once it listens.
fn start_demo(project: &Project, estate: &str) -> Result<(Running, String)> {
    let data = project.target("demo").join(format!("service-{estate}"));
    fs::create_dir_all(&data)?;
    let mut command = project.program(project.binary("debug", "tenantry-service"));
    command.args(["demo", "--listen", "127.0.0.1:0", "--estate", estate, "--data"]).arg(&data);
    let log = log_path(project);
    println!("▸ start the demo service, estate {estate}");
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log)?).spawn();
    let mut service = Running(child.context("the service cannot be started")?);
    let stdout = service.0.stdout.take().context("the service has no output")?;
    let (sender, receiver) = channel();
    thread::spawn(move || {
        // Reads on after the address, so that the service never blocks on a full pipe.
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(address) = line.strip_prefix(READY) {
                let _ = sender.send(address.trim().to_owned());
            }
        }
    });
    let started = Instant::now();
    loop {
        match receiver.recv_timeout(Duration::from_secs(10)) {
            Ok(address) => {
                println!("  ✓ listening ({:.1} s)", started.elapsed().as_secs_f32());
                return Ok((service, address));
            }
            Err(RecvTimeoutError::Disconnected) => {
                bail!("the service ended before it listened:\n{}", last_lines(&log));
            }
            Err(RecvTimeoutError::Timeout) if started.elapsed() > SERVICE_LIMIT => {
                bail!("the service did not listen within {} s:\n{}", SERVICE_LIMIT.as_secs(), last_lines(&log));
            }
            Err(RecvTimeoutError::Timeout) => println!("  … the demo makes up its estate: {} s", started.elapsed().as_secs()),
        }
    }
}

fn last_lines(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Where a program that tests start is found: the variable that names it, set for `command`.
pub(crate) fn name_binaries(project: &Project, profile: &str, command: &mut Command) {
    for (variable, binary) in [("TENANTRY_SERVICE_BIN", "tenantry-service"), ("TENANTRY_APP_BIN", "tenantry")] {
        // Whoever sets them by hand wants to test another build.
        if env::var_os(variable).is_none() {
            command.env(variable, project.binary(profile, binary));
        }
    }
}
