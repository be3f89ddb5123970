//! The one-way rule between crates, from cargo's own view of them.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Which of our crates may name which others. A new crate needs a line here.
const ALLOWED: &[(&str, &[&str])] = &[
    ("tenantry", &["tenantry-client", "tenantry-model"]),
    ("tenantry-client", &["tenantry-model"]),
    ("tenantry-model", &[]),
    ("tenantry-second-opinion", &["tenantry-model"]),
    ("tenantry-service", &["tenantry-model"]),
    ("tenantry-tests", &["tenantry-client", "tenantry-model"]),
    ("tenantry-ui", &["tenantry-model"]),
    ("xtask", &[]),
    ("xtask-wasm", &[]),
];
/// Crates from outside that only these of ours may name. Tests measure against a bare SQLite; Cedar changes how serde_json orders keys.
const ONLY_FOR: &[(&str, &[&str])] = &[
    ("tauri", &["tenantry"]),
    ("sqlx", &["tenantry-service"]),
    ("rusqlite", &["tenantry-client", "tenantry-tests"]),
    ("yew", &["tenantry-ui"]),
    ("cedar-policy", &["tenantry-second-opinion"]),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
}

/// Checks the answer of `cargo metadata --no-deps`.
pub(super) fn check(metadata: &str) -> Result<Vec<String>> {
    let metadata: Metadata = serde_json::from_str(metadata).context("cargo metadata's answer is not understood")?;
    let ours: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut complaints = vec![];
    for package in &metadata.packages {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            complaints.push(format!("crate {}: not in the list of xtask/src/tidy/edges.rs", package.name));
            continue;
        };
        let owner = package.name.as_str();
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            if ours.contains(&name) && !allowed.contains(&name) {
                complaints.push(format!("crate {} must not depend on {name}", package.name));
            }
            if ONLY_FOR.iter().any(|(outside, owners)| *outside == name && !owners.contains(&owner)) {
                complaints.push(format!("crate {} must not depend on {name}", package.name));
            }
        }
    }
    Ok(complaints)
}

/// Names the crates from outside for which `docs/dependencies.md` gives no reason.
pub(super) fn unexplained(metadata: &str, document: &str) -> Result<Vec<String>> {
    let metadata: Metadata = serde_json::from_str(metadata).context("cargo metadata's answer is not understood")?;
    let ours: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let known: BTreeSet<&str> =
        document.split(|character: char| !character.is_alphanumeric() && character != '_' && character != '-').collect();
    let named: BTreeSet<&str> =
        metadata.packages.iter().flat_map(|package| &package.dependencies).map(|dependency| dependency.name.as_str()).collect();
    let unexplained = named.into_iter().filter(|name| !ours.contains(name) && !known.contains(name));
    Ok(unexplained.map(|name| format!("docs/dependencies.md: no word on why there is {name}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(package: &str, dependency: &str) -> Vec<String> {
        let others = ["tenantry-client", "tenantry-model", "tenantry-service"].iter().filter(|name| **name != package);
        let others: String = others.map(|name| format!(r#",{{"name":"{name}","dependencies":[]}}"#)).collect();
        check(&format!(r#"{{"packages":[{{"name":"{package}","dependencies":[{{"name":"{dependency}"}}]}}{others}]}}"#)).unwrap()
    }

    #[test]
    fn an_edge_against_the_rule_is_found() {
        assert_eq!(complaints("tenantry-model", "tenantry-client"), ["crate tenantry-model must not depend on tenantry-client"]);
        assert_eq!(complaints("tenantry-ui", "tenantry-client").len(), 1);
        assert_eq!(complaints("tenantry-client", "tauri").len(), 1);
        assert_eq!(complaints("xtask", "tenantry-model").len(), 1);
        assert_eq!(complaints("tenantry-second-opinion", "tenantry-service").len(), 1);
        assert_eq!(complaints("tenantry-tests", "cedar-policy").len(), 1);
    }

    #[test]
    fn an_edge_with_the_rule_is_fine() {
        assert!(complaints("tenantry", "tenantry-client").is_empty());
        assert!(complaints("tenantry-service", "sqlx").is_empty());
        assert!(complaints("tenantry-tests", "rusqlite").is_empty());
        assert!(complaints("tenantry-second-opinion", "cedar-policy").is_empty());
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let metadata = r#"{"packages":[{"name":"a","dependencies":[{"name":"serde"},{"name":"serde_json"},{"name":"a"}]}]}"#;
        assert_eq!(unexplained(metadata, "| serde_json | JSON |").unwrap(), ["docs/dependencies.md: no word on why there is serde"]);
        assert!(unexplained(metadata, "| serde, serde_json | JSON |").unwrap().is_empty());
    }

    #[test]
    fn an_unknown_crate_is_found() {
        assert_eq!(complaints("tenantry-core", "serde").len(), 1);
    }
}
