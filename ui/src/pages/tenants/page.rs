//! See the folder.

use yew::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::route::Route;

/// Properties of [`Tenants`].
#[derive(Properties, PartialEq)]
pub struct TenantsProps {
    /// Where one is.
    pub route: Route,
    /// What is searched for.
    pub text: AttrValue,
}

/// The page.
#[component]
pub fn Tenants(_props: &TenantsProps) -> Html {
    let i18n = use_i18n();
    html! {
        <div class="page">
            <section class="page__list" aria-label={t!(i18n, "tenants")}>
                <div class="page__head"><h1 class="page__title">{t!(i18n, "tenants")}</h1></div>
            </section>
        </div>
    }
}
