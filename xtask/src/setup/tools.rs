//! Helpers from the registries of cargo, npm and Python. None is needed to build; each has something that stands in for it, or is fetched when asked
//! for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::step;

/// Reads and shrinks WebAssembly. Version 132 is the one that the bundle's size was measured with.
const BINARYEN: &str = "binaryen@132";

/// Schemathesis (MIT), which generates requests from the API's description and checks the answers, and what it needs itself.
const REQUIREMENTS: &str = include_str!("../../requirements.txt");

/// Looks at pages for what keeps people out who do not see or point (MPL-2.0).
const AXE: &str = "axe-core@4.14.1";

/// Which test runner there is.
pub(crate) fn has_nextest(project: &Project) -> bool {
    step::answer(project.cargo().args(["nextest", "--version"])).is_some()
}

/// `wasm-opt`, fetched once into the build folder; none without npm.
pub(crate) fn wasm_opt(project: &Project) -> Result<Option<Command>> {
    if step::is_on_path("wasm-opt") && installed_wasm_opt_is_recent(project) {
        return Ok(Some(project.program("wasm-opt")));
    }
    let script = fetched_wasm_opt(project);
    if !script.is_file() {
        if !step::is_on_path("npm") {
            return Ok(None);
        }
        install(project, "binaryen", BINARYEN)?;
    }
    if !script.is_file() {
        bail!("{BINARYEN} brought no {}", script.display());
    }
    let mut command = project.program("node");
    command.arg(script);
    Ok(Some(command))
}

/// The script of axe, fetched once into the build folder; a folder for each version. It is put into windows under test and into no bundle.
pub(crate) fn axe(project: &Project) -> Result<PathBuf> {
    let folder = AXE.replace('@', "-");
    let script = project.target(&format!("tools/{folder}/node_modules/axe-core/axe.min.js"));
    if !script.is_file() {
        need_npm()?;
        install(project, &folder, AXE)?;
    }
    script.is_file().then_some(script).with_context(|| format!("{AXE} brought no script"))
}

/// Installs a package of npm into a folder of its own.
fn install(project: &Project, folder: &str, package: &str) -> Result<()> {
    let folder = project.target(&format!("tools/{folder}"));
    fs::create_dir_all(&folder)?;
    // Without a package.json of its own npm would look for one further up.
    fs::write(folder.join("package.json"), "{\"private\":true}\n")?;
    let mut npm = npm(project, "npm");
    npm.args(["install", "--no-audit", "--no-fund", package]).current_dir(&folder);
    step::run(&format!("npm install {package}"), &mut npm).map(|_| ())
}

/// Schemathesis in an environment of its own in the build folder, fetched once; where a pin has changed, that is fetched as well.
pub(crate) fn schemathesis(project: &Project) -> Result<PathBuf> {
    let version = pinned(REQUIREMENTS, "schemathesis").context("requirements.txt pins no Schemathesis")?;
    let folder = project.target(&format!("tools/schemathesis-{version}"));
    let scripts = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = scripts.join(format!("schemathesis{}", std::env::consts::EXE_SUFFIX));
    let installed = folder.join("requirements.txt");
    let is_there = answers(project, &program);
    if is_there && fs::read_to_string(&installed).is_ok_and(|text| text == REQUIREMENTS) {
        return Ok(program);
    }
    if !is_there {
        let python = if cfg!(windows) { "python" } else { "python3" };
        if !step::is_on_path(python) {
            bail!("{python} is needed for this: install Python 3.11 or later with its venv module (Debian: python3-venv)");
        }
        // What an earlier attempt left half done goes away first.
        step::run("python -m venv", project.program(python).args(["-m", "venv", "--clear"]).arg(&folder))?;
    }
    let mut pip = project.program(scripts.join(format!("python{}", std::env::consts::EXE_SUFFIX)));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r"]);
    step::run(&format!("pip install schemathesis=={version}"), pip.arg(project.path("xtask/requirements.txt")))?;
    if !answers(project, &program) {
        bail!("schemathesis {version} was installed, but {} does not answer", program.display());
    }
    fs::write(&installed, REQUIREMENTS)?;
    Ok(program)
}

/// The version that a package is pinned to.
fn pinned<'a>(requirements: &'a str, package: &str) -> Option<&'a str> {
    let pin = requirements.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix("=="))?;
    pin.split_whitespace().next()
}

fn answers(project: &Project, program: &Path) -> bool {
    program.is_file() && step::answer(project.program(program).arg("--version")).is_some()
}

fn fetched_wasm_opt(project: &Project) -> PathBuf {
    project.target("tools/binaryen/node_modules/binaryen/bin/wasm-opt")
}

/// Distributions ship versions that cannot read what today's compiler writes.
fn installed_wasm_opt_is_recent(project: &Project) -> bool {
    let answer = step::answer(project.program("wasm-opt").arg("--version")).unwrap_or_default();
    version_of(&answer).is_some_and(|version| version >= 120)
}

fn version_of(answer: &str) -> Option<u32> {
    answer.split_whitespace().find_map(|word| word.parse().ok())
}

/// `npm` or `npx`, which are scripts with another ending on Windows.
pub(crate) fn npm(project: &Project, name: &str) -> Command {
    project.program(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

/// One line on what was found, for `setup`.
pub(crate) fn report(project: &Project) -> String {
    let runner = if has_nextest(project) { "cargo nextest" } else { "cargo test (cargo nextest is not installed; it is quicker)" };
    let npm = if step::is_on_path("npm") { "npm found" } else { "no npm: `dist` will ask for it" };
    let target = match super::wasm::find(project) {
        Some(super::wasm::Toolchain::Default) => "target of the toolchain in use",
        Some(super::wasm::Toolchain::Linked) => "toolchain `wasm`",
        None => "none",
    };
    format!("tests: {runner}; WebAssembly: {target}; {npm}")
}

/// Fails with what to do where `npm` is missing.
pub(crate) fn need_npm() -> Result<()> {
    step::is_on_path("npm").then_some(()).context("npm is needed for this: install Node.js (Debian: `apt-get install npm`)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_22_every_package_of_python_is_pinned_and_known_by_its_hash() {
        assert_eq!(pinned("# schemathesis\na==1 \\\nschemathesis==4.5 ; x \\\n", "schemathesis"), Some("4.5"));
        let text: Vec<&str> = REQUIREMENTS.lines().filter(|line| !line.starts_with('#')).collect();
        let text = text.join("\n").replace("\\\n", " ");
        assert!(text.lines().count() > 20, "what it needs itself, too");
        for package in text.lines() {
            assert!(package.contains("==") && package.contains("--hash=sha256:"), "{package}");
        }
    }

    #[test]
    fn the_version_is_read_from_the_answer() {
        assert_eq!(version_of("wasm-opt version 108 (version_108)"), Some(108));
        assert_eq!(version_of("wasm-opt"), None);
    }
}
