//! Adapters: each takes a command's arguments from the window, hands them to the engine, and answers what it says.

mod app;
mod audit;
mod customers;
mod incidents;
mod invitations;
mod partners;
mod people;
mod plans;
mod preferences;
mod relationships;
mod roles;
mod rooms;
mod session;
mod sync;

use tauri::ipc::{InvokeResponseBody, Response};
use tenantry_client::raw_json::RawJson;
use tenantry_model::ipc::{Command, IpcError};

/// What a command takes.
type Args<C> = <C as Command>::Args;
/// What its adapter answers.
type Answer<C> = Result<<C as Command>::Answer, IpcError>;
/// What it answers where the engine has written the answer already: JSON that is handed on as it is.
type RawJsonAnswer = Result<Response, IpcError>;

fn raw_json<C: Command>(answer: Result<RawJson<C::Answer>, IpcError>) -> RawJsonAnswer {
    Ok(Response::new(InvokeResponseBody::Json(answer?.into_json())))
}

macro_rules! handlers {
    ($($area:ident::$name:ident,)*) => {
        /// What the window's calls are handed to.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($area::$name),*]
        }

        #[cfg(test)]
        const REGISTERED: &[&str] = &[$(stringify!($name)),*];
    };
}

handlers! {
    app::get_app,
    app::set_service,
    session::get_session,
    session::sign_in,
    session::cancel_sign_in,
    session::sign_out,
    preferences::get_preferences,
    preferences::set_preferences,
    sync::get_sync,
    sync::sync_now,
    customers::list_customers,
    customers::get_customer,
    incidents::list_incidents,
    incidents::get_incident,
    incidents::mark_read,
    rooms::list_rooms,
    rooms::get_room,
    invitations::get_tenants,
    invitations::get_invitation,
    invitations::accept_invitation,
    invitations::deny_invitation,
    people::get_tenant_managers,
    people::add_tenant_managers,
    people::remove_tenant_manager,
    people::search_directory,
    relationships::get_relationship,
    relationships::remove_customer,
    relationships::get_primary_admins,
    relationships::add_primary_admins,
    relationships::remove_primary_admin,
    roles::get_roles,
    roles::get_role,
    roles::create_role,
    roles::change_role,
    roles::delete_role,
    roles::create_assignment,
    roles::change_assignment,
    roles::delete_assignment,
    roles::explain_access,
    plans::preview_plan,
    plans::apply_plan,
    partners::get_partners,
    partners::get_partner,
    partners::invite_partner,
    partners::change_partner,
    partners::remove_partner,
    partners::withdraw_invitation,
    partners::delete_partner_role,
    partners::get_change_requests,
    partners::approve_request,
    partners::reject_request,
    audit::list_audit,
    audit::export_audit,
}

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
        serde_json::from_str(include_str!("../capabilities/main.json")).unwrap()
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
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/capabilities")).unwrap();
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
