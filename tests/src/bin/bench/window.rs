//! The app in its window against a bare WebKitGTK window: the start, and a keystroke until its result is painted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{IncidentColumn, IncidentFilter, IncidentQuery, IncidentScope, ListRow};
use tenantry_tests::desktop::driver::Driver;
use tenantry_tests::desktop::{App, AppOptions, Page, Person, Session, SystemBrowser};
use tokio::time::{sleep, timeout};

use crate::estate::{Estate, LIMIT, PERSON};
use crate::sizes::megabytes;
use crate::table::Row;
use crate::timing::Samples;

const STARTS: usize = 7;
/// In so many of them, the last ones, the memory is measured.
const WEIGHED: usize = 3;
const KEYSTROKES: usize = 60;
/// After this, a window that has shown its first rows does nothing by itself any more.
const SETTLED: Duration = Duration::from_secs(3);

/// Part of WebKitGTK, and nothing but a window around it. The folder's name has the machine's architecture in it.
const BARE: &str = "webkit2gtk-4.1/MiniBrowser";

/// The plain page that filters in JavaScript; `DATA` stands for its rows.
const PAGE: &str = include_str!("floor.html");

pub(crate) async fn measure(estate: &Estate) -> Result<Vec<Row>> {
    let mut session = Session::start().await?;
    let browser = SystemBrowser::install(&mut session)?;
    let options = AppOptions::at(estate.demo.base(), &session.folder().join("data"))?;
    prepare(&session, &browser, &options).await?;
    let bare = bare();
    let mut rows = starts(&session, &options, bare.as_deref()).await.context("start")?;
    rows.extend(keystrokes(estate, &session, &options, bare.as_deref()).await.context("keystrokes")?);
    Ok(rows)
}

