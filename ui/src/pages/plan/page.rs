//! See the folder.

use yew::prelude::*;

use crate::i18n::{t, use_i18n};

/// The page.
#[component]
pub fn Plan() -> Html {
    let i18n = use_i18n();
    html! {
        <div class="page">
            <section class="page__list" aria-label={t!(i18n, "plan")}>
                <div class="page__head"><h1 class="page__title">{t!(i18n, "plan")}</h1></div>
            </section>
        </div>
    }
}
