//! `cargo xtask test`: everything that can be checked by a machine, package by package.
//!
//! Per package, never the workspace at once: that would unify features, and give the service the client's SQLite.

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::check::{self, System};
use crate::project::{PACKAGES, Project};
use crate::setup::{self, system::Need, tools};
use crate::step::{self, Show};
use crate::{run, tidy, ui};

/// The test binaries of tenantry-tests that `--fast` leaves out: one needs a display, a driver and the app's binary, the other Schemathesis and a minute.
const SLOW: [&str; 2] = ["window", "description"];

/// How much of a failed test's reason is said once more at the end.
const REASON_LINES: usize = 4;

/// What the runners counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// What does not compile, or ends otherwise before a test could fail, is one failure.
    fn of_a_run(self, success: bool) -> Self {
        Self { failed: if success { self.failed } else { self.failed.max(1) }, ..self }
    }
}

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let fast = arguments.flag("--fast");
    arguments.finish()?;
    setup::everything(project, if fast { &[Need::Build] } else { &[Need::Build, Need::Run, Need::Test, Need::Check] })?;
    if !is_root() {
        println!("not root: what happens when a disk is full is not tried, since that takes a disk of its own");
    }
    ui::ensure(project, ui::Build::Quick)?;
    let nextest = tools::has_nextest(project);
    let mut total = Counts::default();
    let mut broken = vec![];
    let mut reasons = vec![];
    let mut binaries = vec![("tenantry-service", "the service")];
    if !fast {
        binaries.push(("tenantry", "the app"));
    }
    for (package, name) in binaries {
        let mut cargo = project.cargo();
        if !step::watch(&format!("build {name}"), cargo.args(["build", "-p", package, "--bin", package]), Show::Progress)?.success {
            total.failed += 1;
            broken.push(package.to_owned());
        }
    }
    // What did not build was counted; tenantry-tests starts it, and an older build would answer for it.
    let packages = PACKAGES
        .iter()
        .filter(|package| broken.is_empty() || **package != "tenantry-tests" && !broken.iter().any(|broken| broken == **package));
    for package in packages.copied().collect::<Vec<_>>() {
        let (outcome, success) = test(project, package, nextest, fast)?;
        let counts = if nextest { count_nextest(&outcome) } else { count_cargo_test(&outcome) }.of_a_run(success);
        total.passed += counts.passed;
        total.failed += counts.failed;
        if counts.failed > 0 {
            broken.push(package.to_owned());
            reasons.extend(failures(&outcome));
        }
    }
    if !fast && check::can_check() {
        for system in System::ALL {
            let is_fine = check::check(project, *system).unwrap_or_else(|error| {
                println!("{error:#}");
                false
            });
            if !is_fine {
                total.failed += 1;
                broken.push(format!("check for {}", system.name()));
            }
        }
    }
    if let Err(error) = tidy::cheap(project) {
        println!("{error:#}");
        total.failed += 1;
        broken.push("tidy".to_owned());
    }
    if total.passed + total.failed == 0 {
        bail!("no test ran");
    }
    println!();
    // What failed stands last as well: a test's own report may be hundreds of lines above.
    for line in reasons {
        println!("{line}");
    }
    if !broken.is_empty() {
        println!("broken: {}", broken.join(", "));
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if broken.is_empty() { Ok(()) } else { bail!("not everything passed") }
}

#[cfg(unix)]
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// Elsewhere nothing can be mounted for it.
#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

fn test(project: &Project, package: &str, nextest: bool, fast: bool) -> Result<(Vec<String>, bool)> {
    let mut cargo = project.cargo();
    if nextest {
        cargo.args(["nextest", "run", "--no-fail-fast", "--no-tests", "pass", "--status-level", "fail", "--final-status-level", "fail"]);
        cargo.args(["--show-progress", "none", "-p", package]);
        if fast && package == "tenantry-tests" {
            cargo.args(["-E", &format!("not (binary(={}) | binary(={}))", SLOW[0], SLOW[1])]);
        }
    } else {
        cargo.args(["test", "--no-fail-fast", "-p", package]);
        if fast && package == "tenantry-tests" {
            cargo.args(["--lib", "--bins"]);
            for binary in test_binaries(project).iter().filter(|binary| !SLOW.contains(&binary.as_str())) {
                cargo.args(["--test", binary]);
            }
        } else {
            cargo.arg("--all-targets");
        }
    }
    // Errors that a test returns say where they arose in words; a panic still shows its stack.
    cargo.env("RUST_LIB_BACKTRACE", "0");
    run::name_binaries(project, "debug", &mut cargo);
    if !fast && package == "tenantry-tests" {
        // Where one cannot be fetched, the tests that need it fail.
        match tools::schemathesis(project) {
            Ok(program) => drop(cargo.env("TENANTRY_SCHEMATHESIS", program)),
            Err(error) => println!("{error:#}"),
        }
        match tools::axe(project) {
            Ok(script) => drop(cargo.env("TENANTRY_AXE", script)),
            Err(error) => println!("{error:#}"),
        }
    }
    // Compiled first, as a step of its own: its progress is cargo's, that of the tests the runner's.
    let mut build = project.cargo();
    build.args(if nextest { &["nextest", "run", "--no-run", "-p"][..] } else { &["test", "--no-run", "--all-targets", "-p"] });
    let built = step::watch(&format!("compile the tests of {package}"), build.arg(package), Show::Progress)?;
    if !built.success {
        return Ok((vec![], false));
    }
    let outcome = step::watch(&format!("test {package}"), &mut cargo, Show::Lines)?;
    Ok((outcome.lines, outcome.success))
}

