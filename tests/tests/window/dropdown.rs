//! The customer dropdown, by keyboard alone.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tenantry_tests::desktop::page::key::Key;

use crate::fixture::Fixture;

/// A customer of the dropdown.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Its open incidents, as the dropdown says.
    pub(crate) open: u64,
}

const OPTIONS: &str = "return [...document.querySelectorAll('[data-testid=customer-option]')].map(e => ({
    id: e.dataset.id, name: e.title || e.innerText.split('\\n')[0], open: parseInt(e.lastElementChild.innerText.replace(/\\D/g, '') || '0') }))";

const ACTIVE: &str = "return document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.dataset.id ?? null";

/// Opens the dropdown, types the beginning of a name, moves to it with the arrows and takes it with Enter.
pub(crate) async fn choose_with_the_keyboard(fixture: &mut Fixture) -> Result<Customer> {
    let page = fixture.page().clone();
    let all = fixture.api.me().await?.customers.len();
    page.tab_to("customer-dropdown").await?;
    page.press(Key::Enter).await?;
    page.find("customer-search").await?;
    let options: Vec<Customer> = page
        .eventually("the dropdown has rows", &format!("const rows = (() => {{ {OPTIONS} }})(); return rows.length ? rows : null"), vec![])
        .await?;
    let size = page.script("return parseInt(document.querySelector('[data-testid=customer-option]').ariaSetSize)", vec![]).await?;
    ensure!(size.as_u64() == Some(all as u64), "the dropdown has {size} customers, the service shows {all}");
    // In the order of names, so that its rows can be found again; and not the one that was chosen at first.
    let wanted = options
        .iter()
        .filter(|customer| customer.open >= 3)
        .nth(1)
        .with_context(|| format!("no customer with open incidents in the dropdown: {options:?}"))?
        .clone();

    let start: String = wanted.name.chars().take(2).collect();
    page.keys(&start).await?;
    let narrowed = "const rows = (() => { OPTIONS })(); return rows.length > 0 && rows.every(row => row.name.toLowerCase().includes(arguments[0].toLowerCase())) ? rows : null";
    let left: Vec<Customer> =
        page.eventually("the dropdown is narrowed", &narrowed.replace("OPTIONS", OPTIONS), vec![start.into()]).await?;
    ensure!(left.len() < options.len(), "the search leaves all of {left:?}");
    for _ in 0..=left.len() {
        if page.script(ACTIVE, vec![]).await?.as_str() == Some(&wanted.id) {
            break;
        }
        page.press(Key::Down).await?;
    }
    ensure!(page.script(ACTIVE, vec![]).await?.as_str() == Some(&wanted.id), "the arrows do not reach {wanted:?} among {left:?}");
    page.press(Key::Enter).await?;
    page.gone("customer-search").await?;
    page.reads("customer-dropdown", "it names the customer", |text| text.contains(&wanted.name)).await?;
    fixture.seen.insert(wanted.name.clone());
    Ok(wanted)
}
