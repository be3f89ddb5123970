//! What can be done with the incident that is open: buttons under its title.

use tenantry_model::incident::IncidentType;
use tenantry_model::ipc::{CustomerRow, IncidentDetail, IncidentRest};
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::forms::Form;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::why_not_now;
use crate::context::App;
use crate::i18n::{I18n, t};

/// Why the user can do nothing with incidents of this customer; none where they may. The service decides room by room.
pub(super) fn no_right(i18n: &I18n, customer: Option<&CustomerRow>, permission: Permission) -> Option<String> {
    let customer = customer?;
    (!customer.permissions.contains(permission))
        .then(|| t!(i18n, "no-right-to", what = i18n.label(permission), name = customer.display_name.clone()))
}

#[derive(Clone, PartialEq)]
pub(super) struct Actions {
    /// Shows the thread, with the focus where one writes.
    pub(super) on_write: Callback<()>,
    pub(super) on_form: Callback<Form>,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
}

pub(super) fn actions(i18n: &I18n, app: &App, known: &IncidentDetail, customer: Option<&CustomerRow>, actions: &Actions) -> Html {
    let row = &known.incident.row;
    let no_right = no_right(i18n, customer, Permission::TicketsUpdate);
    let why = no_right.or_else(|| why_not_now(i18n, app)).or_else(|| actions.form_open.as_ref().map(ToString::to_string));
    let is_issue = row.kind == IncidentType::CustomerReported;
    // What is not here cannot be changed as it was read.
    let lacks_rest = (known.rest != IncidentRest::Here).then(|| t!(i18n, "rest-coming"));
    let why_not_closed = if is_issue { lacks_rest.clone() } else { Some(t!(i18n, "close-signal")) };
    let open = |form: Form| actions.on_form.reform(move |_: MouseEvent| form.clone());
    html! {
        <div class="pane__actions">
            <Button class="button button--small" testid="incident-write" letter="n" onclick={actions.on_write.reform(|_: MouseEvent| ())}>{glyph(Icon::Message)}{t!(i18n, "message-write")}</Button>
            if row.status.is_active() {
                if is_issue {
                    <Button class="button button--small" testid="incident-edit" why={why.clone().or(lacks_rest)} onclick={open(Form::Edit(Box::new(known.clone())))}>{glyph(Icon::Pen)}{t!(i18n, "edit")}</Button>
                }
                <Button class="button button--small" testid="incident-close" letter="e" why={why_not_closed.or(why)} onclick={open(Form::Close(Box::new(known.clone())))}>{glyph(Icon::Closed)}{t!(i18n, "close-action")}</Button>
            }
        </div>
    }
}
