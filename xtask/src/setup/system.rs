//! The system's own packages: installed by `apt-get` on Debian and its kin, named elsewhere.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::step;

/// What packages are needed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// Compiling everything.
    Build,
    /// Opening the app's window and a browser.
    Run,
    /// The window tests, and windows without a display.
    Test,
    /// Checking for Windows from here.
    Check,
}

/// Packages of Debian and Ubuntu. Alternatives stand in one entry, split by `|`: the first one that apt knows is taken.
fn debian(need: Need) -> &'static [&'static str] {
    match need {
        Need::Build => &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "libssl-dev"],
        Need::Run => &["xdg-utils", "dbus-x11"],
        Need::Test => &[
            "webkit2gtk-driver",
            "xvfb",
            "dbus-daemon|dbus",
            "gnome-keyring",
            "libsecret-tools",
            "chromium|chromium-browser",
            "chromium-driver|chromium-chromedriver",
            "imagemagick",
            "x11-utils",
            "fonts-dejavu-core",
            "python3-venv",
        ],
        Need::Check => &["gcc-mingw-w64-x86-64", "g++-mingw-w64-x86-64"],
    }
}

/// Sees to the packages for these needs.
pub(crate) fn ensure(project: &Project, needs: &[Need]) -> Result<()> {
    if cfg!(target_os = "linux") && step::is_on_path("dpkg-query") {
        return needs.iter().try_for_each(|need| ensure_debian(project, *need));
    }
    if let Some(missing) = missing_elsewhere() {
        println!("{missing}\n{}", advice());
    }
    Ok(())
}

fn ensure_debian(project: &Project, need: Need) -> Result<()> {
    let missing = missing(debian(need), &installed(debian(need)));
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().flat_map(|entry| entry.split('|')).collect();
    let Some(mut apt) = apt_get(project) else {
        bail!("missing system packages. Install them once:\n\n    sudo apt-get install {}\n", first_names(&missing).join(" "));
    };
    // A fresh machine has no package lists; asking for them again otherwise costs seconds and may be needed for a new version.
    step::run("apt-get update", apt.arg("update"))?;
    let known = known_to_apt(&names);
    let chosen: Vec<&str> = missing.iter().filter_map(|entry| choose(entry, &known)).collect();
    let label = format!("apt-get install {}", chosen.join(" "));
    if let Some(mut apt) = apt_get(project) {
        let outcome = step::watch(&label, apt.args(["install", "--yes", "--no-install-recommends"]).args(&chosen), step::Show::Progress)?;
        if !outcome.success && need == Need::Build {
            bail!("the packages that building needs could not be installed");
        }
    }
    let absent = self::missing(debian(need), &installed(debian(need)));
    if !absent.is_empty() {
        println!("  not installed: {} ({need:?}); what needs them will say so", first_names(&absent).join(", "));
    }
    Ok(())
}

/// `apt-get`, with the rights to install; none where nobody here has them.
fn apt_get(project: &Project) -> Option<Command> {
    let is_root = step::answer(project.program("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut command = if is_root {
        project.program("apt-get")
    } else if step::is_on_path("sudo") && step::answer(project.program("sudo").args(["-n", "true"])).is_some() {
        let mut sudo = project.program("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        return None;
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Some(command)
}

/// Which of the packages are installed. One call of a few milliseconds.
fn installed(entries: &[&str]) -> HashSet<String> {
    let names = entries.iter().flat_map(|entry| entry.split('|'));
    // Exits with an error where one is unknown, and answers for the others all the same.
    let output = Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Abbrev}\t${Package}\n"]).args(names).output();
    let Ok(output) = output else { return HashSet::new() };
    parse_installed(&String::from_utf8_lossy(&output.stdout))
}

fn parse_installed(listing: &str) -> HashSet<String> {
    let rows = listing.lines().filter_map(|line| line.split_once('\t'));
    rows.filter(|(status, _)| status.trim() == "ii").map(|(_, name)| name.to_owned()).collect()
}

fn missing<'a>(entries: &[&'a str], installed: &HashSet<String>) -> Vec<&'a str> {
    entries.iter().copied().filter(|entry| !entry.split('|').any(|name| installed.contains(name))).collect()
}

