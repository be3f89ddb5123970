//! See the folder.

use yew::prelude::*;

use crate::i18n::{t, use_i18n};

/// The page.
#[component]
pub fn Approvals() -> Html {
    let i18n = use_i18n();
    html! {
        <div class="page">
            <section class="page__list" aria-label={t!(i18n, "approvals")}>
                <div class="page__head"><h1 class="page__title">{t!(i18n, "approvals")}</h1></div>
            </section>
        </div>
    }
}
