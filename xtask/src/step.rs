//! Runs a program as a step of something longer: says what it does, shows that it lives, and keeps what it said.

use std::fs;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Without a terminal, a line is printed at least this often.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How much of a failed step's output is shown.
const TAIL_LINES: usize = 120;
/// How long to wait for output once the program itself has ended: a grandchild may hold the pipe open for ever.
const AFTER_EXIT: Duration = Duration::from_secs(1);

/// What a step shows while it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// The program's own progress on a terminal; without one a line now and then. Everything when it fails.
    Progress,
    /// Every line, as it comes.
    Lines,
}

/// What came of a step.
pub(crate) struct Outcome {
    /// Whether the program ended with status 0.
    pub(crate) success: bool,
    /// What it wrote on standard output.
    pub(crate) stdout: Vec<String>,
    /// What it wrote on either stream, as far as it was not left to the terminal.
    pub(crate) lines: Vec<String>,
}

/// Runs `command`; fails when it does.
pub(crate) fn run(label: &str, command: &mut Command) -> Result<Outcome> {
    let outcome = watch(label, command, Show::Progress)?;
    if !outcome.success {
        bail!("{label}: failed; its output is above");
    }
    Ok(outcome)
}

/// Runs `command` to its end and says what came of it; only a program that cannot be started is an error.
pub(crate) fn watch(label: &str, command: &mut Command, show: Show) -> Result<Outcome> {
    let started = Instant::now();
    let terminal = std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
    let own_progress = terminal && show == Show::Progress;
    println!("▸ {label}");

    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(if own_progress { Stdio::inherit() } else { Stdio::piped() });
    let mut child = command.spawn().with_context(|| format!("{label}: cannot start {}", command.get_program().to_string_lossy()))?;

    let (sender, receiver) = channel();
    if let Some(stream) = child.stdout.take() {
        forward(stream, true, sender.clone());
    }
    if let Some(stream) = child.stderr.take() {
        forward(stream, false, sender.clone());
    }
    drop(sender);

    let mut outcome = Outcome { success: false, stdout: vec![], lines: vec![] };
    let mut last_shown = Instant::now();
    let mut last_heard = Instant::now();
    let status = loop {
        match receiver.recv_timeout(Duration::from_millis(200)) {
            Ok((from_stdout, line)) => {
                last_heard = Instant::now();
                if show == Show::Lines {
                    println!("{line}");
                    last_shown = last_heard;
                }
                if from_stdout {
                    outcome.stdout.push(line.clone());
                }
                outcome.lines.push(line);
            }
            Err(RecvTimeoutError::Disconnected) => break child.wait()?,
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait()?
                    && last_heard.elapsed() > AFTER_EXIT
                {
                    break status;
                }
            }
        }
        if !own_progress && last_shown.elapsed() >= HEARTBEAT {
            let last = outcome
                .lines
                .iter()
                .rev()
                .find(|line| !line.trim().is_empty() && !line.starts_with('{'))
                .map_or("", |line| shortened(line));
            println!("  … {label}: {}, {last}", seconds(started.elapsed()));
            last_shown = Instant::now();
        }
    };

    outcome.success = status.success();
    if outcome.success {
        println!("  ✓ {label} ({})", seconds(started.elapsed()));
    } else {
        if show == Show::Progress {
            for line in &outcome.lines[outcome.lines.len().saturating_sub(TAIL_LINES)..] {
                println!("{line}");
            }
        }
        println!("  ✗ {label} ({}, {status})", seconds(started.elapsed()));
    }
    Ok(outcome)
}

/// The output of a program that answers at once; none if it cannot be started or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of that name is on the path.
pub(crate) fn is_on_path(name: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| {
        let file = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        fs::metadata(file).is_ok_and(|found| found.is_file())
    })
}

/// Runs a quiet program, but not longer than `limit`; says whether it succeeded in time.
pub(crate) fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
        return false;
    };
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if started.elapsed() < limit => thread::sleep(Duration::from_millis(100)),
            _ => {
                // It may have ended by itself in this moment; either way it is gone afterwards.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

fn forward(stream: impl Read + Send + 'static, is_stdout: bool, sender: Sender<(bool, String)>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { break };
            let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
            if sender.send((is_stdout, line)).is_err() {
                break;
            }
        }
    });
}

fn shortened(line: &str) -> &str {
    let line = line.trim();
    line.char_indices().nth(100).map_or(line, |(end, _)| &line[..end])
}

fn seconds(elapsed: Duration) -> String {
    let whole = elapsed.as_secs();
    if whole >= 60 { format!("{} min {:02} s", whole / 60, whole % 60) } else { format!("{:.1} s", elapsed.as_secs_f32()) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_streams_are_kept_and_told_apart() {
        let outcome = watch("t", &mut shell("echo out; echo err >&2"), Show::Lines).unwrap();
        assert!(outcome.success);
        assert_eq!(outcome.stdout, ["out"]);
        assert_eq!(outcome.lines.len(), 2);
    }

    #[test]
    fn a_failing_program_is_an_error_of_run_but_not_of_watch() {
        assert!(run("t", &mut shell("exit 3")).is_err());
        assert!(!watch("t", &mut shell("exit 3"), Show::Progress).unwrap().success);
        assert!(watch("t", &mut Command::new("no-such-program-here"), Show::Progress).is_err());
    }

    #[test]
    fn a_grandchild_that_keeps_the_pipe_does_not_hold_the_step() {
        let started = Instant::now();
        assert!(watch("t", &mut shell("sleep 30 & echo done"), Show::Progress).unwrap().success);
        assert!(started.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        assert!(!succeeds_within(&mut shell("sleep 30"), Duration::from_millis(200)));
        assert!(succeeds_within(&mut shell("true"), Duration::from_secs(10)));
    }

    #[test]
    fn elapsed_time_reads_well() {
        assert_eq!(seconds(Duration::from_millis(2_340)), "2.3 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
