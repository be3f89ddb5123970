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

/// Checks that the tree does not pass yet: what they find is counted, and listed when `TIDY_PENDING` is set.
const PENDING: &[&str] = &["functions that the store's conformance suite does not call"];

pub(super) fn check(project: &Project) -> Result<Vec<String>> {
    let mut names = vec![];
    for folder in uses::FOLDERS.iter().chain(words::TEST_FOLDERS) {
        names.extend(files(&project.path(folder), &["rs"])?);
    }
    names.sort();
    names.dedup();
    let mut found = Found::default();
    let mut sources = Sources::new();
    for (file, text, parsed) in read(project, &names)? {
        if let Some((place, complaints)) = words::check_engine(&file, &text) {
            found.add(&format!("the engine's name in {place}"), complaints);
        }
        match parsed {
            Ok(source) => _ = sources.insert(file, source),
            Err(error) => found.add("syntax", vec![format!("{file}: {error}")]),
        }
    }
    for (file, source) in &sources {
        if uses::FOLDERS.iter().any(|folder| file.starts_with(folder)) {
            found.add("outside crates", uses::check_outside(file, source));
        }
    }
    found.add("functions that the store's conformance suite does not call", conformance::check(&sources));
    let mut tests = BTreeSet::new();
    for root in uses::ROOTS {
        match Modules::find(root, &sources) {
            Ok(modules) => {
                check_crate(root, &modules, &mut found);
                tests.extend(modules.test_files());
            }
            Err(error) => found.add("modules", vec![error]),
        }
    }
    let statements: BTreeMap<&str, Vec<String>> =
        sources.iter().map(|(file, source)| (file.as_str(), words::statements(file, tests.contains(file), source))).collect();
    found.add("SQL in tests", words::check_raw_sql(&statements));
    for (check, count) in found.pending {
        println!("tidy: not required yet: {check} ({count})");
    }
    Ok(found.complaints)
}

fn check_crate(root: &str, modules: &Modules<'_>, found: &mut Found) {
    found.add("order", uses::check_order(modules));
    let edges = modules.edges();
    let is_empty = |folder: &str| !modules.all().any(|(_, file, _)| file.starts_with(folder));
    let named = circles::FOLDERS.iter().chain([&circles::PAGES]).filter(|(of, folder)| *of == root && is_empty(folder));
    found.add("folders", named.map(|(_, folder)| format!("xtask/src/tidy/circles.rs: there is no {folder}")).collect());
    for (_, folder) in circles::FOLDERS.iter().filter(|(of, _)| *of == root) {
        found.add(&format!("circles in {folder}"), circles::check(folder, &edges));
    }
    if circles::PAGES.0 == root {
        found.add("pages that name pages", circles::check_pages(circles::PAGES.1, &edges));
    }
}

#[derive(Default)]
struct Found {
    complaints: Vec<String>,
    pending: Vec<(String, usize)>,
}

impl Found {
    fn add(&mut self, check: &str, complaints: Vec<String>) {
        if !PENDING.contains(&check) {
            self.complaints.extend(complaints);
            return;
        }
        if std::env::var_os("TIDY_PENDING").is_some() {
            complaints.iter().for_each(|complaint| println!("  {complaint}"));
        }
        match self.pending.iter_mut().find(|(name, _)| name == check) {
            Some((_, count)) => *count += complaints.len(),
            None => self.pending.push((check.to_owned(), complaints.len())),
        }
    }
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
