//! The service's lists as a plain client reads them: what a copy is compared with.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail, ensure};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use tenantry_model::api::{IncidentPage, IncidentTab, Me, RoomPage};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{Incident, IncidentRow};
use tenantry_model::room::Room;
use tenantry_model::sync::SyncLine;
use tenantry_model::text::TicketNumber;

use crate::demo::{Demo, client};
use crate::directory::Directory;

/// One person's view of the service, over HTTP.
pub struct Api {
    http: reqwest::Client,
    base: String,
    directory: Arc<Directory>,
    person: String,
    token: Mutex<String>,
}

impl Api {
    /// Signs the person in: a slug such as `technician`, or a principal's id.
    pub async fn sign_in(demo: &Demo, person: impl ToString) -> Result<Self> {
        Self::sign_in_at(demo, Arc::new(Directory::of(demo).await?), person).await
    }

    /// The same, at a directory that is known already.
    pub async fn sign_in_at(demo: &Demo, directory: Arc<Directory>, person: impl ToString) -> Result<Self> {
        let person = person.to_string();
        let tokens = directory.sign_in(&person).await?;
        Ok(Self { http: client()?, base: demo.base().to_owned(), directory, person, token: Mutex::new(tokens.access_token) })
    }

    /// `GET` of a path that begins with a slash, whatever comes of it. Signs in anew when the token has run out.
    pub async fn get(&self, path: &str) -> Result<reqwest::Response> {
        for last in [false, true] {
            let token = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let answer = self.http.get(format!("{}{path}", self.base)).bearer_auth(token).send().await?;
            if last || answer.status() != StatusCode::UNAUTHORIZED {
                return Ok(answer);
            }
            let tokens = self.directory.sign_in(&self.person).await?;
            *self.token.lock().unwrap_or_else(PoisonError::into_inner) = tokens.access_token;
        }
        bail!("{path} was not asked for")
    }

    /// `GET` of what must be there.
    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        self.find(path).await?.with_context(|| format!("GET {path} answered 404"))
    }

    /// `GET` of what may not be there.
    pub async fn find<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>> {
        let answer = self.get(path).await?;
        let status = answer.status();
        let text = answer.text().await?;
        if status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        ensure!(status.is_success(), "GET {path} answered {status}: {text}");
        serde_json::from_str(&text).map(Some).with_context(|| format!("GET {path} answered {text}"))
    }

    /// `GET /v1/me`.
    pub async fn me(&self) -> Result<Me> {
        self.read("/v1/me").await
    }

    /// All rooms of a customer that the person may see, page by page; none where the customer does not exist for them.
    pub async fn rooms(&self, customer: TenantId) -> Result<Option<Vec<Room>>> {
        let path = format!("/v1/customers/{customer}/rooms");
        let mut rooms = vec![];
        let mut cursor = None;
        loop {
            let Some(page) = self.find::<RoomPage>(&paged(&path, "limit=3", cursor)).await? else { return Ok(None) };
            rooms.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(Some(rooms));
            }
        }
    }

    /// All incidents of a tab, snoozed or not, of one customer or of all, page by page; none where the customer does not exist for the person.
    pub async fn incidents(&self, customer: Option<TenantId>, tab: IncidentTab) -> Result<Option<Vec<IncidentRow>>> {
        let path = match customer {
            Some(customer) => format!("/v1/customers/{customer}/incidents"),
            None => "/v1/incidents".to_owned(),
        };
        let mut rows = vec![];
        for snoozed in [false, true] {
            let mut cursor = None;
            loop {
                let query = format!("tab={tab}&limit=7&snoozed={snoozed}");
                let Some(page) = self.find::<IncidentPage>(&paged(&path, &query, cursor)).await? else { return Ok(None) };
                rows.extend(page.items);
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
        }
        Ok(Some(rows))
    }

    /// One incident whole; none where it does not exist for the person.
    pub async fn incident(&self, customer: TenantId, number: TicketNumber) -> Result<Option<Incident>> {
        self.find(&format!("/v1/customers/{customer}/incidents/{number}")).await
    }

    /// One room; none where it does not exist for the person.
    pub async fn room(&self, customer: TenantId, room: RoomId) -> Result<Option<Room>> {
        self.find(&format!("/v1/customers/{customer}/rooms/{room}")).await
    }

    /// One answer of the sync, line by line; none where the service does not know the cursor (any more).
    pub async fn sync(&self, cursor: Option<&str>) -> Result<Option<Vec<SyncLine>>> {
        let answer = self.get(&paged("/v1/sync", "", cursor.map(str::to_owned))).await?;
        let status = answer.status();
        let text = answer.text().await?;
        if status == StatusCode::GONE {
            return Ok(None);
        }
        ensure!(status.is_success(), "GET /v1/sync answered {status}: {text}");
        let line = |line: &str| serde_json::from_str(line).with_context(|| format!("a line of /v1/sync: {line}"));
        text.lines().map(line).collect::<Result<_>>().map(Some)
    }
}

fn paged(path: &str, query: &str, cursor: Option<String>) -> String {
    let mut query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    query.extend(cursor.map(|cursor| ("cursor".to_owned(), cursor)));
    if query.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish())
}
