//! Adapters: each takes a command's arguments from the window, hands them to the engine's method of the same name, and answers what it
//! says. They are made from the list in `tenantry_model::ipc`, all but those in `by_hand`.

mod by_hand;

use tauri::State;
use tenantry_client::app::Engine;
use tenantry_model::ipc::{self, Command, IpcError};

use self::by_hand::*;

/// One adapter. The first lines name those that are written by hand.
macro_rules! adapter {
    (GetApp $($rest:tt)*) => {};
    (ListIncidents $($rest:tt)*) => {};
    (OpenExportFolder $($rest:tt)*) => {};
    ($name:ident = $method:ident()) => {
        #[tauri::command]
        pub(crate) async fn $method(engine: State<'_, Engine>) -> Result<<ipc::$name as Command>::Answer, IpcError> {
            engine.$method().await
        }
    };
    ($name:ident = $method:ident($args:ty)) => {
        #[tauri::command]
        pub(crate) async fn $method(
            engine: State<'_, Engine>,
            args: <ipc::$name as Command>::Args,
        ) -> Result<<ipc::$name as Command>::Answer, IpcError> {
            engine.$method(args).await
        }
    };
}

macro_rules! adapters {
    ($($(#[$doc:meta])* $kind:ident $name:ident = $method:ident($($args:ty)?) -> $answer:ty;)*) => {
        $(adapter! { $name = $method($($args)?) })*

        /// What the window's calls are handed to.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($method),*]
        }

        #[cfg(test)]
        const REGISTERED: &[&str] = &[$(stringify!($method)),*];
    };
}

tenantry_model::commands!(adapters);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;
    use tenantry_model::ipc::COMMANDS;

    use super::REGISTERED;

    fn names<'a>(from: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
        from.into_iter().map(|name| name.replace('_', "-")).collect()
    }

    fn capability() -> Value {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/capabilities/main.json"))).unwrap()
    }

    #[test]
    fn every_declared_command_is_registered_and_no_other() {
        assert_eq!(names(REGISTERED.iter().copied()), names(COMMANDS.iter().copied()));
        assert_eq!(REGISTERED.len(), COMMANDS.len());
    }

    #[test]
    fn the_window_may_call_every_declared_command_and_listen_and_nothing_else() {
        let capability = capability();
        let permitted = names(capability["permissions"].as_array().unwrap().iter().map(|permission| permission.as_str().unwrap()));
        let mut expected: BTreeSet<String> = COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        expected.extend(["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned));
        assert_eq!(permitted, expected);
    }

    #[test]
    fn there_is_one_capability_for_one_local_window() {
        let capability = capability();
        assert_eq!(capability["windows"], serde_json::json!(["main"]));
        assert_eq!(capability["local"], true);
        assert!(capability.get("remote").is_none());
        assert!(capability.get("webviews").is_none());
        let files = std::fs::read_dir(concat!(env!("OUT_DIR"), "/capabilities")).unwrap();
        assert_eq!(files.count(), 1);
    }

    #[test]
    fn the_page_is_confined() {
        let config: Value = serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
        let security = &config["app"]["security"];
        assert_eq!(security["freezePrototype"], true);
        assert_eq!(security["assetProtocol"]["enable"], false);
        assert!(security.get("dangerousDisableAssetCspModification").is_none());
        assert!(security.get("devCsp").is_none());
        assert!(config["build"].get("devUrl").is_none());
        let policy = security["csp"].to_string();
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains('*'), "{policy}");
        assert_eq!(security["csp"]["connect-src"], "'self' ipc: http://ipc.localhost");
    }
}
