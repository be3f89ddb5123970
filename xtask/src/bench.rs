//! `cargo xtask bench`: ours against bare floors, in the same run, release builds.

use std::fs;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::run::name_binaries;
use crate::setup::{self, system::Need};
use crate::step::{self, Show};
use crate::{dist, ui};

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let estate = arguments.estate("m")?;
    arguments.finish()?;
    setup::everything(project, &[Need::Build, Need::Run, Need::Test])?;
    ui::ensure(project, ui::Build::Small)?;
    dist::release_binaries(project)?;
    let folder = project.target("bench");
    fs::create_dir_all(&folder)?;
    let summary = folder.join("summary.json");
    if summary.exists() {
        fs::remove_file(&summary)?;
    }
    step::run("build the benchmark", project.cargo().args(["build", "--release", "-p", "tenantry-tests", "--bin", "bench"]))?;
    let mut bench = project.program(project.binary("release", "bench"));
    bench.args(["--estate", &estate, "--out"]).arg(&folder);
    name_binaries(project, "release", &mut bench);
    let outcome = step::watch(&format!("bench, estate {estate}"), &mut bench, Show::Lines)?;
    if !outcome.success {
        bail!("the benchmark failed");
    }
    if !summary.is_file() {
        bail!("the benchmark wrote no {}", summary.display());
    }
    println!("written: {}", summary.display());
    Ok(())
}