/// The names of tenantry-tests' own test binaries: the folders in `tests/tests`.
fn test_binaries(project: &Project) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(project.path("tests/tests")) else { return vec![] };
    entries.flatten().filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// The first lines of why each test failed: of the error that it returned, or of its panic.
fn failures(lines: &[String]) -> Vec<String> {
    let plain: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    let starts = plain.iter().enumerate().filter(|(_, line)| {
        let line = line.trim_start();
        line.starts_with("Error: ") || (line.starts_with("thread '") && line.contains("panicked at"))
    });
    starts
        .flat_map(|(at, _)| plain[at..].iter().take(REASON_LINES).map(|line| format!("    {}", line.trim())).chain([String::new()]))
        .collect()
}

/// The closing line of cargo nextest. What failed tests printed stands before it, further to the right, and closes like a run of its own.
fn count_nextest(lines: &[String]) -> Counts {
    let summaries = lines.iter().rev().map(|line| plain(line));
    let mut counted = summaries.filter_map(|line| Some(line.strip_prefix("     Summary [")?.split_once("run:")?.1.to_owned()));
    let Some(counted) = counted.next() else { return Counts::default() };
    let failed = ["failed", "exec failed", "timed out"].iter().map(|word| number_before(&counted, word)).sum();
    Counts { passed: number_before(&counted, "passed"), failed }
}

/// Adds up the closing lines of cargo test, one for each binary.
pub(crate) fn count_cargo_test(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines.iter().map(|line| plain(line)) {
        let Some(counted) = line.strip_prefix("test result:") else { continue };
        counts.passed += number_before(counted, "passed");
        counts.failed += number_before(counted, "failed");
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

    fn counted(count: fn(&[String]) -> Counts, text: &str) -> (u64, u64) {
        let counts = count(&text.lines().map(str::to_owned).collect::<Vec<_>>());
        (counts.passed, counts.failed)
    }

    #[test]
    fn nextests_summary_is_understood() {
        let counted = |text| counted(count_nextest, text);
        assert_eq!(counted("     Summary [   0.004s] 5 tests run: 4 passed, 1 failed, 2 skipped"), (4, 1));
        assert_eq!(
            counted("     Summary [   9.004s] 12 tests run: 9 passed (1 slow, 1 flaky), 1 failed, 1 exec failed, 1 timed out, 0 skipped"),
            (9, 3)
        );
        assert_eq!(
            counted("\u{1b}[32;1m     Summary\u{1b}[0m [   0.004s] \u{1b}[1m5\u{1b}[0m tests run: \u{1b}[1m5\u{1b}[0m passed, 0 skipped"),
            (5, 0)
        );
    }

    /// What nextest 0.9 writes about a test that fails, one that times out at its second try, and one that is flaky.
    #[test]
    fn a_failed_test_counts_once_whatever_it_printed() {
        let text = "        FAIL [   0.580s] nt bad
  stdout ───

    running 1 test
         Summary [   0.1s] 9 tests run: 1 passed, 8 failed
    test bad ... FAILED

    failures:
        bad

    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.53s

 TERMINATING [>  1.000s] nt slow
   TRY 2 TMT [   1.002s] nt slow
────────────
     Summary [   2.596s] 5 tests run: 2 passed (1 flaky), 2 failed, 1 timed out, 0 skipped
     SIGABRT [   0.021s] nt aborts
        FAIL [   0.580s] nt bad
   TRY 2 TMT [   1.002s] nt slow
error: test run failed";
        assert_eq!(counted(count_nextest, text), (2, 3));
    }

    #[test]
    fn what_failed_is_said_once_more() {
        let text = "        FAIL [   0.580s] nt bad
    \u{1b}[31mError: in the step \"one\": not there
    after 30 s
    thread 'other' (12) panicked at src/lib.rs:1:2:
    assertion failed: it says Error: 3
    test other ... FAILED";
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let said = failures(&lines);
        assert!(said.contains(&"    Error: in the step \"one\": not there".to_owned()), "{said:?}");
        assert!(said.contains(&"    assertion failed: it says Error: 3".to_owned()), "{said:?}");
        assert_eq!(failures(&["test a ... ok".to_owned()]), Vec::<String>::new());
    }

    #[test]
    fn cargo_tests_results_are_added_up() {
        let text = "test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(counted(count_cargo_test, text), (8, 2));
    }

    #[test]
    fn what_does_not_compile_is_one_failure() {
        let of = |passed, failed, success| Counts { passed, failed }.of_a_run(success).failed;
        assert_eq!((of(0, 0, false), of(3, 2, false), of(3, 0, true)), (1, 2, 0));
    }

    #[test]
    fn a_line_that_only_looks_like_one_is_not_counted() {
        for count in [count_nextest, count_cargo_test] {
            assert_eq!(counted(count, "test it_says_3_passed ... ok\n3 passed, 1 failed\n    test result: ok. 3 passed\n"), (0, 0));
        }
    }
}
