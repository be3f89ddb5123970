//! `cargo xtask torture`: a desk and a service under random faults, seed by seed (`tests/src/bin/torture`).

use std::process::Command;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::run::name_binaries;
use crate::setup::{self, system::Need};
use crate::step::{self, Show};

/// What lets a program mount a small disk of its own without being root.
const NAMESPACE: [&str; 4] = ["unshare", "--user", "--map-root-user", "--mount"];

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let options = ["--seeds", "--from", "--rounds"].map(|name| arguments.value(name).map(|value| (name, value)));
    arguments.finish()?;
    setup::everything(project, &[Need::Build])?;
    step::run("build the service", project.cargo().args(["build", "-p", "tenantry-service", "--bin", "tenantry-service"]))?;
    step::run("build the torture run", project.cargo().args(["build", "-p", "tenantry-tests", "--bin", "torture"]))?;
    let program = project.binary("debug", "torture");
    let may_mount = step::answer(Command::new(NAMESPACE[0]).args(&NAMESPACE[1..]).arg("true")).is_some();
    let mut torture = if may_mount {
        let mut namespace = Command::new(NAMESPACE[0]);
        namespace.args(&NAMESPACE[1..]).arg(program);
        namespace
    } else {
        project.program(program)
    };
    for option in options {
        if let (name, Some(value)) = option? {
            torture.args([name.to_owned(), value]);
        }
    }
    name_binaries(project, "debug", &mut torture);
    if step::watch("torture", &mut torture, Show::Lines)?.success { Ok(()) } else { bail!("a seed was not clean; what it met is above") }
}
