//! `cargo xtask setup`: makes a bare machine able to build, run and test. Does nothing, at once, where all is there.

pub(crate) mod system;
pub(crate) mod targets;
pub(crate) mod tools;
pub(crate) mod wasm;

use anyhow::Result;

use crate::arguments::Arguments;
use crate::check::{self, System};
use crate::project::Project;
use crate::setup::system::Need;

pub(crate) fn command(project: &Project, arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    everything(project, &[Need::Build, Need::Run, Need::Test, Need::Check])?;
    if check::can_check() {
        for system in System::ALL {
            told("cargo xtask check", targets::ensure(project, system.triple()));
        }
    }
    told("one test of the API's description", tools::schemathesis(project).map(drop));
    told("one test of the window", tools::axe(project).map(drop));
    println!("{}", tools::report(project));
    println!("setup: ready");
    Ok(())
}

/// What cannot be had, perhaps for want of a network, and only something of its own needs: that tries again and says so.
fn told(needed_by: &str, outcome: Result<()>) {
    if let Err(error) = outcome {
        println!("  not there: {error:#}\n  only {needed_by} needs it, and tries again");
    }
}

/// Sees to the system's packages for these needs, and to the WebAssembly target.
pub(crate) fn everything(project: &Project, needs: &[Need]) -> Result<()> {
    system::ensure(project, needs)?;
    wasm::ensure(project)?;
    Ok(())
}
