//! Hands and eyes for a page: everything is found by its `data-testid`, waits with a deadline, and says what it saw instead.
//!
//! After each press and click the focus must be on something: one that falls to the page's body has lost its place, whatever was pressed.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::wait::{SOON, eventually};

/// What has not moved for so long is clicked.
const SETTLED: Duration = Duration::from_millis(100);

/// Keys that have no character.
pub mod key {
    pub use fantoccini::key::Key;

    /// The code of a key, as WebDriver writes it.
    pub fn code(key: Key) -> char {
        char::from(key)
    }
}

/// WebKitWebDriver's errors often have a name and no text.
fn named(error: CmdError) -> anyhow::Error {
    match error {
        CmdError::Standard(error) => anyhow::anyhow!("WebDriver answers {:?}: {}", error.error, error.message),
        error => error.into(),
    }
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    /// The page that this session shows.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The session itself.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The selector of a test id, with more of a selector behind it where wanted: `incident-row[data-number="…"]`.
    pub fn selector(id: &str) -> String {
        let (id, more) = id.split_at(id.find(['[', ' ', ':', '.']).unwrap_or(id.len()));
        format!("[data-testid=\"{id}\"]{more}")
    }

    /// Waits for the first visible element with this test id.
    pub async fn find(&self, id: &str) -> Result<Element> {
        let css = Self::selector(id);
        let what = format!("{css} shows");
        match eventually(SOON, &what, || async { Ok(self.visible(&css).await) }).await {
            Ok(element) => Ok(element),
            Err(error) => Err(error.context(format!("the page reads:\n{}", self.text().await.unwrap_or_default()))),
        }
    }

    /// The first element of this selector that is visible now.
    async fn visible(&self, css: &str) -> Option<Element> {
        // While the page loads or draws anew, there may be nothing to ask, or what was found is gone before the next question.
        for element in self.client.find_all(Locator::Css(css)).await.unwrap_or_default() {
            if element.is_displayed().await.unwrap_or(false) {
                return Some(element);
            }
        }
        None
    }

    /// Waits until a script answers something other than null or false, and reads that.
    pub async fn eventually<T: DeserializeOwned>(&self, what: &str, script: &str, args: Vec<Value>) -> Result<T> {
        // A page that is loaded anew at this moment answers an error; it is asked again.
        let last = std::cell::RefCell::new(None);
        let found = eventually(SOON, what, || async {
            let answer = self.script(script, args.clone()).await;
            let found = answer.as_ref().ok().filter(|value| !matches!(value, Value::Null | Value::Bool(false))).cloned();
            last.replace(answer.err());
            Ok(found)
        });
        match found.await {
            Ok(value) => Ok(serde_json::from_value(value)?),
            Err(error) => {
                let error = last.take().map_or_else(|| error.to_string(), |last| format!("{error} ({last:#})"));
                Err(anyhow::anyhow!("{error}\nThe page reads:\n{}", self.text().await.unwrap_or_default()))
            }
        }
    }

    /// Waits until nothing visible has this test id.
    pub async fn gone(&self, id: &str) -> Result<()> {
        let script = "return ![...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())";
        self.eventually::<bool>(&format!("{id} is gone"), script, vec![Self::selector(id).into()]).await.map(|_| ())
    }

    /// Whether something visible has this test id now.
    pub async fn shows(&self, id: &str) -> Result<bool> {
        let script = "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())";
        Ok(self.script(script, vec![Self::selector(id).into()]).await? == Value::Bool(true))
    }

    /// Clicks the first visible element with this test id, once it takes clicks.
    pub async fn click(&self, id: &str) -> Result<()> {
        let what = format!("{id} takes a click");
        eventually(SOON, &what, || async { Ok(self.click_once(id).await?.then_some(())) }).await?;
        self.has_focus(&format!("a click on {id}")).await
    }

    /// Clicks the first visible element with this test id, if there is one that takes clicks now. Answers whether it was clicked.
    pub async fn click_now(&self, id: &str) -> Result<bool> {
        let clicked = self.click_once(id).await?;
        if clicked {
            self.has_focus(&format!("a click on {id}")).await?;
        }
        Ok(clicked)
    }

    async fn click_once(&self, id: &str) -> Result<bool> {
        let Some(element) = self.visible(&Self::selector(id)).await else { return Ok(false) };
        // WebDriver clicks a disabled button without a word, and a list that is drawn anew between finding and clicking is no error of the page.
        let is_off = element.attr("aria-disabled").await.ok().flatten().is_some_and(|off| off == "true");
        let is_enabled = !is_off && element.is_enabled().await.unwrap_or(false);
        // What still moves, because a notice above it comes or goes, is no longer under the pointer when the button is pressed.
        let before = self.place(&element).await;
        tokio::time::sleep(SETTLED).await;
        let is_still = before.is_some() && self.place(&element).await == before;
        Ok(is_enabled && is_still && element.click().await.is_ok())
    }

    /// Where an element is on the screen, once it was scrolled to; nothing where it is gone. The driver itself answers nothing for what lies
    /// outside of what is visible.
    async fn place(&self, element: &Element) -> Option<Value> {
        const PLACE: &str = "arguments[0].scrollIntoView({ block: 'nearest' });
            const { x, y, width, height } = arguments[0].getBoundingClientRect();
            return [x, y, width, height]";
        let element = serde_json::to_value(element).ok()?;
        self.client.execute(PLACE, vec![element]).await.ok()
    }

    /// Waits until the element with this test id has this value in this attribute.
    pub async fn attribute(&self, id: &str, name: &str, value: &str) -> Result<()> {
        let script = "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility() && e.getAttribute(arguments[1]) === arguments[2])";
        let what = format!("{id} has {name}={value}");
        self.eventually::<bool>(&what, script, vec![Self::selector(id).into(), name.into(), value.into()]).await.map(|_| ())
    }

    /// Clicks the element at this position among those with this test id, counted from 0, once there are so many.
    pub async fn click_nth(&self, id: &str, nth: usize) -> Result<()> {
        let what = format!("there are more than {nth} of {id}");
        let found = eventually(SOON, &what, || async {
            Ok(self.client.find_all(Locator::Css(&Self::selector(id))).await.unwrap_or_default().into_iter().nth(nth))
        });
        found.await?.click().await?;
        self.has_focus(&format!("a click on {id} {nth}")).await
    }

    /// Waits until something has the focus after what was done. What has it may be replaced while the page draws; on the body it has no business.
    async fn has_focus(&self, done: &str) -> Result<()> {
        // A page that is loaded anew at this moment answers nothing; it is asked again.
        let script = "return document.activeElement !== null && document.activeElement !== document.body";
        let held = eventually(SOON, "something has the focus", || async {
            let held = self.script(script, vec![]).await.unwrap_or_default();
            Ok((held == Value::Bool(true)).then_some(()))
        });
        match held.await {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("{done} loses the focus. The page reads:\n{}", self.text().await.unwrap_or_default()))),
        }
    }

    /// Waits until the element with this test id reads so that `holds`, and answers its text.
    pub async fn reads(&self, id: &str, what: &str, holds: impl Fn(&str) -> bool) -> Result<String> {
        let what = format!("{id} reads so that {what}");
        let found = eventually(SOON, &what, || async { Ok(self.read(id).await?.filter(|text| holds(text))) });
        match found.await {
            Ok(text) => Ok(text),
            Err(error) => Err(error.context(format!("it reads {:?}", self.read(id).await?))),
        }
    }

    /// What the first visible element with this test id reads now; none where there is none.
    pub async fn read(&self, id: &str) -> Result<Option<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])].find(e => e.checkVisibility())?.innerText ?? null";
        Ok(self.script(script, vec![Self::selector(id).into()]).await?.as_str().map(str::to_owned))
    }

    /// Presses and releases keys one after the other, wherever the focus is.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        let actions = keys.chars().fold(KeyActions::new("keyboard".into()), |actions, key| {
            actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
        });
        self.client.perform_actions(actions).await.map_err(named)?;
        self.has_focus(&format!("the keys {keys:?}")).await
    }

    /// Takes the pointer to the lower left corner, where nothing answers it with a tooltip.
    pub async fn point_away(&self) -> Result<()> {
        let height = self.script("return innerHeight", vec![]).await?.as_i64().unwrap_or_default();
        let corner = PointerAction::MoveTo { duration: None, x: 1.0, y: height as f64 - 2.0 };
        Ok(self.client.perform_actions(MouseActions::new("mouse".into()).then(corner)).await?)
    }

    /// Presses one key that has no character.
    pub async fn press(&self, key: key::Key) -> Result<()> {
        self.keys(&key::code(key).to_string()).await
    }

    /// Presses a key while another is held.
    pub async fn chord(&self, held: key::Key, pressed: key::Key) -> Result<()> {
        let [held, pressed] = [held, pressed].map(key::code);
        let actions = [
            KeyAction::Down { value: held },
            KeyAction::Down { value: pressed },
            KeyAction::Up { value: pressed },
            KeyAction::Up { value: held },
        ];
        let actions = actions.into_iter().fold(KeyActions::new("keyboard".into()), KeyActions::then);
        self.client.perform_actions(actions).await.map_err(named)?;
        self.has_focus(&format!("the keys {held:?} and {pressed:?}")).await
    }

    /// Notes from now on what the page's code fails at. It must fail at nothing: see [`Page::failures`].
    pub async fn watch(&self) -> Result<()> {
        // That a size is told of a frame later is a note of the web view, and no failure.
        let script = "window.failures = [];
            const note = event => { const text = String(event.message ?? event.reason); if (!text.startsWith('ResizeObserver loop')) failures.push(text) };
            addEventListener('error', note); addEventListener('unhandledrejection', note);";
        self.script(script, vec![]).await.map(|_| ())
    }

    /// What the page's code failed at since it was watched.
    pub async fn failures(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.script("return window.failures ?? []", vec![]).await?)?)
    }

    /// Runs a script; its `return` is the answer. A page that hangs is an error.
    pub async fn script(&self, script: &str, args: Vec<Value>) -> Result<Value> {
        let answer = timeout(SOON, self.client.execute(script, args)).await.with_context(|| format!("the page hangs at {script:?}"))?;
        answer.map_err(named)
    }

    /// Runs a script in an async function; its `return` is the answer, a rejection an error with its text.
    pub async fn run(&self, body: &str, args: Vec<Value>) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async (...args) => {{ {body} }})(...arguments).then(value => done({{ value }}), error => done({{ error: error?.kind ? JSON.stringify(error) : String(error) }}));"
        );
        let mut answer = self.client.execute_async(&script, args).await?;
        if let Some(error) = answer.get("error") {
            anyhow::bail!("the script failed: {error}");
        }
        Ok(answer.get_mut("value").map(Value::take).unwrap_or_default())
    }

    /// All that one can read on the page.
    pub async fn text(&self) -> Result<String> {
        Ok(self.script("return document.body.innerText", vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// What has the focus, and whether one can see that it has.
    pub async fn focus(&self) -> Result<Focus> {
        // A ring may be drawn on what stands for the element: the track of a switch, the frame of a search box, the head of a table.
        let script = "const e = document.activeElement, near = e.closest('[data-testid]');
            const ring = at => { const s = at && getComputedStyle(at); return s && ((s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none') };
            return { tag: e.tagName.toLowerCase(), id: e.dataset.testid || e.id || near?.dataset.testid || '',
                     name: (e.ariaLabel || e.innerText || e.value || '').slice(0, 60),
                     by_keyboard: e.matches(':focus-visible'),
                     ring: [e, e.nextElementSibling, e.parentElement, e.firstElementChild].some(ring) };";
        Ok(serde_json::from_value(self.script(script, vec![]).await?)?)
    }

    /// Presses Tab until the focus is on this test id. On every step the focus must be on something, and to be seen.
    pub async fn tab_to(&self, id: &str) -> Result<()> {
        let mut way = vec![];
        for _ in 0..60 {
            let focus = self.focus().await?;
            if focus.id == id && focus.tag != "body" {
                return Ok(());
            }
            self.press(key::Key::Tab).await?;
            let focus = self.focus().await?;
            ensure!(focus.tag == "body" || focus.is_visible(), "the focus is on {focus:?}, but one cannot see it. Before: {way:?}");
            way.push(format!("{} {} {:?}", focus.tag, focus.id, focus.name));
        }
        anyhow::bail!("60 presses of Tab do not reach {id}, but only\n{}", way.join("\n"))
    }

    /// Waits until the page was painted twice: what was changed before is on the screen then.
    pub async fn painted(&self) -> Result<()> {
        self.run("await document.fonts?.ready; await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))", vec![])
            .await?;
        Ok(())
    }

    /// Invokes a command of the app as its own page does.
    pub async fn invoke(&self, command: &str, args: Value) -> Result<Value> {
        const CALL: &str = "const answer = await window.__TAURI__.core.invoke(args[0], args[1]);
            return answer instanceof ArrayBuffer ? JSON.parse(new TextDecoder().decode(answer)) : answer";
        self.run(CALL, vec![command.into(), json!({ "args": args })]).await
    }
}

/// See [`Page::focus`].
#[derive(Debug, serde::Deserialize)]
pub struct Focus {
    /// The element's name in HTML.
    pub tag: String,
    /// Its test id, else its own id, else the test id of what it lies in.
    pub id: String,
    /// What a reader hears.
    pub name: String,
    /// Whether the page takes it for one that the keyboard led to, and so has to show it.
    pub by_keyboard: bool,
    /// Whether there is a ring around it, or around what stands for it.
    pub ring: bool,
}

impl Focus {
    /// Whether one can see where it is.
    pub fn is_visible(&self) -> bool {
        self.by_keyboard && self.ring
    }
}
