//! `cargo xtask rules`: writes docs/rules.md, which says for every rule of the product which tests show it.
//!
//! A test shows the rules whose numbers its name begins with: `r33_r34_denying_deletes_it`, `a20_…`, `r75_to_r78_…`. A rule that no test can show,
//! or whose area is not built yet, has its reason in [`words`]. `cargo xtask tidy` fails where a rule has neither, and where the document is old.
//!
//! One more rule: a line in [`words`].

mod names;
mod permissions;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::tidy;
use words::{RULES, Shown};

const DOCUMENT: &str = "docs/rules.md";
/// Where the tests of the product are.
const FOLDERS: &[&str] = &["client", "model", "service", "src-tauri", "tests", "ui"];

/// Tests by rule; a test is its file and its name.
type Tests = BTreeMap<String, BTreeSet<(String, String)>>;

pub(crate) fn command(project: &Project, arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    let tests = tests(project)?;
    let complaints = [complaints(&tests), permissions::complaints(project)?].concat();
    if !complaints.is_empty() {
        bail!("{} complaints:\n  {}", complaints.len(), complaints.join("\n  "));
    }
    fs::write(project.path(DOCUMENT), document(&tests)).with_context(|| format!("{DOCUMENT} cannot be written"))?;
    println!("{DOCUMENT}: {} rules, {} of them shown by tests", RULES.len(), tests.len());
    Ok(())
}

/// What `cargo xtask tidy` complains about.
pub(crate) fn check(project: &Project) -> Result<Vec<String>> {
    let tests = tests(project)?;
    let mut complaints = [complaints(&tests), permissions::complaints(project)?].concat();
    if fs::read_to_string(project.path(DOCUMENT)).unwrap_or_default() != document(&tests) {
        complaints.push(format!("{DOCUMENT} is out of date: run `cargo xtask rules`"));
    }
    Ok(complaints)
}

fn tests(project: &Project) -> Result<Tests> {
    let mut found = Tests::new();
    for folder in FOLDERS {
        for file in tidy::files(&project.path(folder), &["rs"])? {
            let text = fs::read_to_string(&file)?;
            let path = tidy::below(project, &file);
            for name in names::of_tests(&text) {
                for rule in names::rules_of(&name) {
                    found.entry(rule).or_default().insert((path.clone(), name.clone()));
                }
            }
        }
    }
    Ok(found)
}

/// Rules without test and reason, reasons that a test has overtaken, and numbers that are no rule.
fn complaints(tests: &Tests) -> Vec<String> {
    let mut complaints = vec![];
    for (rule, _, shown) in RULES {
        match (shown, tests.contains_key(*rule)) {
            (Shown::ByTests, false) => complaints.push(format!("{rule} has neither a test nor a reason: see xtask/src/rules/words.rs")),
            (Shown::NotYet(_) | Shown::Never(_), true) => {
                complaints.push(format!("{rule} has a test now: take its reason out of xtask/src/rules/words.rs"));
            }
            _ => {}
        }
    }
    let known: BTreeSet<&str> = RULES.iter().map(|it| it.0).collect();
    for (rule, tests) in tests {
        if !known.contains(rule.as_str()) {
            complaints.extend(tests.iter().map(|(path, name)| format!("{path}: {name}: there is no rule {rule}")));
        }
    }
    complaints
}

fn document(tests: &Tests) -> String {
    let mut text = String::from(
        "# Rules and the tests that show them\n\n\
         Written by `cargo xtask rules`: do not edit it. The words and reasons are in `xtask/src/rules/words.rs`. R is a rule of the product, A a decision\n\
         where the product left a question open. A test shows the rules that its name begins with.\n\n\
         | Rule | In a few words | Tests |\n|---|---|---|\n",
    );
    for (rule, words, shown) in RULES {
        if *shown != Shown::ByTests {
            continue;
        }
        let mut cell = String::new();
        let mut last = None;
        for (path, name) in tests.get(*rule).into_iter().flatten() {
            if last != Some(path) {
                let line_break = if last.is_none() { "" } else { "<br>" };
                let _ = write!(cell, "{line_break}`{path}`:");
                last = Some(path);
            }
            let _ = write!(cell, "<br>{name}");
        }
        let _ = writeln!(text, "| {rule} | {words} | {cell} |");
    }
    text.push_str(&permissions::table());
    text.push_str("\n## Not built yet\n\n| Rule | In a few words | Area |\n|---|---|---|\n");
    for (rule, words, shown) in RULES {
        if let Shown::NotYet(area) = shown {
            let _ = writeln!(text, "| {rule} | {words} | {area} |");
        }
    }
    text.push_str("\n## What no test here can show\n\n| Rule | In a few words | Why |\n|---|---|---|\n");
    for (rule, words, shown) in RULES {
        if let Shown::Never(why) = shown {
            let _ = writeln!(text, "| {rule} | {words} | {why} |");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_there_once_and_in_order() {
        let numbers = (1..=114).map(|n| format!("R{n}")).chain((1..=37).map(|n| format!("A{n}")));
        assert_eq!(RULES.iter().map(|it| it.0.to_owned()).collect::<Vec<_>>(), numbers.collect::<Vec<_>>());
        assert!(RULES.iter().all(|it| !it.1.is_empty() && !it.1.contains('|')));
    }

    #[test]
    fn a_rule_without_test_or_reason_a_late_reason_and_an_unknown_number_are_complaints() {
        let mut tests = Tests::new();
        let shown = |tests: &mut Tests, rule: &str| {
            tests.entry(rule.into()).or_default().insert(("f.rs".into(), "t".into()));
        };
        RULES.iter().filter(|it| it.2 == Shown::ByTests).for_each(|it| shown(&mut tests, it.0));
        assert_eq!(complaints(&tests), Vec::<String>::new());
        let first = RULES.iter().find(|it| it.2 == Shown::ByTests).unwrap().0;
        let missing = Tests::from_iter(tests.clone().into_iter().filter(|it| it.0 != first));
        assert!(complaints(&missing)[0].starts_with(&format!("{first} has neither")));
        let mut late = tests.clone();
        shown(&mut late, RULES.iter().find(|it| matches!(it.2, Shown::Never(_))).unwrap().0);
        assert!(complaints(&late)[0].contains("has a test now"));
        shown(&mut tests, "R115");
        assert_eq!(complaints(&tests), ["f.rs: t: there is no rule R115"]);
    }

    #[test]
    fn the_document_names_tests_by_file() {
        let rule = RULES.iter().find(|it| it.2 == Shown::ByTests).unwrap().0;
        let two = BTreeSet::from([("f.rs".to_owned(), "r1_a".to_owned()), ("f.rs".to_owned(), "r1_b".to_owned())]);
        let text = document(&Tests::from([(rule.to_owned(), two)]));
        assert!(text.contains("| `f.rs`:<br>r1_a<br>r1_b |"), "{text}");
    }
}
