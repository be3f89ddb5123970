//! The browser's part of a sign-in: follows the directory's page, picks a person, and follows the way back to the app.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tenantry_client::app::Browser;
use tenantry_model::api::ServiceInfo;
use url::Url;

use crate::demo::{Demo, client};

/// A browser in which somebody always picks the same person, until told otherwise.
#[derive(Debug)]
pub struct DirectoryBrowser {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    person: Option<String>,
    opened: Vec<String>,
    failure: Option<String>,
}

impl DirectoryBrowser {
    /// Picks this person: a slug such as `technician`, or a principal's id.
    pub fn new(person: &str) -> Arc<Self> {
        Arc::new(Self { state: Arc::new(Mutex::new(State { person: Some(person.to_owned()), opened: vec![], failure: None })) })
    }

    /// From now on picks this person; with none, the page stays open and nobody ever clicks.
    pub fn pick(&self, person: Option<&str>) {
        self.locked().person = person.map(str::to_owned);
    }

    /// The addresses that were opened, in order.
    pub fn opened(&self) -> Vec<String> {
        self.locked().opened.clone()
    }

    /// What went wrong at the page, if something did.
    pub fn failure(&self) -> Option<String> {
        self.locked().failure.clone()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Browser for DirectoryBrowser {
    fn open(&self, url: &str) -> Result<(), String> {
        let person = {
            let mut state = self.locked();
            state.opened.push(url.to_owned());
            state.person.clone()
        };
        let Some(person) = person else { return Ok(()) };
        let (state, url) = (Arc::clone(&self.state), url.to_owned());
        // As a browser, it runs beside the app and not within it.
        std::thread::spawn(move || {
            let visit = || -> Result<()> {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                runtime.block_on(async {
                    let back = sign_in_page(&url, &person).await?;
                    let answer = client()?.get(back).send().await.context("the app's loopback")?;
                    ensure!(
                        answer.status().is_success() || answer.status().is_redirection(),
                        "the app's loopback answered {}",
                        answer.status()
                    );
                    Ok(())
                })
            };
            if let Err(error) = visit() {
                state.lock().unwrap_or_else(PoisonError::into_inner).failure = Some(format!("{error:#}"));
            }
        });
        Ok(())
    }
}

/// Opens the sign-in page, picks the person, and answers the address that the directory sends the browser back to.
pub async fn sign_in_page(url: &str, person: &str) -> Result<Url> {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().cookie_store(true).build()?;
    let mut page = Url::parse(url)?;
    let mut answer = http.get(page.clone()).send().await.context("the sign-in page")?;
    while let Some(next) = location(&page, &answer)? {
        page = next;
        answer = http.get(page.clone()).send().await?;
    }
    let status = answer.status();
    let html = answer.text().await?;
    ensure!(status.is_success(), "the sign-in page answered {status}: {html}");
    let form = Form::read(&html)?;
    let mut fields = form.hidden;
    fields.push(("person".into(), person.to_owned()));
    let action = page.join(&form.action)?;
    let answer = http.post(action.clone()).form(&fields).send().await?;
    let status = answer.status();
    match location(&action, &answer)? {
        Some(back) => Ok(back),
        None => bail!("the directory answered {status} to the choice of {person}: {}", answer.text().await?),
    }
}

fn location(page: &Url, answer: &reqwest::Response) -> Result<Option<Url>> {
    if !answer.status().is_redirection() {
        return Ok(None);
    }
    let text = answer.headers().get("location").context("a redirect without a location")?.to_str()?;
    Ok(Some(page.join(text)?))
}

/// What the token endpoint answers.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    /// For the service.
    pub access_token: String,
    /// For the next pair.
    pub refresh_token: Option<String>,
    /// In seconds.
    pub expires_in: u64,
}

/// The endpoints of the directory that a test speaks to without an engine.
pub struct Directory {
    http: reqwest::Client,
    info: ServiceInfo,
    authorize: String,
    token: String,
}

impl Directory {
    /// Learns them as the app does: from the service, then from the provider's metadata.
    pub async fn of(demo: &Demo) -> Result<Self> {
        #[derive(Deserialize)]
        struct Metadata {
            authorization_endpoint: String,
            token_endpoint: String,
        }
        let http = client()?;
        let info: ServiceInfo = http.get(demo.url("/.well-known/tenantry")).send().await?.error_for_status()?.json().await?;
        let metadata = format!("{}/.well-known/openid-configuration", info.authority);
        let metadata: Metadata = http.get(metadata).send().await?.error_for_status()?.json().await?;
        Ok(Self { http, info, authorize: metadata.authorization_endpoint, token: metadata.token_endpoint })
    }

