//! The UI's bundle: compiles `ui/` to WebAssembly, writes its JavaScript glue, and lays everything into `target/ui/dist`.
//! Does nothing where no input changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::project::Project;
use crate::setup::{tools, wasm};
use crate::step;

/// How carefully to compile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Build {
    /// Quick to make, for `run` and `test`.
    Quick,
    /// Small, for `dist` and `bench`.
    Small,
}

impl Build {
    const fn profile(self) -> &'static str {
        match self {
            Self::Quick => "wasm-dev",
            Self::Small => "wasm",
        }
    }
}

/// What the bundle is made of, below the project's root.
const INPUTS: &[&str] = &["Cargo.toml", "Cargo.lock", "model/Cargo.toml", "model/src", "ui", "xtask/wasm"];
/// What is copied as it is.
const STATIC: &[&str] = &["index.html", "boot.js", "styles", "assets"];

/// Small first; and no instruction that the compiler would not have used itself, because the oldest supported webview knows just those.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    // Last, after the passes of -Oz: what is alike has names alike, and lies near enough for gzip to see it.
    "--reorder-functions-by-name",
];

/// The bundle's one style sheet.
const STYLE: &str = "tenantry.css";

/// Sees to an up-to-date bundle in `target/ui/dist`.
pub(crate) fn ensure(project: &Project, build: Build) -> Result<()> {
    let dist = project.target("ui/dist");
    let stamp = project.target("ui/stamp");
    let inputs = fingerprint(project, build)?;
    if dist.join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|before| before == inputs) {
        println!("▸ UI bundle: up to date");
        return Ok(());
    }
    if stamp.exists() {
        fs::remove_file(&stamp)?;
    }
    let compiled = compile(project, build)?;
    let fresh = project.target("ui/dist-next");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    fs::create_dir_all(&fresh)?;
    bind(project, &compiled, &fresh)?;
    if build == Build::Small {
        shrink(project, &fresh)?;
    }
    for name in STATIC {
        copy(&project.path("ui").join(name), &fresh.join(name))?;
    }
    join_styles(&fresh)?;
    // The folder itself stays: the shell's build watches it.
    fs::create_dir_all(&dist)?;
    replace_contents(&dist, &fresh)?;
    fs::write(&stamp, inputs)?;
    Ok(())
}

/// Compiles the UI; answers the `.wasm` file.
fn compile(project: &Project, build: Build) -> Result<PathBuf> {
    let toolchain = wasm::ensure(project)?;
    let mut cargo = toolchain.cargo(project);
    cargo.args(["build", "-p", "tenantry-ui", "--bin", "tenantry-ui", "--target", wasm::TARGET, "--profile", build.profile()]);
    cargo.arg("--target-dir").arg(project.target("ui"));
    cargo.arg("--message-format=json-render-diagnostics");
    let outcome = step::run("compile the UI", &mut cargo)?;
    artifact(&outcome.stdout).context("cargo named no .wasm file of tenantry-ui")
}

/// Puts the style sheets that the page names into one, in their order: each file that the web view asks for costs the start a turn to this
/// app's process and back.
fn join_styles(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).context("ui/index.html is missing")?;
    let (page, sheets) = with_one_sheet(&page);
    let mut style = String::new();
    for sheet in sheets {
        style.push_str(&fs::read_to_string(dist.join(sheet)).with_context(|| format!("ui/index.html names {sheet}"))?);
    }
    fs::write(dist.join(STYLE), style)?;
    fs::remove_dir_all(dist.join("styles"))?;
    Ok(fs::write(index, page)?)
}

/// The page with [`STYLE`] in the place of its first style sheet, and all that it named.
fn with_one_sheet(page: &str) -> (String, Vec<&str>) {
    const BEFORE: &str = "<link rel=\"stylesheet\" href=\"";
    let mut lines = vec![];
    let mut sheets = vec![];
    for line in page.lines() {
        match line.trim().strip_prefix(BEFORE).and_then(|rest| rest.split_once('"')) {
            Some((sheet, _)) => {
                if sheets.is_empty() {
                    lines.push(line.replace(sheet, STYLE));
                }
                sheets.push(sheet);
            }
            None => lines.push(line.to_owned()),
        }
    }
    (lines.join("\n") + "\n", sheets)
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    target: Option<MessageTarget>,
}

