//! What signed-in users ask. One file per operation.

mod assignments;
mod attachments;
mod audit;
mod change_requests;
mod customer;
mod customer_incidents;
mod customer_rooms;
mod directory;
mod enrolment_keys;
mod events;
mod incidents;
mod invitations;
mod me;
mod partners;
mod plans;
mod primary_admins;
mod read_marks;
mod reports;
mod roles;
mod room_groups;
mod saved_views;
mod settings;
mod signal_switches;
mod sync;
mod tenant_managers;
mod tenants;
mod update_rings;
mod updates;
mod waiting_requests;
mod waiting_rooms;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(read_marks::mark_read))
        .routes(routes!(saved_views::list::saved_views))
        .routes(routes!(saved_views::save::save_view, saved_views::delete::delete_view))
        .routes(routes!(tenants::tenants))
        .routes(routes!(customer_rooms::list::rooms))
        .routes(routes!(customer_rooms::detail::room, customer_rooms::change::change_room))
        .routes(routes!(customer_rooms::suppress::suppress_room, customer_rooms::suppress::lift_suppression))
        .routes(routes!(customer_rooms::signals::room_signals))
        .routes(routes!(customer_rooms::events::room_events))
        .routes(routes!(customer_rooms::enrol::enrol_room, customer_rooms::unenrol::unenrol_room))
        .routes(routes!(room_groups::list::room_groups, room_groups::create::create_room_group))
        .routes(routes!(room_groups::detail::room_group, room_groups::change::change_room_group, room_groups::delete::delete_room_group))
        .routes(routes!(room_groups::rooms::room_group_rooms))
        .routes(routes!(update_rings::list::update_rings, update_rings::create::create_update_ring))
        .routes(routes!(update_rings::change::change_update_ring, update_rings::delete::delete_update_ring))
        .routes(routes!(update_rings::rooms::move_to_update_ring))
        .routes(routes!(updates::list::updates))
        .routes(routes!(updates::detail::update))
        .routes(routes!(updates::actions::act_on_update))
        .routes(routes!(updates::room::room_updates))
        .routes(routes!(waiting_rooms::create::create_waiting_room))
        .routes(routes!(waiting_rooms::cancel::cancel_waiting_room))
        .routes(routes!(waiting_rooms::key::waiting_room_key))
        .routes(routes!(enrolment_keys::list::enrolment_keys, enrolment_keys::download::download_enrolment_key))
        .routes(routes!(enrolment_keys::reset::reset_enrolment_keys))
        .routes(routes!(settings::detail::settings, settings::change::change_settings))
        .routes(routes!(settings::organisation::organisation))
        .routes(routes!(signal_switches::list::signal_switches, signal_switches::switch::switch_signals))
        .routes(routes!(reports::overview::overview))
        .routes(routes!(reports::health::health_report))
        .routes(routes!(reports::usage::usage_report))
        .routes(routes!(reports::rooms::report_rooms))
        .routes(routes!(reports::incidents::report_incidents))
        .routes(routes!(incidents::incidents))
        .routes(routes!(customer_incidents::list::customer_incidents, customer_incidents::record::record_issue))
        .routes(routes!(customer_incidents::detail::customer_incident, customer_incidents::edit::edit_issue))
        .routes(routes!(customer_incidents::events::incident_events))
        .routes(routes!(customer_incidents::messages::post_message))
        .routes(routes!(customer_incidents::close::close_issue))
        .routes(routes!(customer_incidents::claim::claim_incident, customer_incidents::claim::release_incident))
        .routes(routes!(customer_incidents::snooze::snooze_incident, customer_incidents::snooze::wake_incident))
        .routes(routes!(attachments::begin::add_attachment))
        .routes(routes!(attachments::give_up::give_up_attachment))
        .routes(routes!(invitations::detail::invitation))
        .routes(routes!(invitations::accept::accept))
        .routes(routes!(invitations::deny::deny))
        .routes(routes!(tenant_managers::list::tenant_managers, tenant_managers::add::add_tenant_managers))
        .routes(routes!(tenant_managers::remove::remove_tenant_manager))
        .routes(routes!(customer::detail::customer, customer::remove::remove_customer))
        .routes(routes!(primary_admins::list::primary_admins, primary_admins::add::add_primary_admins))
        .routes(routes!(primary_admins::remove::remove_primary_admin))
        .routes(routes!(roles::list::roles, roles::create::create_role))
        .routes(routes!(roles::detail::role, roles::change::change_role, roles::delete::delete_role))
        .routes(routes!(assignments::create::create_assignment))
        .routes(routes!(assignments::change::change_assignment, assignments::delete::delete_assignment))
        .routes(routes!(roles::access::access))
        .routes(routes!(plans::preview::preview))
        .routes(routes!(plans::apply::apply))
        .routes(routes!(directory::directory))
        .routes(routes!(partners::domain::partner_domain))
        .routes(routes!(partners::withdraw::withdraw))
        .routes(routes!(partners::delete_role::delete_partner_role))
        .routes(routes!(change_requests::list::change_requests))
        .routes(routes!(change_requests::approve::approve))
        .routes(routes!(change_requests::reject::reject))
        .routes(routes!(waiting_requests::waiting_requests))
        .routes(routes!(sync::sync))
        .routes(routes!(events::events))
        .routes(routes!(audit::records::records))
        .routes(routes!(audit::export::export))
}

/// What names whole sets of rooms: with larger bodies than everything else.
pub(crate) fn room_sets() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(partners::list::partners, partners::invite::invite)).routes(routes!(
        partners::detail::partner,
        partners::change::change_partner,
        partners::remove::remove_partner
    ))
}

/// What moves whole files: outside the limits of time and size of everything else.
pub(crate) fn transfers() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(attachments::upload::upload, attachments::append::append))
        .routes(routes!(attachments::content::content))
}