/// Signs in and syncs, so that there is a cache; switches to the list over all customers, the longest that there is.
async fn prepare(session: &Session, browser: &SystemBrowser, options: &AppOptions) -> Result<()> {
    let mut app = App::start(session, options).await?;
    app.page.click("sign-in-button").await?;
    Person::sign_in(session, &browser.next(0).await?, PERSON).await?;
    let whole = async {
        loop {
            let status = app.page.invoke("get_sync", Value::Null).await?;
            if !status["asOf"].is_null() && status["historyPending"] == false {
                return anyhow::Ok(());
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(LIMIT, whole).await.context("the app does not finish its first sync")??;
    app.page.tab_to("all-tickets-toggle").await?;
    app.page.keys(" ").await?;
    app.page.find("incident-row").await?;
    app.page.painted().await?;
    app.close().await;
    Ok(())
}

/// From the order to start the program to its first row on the screen; of the bare window, to its first frame. Both are started and
/// watched through the same driver, whose own time is in both.
async fn starts(session: &Session, options: &AppOptions, bare: Option<&Path>) -> Result<Vec<Row>> {
    const SEEN: &str = "const wanted = args[0];
        while (wanted && !document.querySelector(wanted)) await new Promise(r => requestAnimationFrame(r));
        await new Promise(r => requestAnimationFrame(() => setTimeout(r, 0)));
        const seen = performance.timeOrigin + performance.now();
        const paint = performance.getEntriesByType('paint').find(it => it.name === 'first-contentful-paint');
        const marked = name => performance.getEntriesByName(name)[0]?.startTime ?? 0;
        return [seen, performance.timeOrigin, paint?.startTime ?? 0, marked('program-compiled'), marked('program-started')]";
    const PARTS: [&str; 4] = [
        "  of it, from the program's start until its page is asked for",
        "  from there until the first paint",
        "  from there until the page's program is compiled",
        "  from there until it has started",
    ];
    let mut samples = [Samples::default(), Samples::default()];
    let mut parts: [Samples; 4] = Default::default();
    let mut memory = [vec![], vec![]];
    for round in 0..=STARTS {
        let mut app = App::start(session, options).await?;
        let seen = timeout(LIMIT, app.page.run(SEEN, vec![Page::selector("incident-row").into()])).await??;
        let times: [f64; 5] = serde_json::from_value(seen)?;
        let (ours, asked_at) = (since(times[0], app.asked_at())?, app.asked_at());
        let weighs = round + WEIGHED > STARTS;
        if weighs {
            sleep(SETTLED).await;
            memory[0].push(app.memory()?);
        }
        app.close().await;
        // The first round warms the disk's cache.
        if round > 0 {
            samples[0].add(ours);
            parts[0].note(times[1] - asked_at);
            parts[1..].iter_mut().zip(&times[2..]).for_each(|(part, time)| part.note(*time));
        }
        let Some(bare) = bare else { continue };
        let mut driver = Driver::webkit(session, "bare", bare, &["--automation"], |_| {}).await?;
        let seen = timeout(LIMIT, Page::new(driver.client.clone()).run(SEEN, vec![Value::Null])).await??;
        let floor = since(seen[0].as_f64().context("no time from the page")?, driver.asked_at)?;
        if weighs {
            sleep(SETTLED).await;
            memory[1].push(driver.memory()?);
        }
        driver.close().await;
        if round > 0 {
            samples[1].add(floor);
        }
    }
    let whole = match bare {
        Some(_) => Row::times("start until the first rows from the cache (floor: bare window)", &samples),
        None => Row::alone("start until the first rows from the cache (no floor: no MiniBrowser)", &samples[0]),
    };
    let parts = PARTS.iter().zip(&parts).map(|(name, part)| Row::alone(*name, part));
    let [ours, floor] = memory.map(|all| megabytes(median(all)));
    let memory = Row::number("memory of the app, all its processes (floor: bare window)", "MB", ours, bare.map(|_| floor));
    Ok(std::iter::once(whole).chain(parts).chain([memory]).collect())
}

/// A character in the search box over all open incidents, until the rows that it leaves are painted.
async fn keystrokes(estate: &Estate, session: &Session, options: &AppOptions, bare: Option<&Path>) -> Result<Vec<Row>> {
    const PARTS: [&str; 3] = ["  of it, until the engine is asked", "  until the rows have arrived", "  until they are in the page"];
    let data = open_rows(estate).await?;
    let texts = texts(estate, &data).await?;
    let mut app = App::start(session, options).await?;
    app.page.find("incident-row").await?;
    let (search, matches) = (Page::selector("incident-search"), Page::selector("matches"));
    let mut driver = match bare {
        Some(bare) => Some(Driver::webkit(session, "bare", bare, &["--automation"], |_| {}).await?),
        None => None,
    };
    if let Some(driver) = &driver {
        let page = session.folder().join("floor.html");
        std::fs::write(&page, PAGE.replace("DATA", &serde_json::to_string(&data)?))?;
        driver.client.goto(&format!("file://{}", page.display())).await?;
    }
    let mut samples = [Samples::default(), Samples::default()];
    let mut parts: [Samples; 3] = Default::default();
    let mut alone = Samples::default();
    // In a few turns each: both windows are open, only one is busy at a time.
    for part in texts.chunks(texts.len().div_ceil(6)) {
        let typed_in_app = typed(&app.page, part, &search, &matches).await?;
        for [asked, arrived, in_page, painted] in typed_in_app.times {
            samples[0].note(painted);
            parts.iter_mut().zip([asked, arrived, in_page]).for_each(|(part, time)| part.note(time));
        }
        typed_in_app.alone.into_iter().for_each(|time| alone.note(time));
        if let Some(driver) = &driver {
            for [.., painted] in typed(&Page::new(driver.client.clone()), part, "input", "#matches").await?.times {
                samples[1].note(painted);
            }
        }
    }
    app.close().await;
    let open = data.as_array().map_or(0, Vec::len);
    let whole = match &mut driver {
        Some(driver) => {
            driver.close().await;
            Row::times(format!("keystroke until painted, {open} open (floor: plain list in JS)"), &samples)
        }
        None => Row::alone(format!("keystroke until painted, {open} open (no floor: no MiniBrowser)"), &samples[0]),
    };
    let parts = PARTS.iter().zip(&parts).map(|(name, part)| Row::alone(*name, part));
    let alone = Row::alone("  the same question to the engine, asked while nothing is drawn", &alone);
    Ok(std::iter::once(whole).chain(parts).chain([alone]).collect())
}

/// What was measured of texts that were typed, in milliseconds.
#[derive(Deserialize)]
struct Typed {
    /// For each text until the engine was asked, it has answered, the number has changed, and it was painted; the plain page has no engine.
    times: Vec<[f64; 4]>,
    /// The way to the engine and back, while the page does nothing else.
    alone: Vec<f64>,
}

/// Puts each text into the box and waits until the number of matches has changed and was painted.
async fn typed(page: &Page, texts: &[String], search: &str, matches: &str) -> Result<Typed> {
    const TYPE: &str = "const [texts, search, matches] = args, times = [], alone = [], engine = window.engine, invoke = engine?.invoke;
        let asked = 0, arrived = 0, drawn = 0, last;
        if (engine) engine.invoke = (command, request) => {
            const answer = invoke(command, request);
            if (command === 'list_incidents') { last = request; asked = performance.now(); answer.then(() => { arrived = performance.now(); }); }
            return answer;
        };
        const box = document.querySelector(search), value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
        // Not `innerText`, which would have all of the page laid out each time.
        const shown = () => document.querySelector(matches)?.textContent;
        for (const text of texts) {
            const before = shown(), start = performance.now();
            const changed = new Promise((done, fail) => {
                const look = () => shown() !== before && (seer.disconnect(), drawn = performance.now(), done());
                const seer = new MutationObserver(look);
                seer.observe(document.body, { subtree: true, childList: true, characterData: true });
                setTimeout(() => fail(`after '${text}' it still says ${shown()}`), 5000);
            });
            value.set.call(box, text);
            box.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await changed;
            await new Promise(r => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); }));
            times.push([asked, arrived, drawn, performance.now()].map(at => Math.max(0, at - start)));
            await new Promise(r => setTimeout(r, 30));
            if (!last) continue;
            const alike = performance.now();
            await invoke('list_incidents', last);
            alone.push(performance.now() - alike);
        }
        if (engine) engine.invoke = invoke;
        return { times, alone }";
    let times = page.run(TYPE, vec![json!(texts), search.into(), matches.into()]).await?;
    Ok(serde_json::from_value(times)?)
}