#[derive(Deserialize)]
struct MessageTarget {
    name: String,
}

fn artifact(messages: &[String]) -> Option<PathBuf> {
    let messages = messages.iter().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    messages
        .filter(|message| {
            message.reason == "compiler-artifact" && message.target.as_ref().is_some_and(|target| target.name == "tenantry-ui")
        })
        .flat_map(|message| message.filenames)
        .find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
}

/// Writes the JavaScript glue. A program of its own does it, so that this one stays light.
fn bind(project: &Project, compiled: &Path, into: &Path) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["run", "-p", "xtask-wasm", "--"]).arg(compiled).arg(into).arg(project.path("Cargo.lock"));
    step::run("write the UI's JavaScript glue", &mut cargo)?;
    Ok(())
}

fn shrink(project: &Project, dist: &Path) -> Result<()> {
    let Some(mut wasm_opt) = tools::wasm_opt(project)? else {
        bail!("the small bundle needs wasm-opt, and npm to fetch it: install Node.js (Debian: `apt-get install npm`)");
    };
    for entry in fs::read_dir(dist)?.flatten() {
        let file = entry.path();
        if file.extension().is_some_and(|extension| extension == "wasm") {
            let small = file.with_extension("small");
            wasm_opt.args(WASM_OPT).arg(&file).arg("-o").arg(&small);
            step::run("shrink the UI with wasm-opt", &mut wasm_opt)?;
            let (before, after) = (fs::metadata(&file)?.len(), fs::metadata(&small)?.len());
            println!("  {} KB → {} KB", before / 1000, after / 1000);
            fs::rename(&small, &file)?;
            break;
        }
    }
    Ok(())
}

/// The names, sizes and times of all inputs, as text: equal text, equal bundle.
fn fingerprint(project: &Project, build: Build) -> Result<String> {
    let mut lines = vec![];
    for input in INPUTS {
        describe(&project.path(input), &mut lines)?;
    }
    lines.sort();
    Ok(format!("{build:?}\n{}\n", lines.join("\n")))
}

fn describe(path: &Path, lines: &mut Vec<String>) -> Result<()> {
    let found = fs::metadata(path).with_context(|| format!("{} is missing", path.display()))?;
    if found.is_dir() {
        for entry in fs::read_dir(path)?.flatten() {
            describe(&entry.path(), lines)?;
        }
    } else {
        let changed = found.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        lines.push(format!("{} {} {changed}", path.display(), found.len()));
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let Ok(found) = fs::metadata(from) else { return Ok(()) };
    if found.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)?.flatten() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        fs::copy(from, to).with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(())
}

fn replace_contents(old: &Path, new: &Path) -> Result<()> {
    for entry in fs::read_dir(old)?.flatten() {
        let path = entry.path();
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    for entry in fs::read_dir(new)?.flatten() {
        fs::rename(entry.path(), old.join(entry.file_name()))?;
    }
    fs::remove_dir(new)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_style_sheets_become_one_in_their_order() {
        let link = |sheet| format!("    <link rel=\"stylesheet\" href=\"{sheet}\" />\n");
        let page = ["<head>\n", &link("styles/b.css"), &link("styles/a.css"), "</head>\n"].concat();
        assert_eq!(with_one_sheet(&page), (["<head>\n", &link(STYLE), "</head>\n"].concat(), vec!["styles/b.css", "styles/a.css"]));
        assert_eq!(with_one_sheet("<p>\n"), ("<p>\n".to_owned(), vec![]));
    }

    #[test]
    fn the_wasm_file_is_found_among_cargos_messages() {
        let messages = [
            r#"{"reason":"compiler-artifact","target":{"name":"yew"},"filenames":["/t/libyew.rlib"]}"#,
            r#"{"reason":"compiler-artifact","target":{"name":"tenantry-ui"},"filenames":["/t/tenantry-ui.js","/t/tenantry-ui.wasm"]}"#,
            r#"{"reason":"build-finished","success":true}"#,
            "not json",
        ]
        .map(str::to_owned);
        assert_eq!(artifact(&messages), Some(PathBuf::from("/t/tenantry-ui.wasm")));
        assert_eq!(artifact(&messages[..1]), None);
    }
}
