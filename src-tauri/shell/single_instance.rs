//! A second start shows the window of the first, at the place it names, and ends.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::{Manager, Wry};

use super::command_line::{self, Invocation};
use super::navigation::PendingNavigation;
use super::{folders, window};

/// The plugin; register it first. `own_folder` is the data folder where it is not the usual one: on Linux each folder has its own app. On Windows and macOS
/// the plugin knows an app by its identifier alone, so there one runs for all folders.
pub(crate) fn plugin(own_folder: Option<&Path>) -> TauriPlugin<Wry> {
    let second_start = |app: &tauri::AppHandle, words: Vec<String>, _folder: String| {
        window::show(app);
        if let Invocation::Open(Some(target)) = command_line::read(words.iter().skip(1).map(String::as_str)) {
            // Where there is none yet, this start is still at its beginning, and whoever opened the link sees the window come.
            if let Some(pending) = app.try_state::<PendingNavigation>() {
                pending.hand_over(app, target);
            }
        }
    };
    tauri_plugin_single_instance::Builder::new().callback(second_start).dbus_id(bus_name(own_folder)).build()
}

/// Lets another start be the first one. Before this process starts the program again by itself: it may still be there when that asks.
pub(crate) fn release(app: &tauri::AppHandle) {
    tauri_plugin_single_instance::destroy(app);
}

fn bus_name(own_folder: Option<&Path>) -> String {
    let Some(folder) = own_folder else { return folders::IDENTIFIER.to_owned() };
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    // A part of a bus name must not start with a digit.
    format!("{}.f{:016x}", folders::IDENTIFIER, hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_data_folder_has_an_app_of_its_own() {
        assert_eq!(bus_name(None), folders::IDENTIFIER);
        assert_eq!(bus_name(Some(Path::new("/a"))), bus_name(Some(Path::new("/a"))));
        assert_ne!(bus_name(Some(Path::new("/a"))), bus_name(Some(Path::new("/b"))));
    }
}