    /// Signs a person in: code with PKCE, as the app does it, but without an app.
    pub async fn sign_in(&self, person: &str) -> Result<Tokens> {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let mut text = || {
            let mut bytes = [0u8; 32];
            random.fill_bytes(&mut bytes);
            URL_SAFE_NO_PAD.encode(bytes)
        };
        let (verifier, state, nonce) = (text(), text(), text());
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        // Nobody listens there: the code is read from the address that the directory sends the browser to.
        let redirect = format!("http://{}:9/back", self.info.redirect_host);
        let scope = self.info.scopes.join(" ");
        let url = Url::parse_with_params(
            &self.authorize,
            [
                ("response_type", "code"),
                ("client_id", &self.info.client_id),
                ("redirect_uri", &redirect),
                ("scope", &scope),
                ("state", &state),
                ("nonce", &nonce),
                ("code_challenge", &challenge),
                ("code_challenge_method", "S256"),
            ],
        )?;
        let back = sign_in_page(url.as_str(), person).await?;
        let code = back.query_pairs().find(|(name, _)| name == "code").map(|(_, value)| value.into_owned());
        let code = code.with_context(|| format!("the directory sent no code: {back}"))?;
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", &self.info.client_id),
            ("code", &code),
            ("redirect_uri", &redirect),
            ("code_verifier", &verifier),
        ])
        .await
    }

    /// Trades a refresh token for the next pair.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Tokens> {
        let scope = self.info.scopes.join(" ");
        let fields =
            [("grant_type", "refresh_token"), ("client_id", &self.info.client_id), ("refresh_token", refresh_token), ("scope", &scope)];
        self.token(&fields).await
    }

    async fn token(&self, fields: &[(&str, &str)]) -> Result<Tokens> {
        let answer = self.http.post(&self.token).form(fields).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "the token endpoint answered {status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }
}

/// The one form of the sign-in page.
struct Form {
    action: String,
    hidden: Vec<(String, String)>,
}

impl Form {
    fn read(html: &str) -> Result<Self> {
        let mut form = None;
        let mut hidden = vec![];
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag.split_ascii_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            let attribute = |name: &str| attribute(tag, name);
            match name.as_str() {
                "form" => form = Some(attribute("action").unwrap_or_default()),
                "input" if attribute("type").as_deref() == Some("hidden") => {
                    if let Some(name) = attribute("name") {
                        hidden.push((name, attribute("value").unwrap_or_default()));
                    }
                }
                _ => {}
            }
        }
        Ok(Self { action: form.with_context(|| format!("no form on the sign-in page: {html}"))?, hidden })
    }
}

/// The value of an attribute in double quotes, as the directory's page writes them.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[start..].split('"').next()?;
    let plain = value.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    Some(plain.replace("&#x2F;", "/").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_hidden_fields_and_their_entities() {
        let html = r#"<p>Hi</p><form method="post" action="/a?b=1&amp;c=2"><input type="hidden" name="state" value="x&quot;&amp;lt;">
            <input name="q" type="text" value="no"><button type="submit" name="person" value="nobody">Nobody</button></form>"#;
        let form = Form::read(html).unwrap();
        assert_eq!(form.action, "/a?b=1&c=2");
        assert_eq!(form.hidden, [("state".to_owned(), "x\"&lt;".to_owned())]);
    }
}
