//! One call of the service's API, described before it is sent: a [`Request`], and what it answers.
//!
//! A call is sent once, and once more with another access token where the service rejected the first (it had looked at nothing else by then).
//! Nothing sends it again by itself: whether a change that broke off was made is for its user to look at, and a creation that carries the
//! key of its form may be sent again by them without being made twice.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{RequestBuilder, Response};
use secrecy::SecretString;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::to_raw_value;
use tenantry_model::api::Page;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::FormId;

use super::ServiceClient;
use super::answer::{checked, read};
use super::request::{Request, RequestMethod};
use crate::error::Error;
use crate::transport::ANSWER_LIMIT;

/// As many rows of a list as the service gives at once.
const PAGE: &str = "200";
/// More pages than any list has: a service that never ends is not followed for ever.
const MOST_PAGES: usize = 1_000;

/// A call that answers an `A`. Clones are the same call.
pub(crate) struct Call<A> {
    described: Arc<Described>,
    answers: PhantomData<fn() -> A>,
}

struct Described {
    request: Request,
    limit: Duration,
    /// Whether the rows of all pages are wanted.
    pages: bool,
    /// Why it cannot be sent.
    unsendable: Option<String>,
}

impl<A> Clone for Call<A> {
    fn clone(&self) -> Self {
        Self { described: Arc::clone(&self.described), answers: PhantomData }
    }
}

/// A call while it is being described.
pub(crate) struct Draft(Described);

impl Draft {
    fn new(method: RequestMethod, path: &str) -> Self {
        Self(Described { request: Request::new(method, path), limit: ANSWER_LIMIT, pages: false, unsendable: None })
    }

    pub(crate) fn get(path: impl AsRef<str>) -> Self {
        Self::new(RequestMethod::Get, path.as_ref())
    }

    pub(crate) fn post(path: impl AsRef<str>) -> Self {
        Self::new(RequestMethod::Post, path.as_ref())
    }

    pub(crate) fn put(path: impl AsRef<str>) -> Self {
        Self::new(RequestMethod::Put, path.as_ref())
    }

    pub(crate) fn patch(path: impl AsRef<str>) -> Self {
        Self::new(RequestMethod::Patch, path.as_ref())
    }

    pub(crate) fn delete(path: impl AsRef<str>) -> Self {
        Self::new(RequestMethod::Delete, path.as_ref())
    }

    /// Something at a customer.
    pub(crate) fn at(mut self, customer: TenantId) -> Self {
        self.0.request.customer = Some(customer);
        self
    }

    /// A parameter of the query string.
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.request.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// The form that it comes from.
    pub(crate) fn by_form(mut self, form: FormId) -> Self {
        self.0.request.idempotency_key = Some(form);
        self
    }

    /// The version that was read of what it changes.
    pub(crate) fn of_version(mut self, version: u64) -> Self {
        self.0.request.if_match = Some(version);
        self
    }

    pub(crate) fn body(mut self, body: &impl Serialize) -> Self {
        match to_raw_value(body) {
            Ok(body) => self.0.request.body = Some(body),
            Err(error) => self.0.unsendable = Some(error.to_string()),
        }
        self
    }

    /// It may take longer than others.
    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.0.limit = limit;
        self
    }

    /// A list in pages, of which all are wanted: it answers the rows of all of them.
    pub(crate) fn all_pages(mut self) -> Self {
        self.0.pages = true;
        self
    }

    pub(crate) fn call<A>(self) -> Call<A> {
        Call { described: Arc::new(self.0), answers: PhantomData }
    }
}

impl<A> Call<A> {
    /// The customer at whose address it is.
    pub(crate) fn customer(&self) -> Option<TenantId> {
        self.described.request.customer
    }

    /// What names the query: equal ones have equal answers. Nothing of it is secret from who asks.
    pub(crate) fn query(&self) -> String {
        let request = &self.described.request;
        let parameters = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        if parameters.is_empty() { request.path.clone() } else { format!("{}?{parameters}", request.path) }
    }
}

impl ServiceClient {
    /// Sends a call, and reads its answer.
    pub(crate) async fn send<A: DeserializeOwned>(&self, token: &SecretString, call: &Call<A>) -> Result<A, Error> {
        let described = &*call.described;
        if !described.pages {
            return read(&checked(self.describe(token, described)?.timeout(described.limit).send().await?).await?.bytes().await?);
        }
        let mut rows: Vec<serde_json::Value> = Vec::new();
        let mut cursor: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut request = self.describe(token, described)?.query(&[("limit", PAGE)]);
            if let Some(cursor) = &cursor {
                request = request.query(&[("cursor", cursor)]);
            }
            let page: Page<serde_json::Value> = read(&checked(request.timeout(described.limit).send().await?).await?.bytes().await?)?;
            rows.extend(page.items);
            if page.next_cursor.is_none() {
                return serde_json::from_value(rows.into()).map_err(|error| Error::another_form(&error));
            }
            cursor = page.next_cursor;
        }
        Err(Error::NotAService("a list has no end".into()))
    }

    /// Sends a call whose answer is too long to be held: what it is made of is still to be read.
    pub(crate) async fn open<A>(&self, token: &SecretString, call: &Call<A>) -> Result<Response, Error> {
        checked(self.describe(token, &call.described)?.send().await?).await
    }

    fn describe(&self, token: &SecretString, described: &Described) -> Result<RequestBuilder, Error> {
        if let Some(why) = &described.unsendable {
            return Err(Error::Invalid(format!("what was typed cannot be sent: {why}")));
        }
        let request = &described.request;
        let mut builder = self.request(request.method.into(), &request.path, token).query(&request.query);
        for (name, value) in request.headers() {
            builder = builder.header(name, value);
        }
        Ok(match &request.body {
            None => builder,
            Some(body) => builder.header(CONTENT_TYPE, "application/json").body(body.get().to_owned()),
        })
    }
}
