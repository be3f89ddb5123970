//! The command line: `tenantry [--version | --help | PLACE]`.

use tenantry_model::ipc::NavigationTarget;

use super::navigation;

pub(crate) const HELP: &str = "\
Tenantry: meeting rooms and incidents of many customers in one place

Usage: tenantry [PLACE]

  PLACE        tenantry://incidents, tenantry://incidents?filter=<filter>, tenantry://incident/<customer>/<number>,
               tenantry://rooms, tenantry://rooms?filter=<filter> or tenantry://room/<customer>/<room>
  --version    print the version
  --help       print this

Environment:
  TENANTRY_SERVICE     address of the service; it cannot be changed in the app then
  TENANTRY_DATA_DIR    folder for the cache, the settings and the log
  TENANTRY_RENDERER    how the window is painted on Linux, where it stays blank: gpu, no-dmabuf or software
  TENANTRY_LOG         what to log, for example `info` or `tenantry_client=debug`";

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Invocation {
    /// To open the window, at a place if one is named.
    Open(Option<NavigationTarget>),
    Version,
    Help,
}

/// Reads the words behind the program's name. What is not understood is left alone: desktops and web drivers add words of their own.
pub(crate) fn read<'a>(words: impl IntoIterator<Item = &'a str>) -> Invocation {
    let mut invocation = Invocation::Open(None);
    for word in words {
        match word {
            "--version" | "-V" => return Invocation::Version,
            "--help" | "-h" => return Invocation::Help,
            _ => {
                if let Some(target) = navigation::parse(word) {
                    invocation = Invocation::Open(Some(target));
                }
            }
        }
    }
    invocation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_places_are_understood_and_all_else_is_left_alone() {
        assert_eq!(read(["--version"]), Invocation::Version);
        assert_eq!(read(["x", "-h"]), Invocation::Help);
        assert_eq!(read([]), Invocation::Open(None));
        assert_eq!(read(["--remote", "tenantry://rooms"]), Invocation::Open(Some(NavigationTarget::Rooms { filter: None })));
        assert_eq!(
            read(["tenantry://delete-everything"]),
            Invocation::Open(Some(NavigationTarget::Nowhere)),
            "whoever opened it hears of it"
        );
    }
}
