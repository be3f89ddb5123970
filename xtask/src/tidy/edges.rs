//! The one-way rule between crates, from cargo's own view of them.

use anyhow::{Context, Result};
use serde::Deserialize;

/// Which of our crates may name which others. A new crate needs a line here.
const ALLOWED: &[(&str, &[&str])] = &[
    ("tenantry", &["tenantry-client", "tenantry-model", "tenantry-test-kit"]),
    ("tenantry-client", &["tenantry-model", "tenantry-test-kit"]),
    ("tenantry-model", &[]),
    ("tenantry-second-opinion", &["tenantry-model"]),
    ("tenantry-service", &["tenantry-model", "tenantry-test-kit"]),
    ("tenantry-test-kit", &["tenantry-model"]),
    ("tenantry-tests", &["tenantry-client", "tenantry-model", "tenantry-test-kit"]),
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

/// What `cargo metadata` says of our packages.
#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    #[serde(default)]
    pub(super) manifest_path: String,
    pub(super) dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
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
    fn an_unknown_crate_is_found() {
        assert_eq!(complaints("tenantry-core", "serde").len(), 1);
    }
}
