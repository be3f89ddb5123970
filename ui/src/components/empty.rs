//! What stands where there is nothing to show: why, and what to do about it.

use tenantry_model::ipc::{IpcError, IpcErrorKind};
use yew::prelude::*;

use super::icon::{Icon, glyph};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    pub icon: Icon,
    pub title: AttrValue,
    #[prop_or_default]
    pub text: AttrValue,
    /// How it feels: `good`, `bad`, or nothing.
    #[prop_or_default]
    pub tone: Classes,
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class={classes!("empty", props.tone.clone())} data-testid={props.testid.clone()}>
            <span class="empty__icon">{glyph(props.icon)}</span>
            <h2 class="empty__title">{&props.title}</h2>
            if !props.text.is_empty() { <p class="empty__text">{&props.text}</p> }
            {props.children.clone()}
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct FailedProps {
    pub error: IpcError,
    pub on_retry: Callback<()>,
}

#[component]
pub fn Failed(props: &FailedProps) -> Html {
    let i18n = use_i18n();
    let error = &props.error;
    let (icon, title) = match error.kind {
        IpcErrorKind::Locked => (Icon::Lock, t!(i18n, "locked-title")),
        IpcErrorKind::NotFound => (Icon::Info, t!(i18n, "gone-title")),
        IpcErrorKind::Offline => (Icon::Offline, t!(i18n, "offline-title")),
        _ => (Icon::Important, t!(i18n, "failed-title")),
    };
    let on_retry = props.on_retry.clone();
    html! {
        <Empty {icon} {title} text={i18n.label(error.kind)} tone="empty--bad" testid="failed">
            if error.kind == IpcErrorKind::Internal { <p class="empty__detail">{&error.message}</p> }
            if error.retryable || error.kind == IpcErrorKind::Internal {
                <button type="button" class="button" onclick={move |_| on_retry.emit(())}>{t!(i18n, "try-again")}</button>
            }
        </Empty>
    }
}
