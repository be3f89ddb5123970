//! Why the things of the chosen customer cannot be listed at all.

use tenantry_model::ipc::{CustomerRow, Freshness, IpcErrorKind};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::empty::{Empty, Failed};
use crate::components::icon::Icon;
use crate::i18n::{I18n, t};
use crate::remote::{LoadState, Remote};

/// The reason; none where they can be listed. `no_right` says title and text for who lacks the permission at the customer of this name.
pub fn refusal(
    i18n: &I18n,
    now: Timestamp,
    customer: &Remote<CustomerRow>,
    on_retry: &Callback<()>,
    needs: Permission,
    no_right: impl FnOnce(String) -> (String, String),
) -> Option<Html> {
    match customer.load_state() {
        LoadState::Loading => None,
        LoadState::Failed(error) if error.kind == IpcErrorKind::NotFound => Some(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "customer-gone-title")} text={t!(i18n, "customer-gone-text")} testid="customer-gone" />
        }),
        LoadState::Failed(error) => Some(html! { <Failed error={error.clone()} on_retry={on_retry.clone()} /> }),
        LoadState::Ready(row, _) => match row.freshness {
            Freshness::Locked { since } => Some(html! {
                <Empty icon={Icon::Lock} title={t!(i18n, "customer-locked-title", name = row.display_name.clone())} text={t!(i18n, "customer-locked-text", ago = i18n.ago(since, now), moment = i18n.moment(since))} testid="locked" />
            }),
            Freshness::OnlineOnly => Some(html! {
                <Empty icon={Icon::Lock} title={t!(i18n, "customer-online-only-title", name = row.display_name.clone())} text={t!(i18n, "customer-online-only-text")} testid="locked" />
            }),
            _ if !row.permissions.contains(needs) => {
                let (title, text) = no_right(row.display_name.clone());
                Some(html! { <Empty icon={Icon::Lock} {title} {text} testid="no-right" /> })
            }
            _ => None,
        },
    }
}
