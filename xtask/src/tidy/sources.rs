//! Reads all sources once, and lets each check look at them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::thread;

use anyhow::{Result, anyhow};

use super::modules::{Modules, Sources};
use super::source::{Module, parse};
use super::{below, circles, conformance, files, uses, words};
use crate::project::Project;

pub(super) fn check(project: &Project) -> Result<Vec<String>> {
    let mut names = vec![];
    for folder in uses::FOLDERS.iter().chain(words::TEST_FOLDERS) {
        names.extend(files(&project.path(folder), &["rs"])?);
    }
    names.sort();
    names.dedup();
    let mut complaints = vec![];
    let mut sources = Sources::new();
    for (file, text, parsed) in read(project, &names)? {
        complaints.extend(words::check_engine(&file, &text));
        match parsed {
            Ok(source) => _ = sources.insert(file, source),
            Err(error) => complaints.push(format!("{file}: {error}")),
        }
    }
    for (file, source) in &sources {
        if uses::FOLDERS.iter().any(|folder| file.starts_with(folder)) {
            complaints.extend(uses::check_outside(file, source));
        }
    }
    complaints.extend(conformance::check(&sources));
    let mut tests = BTreeSet::new();
    for root in uses::ROOTS {
        match Modules::find(root, &sources) {
            Ok(modules) => {
                complaints.extend(check_crate(root, &modules));
                tests.extend(modules.test_files());
            }
            Err(error) => complaints.push(error),
        }
    }
    let statements: BTreeMap<&str, Vec<String>> =
        sources.iter().map(|(file, source)| (file.as_str(), words::statements(file, tests.contains(file), source))).collect();
    complaints.extend(words::check_raw_sql(&statements));
    Ok(complaints)
}

fn check_crate(root: &str, modules: &Modules<'_>) -> Vec<String> {
    let mut complaints = uses::check_order(modules);
    let edges = modules.edges();
    let is_empty = |folder: &str| !modules.all().any(|(_, file, _)| file.starts_with(folder));
    let named = circles::FOLDERS.iter().chain([&circles::PAGES]).filter(|(of, folder)| *of == root && is_empty(folder));
    complaints.extend(named.map(|(_, folder)| format!("xtask/src/tidy/circles.rs: there is no {folder}")));
    for (_, folder) in circles::FOLDERS.iter().filter(|(of, _)| *of == root) {
        complaints.extend(circles::check(folder, &edges));
    }
    if circles::PAGES.0 == root {
        complaints.extend(circles::check_pages(circles::PAGES.1, &edges));
    }
    complaints
}

/// A source file: its name, its text, and what it says.
type Read = (String, String, std::result::Result<Module, String>);

/// Reads and parses on every core: parsing is most of what tidy does.
fn read(project: &Project, names: &[PathBuf]) -> Result<Vec<Read>> {
    let share = names.len().div_ceil(thread::available_parallelism().map_or(1, usize::from)).max(1);
    let part = |names: &[PathBuf]| -> Result<Vec<Read>> {
        let one = |name: &PathBuf| {
            let text = fs::read_to_string(name)?;
            let parsed = parse(&text);
            Ok((below(project, name), text, parsed))
        };
        names.iter().map(one).collect()
    };
    thread::scope(|scope| {
        let readers: Vec<_> = names.chunks(share).map(|names| scope.spawn(move || part(names))).collect();
        let mut all = vec![];
        for reader in readers {
            all.extend(reader.join().map_err(|_| anyhow!("reading the sources failed"))??);
        }
        Ok(all)
    })
}
