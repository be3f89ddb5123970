//! `docs/dependencies.md` and the manifests, both ways: each crate from outside has its line, and each line its crate.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::edges::Metadata;

const DOCUMENT: &str = "docs/dependencies.md";
/// The heading of the table of crates that several parts of the project name.
const SHARED: &str = "Used in several places";
/// The package in the root has its sources, and its table, below this folder.
const ROOT_SOURCES: &str = "src-tauri";

/// Checks the document against the answer of `cargo metadata --no-deps`.
pub(super) fn check(metadata: &str, document: &str, root: &str) -> Result<Vec<String>> {
    let metadata: Metadata = serde_json::from_str(metadata).context("cargo metadata's answer is not understood")?;
    let tables = tables(document);
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    // Who names a crate: the folders of the packages, those below another's counted as that one if it has no table of its own.
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &metadata.packages {
        let folder = package.manifest_path.replace('\\', "/");
        let folder =
            folder.strip_prefix(root).unwrap_or(&folder).trim_matches('/').trim_end_matches("Cargo.toml").trim_matches('/').to_owned();
        let folder = if folder.is_empty() { ROOT_SOURCES.to_owned() } else { folder };
        let is_in = |table: &&&str| folder == ***table || folder.starts_with(&format!("{table}/"));
        let Some(table) = tables.keys().filter(is_in).max_by_key(|table| table.len()) else {
            return Ok(vec![format!("{DOCUMENT}: no table for `{folder}/`")]);
        };
        let outside = package.dependencies.iter().map(|dependency| dependency.name.as_str()).filter(|name| !ours.contains(name));
        for name in outside {
            named.entry(name).or_default().insert(table);
        }
    }
    let nothing = BTreeSet::new();
    let shared = tables.get(SHARED).unwrap_or(&nothing);
    let mut complaints = vec![];
    for (name, places) in &named {
        for place in places.iter().filter(|place| !shared.contains(name) && !tables[**place].contains(name)) {
            complaints.push(format!("{DOCUMENT}: no word on why `{place}/` names {name}"));
        }
    }
    for (table, names) in &tables {
        for name in names {
            match named.get(name) {
                Some(places) if *table == SHARED && places.len() < 2 => {
                    complaints.push(format!("{DOCUMENT}: {name} is used in one place alone, and belongs into its table"));
                }
                Some(places) if *table != SHARED && !places.contains(table) => {
                    complaints.push(format!("{DOCUMENT}: explains {name}, which `{table}/` does not name"));
                }
                Some(_) => {}
                None => complaints.push(format!("{DOCUMENT}: explains {name}, which no manifest names")),
            }
        }
    }
    Ok(complaints)
}

/// The crates of each table: by the heading of the shared one, and by the folder of each other.
fn tables(document: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut tables = BTreeMap::new();
    let mut current: Option<&str> = None;
    for line in document.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let folder = heading.strip_prefix('`').and_then(|rest| rest.strip_suffix("/`"));
            current = folder.or_else(|| (heading == SHARED).then_some(SHARED));
            if let Some(table) = current {
                tables.entry(table).or_insert_with(BTreeSet::new);
            }
        }
        let cells: Vec<&str> = line.split('|').collect();
        if let (Some(table), [_, first, ..]) = (current, &cells[..])
            && !first.trim().is_empty()
            && first.trim() != "crate"
            && !first.starts_with("---")
        {
            tables.entry(table).or_insert_with(BTreeSet::new).extend(first.split(',').map(str::trim));
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "# D\n\n## Used in several places\n\n| crate | why |\n|---|---|\n| serde, url | a |\n\n## `a/`\n\n| crate | why |\n|---|---|\n\
                            | rsa | b |\n\n## `b/`\n\n## `src-tauri/`\n\n## Programs\n\n| program | for |\n|---|---|\n| nextest | c |\n";

    fn complaints(a: &[&str], b: &[&str], document: &str) -> Vec<String> {
        let list = |names: &[&str]| names.iter().map(|name| format!(r#"{{"name":"{name}"}}"#)).collect::<Vec<_>>().join(",");
        let package = |name: &str, path: &str, names| {
            format!(r#"{{"name":"{name}","manifest_path":"/root/{path}Cargo.toml","dependencies":[{}]}}"#, list(names))
        };
        let packages = [package("ours-a", "a/", a), package("ours-b", "b/c/", b), package("ours", "", &["ours-a"])];
        check(&format!(r#"{{"packages":[{}]}}"#, packages.join(",")), document, "/root").unwrap()
    }

    #[test]
    fn each_crate_and_each_line_in_its_place_is_fine() {
        assert_eq!(complaints(&["serde", "url", "rsa"], &["serde", "url", "ours-a"], DOCUMENT), Vec::<String>::new());
    }

    #[test]
    fn a_crate_without_a_line_is_found() {
        let found = complaints(&["serde", "url", "rsa"], &["serde", "url", "rsa"], DOCUMENT);
        assert_eq!(found, ["docs/dependencies.md: no word on why `b/` names rsa"]);
    }

    #[test]
    fn a_line_without_a_crate_is_found() {
        let found = complaints(&["serde", "url"], &["url"], DOCUMENT);
        assert_eq!(
            found,
            [
                "docs/dependencies.md: serde is used in one place alone, and belongs into its table",
                "docs/dependencies.md: explains rsa, which no manifest names"
            ]
        );
        let moved = DOCUMENT.replace("| rsa | b |\n", "").replace("## `b/`\n", "## `b/`\n| rsa | b |\n");
        assert_eq!(complaints(&["serde", "url", "rsa"], &["serde", "url"], &moved).len(), 2);
    }
}
