//! How WebKitGTK paints, chosen before it is loaded: without a GPU, compositing makes scrolling four times slower; with one, leaving
//! it out does. It reads the environment when it starts, and so do the processes that it starts.

/// Sets what this machine needs in the environment. Call it first: there must be no other thread yet, since any may read the environment.
pub(crate) fn prepare() {
    #[cfg(target_os = "linux")]
    linux::prepare();
}

/// Whether a window can be opened: the toolkit gives up without a word that helps where it cannot.
pub(crate) fn is_there() -> bool {
    let named = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(named)
}

#[cfg(any(target_os = "linux", test))]
mod choice {
    const WITHOUT_GPU: &[&str] = &["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"];
    /// What web drivers are documented to set, and what the runtime reads.
    const AUTOMATION: (&str, &str) = ("TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION");

    /// The variables that are missing. What the user has set stays as it is.
    pub(super) fn missing(has_gpu: bool, variable: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, &'static str)> {
        let mut missing = vec![];
        if !has_gpu {
            missing.extend(WITHOUT_GPU.iter().filter(|name| variable(name).is_none()).map(|name| (*name, "1")));
        }
        if variable(AUTOMATION.0).as_deref() == Some("true") && variable(AUTOMATION.1).is_none() {
            missing.push((AUTOMATION.1, "true"));
        }
        missing
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::env;
    use std::fs::{self, File};
    use std::path::Path;

    use super::choice;

    pub(super) fn prepare() {
        for (name, value) in choice::missing(has_gpu(Path::new("/dev/dri")), |name| env::var(name).ok()) {
            // Without it the window is slow, and still opens.
            let _ = gtk::glib::setenv(name, value, true);
        }
    }

    /// Whether there is a device to render on, and this user may use it.
    pub(super) fn has_gpu(devices: &Path) -> bool {
        let Ok(entries) = fs::read_dir(devices) else { return false };
        let mut renderers = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"));
        renderers.any(|entry| File::options().read(true).write(true).open(entry.path()).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::choice::missing;

    fn with(has_gpu: bool, set: &[(&str, &str)]) -> Vec<&'static str> {
        let variable = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        missing(has_gpu, variable).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn compositing_is_left_out_just_where_there_is_no_gpu() {
        assert_eq!(with(false, &[]), ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"]);
        assert!(with(true, &[]).is_empty());
    }

    #[test]
    fn the_users_own_choice_stays() {
        assert_eq!(with(false, &[("WEBKIT_DISABLE_COMPOSITING_MODE", "0")]), ["WEBKIT_DISABLE_DMABUF_RENDERER"]);
    }

    #[test]
    fn a_web_driver_is_let_in_under_the_name_it_uses() {
        assert_eq!(with(true, &[("TAURI_AUTOMATION", "true")]), ["TAURI_WEBVIEW_AUTOMATION"]);
        assert!(with(true, &[("TAURI_AUTOMATION", "1")]).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_gpu_is_a_renderer_that_can_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!super::linux::has_gpu(&folder.path().join("none")));
        std::fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!super::linux::has_gpu(folder.path()));
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(super::linux::has_gpu(folder.path()));
    }
}
