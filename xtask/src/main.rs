//! The project's only automation: `cargo xtask <command>`. Light on purpose: it builds in seconds, and drives everything else.
//!
//! One more command: a file here with a `pub(crate) fn command(project, arguments)`, a line in [`COMMANDS`].

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program speaks on its standard streams")]

mod arguments;
mod project;
mod step;

mod setup;
mod ui;

mod display;
mod run;
mod test;

mod bench;
mod check;
mod dist;
mod rules;
mod tidy;
mod torture;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;

/// Name, options, what it does, and the function that does it.
type Entry = (&'static str, &'static str, &'static str, fn(&Project, Arguments) -> Result<()>);

const COMMANDS: &[Entry] = &[
    ("setup", "", "install what building, running and testing need", setup::command),
    (
        "run",
        "[--headless] [--service URL] [--estate s|m|l]",
        "build and start the demo service and the app; with --service the app alone",
        run::command,
    ),
    (
        "test",
        "[--fast]",
        "run all tests, and check for the other systems; --fast leaves out windows, generated requests and the other systems",
        test::command,
    ),
    ("check", "[--target windows|macos]", "types and lints as the other two systems see them; links and runs nothing", check::command),
    (
        "tidy",
        "[--fast]",
        "format, lints, one-way rule, circles, dead paths in documents, words of the screens; --fast leaves out what compiles",
        tidy::command,
    ),
    ("rules", "", "write docs/rules.md: which tests show which rule", rules::command),
    ("bench", "[--estate s|m|l|all]", "measure against bare floors; writes target/bench/ESTATE/summary.json", bench::command),
    (
        "torture",
        "[--seeds N] [--from SEED] [--rounds N]",
        "a desk and a service under random faults, 20 seeds: killed processes, a cut network, a full disk, wrong clocks, a locked keychain",
        torture::command,
    ),
    ("dist", "", "build the installers and the service's release binary", dist::command),
];

fn main() -> ExitCode {
    match dispatch(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut words: Vec<String>) -> Result<()> {
    if words.is_empty() || ["help", "--help", "-h"].contains(&words[0].as_str()) {
        print_help();
        return Ok(());
    }
    let name = words.remove(0);
    let Some((_, _, _, command)) = COMMANDS.iter().find(|(known, ..)| *known == name) else {
        bail!("there is no command `{name}`: `cargo xtask help` lists them");
    };
    command(&Project::find()?, Arguments::new(words))
}

fn print_help() {
    println!("cargo xtask <command>\n");
    for (name, options, what, _) in COMMANDS {
        println!("  {}\n      {what}", format!("{name} {options}").trim_end());
    }
    println!("  help\n      print this");
}
