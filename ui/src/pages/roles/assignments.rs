//! The assignments of a role (W5): who holds it where.

use tenantry_model::api::roles::{AssignmentDetail, RoleDetail};
use yew::prelude::*;

use super::page::Form;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::domain_view::pickers::person;
use crate::domain_view::role_labels::{role_called, scope_line};
use crate::hooks::gives;
use crate::i18n::{I18n, t};

/// The tab. `blocked` is why nothing can be changed.
pub(super) fn assignments(i18n: &I18n, detail: &RoleDetail, blocked: Option<&String>, on_form: &Callback<Form>) -> Html {
    html! {
        <ul class="assignments">
            <>{for detail.assignments.iter().map(|one| card(i18n, detail, one, blocked, on_form))}</>
            if detail.assignments.is_empty() { <li class="dim">{t!(i18n, "assignments-none")}</li> }
        </ul>
    }
}

fn card(i18n: &I18n, detail: &RoleDetail, one: &AssignmentDetail, blocked: Option<&String>, on_form: &Callback<Form>) -> Html {
    let edit = gives::<MouseEvent, _>(on_form, Form::EditAssignment(detail.role.clone(), Box::new(one.clone())));
    let delete = gives::<MouseEvent, _>(on_form, Form::Delete(Box::new(detail.clone()), Some(Box::new(one.clone()))));
    let named = |name: &str| html! { <li class="tag" title={name.to_owned()}><span class="clip">{name}</span></li> };
    html! {
        <li key={one.id.to_string()} class="assignment" data-testid="assignment" data-id={one.id.to_string()}>
            <header class="assignment__head">
                <h3 class="assignment__name clip" title={role_called(i18n, &one.name)}>{role_called(i18n, &one.name)}</h3>
                if one.preset { <span class="tag" title={t!(i18n, "assignment-preset")}>{glyph(Icon::Lock)}{t!(i18n, "assignment-preset-tag")}</span> }
                <Button class="button button--small" testid="assignment-edit" why={blocked.cloned()} onclick={edit}>{t!(i18n, "edit")}</Button>
                if !one.preset {
                    <Button class="button button--small button--danger" testid="assignment-delete" why={blocked.cloned()} onclick={delete}>{t!(i18n, "delete")}</Button>
                }
            </header>
            if !one.description.is_empty() { <p class="dim">{&one.description}</p> }
            <p class="assignment__line">{glyph(Icon::Rooms)}{scope_line(i18n, &one.scope)}</p>
            if !one.scope.all {
                <ul class="tags">
                    <>{for one.scope.groups.iter().map(|group| named(&group.name))}</>
                    <>{for one.scope.rooms.iter().take(12).map(|room| named(&room.name))}</>
                    if one.scope.rooms.len() > 12 { <li class="tag">{t!(i18n, "rooms-more", count = one.scope.rooms.len() - 12)}</li> }
                    if one.scope.hidden_rooms > 0 { <li class="tag tag--stale">{glyph(Icon::Lock)}{t!(i18n, "rooms-redacted", count = one.scope.hidden_rooms)}</li> }
                    if one.scope.hidden_groups > 0 { <li class="tag tag--stale">{glyph(Icon::Lock)}{t!(i18n, "groups-redacted", count = one.scope.hidden_groups)}</li> }
                </ul>
            }
            <ul class="persons">
                <>{for one.members.iter().map(|member| html! { <li key={member.id.to_string()} class="persons__row">{person(i18n, member, None)}</li> })}</>
                if one.members.is_empty() { <li class="dim">{t!(i18n, "members-none")}</li> }
            </ul>
        </li>
    }
}
