//! `cargo xtask check`: types and lints as the other two systems see them. A check links nothing, so it needs none of their libraries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::setup::{system, system::Need, targets};
use crate::step::{self, Show};

/// What is built on the other systems, and this program. Checked together: nothing of it is run, so nobody minds another package's features.
const PACKAGES: &[&str] = &["xtask", "tenantry-client", "tenantry", "tenantry-service"];
/// They name libraries of this machine, which are none of the other system's.
const OWN_LIBRARIES: &[&str] = &["OPENSSL_DIR", "OPENSSL_LIB_DIR", "OPENSSL_INCLUDE_DIR"];
const SYSTEM_HEADERS: &str = "/usr/include";
/// An archive without members.
const NO_LIBRARY: &[u8] = b"!<arch>\n";

/// A system that is checked from here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum System {
    Windows,
    MacOs,
}

impl System {
    pub(crate) const ALL: &[Self] = &[Self::Windows, Self::MacOs];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|system| system.name() == name)
    }

    /// As the option and the reports call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::MacOs => "macos",
        }
    }

    /// As the compiler calls it.
    pub(crate) const fn triple(self) -> &'static str {
        match self {
            Self::Windows => "x86_64-pc-windows-gnu",
            Self::MacOs => "aarch64-apple-darwin",
        }
    }
}

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let wanted = match arguments.value("--target")? {
        None => System::ALL.to_vec(),
        Some(name) => vec![System::named(&name).with_context(|| format!("--target is windows or macos, not `{name}`"))?],
    };
    arguments.finish()?;
    if !can_check() {
        bail!("the other systems are checked from Linux; here, `cargo xtask test` and `cargo xtask tidy` check this one");
    }
    system::ensure(project, &[Need::Build, Need::Check])?;
    let mut broken = vec![];
    for system in wanted {
        if !check(project, system)? {
            broken.push(system.name());
        }
    }
    if broken.is_empty() { Ok(()) } else { bail!("not as it should be for {}", broken.join(", ")) }
}

/// Whether the other systems can be checked from this one.
pub(crate) const fn can_check() -> bool {
    cfg!(target_os = "linux")
}

/// Checks everything for one system; says whether there is nothing to complain about.
pub(crate) fn check(project: &Project, system: System) -> Result<bool> {
    targets::ensure(project, system.triple())?;
    let mut cargo = project.cargo();
    for name in OWN_LIBRARIES {
        cargo.env_remove(name);
    }
    let tools = match system {
        System::Windows => mingw(project, &mut cargo),
        System::MacOs => stub(project, &mut cargo),
    };
    tools.with_context(|| format!("preparing the check for {}", system.name()))?;
    cargo.args(["clippy", "--no-deps", "--all-targets"]).args(PACKAGES.iter().flat_map(|package| ["-p", package]));
    cargo.args(["--target", system.triple(), "--target-dir"]).arg(project.target("check")).args(["--", "-D", "warnings"]);
    Ok(step::watch(&format!("check for {}", system.name()), &mut cargo, Show::Progress)?.success)
}

/// Debian's own compiler for Windows. OpenSSL, which takes minutes to build, is borrowed: this machine's headers, and libraries with nothing in them.
fn mingw(project: &Project, cargo: &mut Command) -> Result<()> {
    if !step::is_on_path("x86_64-w64-mingw32-gcc") {
        bail!("x86_64-w64-mingw32-gcc is missing: `cargo xtask setup` installs it on Debian and its kin (gcc-mingw-w64-x86-64)");
    }
    let borrowed = project.target("check/openssl");
    let (include, lib) = (borrowed.join("include"), borrowed.join("lib"));
    borrow_headers(Path::new(SYSTEM_HEADERS), &include.join("openssl"))?;
    fs::create_dir_all(&lib)?;
    for name in ["libssl.a", "libcrypto.a"] {
        write_once(&lib.join(name), NO_LIBRARY)?;
    }
    cargo.env("OPENSSL_NO_VENDOR", "1").env("OPENSSL_STATIC", "1");
    cargo.env("X86_64_PC_WINDOWS_GNU_OPENSSL_INCLUDE_DIR", include).env("X86_64_PC_WINDOWS_GNU_OPENSSL_LIB_DIR", lib);
    Ok(())
}

