use std::rc::Rc;

use tenantry_model::ipc::{CustomerRow, IpcErrorKind};
use yew::prelude::*;

use super::general::General;
use super::keys::Keys;
use super::signals::Signals;
use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::components::list_page::{ListPage, message};
use crate::components::tabs::tabs_of;
use crate::context::use_app;
use crate::domain_view::own_domains::OwnDomains;
use crate::hooks::{use_page_title, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::{LoadState, Remote};
use crate::route::{Route, SettingsTab};

#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    pub customer: Rc<Remote<CustomerRow>>,
}

#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let (i18n, app, place) = (use_i18n(), use_app(), use_place());
    let title = use_page_title();
    let tab = match place.here {
        Route::Settings { tab } => tab,
        _ => SettingsTab::General,
    };
    let words = |tab: SettingsTab| match tab {
        SettingsTab::General => ("settings-tab-general", t!(i18n, "settings-general"), None),
        SettingsTab::Keys => ("settings-tab-keys", t!(i18n, "settings-keys"), None),
        SettingsTab::Signals => ("settings-tab-signals", t!(i18n, "settings-signals"), None),
    };
    let on_tab = {
        let place = place.clone();
        move |tab: SettingsTab| place.replace(Route::Settings { tab })
    };
    let name = AttrValue::from(props.customer.data().map(|row| row.display_name.clone()).unwrap_or_default());
    let content = match app.model.preferences.customer {
        None => html! { <>
            <div class="sheet"><div class="sheet__column"><OwnDomains /></div></div>
            {message(html! { <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "settings-choose-text")} testid="settings-choose" /> })}
        </> },
        Some(customer) => {
            let key = customer.to_string();
            let shown = match tab {
                SettingsTab::General => html! { <General {key} {customer} {name} /> },
                SettingsTab::Keys => html! { <Keys {key} {customer} {name} /> },
                SettingsTab::Signals => html! { <Signals {key} {customer} {name} /> },
            };
            html! { <>
                <div class="page__bar">{tabs_of(title.to_string(), SettingsTab::ALL, tab, words, on_tab)}</div>
                <div class="sheet" role="tabpanel" tabindex="0"><div class={classes!("sheet__column", (tab == SettingsTab::Signals).then_some("sheet__column--wide"))}>{shown}</div></div>
            </> }
        }
    };
    html! { <ListPage {title}>{content}</ListPage> }
}

/// What stands in the place of what the user may not see.
pub(super) fn refused<T>(i18n: &I18n, remote: &Remote<T>, name: &str) -> Option<Html> {
    match remote.load_state() {
        LoadState::Failed(error) if matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Refused) => Some(html! {
            <Empty icon={Icon::Lock} title={t!(i18n, "settings-no-right-title")} text={t!(i18n, "settings-no-right-text", name = name.to_owned())} testid="no-right" />
        }),
        _ => None,
    }
}
