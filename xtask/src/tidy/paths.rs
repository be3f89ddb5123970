//! Paths that documents name must exist.

/// Documents in the project's root; those of `docs/` are found by themselves.
pub(super) const TOP: &[&str] = &["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"];
/// Endings that make a word with a slash a path.
const ENDINGS: &[&str] = &["css", "ftl", "html", "js", "json", "md", "png", "rs", "sql", "svg", "toml", "yml"];
/// The folders of the root: a word in backticks that starts with one is a path.
const FOLDERS: &[&str] = &[".cargo", ".ci", "client", "docs", "icons", "model", "service", "src-tauri", "tests", "ui", "xtask"];

/// Checks one document; `exists` says whether a path, from the root or from the document, is there.
pub(super) fn check(document: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut complaints = vec![];
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let quoted = line.split('`').skip(1).step_by(2).filter(|word| is_path(word));
        let linked = links(line).into_iter().filter(|target| is_local(target));
        for path in quoted.chain(linked) {
            let path = path.split(['#', '?']).next().unwrap_or(path);
            if !path.is_empty() && !exists(path) {
                complaints.push(format!("{document}:{}: `{path}` does not exist", number + 1));
            }
        }
    }
    complaints
}

fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|character| character.is_alphanumeric() || "._-/".contains(character));
    if !plain || word.starts_with(['/', '-']) || word.starts_with("target/") {
        return false;
    }
    let Some((first, _)) = word.split_once('/') else { return false };
    let ending = word.rsplit_once('.').map(|(_, ending)| ending);
    FOLDERS.contains(&first) || ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// The targets of `[text](target)`.
fn links(line: &str) -> Vec<&str> {
    let parts = line.split("](").skip(1);
    parts.filter_map(|part| part.split_once(')')).map(|(target, _)| target.split(' ').next().unwrap_or(target)).collect()
}

fn is_local(target: &str) -> bool {
    !target.starts_with('#') && !target.contains(':') && !target.starts_with("target/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        check("ARCHITECTURE.md", text, |path| ["service/src/http", "docs/api.md", "README.md"].contains(&path))
    }

    #[test]
    fn a_dead_path_is_found() {
        assert_eq!(complaints("see `service/src/htpt`"), ["ARCHITECTURE.md:1: `service/src/htpt` does not exist"]);
        assert_eq!(complaints("\n[here](docs/apy.md#x)"), ["ARCHITECTURE.md:2: `docs/apy.md` does not exist"]);
        assert_eq!(complaints("`core/lib.rs`").len(), 1);
    }

    #[test]
    fn living_paths_and_what_is_no_path_are_fine() {
        assert!(
            complaints("`service/src/http`, [a](docs/api.md#top), [b](https://example.org/x.md), [c](#c), ![d](README.md \"t\")")
                .is_empty()
        );
        assert!(complaints("`/v1/rooms`, `application/json`, `target/bench/summary.json`, `a/b`, `cargo xtask run`, `ui/*/x`").is_empty());
        assert!(complaints("```text\n`service/gone`\n```").is_empty());
    }
}