/// OpenSSL's headers in one folder; Debian keeps those that depend on the processor in another than the rest.
fn borrow_headers(system: &Path, into: &Path) -> Result<()> {
    // No other folder: Node.js, too, has headers of OpenSSL below this one, of a version and a layout of its own.
    let of_processor = |name: &std::ffi::OsStr| name.to_string_lossy().contains("-linux-gnu");
    let folders =
        fs::read_dir(system)?.flatten().filter(|entry| of_processor(&entry.file_name())).map(|entry| entry.path().join("openssl"));
    let headers: Vec<PathBuf> = [system.join("openssl")]
        .into_iter()
        .chain(folders)
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|file| file.extension().is_some_and(|ending| ending == "h"))
        .collect();
    if headers.is_empty() {
        bail!("{} holds no headers of OpenSSL (Debian: libssl-dev)", system.display());
    }
    fs::create_dir_all(into)?;
    for header in headers {
        let name = header.file_name().context("a header has a name")?;
        write_once(&into.join(name), &fs::read(&header)?)?;
    }
    Ok(())
}

/// Leaves a file alone that holds this already: a new time would have everything built again.
fn write_once(file: &Path, content: &[u8]) -> Result<()> {
    if fs::read(file).ok().as_deref() != Some(content) {
        fs::write(file, content)?;
    }
    Ok(())
}

/// No compiler for macOS that is free to have knows its frameworks: one that writes empty files does.
fn stub(project: &Project, cargo: &mut Command) -> Result<()> {
    let compiler = project.path("xtask/stub/compiler");
    for tool in ["CC", "CXX", "AR"] {
        cargo.env(format!("{tool}_aarch64_apple_darwin"), &compiler);
    }
    let sdk = project.target("check/no-sdk");
    fs::create_dir_all(&sdk)?;
    cargo.env("SDKROOT", sdk);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_24_both_other_systems_are_checked_and_no_third() {
        assert_eq!(System::named("windows"), Some(System::Windows));
        assert_eq!(System::named("macos"), Some(System::MacOs));
        assert_eq!(System::named("linux"), None);
    }

    #[test]
    fn headers_of_both_folders_are_borrowed_once() {
        let folder = std::env::temp_dir().join(format!("tenantry-headers-{}", std::process::id()));
        let (system, into) = (folder.join("include"), folder.join("borrowed"));
        assert!(borrow_headers(Path::new("/no/such/folder"), &into).is_err());
        for (below, name) in [("openssl", "ssl.h"), ("x86_64-linux-gnu/openssl", "configuration.h"), ("node/openssl", "opensslv_asm.h")] {
            fs::create_dir_all(system.join(below)).unwrap();
            fs::write(system.join(below).join(name), name).unwrap();
        }
        borrow_headers(&system, &into).unwrap();
        let before = fs::metadata(into.join("ssl.h")).unwrap().modified().unwrap();
        borrow_headers(&system, &into).unwrap();
        assert_eq!(fs::metadata(into.join("ssl.h")).unwrap().modified().unwrap(), before);
        assert!(into.join("configuration.h").is_file() && !into.join("opensslv_asm.h").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn the_stub_writes_what_it_was_asked_for() {
        let folder = std::env::temp_dir().join(format!("tenantry-stub-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let project = Project::find().unwrap();
        let ran = |arguments: &[&str]| {
            project.program(project.path("xtask/stub/compiler")).current_dir(&folder).args(arguments).status().unwrap().success()
        };
        assert!(ran(&["-c", "a.c", "-o", "a.o", "-O3"]) && ran(&["cq", "liba.a", "a.o"]) && ran(&["--version"]));
        assert!(folder.join("a.o").is_file() && folder.join("liba.a").is_file());
        fs::remove_dir_all(folder).unwrap();
    }
}
