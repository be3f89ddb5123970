//! The border between the page and the rest: no other origin, no command that is not permitted.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tenantry_tests::wait::SOON;

use crate::fixture::Fixture;

/// Commands that the page must not reach: one that does not exist, and some that plug-ins and the shell bring along.
const REFUSED: &[&str] = &[
    "no_such_command",
    "plugin:opener|open_url",
    "plugin:opener|open_path",
    "plugin:shell|execute",
    "plugin:fs|read_text_file",
    "plugin:http|fetch",
    "plugin:webview|create_webview_window",
    "plugin:window|create",
    "plugin:webview|internal_toggle_devtools",
];

/// The page was never anywhere else, shows nothing of anywhere else, cannot fetch from anywhere else, holds no token, and is refused
/// whatever is not its own.
pub(crate) async fn the_page_reaches_the_engine_alone(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let left =
        page.script("return window.neverLeft === true && document.querySelectorAll('iframe, object, embed').length === 0", vec![]).await?;
    ensure!(left == Value::Bool(true), "the sign-in went through the webview");
    let loaded = page.script("return [location.origin, ...performance.getEntriesByType('resource').map(e => e.name)]", vec![]).await?;
    let service = fixture.demo.base();
    ensure!(!loaded.to_string().contains(service), "the page loaded something of {service}: {loaded}");

    let fetched = page.run("return await fetch(args[0]).then(answer => answer.status)", vec![format!("{service}/healthz").into()]).await;
    ensure!(fetched.is_err(), "the page can fetch from the service by itself: {fetched:?}");
    let evaluated = page.run("const s = document.createElement('script'); s.textContent = 'window.injected = 1'; document.head.append(s); return window.injected ?? null", vec![]).await?;
    ensure!(evaluated.is_null(), "the page runs a script that was put into it");

    for command in REFUSED {
        let asked = page.run(
            "return await window.__TAURI__.core.invoke(args[0], args[1])",
            vec![
                (*command).into(),
                json!({ "args": {}, "url": service, "path": "/etc/hostname", "program": "sh", "options": { "label": "x" }, "label": "x" }),
            ],
        );
        let answer = tokio::time::timeout(SOON, asked).await?;
        ensure!(answer.is_err(), "the page may invoke {command}: {answer:?}");
    }

    let stored = page.script("return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])", vec![]).await?;
    ensure!(stored == Value::String("[{},{},\"\"]".into()), "the page stores something: {stored}");
    Ok(())
}
