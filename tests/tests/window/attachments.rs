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
    page.reads("attachment-refused", "it says why it was not taken", |text| text.contains("gelogen.png")).await?;
    page.gone("attachment-transfer").await?;
    pasted_into_a_message(page, &picture).await?;
    page.click("pane-overview").await
}

/// A picture of the screen goes to the files, and whoever writes stays at their message; what has text as well goes into the message.
async fn pasted_into_a_message(page: &Page, picture: &[u8]) -> Result<()> {
    page.click("pane-messages").await?;
    page.find("composer").await?;
    let paste = "const [base64, text] = arguments;
        const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'Schirm.png', { type: 'image/png' }));
        if (text) data.setData('text/plain', text);
        const field = document.querySelector('[data-testid=composer] textarea');
        field.focus();
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        field.dispatchEvent(event);
        return event.defaultPrevented;";
    let base64 = STANDARD.encode(picture);
    let with_text = page.script(paste, vec![base64.clone().into(), "Seen".into()]).await?;
    let alone = page.script(paste, vec![base64.into(), "".into()]).await?;
    ensure!((with_text.as_bool(), alone.as_bool()) == (Some(false), Some(true)), "{with_text} {alone}");
    page.reads("pane-attachments", "the tab counts it", |text| text.contains('2')).await?;
    page.find("composer").await?;
    page.click("pane-attachments").await?;
    let names = "return [...document.querySelectorAll('[data-testid=attachment] .file__name')].filter(name => name.textContent == 'Schirm.png').length";
    ensure!(page.eventually::<u32>("it is there", names, vec![]).await? == 1);
    Ok(())
}

/// As the system's dialog would: the field itself is hidden behind a button.
async fn choose(page: &Page, path: &str) -> Result<()> {
    let field = page.client().find(Locator::Css("[data-testid=attachment-input]")).await?;
    field.send_keys(path).await?;
    Ok(())
}
