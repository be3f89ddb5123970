//! Before anything is done: at how many of which customers it would be, and at which not, and why.

use tenantry_model::ipc::{BulkAction, BulkCustomer, BulkPlan};
use yew::prelude::*;

use super::words;
use crate::components::button::Button;
use crate::components::dialog::Dialog;
use crate::components::notice::{Tone, failed, standing};
use crate::context::use_app;
use crate::hooks::UseTask;
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct PlanProps {
    pub(super) plan: BulkPlan,
    pub(super) action: BulkAction,
    pub(super) task: UseTask,
    pub(super) on_start: Callback<()>,
    pub(super) on_cancel: Callback<()>,
}

/// See the module. The focus starts on the button that begins it: its customers are named above, and most of it can be undone.
#[component]
pub(super) fn Plan(props: &PlanProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let of_rooms = props.action.is_of_rooms();
    // A customer's own people ask nobody.
    let asks = props.action.may_be_asked_for() && app.user().is_some_and(|user| user.tenant.is_partner);
    let (plan, action) = (&props.plan, words::action(&i18n, &props.action));
    let will = plan.will();
    let nothing = (will == 0).then(|| AttrValue::from(t!(i18n, "bulk-nothing")));
    let title = if of_rooms {
        t!(i18n, "bulk-plan-title-rooms", action = action.clone(), count = will)
    } else {
        t!(i18n, "bulk-plan-title", action = action.clone(), count = will)
    };
    let start = if of_rooms {
        t!(i18n, "bulk-start-rooms", action = action, count = will)
    } else {
        t!(i18n, "bulk-start", action = action, count = will)
    };
    html! {
        <Dialog {title} on_cancel={props.on_cancel.clone()} wide=true>
            <div class="dialog__text" data-testid="bulk-plan">
                <ul class="bulk-plan">{for plan.customers.iter().map(|customer| line(&i18n, customer, of_rooms, asks))}</ul>
                if plan.waits && props.action != BulkAction::MarkRead { {standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} })} }
                if matches!(props.action, BulkAction::Close { .. } | BulkAction::Enrol) { <p>{t!(i18n, "bulk-no-undo")}</p> }
                if let Some(error) = props.task.error() { {failed(&i18n, error)} }
            </div>
            <div class="dialog__buttons">
                <Button testid="bulk-plan-no" onclick={props.on_cancel.reform(|_: MouseEvent| ())}>{t!(i18n, "cancel")}</Button>
                <Button class="button button--primary" testid="bulk-plan-yes" autofocus=true why={nothing} busy={props.task.is_busy()} onclick={props.on_start.reform(|_: MouseEvent| ())}>
                    {start}
                </Button>
            </div>
        </Dialog>
    }
}

fn line(i18n: &I18n, customer: &BulkCustomer, of_rooms: bool, asks: bool) -> Html {
    let name = customer.display_name.clone().unwrap_or_else(|| t!(i18n, "outbox-unnamed"));
    let will = if of_rooms { t!(i18n, "rows-rooms", count = customer.will) } else { t!(i18n, "rows-incidents", count = customer.will) };
    let approval = words::approval(i18n, customer).filter(|_| asks);
    html! {
        <li key={customer.id.to_string()} class="bulk-plan__customer" data-testid="bulk-plan-customer">
            <span class="bulk-plan__name clip" title={name.clone()}>{&name}</span>
            <span class="bulk-plan__will">{will}</span>
            if let Some(approval) = approval { <span class="bulk-plan__left" data-testid="bulk-plan-approval">{approval}</span> }
            <>{for customer.left_out.iter().map(|left| html! {
                <span class="bulk-plan__left dim" data-testid="bulk-plan-left">{t!(i18n, "bulk-left-out", number = left.count, why = words::reason(i18n, &left.reason))}</span>
            })}</>
        </li>
    }
}
