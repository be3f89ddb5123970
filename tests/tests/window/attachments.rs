//! A picture is added to an incident, shown, and saved (R82, W9).

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Locator;
use tenantry_tests::desktop::page::Page;

use crate::fixture::Fixture;

/// A picture of one point.
const POINT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// Of the incident that is open.
pub(crate) async fn r82_a_picture_is_added_shown_and_saved(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let folder = tempfile::tempdir()?;
    let picture = STANDARD.decode(POINT)?;
    let (good, lies) = (folder.path().join("Büro <3>.png"), folder.path().join("gelogen.png"));
    std::fs::write(&good, &picture)?;
    std::fs::write(&lies, "<script>alert(1)</script>")?;
    page.click("pane-attachments").await?;
    page.find("attachment-add").await?;
    choose(page, good.to_str().context("a path")?).await?;
    page.reads("attachment", "it is there", |text| text.contains("Büro <3>.png") && text.contains("KB")).await?;
    page.reads("pane-attachments", "the tab counts it", |text| text.contains('1')).await?;
    page.click("attachment-show").await?;
    let points =
        "const picture = document.querySelector('[data-testid=attachment-picture]'); return picture?.complete && picture.naturalWidth";
    ensure!(page.eventually::<u32>("the picture is drawn", points, vec![]).await? == 1);
    page.click("attachment-save").await?;
    page.reads("attachment-saved", "it says where it lies", |text| text.contains("Büro _3_.png")).await?;
    let path = page.script("return document.querySelector('[data-testid=attachment-saved] .number').textContent", vec![]).await?;
    let path = path.as_str().context("no path")?.to_owned();
    ensure!(std::fs::read(&path)? == picture, "{path} is another file");

    choose(page, lies.to_str().context("a path")?).await?;
    page.reads("attachment-transfer", "it says why it was not taken", |text| text.contains("gelogen.png")).await?;
    page.find("failed").await?;
    page.click("attachment-cancel").await?;
    page.gone("attachment-transfer").await?;
    page.click("pane-overview").await
}

/// As the system's dialog would: the field itself is hidden behind a button.
async fn choose(page: &Page, path: &str) -> Result<()> {
    let field = page.client().find(Locator::Css("[data-testid=attachment-input]")).await?;
    field.send_keys(path).await?;
    Ok(())
}
