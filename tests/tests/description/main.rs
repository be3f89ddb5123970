//! The service's description of itself against its answers: thousands of generated requests, with and without faults, by Schemathesis.
//!
//! `cargo xtask setup` fetches it. docs/api.md says which of its checks are narrowed, and why.

mod settings;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::StreamExt as _;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::directory::Directory;
use tenantry_tests::serve::Serve;

use settings::{Callers, Examples};

/// The same requests in every run, and so many that it ends within a minute: `serve` takes 50 a second, and 500 at once before.
const SEED: &str = "22";
const REQUESTS_OF_EACH_OPERATION: &str = "8";

/// A service with its presets, and who calls it.
struct Served {
    // Dropped in this order: the service reads the demo's data.
    serve: Serve,
    _demo: Demo,
    http: Client,
    callers: Callers,
}

impl Served {
    async fn start() -> Result<Self> {
        let demo = Demo::start(DemoOptions::estate("s")).await?;
        let serve = Serve::beside(&demo).await?;
        let directory = Directory::of(&demo).await?;
        let token = async |person: &str| anyhow::Ok(directory.sign_in(person).await?.access_token);
        let mut callers = Callers {
            partner: token("primary-admin").await?,
            customer: token("customer-admin").await?,
            enrolment_key: String::new(),
            room_key: String::new(),
        };
        let http = Client::builder().no_proxy().timeout(Duration::from_secs(30)).build()?;
        let mut served = Self { serve, _demo: demo, http, callers: callers.clone() };
        let own = served.read("/v1/me", &callers.customer).await?;
        let customer = own["tenant"]["id"].as_str().context("a customer")?.parse()?;
        let answer = served._demo.control(&[Change::ResetEnrolmentKey { customer }]).await?;
        callers.enrolment_key = answer["outcomes"][0]["key"].as_str().context("an enrolment key")?.to_owned();
        let device = json!({ "displayName": "Room", "hostName": "host", "account": "a@b.example", "timezone": "Europe/Berlin", "licence": "pro",
            "peripherals": [] });
        let enrol = served.http.post(format!("{}/v1/agent/enrol", served.serve.base())).bearer_auth(&callers.enrolment_key).json(&device);
        let enrolled: Value = enrol.send().await?.error_for_status()?.json().await?;
        callers.room_key = enrolled["roomKey"].as_str().context("a room's key")?.to_owned();
        served.callers = callers;
        Ok(served)
    }