/// All open incidents as a screen shows them, each as one text.
async fn open_rows(estate: &Estate) -> Result<Value> {
    const PART: u32 = 500;
    let mut rows = vec![];
    loop {
        let page = estate.engine().list_incidents(query("", u32::try_from(rows.len())?, PART)).await?.read()?;
        let last = page.rows.len() < PART as usize;
        rows.extend(page.rows.into_iter().filter_map(|row| match row {
            ListRow::Incident { incident, customer_name, .. } => {
                let rooms = incident.rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>().join(", ");
                Some(json!([incident.number, customer_name, incident.kind, rooms, incident.status, incident.severity, incident.problem]))
            }
            ListRow::Category { .. } => None,
        }));
        if last {
            return Ok(Value::Array(rows));
        }
    }
}

/// What is typed: a text that leaves some rows, then nothing again, and so on; so that the number of matches changes every time, in the
/// app and in the plain page.
async fn texts(estate: &Estate, data: &Value) -> Result<Vec<String>> {
    let rows: Vec<String> = data.as_array().context("rows")?.iter().map(|row| row.to_string().to_lowercase()).collect();
    let mut words: Vec<&str> =
        rows.iter().flat_map(|row| row.split(|c: char| !c.is_ascii_alphabetic())).filter(|word| word.len() >= 5).collect();
    words.sort_unstable();
    words.dedup();
    let step = (words.len() / KEYSTROKES).max(1);
    let mut texts = vec![];
    for text in words.iter().step_by(step).enumerate().map(|(at, word)| &word[..1 + at % 4]) {
        let plain = rows.iter().filter(|row| row.contains(text)).count();
        let ours = estate.engine().list_incidents(query(text, 0, 1)).await?.read()?.matches as usize;
        if [plain, ours].iter().all(|count| (1..rows.len()).contains(count)) {
            texts.extend([text.to_owned(), String::new()]);
        }
    }
    texts.truncate(KEYSTROKES);
    ensure!(texts.len() > 10, "too little to type: {texts:?}");
    Ok(texts)
}

fn query(text: &str, offset: u32, limit: u32) -> IncidentQuery {
    IncidentQuery {
        scope: IncidentScope::All,
        tab: IncidentTab::Active,
        resolved_days: 30,
        filter: IncidentFilter { text: text.to_owned(), ..IncidentFilter::default() },
        sort: IncidentColumn::Urgency,
        descending: false,
        titles: vec![],
        by_category: false,
        collapsed: vec![],
        offset,
        limit,
    }
}

/// 0 of none.
fn median(mut all: Vec<u64>) -> u64 {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn since(seen: f64, asked_at_ms: f64) -> Result<Duration> {
    if seen < asked_at_ms {
        bail!("the page was painted at {seen} and the program started at {asked_at_ms}");
    }
    Ok(Duration::from_secs_f64((seen - asked_at_ms) / 1_000.0))
}

fn bare() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path().join(BARE));
    libraries.chain(["/usr/libexec/webkit2gtk-4.1/MiniBrowser".into()]).find(|path| path.is_file())
}
