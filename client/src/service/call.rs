//! One call of the service's API, described before it is sent: where to, with which headers and body, and what it answers.
//!
//! A call is sent once, and once more with another access token where the service rejected the first (it had looked at nothing else by then).
//! Nothing sends it again by itself: whether a change that broke off was made is for its user to look at, and a creation that carries the
//! key of its form may be sent again by them without being made twice.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};
use reqwest::{RequestBuilder, Response};
use secrecy::SecretString;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tenantry_model::api::Page;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::FormId;

use super::ServiceClient;
use super::answer::{checked, read};
use crate::error::Error;
use crate::transport::ANSWER_LIMIT;

/// Names the form that a creation comes from: sent again with the same one, it creates nothing more.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Names the customer that a form was opened for: the service refuses it at another one's address.
const LOCKED_TO: &str = "Tenantry-Customer";
/// As many rows of a list as the service gives at once.
const PAGE: &str = "200";
/// More pages than any list has: a service that never ends is not followed for ever.
const MOST_PAGES: usize = 1_000;

/// A call that answers an `A`. Clones are the same call.
pub(crate) struct Call<A> {
    asks: Arc<Asks>,
    answers: PhantomData<fn() -> A>,
}

struct Asks {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    headers: Vec<(&'static str, String)>,
    body: Option<Result<Vec<u8>, String>>,
    customer: Option<TenantId>,
    limit: Duration,
    pages: bool,
}

impl<A> Clone for Call<A> {
    fn clone(&self) -> Self {
        Self { asks: Arc::clone(&self.asks), answers: PhantomData }
    }
}

/// A call while it is being described.
pub(super) struct Draft(Asks);

impl Draft {
    fn new(method: Method, path: String) -> Self {
        let path = format!("/v1/{path}");
        Self(Asks { method, path, query: vec![], headers: vec![], body: None, customer: None, limit: ANSWER_LIMIT, pages: false })
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path.into())
    }

    pub(super) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path.into())
    }

    pub(super) fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path.into())
    }

    pub(super) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path.into())
    }

    /// Something at a customer. A change names it in a header as well, so that the service refuses a form of another customer.
    pub(super) fn at(mut self, customer: TenantId) -> Self {
        self.0.customer = Some(customer);
        if self.0.method != Method::GET {
            self.0.headers.push((LOCKED_TO, customer.to_string()));
        }
        self
    }

    /// A parameter of the query string.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.query.push((name, value.to_string()));
        self
    }

    /// The form that it comes from.
    pub(super) fn by_form(self, form: FormId) -> Self {
        self.header(IDEMPOTENCY_KEY, form.0.to_string())
    }

    /// The version that was read of what it changes.
    pub(super) fn of_version(self, version: u64) -> Self {
        self.header(IF_MATCH.as_str(), format!("\"{version}\""))
    }

    fn header(mut self, name: &'static str, value: String) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The body.
    pub(super) fn saying(mut self, body: &impl Serialize) -> Self {
        self.0.body = Some(serde_json::to_vec(body).map_err(|error| error.to_string()));
        self
    }

    /// It may take longer than others.
    pub(super) fn within(mut self, limit: Duration) -> Self {
        self.0.limit = limit;
        self
    }

    /// A list in pages, of which all are wanted: it answers the rows of all of them.
    pub(super) fn all_pages(mut self) -> Self {
        self.0.pages = true;
        self
    }

    pub(super) fn call<A>(self) -> Call<A> {
        Call { asks: Arc::new(self.0), answers: PhantomData }
    }
}

impl<A> Call<A> {
    /// The customer at whose address it is.
    pub(crate) fn customer(&self) -> Option<TenantId> {
        self.asks.customer
    }
}

impl<A: DeserializeOwned> Call<A> {
    /// What names the question: equal ones have equal answers. Nothing of it is secret from who asks.
    pub(crate) fn question(&self) -> String {
        self.asks.path.clone()
    }
}

impl ServiceClient {
    /// Sends a call, and reads its answer.
    pub(crate) async fn send<A: DeserializeOwned>(&self, token: &SecretString, call: &Call<A>) -> Result<A, Error> {
        let asks = &*call.asks;
        if !asks.pages {
            return read(&checked(self.describe(token, asks)?.timeout(asks.limit).send().await?).await?.bytes().await?);
        }
        let mut rows: Vec<serde_json::Value> = Vec::new();
        let mut cursor: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut request = self.describe(token, asks)?.query(&[("limit", PAGE)]);
            if let Some(cursor) = &cursor {
                request = request.query(&[("cursor", cursor)]);
            }
            let page: Page<serde_json::Value> = read(&checked(request.timeout(asks.limit).send().await?).await?.bytes().await?)?;
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
        checked(self.describe(token, &call.asks)?.send().await?).await
    }

    fn describe(&self, token: &SecretString, asks: &Asks) -> Result<RequestBuilder, Error> {
        let mut request = self.request(asks.method.clone(), &asks.path, token).query(&asks.query);
        for (name, value) in &asks.headers {
            request = request.header(*name, value);
        }
        match &asks.body {
            None => Ok(request),
            Some(Ok(body)) => Ok(request.header(CONTENT_TYPE, "application/json").body(body.clone())),
            Some(Err(why)) => Err(Error::Invalid(format!("what was typed cannot be sent: {why}"))),
        }
    }
}