    async fn read(&self, path: &str, token: &str) -> Result<Value> {
        let answer = self.http.get(format!("{}{path}", self.serve.base())).bearer_auth(token).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "GET {path} answered {status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }

    /// Adds a file to an incident.
    async fn attachment(&self, incident: &str) -> Result<String> {
        const LOG: &str = "camera lost\n";
        let sha256: String = Sha256::digest(LOG).iter().map(|byte| format!("{byte:02x}")).collect();
        let (base, token) = (self.serve.base(), &self.callers.partner);
        let announced = json!({ "fileName": "a.log", "size": LOG.len(), "sha256": sha256 });
        let announced = self.http.post(format!("{base}{incident}/attachments")).bearer_auth(token).json(&announced).send().await?;
        let upload: Value = announced.error_for_status()?.json().await?;
        let id = upload["attachment"]["id"].as_str().context("an attachment")?.to_owned();
        let part = self.http.patch(format!("{base}{incident}/attachments/{id}/upload")).bearer_auth(token).header("upload-offset", 0);
        part.header("content-type", "application/octet-stream").body(LOG).send().await?.error_for_status()?;
        Ok(id)
    }

    /// What is there: requests that name it get further than made-up ids do.
    async fn examples(&self) -> Result<Examples> {
        let text = |value: &Value| value.as_str().map(str::to_owned).with_context(|| format!("no text: {value}"));
        let (partner, customer) = (&self.callers.partner, &self.callers.customer);
        let me = self.read("/v1/me", partner).await?;
        let own = text(&self.read("/v1/me", customer).await?["tenant"]["id"])?;
        let at = format!("/v1/customers/{own}");
        let roles = self.read(&format!("{at}/roles"), partner).await?;
        let role = text(&roles["roles"][0]["id"])?;
        let detail = self.read(&format!("{at}/roles/{role}"), partner).await?;
        let number = text(&self.read(&format!("{at}/incidents?limit=1"), partner).await?["items"][0]["number"])?;
        Ok(Examples {
            attachment: self.attachment(&format!("{at}/incidents/{number}")).await?,
            room: text(&self.read(&format!("{at}/rooms?limit=1"), partner).await?["items"][0]["id"])?,
            group: text(&self.read(&format!("{at}/groups?limit=1"), partner).await?["items"][0]["id"])?,
            ring: text(&self.read(&format!("{at}/rings"), partner).await?["rings"][0]["id"])?,
            number,
            assignment: text(&detail["assignments"][0]["id"])?,
            role,
            customer: own,
            partner: text(&me["tenant"]["id"])?,
            principal: text(&me["user"]["userId"])?,
        })
    }
}

fn schemathesis() -> Result<PathBuf> {
    let program =
        std::env::var_os("TENANTRY_SCHEMATHESIS").context("TENANTRY_SCHEMATHESIS names no program: `cargo xtask test` sets it")?;
    Ok(program.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_22_the_description_holds_against_generated_requests() -> Result<()> {
    let served = Served::start().await?;
    let folder = tempfile::tempdir()?;
    let document = folder.path().join("openapi.json");
    std::fs::write(&document, served.http.get(format!("{}/openapi.json", served.serve.base())).send().await?.bytes().await?)?;
    std::fs::write(folder.path().join("hooks.py"), settings::HOOKS)?;
    let config = folder.path().join("schemathesis.toml");
    std::fs::write(&config, settings::written(&served.callers, &served.examples().await?))?;
    let mut command = Command::new(schemathesis()?);
    command.arg("--config-file").arg(&config).arg("run").arg(&document).args(["--url", served.serve.base(), "--seed", SEED]);
    command.args(["--max-examples", REQUESTS_OF_EACH_OPERATION, "--phases", "examples,coverage,fuzzing", "--no-color", "--no-shrink"]);
    command.args(["--generation-database", "none", "--request-timeout", "10"]);
    // Its own settings alone, and nothing left behind in the project.
    command.current_dir(folder.path()).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output()).await?.context("Schemathesis cannot be started")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let end = said.find("FAILURES").or_else(|| said.find("ERRORS")).unwrap_or_default();
    ensure!(output.status.success(), "Schemathesis found something:\n{}{}", &said[end..], String::from_utf8_lossy(&output.stderr));
    // A run that reached nothing finds nothing, too.
    let tested = said.lines().find_map(|line| line.trim().strip_prefix("Tested: ")?.trim().parse::<usize>().ok());
    let document: Value = serde_json::from_slice(&std::fs::read(&document)?)?;
    let operations: usize =
        document["paths"].as_object().context("paths")?.values().filter_map(Value::as_object).map(|path| path.len()).sum();
    assert_eq!(tested, Some(operations - 1), "all but the event stream:\n{said}");
    Ok(())
}

/// The event stream has no end, so its body is not generated against: its head and its refusals are.
#[tokio::test(flavor = "multi_thread")]
async fn fault_22_the_event_stream_answers_as_it_is_described() -> Result<()> {
    let served = Served::start().await?;
    let document = served.http.get(format!("{}/openapi.json", served.serve.base())).send().await?.json::<Value>().await?;
    let described = &document["paths"]["/v1/events"]["get"]["responses"];
    let url = format!("{}/v1/events", served.serve.base());
    for (token, expected) in [(served.callers.partner.as_str(), StatusCode::OK), ("nonsense", StatusCode::UNAUTHORIZED)] {
        let answer = served.http.get(&url).bearer_auth(token).send().await?;
        assert_eq!(answer.status(), expected);
        let mut response = &described[expected.as_str()];
        if let Some(reference) = response["$ref"].as_str() {
            response = document.pointer(reference.trim_start_matches('#')).context("a response")?;
        }
        let kind = answer.headers()["content-type"].to_str()?.to_owned();
        assert!(response["content"][&kind].is_object(), "{kind} is not described: {response}");
        assert!(answer.headers().contains_key("x-request-id"));
        let first = answer.bytes_stream().next().await.context("a first event, or the problem")??;
        assert!(!first.is_empty());
    }
    Ok(())
}
