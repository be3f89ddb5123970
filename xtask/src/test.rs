//! `cargo xtask test`: everything that can be checked by a machine, package by package.
//!
//! Per package, never the workspace at once: that would unify features, and give the service the client's SQLite.

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::setup::{self, system::Need, tools};
use crate::step::{self, Show};
use crate::{run, tidy, ui};

/// In the order of their dependencies: what fails first explains what fails later.
const PACKAGES: &[&str] = &[
    "xtask",
    "xtask-wasm",
    "tenantry-model",
    "tenantry-second-opinion",
    "tenantry-client",
    "tenantry-service",
    "tenantry-ui",
    "tenantry",
    "tenantry-tests",
];
/// The test binary of tenantry-tests that needs a display, a driver and the app's binary.
const WINDOW: &str = "window";

/// What the runners counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let fast = arguments.flag("--fast");
    arguments.finish()?;
    setup::everything(project, if fast { &[Need::Build] } else { &[Need::Build, Need::Run, Need::Test] })?;
    ui::ensure(project, ui::Build::Quick)?;
    let nextest = tools::has_nextest(project);
    let mut total = Counts::default();
    let mut broken = vec![];
    let mut binaries = vec![("tenantry-service", "the service")];
    if !fast {
        binaries.push(("tenantry", "the app"));
    }
    for (package, name) in binaries {
        let mut cargo = project.cargo();
        if !step::watch(&format!("build {name}"), cargo.args(["build", "-p", package, "--bin", package]), Show::Progress)?.success {
            broken.push(format!("build of {package}"));
        }
    }
    // Those start what did not build; an older build would answer for it.
    let packages = PACKAGES.iter().filter(|package| broken.is_empty() || **package != "tenantry-tests");
    for package in packages.copied().collect::<Vec<_>>() {
        let (counts, success) = test(project, package, nextest, fast)?;
        total.passed += counts.passed;
        total.failed += counts.failed;
        if !success {
            broken.push(package.to_owned());
        }
    }
    if let Err(error) = tidy::cheap(project) {
        println!("{error:#}");
        broken.push("tidy".to_owned());
    }
    if total.passed + total.failed == 0 {
        bail!("no test ran");
    }
    println!();
    if !broken.is_empty() {
        println!("broken: {}", broken.join(", "));
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if broken.is_empty() { Ok(()) } else { bail!("not everything passed") }
}

fn test(project: &Project, package: &str, nextest: bool, fast: bool) -> Result<(Counts, bool)> {
    let mut cargo = project.cargo();
    if nextest {
        cargo.args(["nextest", "run", "--no-fail-fast", "--no-tests", "pass", "--status-level", "fail", "--final-status-level", "fail"]);
        cargo.args(["--show-progress", "none", "-p", package]);
        if fast && package == "tenantry-tests" {
            cargo.args(["-E", &format!("not binary(={WINDOW})")]);
        }
    } else {
        cargo.args(["test", "--no-fail-fast", "-p", package]);
        if fast && package == "tenantry-tests" {
            cargo.args(["--lib", "--bins"]);
            for binary in test_binaries(project).iter().filter(|binary| *binary != WINDOW) {
                cargo.args(["--test", binary]);
            }
        } else {
            cargo.arg("--all-targets");
        }
    }
    run::name_binaries(project, "debug", &mut cargo);
    // Compiled first, as a step of its own: its progress is cargo's, that of the tests the runner's.
    let mut build = project.cargo();
    build.args(if nextest { &["nextest", "run", "--no-run", "-p"][..] } else { &["test", "--no-run", "--all-targets", "-p"] });
    let built = step::watch(&format!("compile the tests of {package}"), build.arg(package), Show::Progress)?;
    if !built.success {
        return Ok((Counts::default(), false));
    }
    let outcome = step::watch(&format!("test {package}"), &mut cargo, Show::Lines)?;
    Ok((count(&outcome.lines), outcome.success))
}

/// The names of tenantry-tests' own test binaries: the folders in `tests/tests`.
fn test_binaries(project: &Project) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(project.path("tests/tests")) else { return vec![] };
    entries.flatten().filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Adds up the closing lines of cargo nextest and cargo test.
pub(crate) fn count(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let line = plain(line);
        let line = line.trim();
        let summary = line.strip_prefix("Summary [").and_then(|rest| rest.split_once("run:")).map(|(_, counted)| counted);
        let Some(counted) = summary.or_else(|| line.strip_prefix("test result:")) else { continue };
        counts.passed += number_before(counted, "passed");
        counts.failed += number_before(counted, "failed") + number_before(counted, "timed out");
    }
    counts
}

/// The number in `… N word …`.
fn number_before(text: &str, word: &str) -> u64 {
    let parts = text.split([',', ';', '(', '.']).map(str::trim);
    parts
        .filter_map(|part| part.split_once(' '))
        .filter(|(_, what)| what.starts_with(word))
        .find_map(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

/// The line without colours.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(lines: &[&str]) -> (u64, u64) {
        let counts = count(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        (counts.passed, counts.failed)
    }

    #[test]
    fn nextests_summary_is_understood() {
        assert_eq!(counted(&["     Summary [   0.004s] 5 tests run: 4 passed, 1 failed, 2 skipped"]), (4, 1));
        assert_eq!(
            counted(&["     Summary [   9.004s] 12 tests run: 10 passed (1 slow, 1 flaky), 1 failed, 1 timed out, 0 skipped"]),
            (10, 2)
        );
        assert_eq!(
            counted(&[
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.004s] \u{1b}[1m5\u{1b}[0m tests run: \u{1b}[1m5\u{1b}[0m passed, 0 skipped"
            ]),
            (5, 0)
        );
    }

    #[test]
    fn cargo_tests_results_are_added_up() {
        let lines = [
            "test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ];
        assert_eq!(counted(&lines), (8, 2));
    }

    #[test]
    fn a_line_that_only_looks_like_one_is_not_counted() {
        assert_eq!(counted(&["test it_says_3_passed ... ok", "3 passed, 1 failed", ""]), (0, 0));
    }
}
