//! States as icon and word: never by colour alone.

use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::room::{Health, Room};
use tenantry_model::update::UpdateStatus;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, Label, t};

pub const fn severity_icon(severity: Severity) -> Icon {
    match severity {
        Severity::Critical => Icon::Critical,
        Severity::Important => Icon::Important,
        Severity::Warning => Icon::Warning,
        Severity::Recommended => Icon::Recommended,
    }
}

pub const fn status_icon(status: IncidentStatus) -> Icon {
    match status {
        IncidentStatus::NeedsAction => Icon::NeedsAction,
        IncidentStatus::AssignedToService => Icon::Assigned,
        IncidentStatus::PendingInvestigation => Icon::Pending,
        IncidentStatus::Resolved => Icon::Resolved,
        IncidentStatus::Closed => Icon::Closed,
    }
}

pub const fn health_icon(health: Health) -> Icon {
    match health {
        Health::Healthy => Icon::Heart,
        Health::Unhealthy => Icon::HeartBroken,
        Health::Disconnected => Icon::Unplugged,
        Health::Suppressed => Icon::Quiet,
        Health::Onboarding => Icon::Onboarding,
    }
}

pub const fn update_icon(status: UpdateStatus) -> Icon {
    match status {
        UpdateStatus::Scheduled => Icon::Pending,
        UpdateStatus::InProgress => Icon::Sync,
        UpdateStatus::CompletedWithFailures => Icon::Important,
        UpdateStatus::Completed => Icon::Resolved,
        UpdateStatus::Deprecated => Icon::Closed,
        UpdateStatus::Paused => Icon::Quiet,
        UpdateStatus::NotRequired => Icon::Minus,
    }
}

fn badge(i18n: &I18n, icon: Icon, value: impl Label) -> Html {
    let label = i18n.label(value);
    html! { <span class={badge_class(value)} title={label.clone()}>{glyph(icon)}<span class="clip">{label}</span></span> }
}

/// The classes of a value's badge, such as `badge badge--severity-critical`.
fn badge_class<L: Label>(value: L) -> String {
    format!("badge badge--{}-{}", L::FAMILY, value.word())
}

pub fn severity_badge(i18n: &I18n, value: Severity) -> Html {
    badge(i18n, severity_icon(value), value)
}

pub fn status_badge(i18n: &I18n, value: IncidentStatus) -> Html {
    badge(i18n, status_icon(value), value)
}

/// The bucket of a room; of one that waits for its device, that it does.
pub fn room_badge(i18n: &I18n, room: &Room) -> Html {
    if !room.awaits_device {
        return health_badge(i18n, room.health);
    }
    let label = t!(i18n, "awaits-device");
    html! { <span class={badge_class(Health::Onboarding)} title={label.clone()}>{glyph(Icon::Pending)}<span class="clip">{label}</span></span> }
}

pub fn health_badge(i18n: &I18n, value: Health) -> Html {
    badge(i18n, health_icon(value), value)
}

pub fn update_badge(i18n: &I18n, value: UpdateStatus) -> Html {
    badge(i18n, update_icon(value), value)
}