fn first_names<'a>(entries: &[&'a str]) -> Vec<&'a str> {
    entries.iter().filter_map(|entry| entry.split('|').next()).collect()
}

fn known_to_apt(names: &[&str]) -> HashSet<String> {
    let listing = step::answer(Command::new("apt-cache").arg("policy").args(names)).unwrap_or_default();
    parse_known(&listing)
}

/// Reads `apt-cache policy`: a package that can be installed has a candidate.
fn parse_known(listing: &str) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut name = "";
    for line in listing.lines() {
        if !line.starts_with(' ') {
            name = line.trim_end_matches(':');
        } else if let Some(candidate) = line.trim().strip_prefix("Candidate:")
            && candidate.trim() != "(none)"
        {
            known.insert(name.to_owned());
        }
    }
    known
}

fn choose<'a>(entry: &'a str, known: &HashSet<String>) -> Option<&'a str> {
    // An unknown one is tried all the same: apt's own message says best what is wrong.
    entry.split('|').find(|name| known.contains(*name)).or_else(|| entry.split('|').next())
}

/// What is visibly missing on a system without dpkg; none where building can start.
fn missing_elsewhere() -> Option<String> {
    if cfg!(target_os = "linux") {
        let found = step::answer(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1", "openssl"])).is_some();
        return (!found).then(|| "pkg-config does not find webkit2gtk-4.1 and openssl.".to_owned());
    }
    if cfg!(target_os = "macos") {
        let found = step::answer(Command::new("xcode-select").arg("-p")).is_some();
        return (!found).then(|| "The command-line tools of Xcode are missing.".to_owned());
    }
    None
}

fn advice() -> &'static str {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default().to_lowercase();
    match env::consts::OS {
        "macos" => "Install them once:\n\n    xcode-select --install\n",
        "windows" => {
            "Needed: the C++ build tools of Visual Studio (workload \"Desktop development with C++\"), Perl (for OpenSSL) \
             and the WebView2 runtime, which Windows 11 has.\n"
        }
        _ if release.contains("fedora") || release.contains("rhel") => {
            "Install them once:\n\n    sudo dnf install gcc gcc-c++ make pkgconf webkit2gtk4.1-devel openssl-devel perl xdg-utils \
             dbus-x11\n    # for the tests as well:\n    sudo dnf install webkit2gtk-driver xorg-x11-server-Xvfb gnome-keyring \
             libsecret chromium chromedriver ImageMagick dejavu-sans-fonts python3 mingw64-gcc mingw64-gcc-c++\n"
        }
        _ if release.contains("arch") => {
            "Install them once:\n\n    sudo pacman -S --needed base-devel webkit2gtk-4.1 openssl xdg-utils dbus\n    \
             # for the tests as well:\n    sudo pacman -S --needed xorg-server-xvfb gnome-keyring libsecret chromium imagemagick xorg-xwininfo ttf-dejavu python mingw-w64-gcc\n"
        }
        _ => {
            "Install once, under the names that your system gives them: a C compiler, make, pkg-config, the development files of \
             WebKitGTK 4.1 and OpenSSL, xdg-utils; for the tests WebKitWebDriver, Xvfb, dbus, gnome-keyring, libsecret's tools, \
             Chromium with its driver, ImageMagick, a font, Python 3 with venv, and MinGW-w64 for x86-64.\n"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_removed_packages_do_not_count_as_installed() {
        let installed = parse_installed("ii \txvfb\nrc \tchromium\nun \timagemagick\n");
        assert_eq!(
            missing(&["xvfb", "chromium|chromium-browser", "imagemagick"], &installed),
            ["chromium|chromium-browser", "imagemagick"]
        );
    }

    #[test]
    fn any_alternative_is_enough() {
        let installed = parse_installed("ii \tchromium-browser\n");
        assert!(missing(&["chromium|chromium-browser"], &installed).is_empty());
    }

    #[test]
    fn the_alternative_that_the_system_knows_is_chosen() {
        let known =
            parse_known("chromium:\n  Installed: (none)\n  Candidate: (none)\nchromium-browser:\n  Installed: (none)\n  Candidate: 2:1\n");
        assert_eq!(choose("chromium|chromium-browser", &known), Some("chromium-browser"));
        assert_eq!(choose("xvfb", &known), Some("xvfb"));
    }
}
