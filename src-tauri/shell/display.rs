//! How WebKitGTK paints, chosen before it is loaded: without a GPU, compositing makes scrolling four times slower; with one, leaving
//! it out does; and with NVIDIA's own driver the buffers that it shares with the window stay blank. It reads the environment when it starts, and so do
//! the processes that it starts.

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
    /// How the web view paints.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(super) enum Renderer {
        Gpu,
        /// With the GPU, and without the buffers that NVIDIA's driver leaves blank.
        WithoutDmabuf,
        Software,
    }

    impl Renderer {
        /// What the user says, else what the machine needs.
        pub(super) fn choose(switch: Option<&str>, has_gpu: bool, has_nvidia: bool) -> Self {
            match switch {
                Some("gpu") => Self::Gpu,
                Some("no-dmabuf") => Self::WithoutDmabuf,
                Some("software") => Self::Software,
                _ if !has_gpu => Self::Software,
                _ if has_nvidia => Self::WithoutDmabuf,
                _ => Self::Gpu,
            }
        }

        const fn variables(self) -> &'static [&'static str] {
            match self {
                Self::Gpu => &[],
                Self::WithoutDmabuf => &["WEBKIT_DISABLE_DMABUF_RENDERER"],
                Self::Software => &["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"],
            }
        }
    }

    /// What web drivers are documented to set, and what the runtime reads.
    const AUTOMATION: (&str, &str) = ("TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION");

    /// The variables that are missing. What the user has set stays as it is.
    pub(super) fn missing(renderer: Renderer, variable: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, &'static str)> {
        let unset = renderer.variables().iter().filter(|name| variable(name).is_none());
        let mut missing: Vec<_> = unset.map(|name| (*name, "1")).collect();
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

    use super::choice::{self, Renderer};

    /// Says how to paint where what this machine seems to need is wrong: `gpu`, `no-dmabuf` or `software`.
    const SWITCH: &str = "TENANTRY_RENDERER";

    pub(super) fn prepare() {
        let switch = env::var(SWITCH).ok();
        let renderer = Renderer::choose(switch.as_deref(), has_gpu(Path::new("/dev/dri")), has_nvidia(Path::new("/sys")));
        for (name, value) in choice::missing(renderer, |name| env::var(name).ok()) {
            // Without it the window is slow, and still opens.
            let _ = gtk::glib::setenv(name, value, true);
        }
    }

    /// Whether NVIDIA's own driver is loaded: the free one, `nouveau`, shows what it is given.
    pub(super) fn has_nvidia(system: &Path) -> bool {
        system.join("module/nvidia").is_dir()
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
    use super::choice::{Renderer, missing};

    fn with(has_gpu: bool, set: &[(&str, &str)]) -> Vec<&'static str> {
        let variable = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let renderer = if has_gpu { Renderer::Gpu } else { Renderer::Software };
        missing(renderer, variable).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn compositing_is_left_out_just_where_there_is_no_gpu() {
        assert_eq!(with(false, &[]), ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"]);
        assert!(with(true, &[]).is_empty());
    }

    #[test]
    fn fault_9_17_the_renderer_that_stays_blank_with_nvidias_driver_is_left_out_and_a_switch_decides() {
        use Renderer::{Gpu, Software, WithoutDmabuf};
        for (switch, has_gpu, has_nvidia, chosen) in [
            (None, true, true, WithoutDmabuf),
            (None, true, false, Gpu),
            (None, false, true, Software),
            (Some("gpu"), true, true, Gpu),
            (Some("no-dmabuf"), true, false, WithoutDmabuf),
            (Some("software"), true, false, Software),
            (Some("something"), true, true, WithoutDmabuf),
        ] {
            assert_eq!(Renderer::choose(switch, has_gpu, has_nvidia), chosen, "{switch:?} {has_gpu} {has_nvidia}");
        }
        let names: Vec<_> = missing(WithoutDmabuf, |_| None).into_iter().collect();
        assert_eq!(names, [("WEBKIT_DISABLE_DMABUF_RENDERER", "1")]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn fault_9_17_nvidias_own_driver_is_told_from_the_free_one() {
        let system = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(system.path().join("module/nouveau")).unwrap();
        assert!(!super::linux::has_nvidia(system.path()));
        std::fs::create_dir(system.path().join("module/nvidia")).unwrap();
        assert!(super::linux::has_nvidia(system.path()));
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
