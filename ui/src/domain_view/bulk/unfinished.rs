//! Bulk actions that were started before and have not begun everything: above the list, until somebody goes on with them or forgets them.

use tenantry_model::ipc::{ForgetBulk, FormId, GetUnfinishedBulk, UnfinishedRun};
use yew::prelude::*;

use super::words;
use crate::components::button::Button;
use crate::components::focus::focus_page_title;
use crate::components::notice::{Tone, failed, standing};
use crate::context::use_app;
use crate::hooks::{UseTask, call, use_command, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct UnfinishedProps {
    /// Whether a run is told of already.
    pub(super) has_run: bool,
    /// Whether the list is of rooms: others are told where theirs is.
    pub(super) of_rooms: bool,
    /// Whether the list is of all customers: one of these may be at some of any.
    pub(super) over_all: bool,
    pub(super) planning: UseTask,
    /// Plans anew what one of them has not begun.
    pub(super) on_go_on: Callback<FormId>,
}

#[component]
pub(super) fn Unfinished(props: &UnfinishedProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let runs = use_command::<GetUnfinishedBulk>(Some(()), app.model.bulk);
    let forgetting = use_task();
    if props.has_run {
        return html! {};
    }
    let elsewhere = (!props.over_all).then(|| AttrValue::from(t!(i18n, "bulk-go-on-over-all")));
    let line = |run: &UnfinishedRun| {
        let id = run.id;
        let on_forget = {
            let forgetting = forgetting.clone();
            Callback::from(move |_: MouseEvent| {
                forgetting.run(async move {
                    call::<ForgetBulk>(id).await?;
                    focus_page_title();
                    Ok(())
                })
            })
        };
        let action = words::action(&i18n, &run.action);
        let text = if run.undoes {
            t!(i18n, "bulk-unfinished-undo", action = action, number = run.not_begun, total = run.total)
        } else {
            t!(i18n, "bulk-unfinished", action = action, number = run.not_begun, total = run.total)
        };
        html! {
            <div key={id.0.to_string()} class="page__notice">{standing(Tone::Care, "bulk-unfinished", html! { <>
                <p>{text}</p>
                <p class="notice__buttons">
                    if !run.undoes { <Button class="button button--small" testid="bulk-resume" why={elsewhere.clone()} busy={props.planning.is_busy()} onclick={props.on_go_on.reform(move |_: MouseEvent| id)}>{t!(i18n, "bulk-go-on")}</Button> }
                    <Button class="button button--small" testid="bulk-forget" busy={forgetting.is_busy()} onclick={on_forget}>{t!(i18n, "bulk-forget")}</Button>
                </p>
            </> })}</div>
        }
    };
    html! { <>
        <>{for runs.remote.data().into_iter().flatten().filter(|run| run.action.is_of_rooms() == props.of_rooms).map(line)}</>
        if let Some(error) = forgetting.error() { {failed(&i18n, error)} }
    </> }
}
