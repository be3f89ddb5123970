//! Everything twice as large, and text that is marked.

use anyhow::{Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use serde_json::{Value, json};
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::key::{self, Key};

use crate::fixture::{Fixture, screens};
use crate::screens::{all_tickets, choose};

/// Presses a key with Ctrl held.
async fn with_ctrl(page: &Page, pressed: char) -> Result<()> {
    let held = key::code(Key::Control);
    let actions = [
        KeyAction::Down { value: held },
        KeyAction::Down { value: pressed },
        KeyAction::Up { value: pressed },
        KeyAction::Up { value: held },
    ];
    Ok(page.client().perform_actions(actions.into_iter().fold(KeyActions::new("keyboard".into()), KeyActions::then)).await?)
}

async fn is_at(page: &Page, percent: u32) -> Result<()> {
    let script = "return getComputedStyle(document.documentElement).fontSize === arguments[0]";
    page.eventually::<bool>(&format!("everything is at {percent} %"), script, vec![format!("{}px", percent * 16 / 100).into()]).await?;
    page.painted().await
}

/// What of the page is in the way of something else, or cut off. Of each control and heading, its middle must be its own.
const IN_THE_WAY: &str = "
    const wrong = [], name = e => e.dataset?.testid || e.className || e.tagName;
    if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const covers = e => { const r = e.getBoundingClientRect(); const at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
                          return at && !e.contains(at) && !at.contains(e) ? name(at) : null };
    const shown = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 1);
    const pane = document.querySelector('.page--split > .pane, .page--split > .wizard');
    for (const e of [...shown('.header button, .header input, .header .demo'), ...(pane ? shown('.pane__title, .pane__head button') : shown('.page__title, .page__head button, .counter'))]) {
        const over = covers(e);
        if (over) wrong.push(`${over} lies over ${name(e)}`);
    }
    const row = shown('.header > *, .header__end > *').map(e => [e, e.getBoundingClientRect()]);
    for (const [e, r] of row) {
        if (r.right > innerWidth + 1) wrong.push(`${name(e)} leaves the window`);
        for (const [f, s] of row) if (e !== f && !e.contains(f) && !f.contains(e) && r.left < s.right - 1 && s.left < r.right - 1) wrong.push(`${name(e)} meets ${name(f)}`);
    }
    if (!pane) for (const label of shown('.counter .clip')) if (label.scrollWidth > label.clientWidth) wrong.push(`“${label.innerText}” is cut`);
    const rows = shown('[role=row][id]').map(e => e.getBoundingClientRect());
    for (let at = 1; at < rows.length; at++) if (rows[at].top < rows[at - 1].bottom - 1) wrong.push(`row ${at} lies over the one before`);
    return wrong;";

async fn nothing_in_the_way(fixture: &Fixture, name: &str) -> Result<()> {
    let page = fixture.page();
    page.point_away().await?;
    page.painted().await?;
    fixture.session.picture(&screens().join(format!("zoom-{name}.png"))).await?;
    let wrong = page.script(IN_THE_WAY, vec![]).await?;
    ensure!(wrong == json!([]), "{name}: {wrong:#}");
    Ok(())
}

/// Ctrl with +, − and 0; nothing overlaps at 200 %; and it is so after a restart.
pub(crate) async fn fault_9_06_everything_grows_and_stays_so(fixture: &mut Fixture) -> Result<()> {
    all_tickets(fixture, true).await?;
    let page = fixture.page();
    is_at(page, 100).await?;
    nothing_in_the_way(fixture, "100-incidents").await?;
    for _ in 0..5 {
        with_ctrl(page, '+').await?;
    }
    is_at(page, 200).await?;
    for language in ["de", "en"] {
        choose(page, "language-select", language).await?;
        nothing_in_the_way(fixture, &format!("200-{language}-incidents")).await?;
        page.click("incident-row").await?;
        page.find("incident-detail").await?;
        nothing_in_the_way(fixture, &format!("200-{language}-incident")).await?;
        page.click("detail-close").await?;
        page.gone("incident-detail").await?;
        page.click("nav-roles").await?;
        page.click("role-row").await?;
        page.find("detail-close").await?;
        nothing_in_the_way(fixture, &format!("200-{language}-role")).await?;
        page.click("detail-close").await?;
        nothing_in_the_way(fixture, &format!("200-{language}-roles")).await?;
        page.click("nav-incidents").await?;
        page.find("incident-row").await?;
    }
    fixture.restart_app().await?;
    let page = fixture.page();
    page.find("incident-row").await?;
    is_at(page, 200).await?;
    with_ctrl(page, '-').await?;
    is_at(page, 175).await?;
    with_ctrl(page, '0').await?;
    is_at(page, 100).await
}

/// A pointer that goes over words marks them, opens nothing, and leaves Ctrl+C to the page; a plain click opens the row.
pub(crate) async fn fault_9_09_words_of_a_row_are_marked_and_copied(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.find("incident-row").await?;
    let script = "const r = document.querySelector('[data-testid=incident-row] .cell--problem .clip').getBoundingClientRect();
        return [r.x + 1, r.y + r.height / 2, r.x + Math.min(r.width, 90) - 1]";
    let [from, y, to]: [f64; 3] = serde_json::from_value(page.script(script, vec![]).await?)?;
    let drag = [
        PointerAction::MoveTo { duration: None, x: from, y },
        PointerAction::Down { button: 0 },
        PointerAction::MoveTo { duration: None, x: f64::midpoint(from, to), y },
        PointerAction::MoveTo { duration: None, x: to, y },
        PointerAction::Up { button: 0 },
    ];
    page.script(
        "window.copied = null; addEventListener('copy', event => { window.copied = event.defaultPrevented ? '' : String(getSelection()) })",
        vec![],
    )
    .await?;
    page.client().perform_actions(drag.into_iter().fold(MouseActions::new("mouse".into()), MouseActions::then)).await?;
    page.painted().await?;
    let marked = page.script("return String(getSelection())", vec![]).await?;
    ensure!(marked.as_str().is_some_and(|text| text.trim().len() > 3), "the words of a row cannot be marked: {marked}");
    ensure!(!page.shows("incident-detail").await?, "marking words opened their row");
    with_ctrl(page, 'c').await?;
    page.eventually::<bool>("what is marked is copied", "return window.copied === arguments[0]", vec![marked]).await?;
    page.click("incident-row").await?;
    page.find("incident-detail").await?;
    let selectable =
        "return [...document.querySelectorAll('.pane__title, .prose p, .fact__value')].map(e => getComputedStyle(e).webkitUserSelect)";
    let kinds = page.script(selectable, vec![]).await?;
    ensure!(kinds.as_array().is_some_and(|kinds| !kinds.is_empty() && !kinds.contains(&Value::from("none"))), "{kinds}");
    page.click("detail-close").await?;
    page.gone("incident-detail").await
}
