//! One group beside the list: its rooms, and what depends on it.

use tenantry_model::api::room_groups::RoomGroupDetail;
use tenantry_model::id::{RoomGroupId, TenantId};
use tenantry_model::ipc::{GetRoomGroup, RoomGroupKey};
use yew::prelude::*;

use super::page::Form;
use super::rooms::Rooms;
use super::view_model::{used_by, uses as uses_of, why_not, why_not_delete};
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::cached;
use crate::components::pane::Pane;
use crate::context::use_app;
use crate::hooks::{gives, use_command};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) customer: TenantId,
    pub(super) customer_name: AttrValue,
    pub(super) group: RoomGroupId,
    /// Why nothing can be changed.
    pub(super) blocked: Option<String>,
    pub(super) on_form: Callback<Form>,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let key = RoomGroupKey { customer: props.customer, group: props.group };
    let group = use_command::<GetRoomGroup>(Some(key), app.model.relations);
    let known = group.remote.data().map(|seen| &seen.value);
    let title = known.map_or_else(|| t!(i18n, "group"), |known| known.group.name.clone());
    html! {
        <Pane {title} over={props.customer_name.clone()} age={cached(&i18n, &app, group.remote.data())} testid="group-pane" on_close={props.on_close.clone()}>
            <div class="pane__body" tabindex="0">
                {text_of(&group.remote, &group.retry, 3, |seen| {
                    let blocked = props.blocked.clone().or_else(|| why_not(&i18n, &seen.value));
                    html! { <>
                        <Rooms customer={props.customer} group={seen.value.clone()} {blocked} on_changed={group.retry.clone()} />
                        {uses(&i18n, &seen.value)}
                    </> }
                })}
            </div>
            if let Some(known) = known { {foot(&i18n, known, props)} }
        </Pane>
    }
}

/// What depends on it: where it stands in a scope, its rooms are what somebody reaches.
fn uses(i18n: &I18n, group: &RoomGroupDetail) -> Html {
    let used = uses_of(group);
    html! {
        <section class="pane__section">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "group-uses")}</h3></header>
            if used == 0 {
                <p class="dim" data-testid="group-unused">{t!(i18n, "group-unused")}</p>
            } else {
                <ul class="tags" data-testid="group-uses">
                    <>{for group.uses.iter().map(|one| {
                        let name = used_by(i18n, one);
                        html! { <li key={one.assignment.to_string()} class="tag" title={name.clone()}><span class="clip">{name}</span></li> }
                    })}</>
                    <>{for group.delegated_to.iter().map(|partner| {
                        let name = t!(i18n, "group-delegated-to", partner = partner.clone());
                        html! { <li key={name.clone()} class="tag" title={name.clone()}><span class="clip">{name}</span></li> }
                    })}</>
                    if group.hidden_uses > 0 { <li class="tag tag--stale">{glyph(Icon::Lock)}{t!(i18n, "group-hidden-uses", count = group.hidden_uses)}</li> }
                </ul>
            }
        </section>
    }
}

fn foot(i18n: &I18n, group: &RoomGroupDetail, props: &DetailProps) -> Html {
    let (edit, delete) =
        (props.blocked.clone().or_else(|| why_not(i18n, group)), props.blocked.clone().or_else(|| why_not_delete(i18n, group)));
    let on_edit = gives::<MouseEvent, _>(&props.on_form, Form::Edit(Box::new(group.clone())));
    let on_delete = gives::<MouseEvent, _>(&props.on_form, Form::Delete(Box::new(group.clone())));
    html! {
        <footer class="pane__foot">
            <div class="pane__buttons">
                <Button class="button button--danger" testid="group-delete" why={delete.clone()} onclick={on_delete}>{t!(i18n, "group-delete")}</Button>
                <Button testid="group-edit" why={edit} onclick={on_edit}>{glyph(Icon::Pen)}{t!(i18n, "group-edit-button")}</Button>
            </div>
            if let Some(why) = delete { <p class="pane__why">{why}</p> }
        </footer>
    }
}
