//! Reports, by keyboard: from the chart's one day to the next, another period, and the numbers behind the chart (R93).

use anyhow::{Result, ensure};
use tenantry_tests::desktop::page::key::Key;

use crate::fixture::Fixture;
use crate::keyboard::{Keys, focus_on};
use crate::relations;

/// What the chart says of the day that is looked at.
const TOLD: &str = "return document.querySelector('[data-testid=chart-health] .chart__told')?.textContent || null";
const TO_CHART: &str = "document.querySelector('[data-testid=chart-health] .chart__plot').focus()";
/// How many days the table of health has, once there is one.
const LINES: &str = "return document.querySelector('.report__table tbody')?.rows.length || null";

/// By the customer's own administrator.
pub(crate) async fn r93_a_report_is_read_by_keyboard(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, "customer-admin").await?;
    let page = fixture.page();
    let mut keys = Keys::at(page);
    page.find("nav-reports").await?;
    page.script("document.querySelector('[data-testid=nav-rooms]').focus()", vec![]).await?;
    keys.press(Key::Down).await?;
    focus_on(page, "nav-reports").await?;
    keys.press(Key::Enter).await?;
    page.find("tile-healthy").await?;
    let newest: String = page.eventually("what the newest day says", TOLD, vec![]).await?;
    page.script(TO_CHART, vec![]).await?;
    keys.press(Key::Left).await?;
    let before: String = page.eventually("what the day before says", TOLD, vec![]).await?;
    ensure!(newest != before, "the arrow leads nowhere: {newest}");
    page.click("report-tab-health").await?;
    page.find("report-room").await?;
    page.click("report-days-30").await?;
    page.attribute("report-days-30", "aria-pressed", "true").await?;
    page.click("report-table").await?;
    let lines: u32 = page.eventually("the numbers of thirty days", LINES, vec![]).await?;
    ensure!(lines == 30, "{lines} days");
    Ok(())
}
