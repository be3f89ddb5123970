//! A request of the service's API as data: it can be written down, read back, and sent later. It names no service, no token and no answer.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::FormId;

/// Names the form that a creation comes from: sent again with the same one, it creates nothing more.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Names the customer that a form was opened for: the service refuses it at another one's address.
pub(super) const CUSTOMER: &str = "Tenantry-Customer";

/// Where to, what for, under which conditions, and what it says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Request {
    pub(super) method: RequestMethod,
    /// Below the service's address, with the version of the API.
    pub(super) path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) query: Vec<(String, String)>,
    /// The customer at whose address it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) customer: Option<TenantId>,
    /// The version that was read of what it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) if_match: Option<u64>,
    /// The form that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) idempotency_key: Option<FormId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Box<RawValue>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum RequestMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<RequestMethod> for Method {
    fn from(method: RequestMethod) -> Self {
        match method {
            RequestMethod::Get => Self::GET,
            RequestMethod::Post => Self::POST,
            RequestMethod::Put => Self::PUT,
            RequestMethod::Patch => Self::PATCH,
            RequestMethod::Delete => Self::DELETE,
        }
    }
}

impl Request {
    pub(super) fn new(method: RequestMethod, path: &str) -> Self {
        let path = format!("/v1/{path}");
        Self { method, path, query: vec![], customer: None, if_match: None, idempotency_key: None, body: None }
    }

    /// What it says about itself besides the body. A change names its customer, so that the service refuses a form of another one.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&'static str, String)> {
        let customer = self.customer.filter(|_| self.method != RequestMethod::Get);
        [
            customer.map(|customer| (CUSTOMER, customer.to_string())),
            self.if_match.map(|version| (reqwest::header::IF_MATCH.as_str(), format!("\"{version}\""))),
            self.idempotency_key.map(|form| (IDEMPOTENCY_KEY, form.0.to_string())),
        ]
        .into_iter()
        .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn whole() -> Request {
        Request {
            query: vec![("room".into(), "a&b".into()), ("room".into(), "c".into())],
            customer: Some(TenantId::from_uuid(Uuid::from_u128(1))),
            if_match: Some(7),
            idempotency_key: Some(FormId(Uuid::from_u128(2))),
            body: Some(RawValue::from_string(r#"{"name": "Zürich", "days":[1,2]}"#.into()).unwrap()),
            ..Request::new(RequestMethod::Patch, "customers/x/roles/y")
        }
    }

    #[test]
    fn what_is_written_down_is_read_back_to_the_letter() {
        for request in [whole(), Request::new(RequestMethod::Delete, "partners/p")] {
            let text = serde_json::to_string(&request).unwrap();
            let read: Request = serde_json::from_str(&text).unwrap();
            assert_eq!(format!("{read:?}"), format!("{request:?}"));
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            assert_eq!(read.headers().collect::<Vec<_>>(), request.headers().collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_form_in_which_it_is_written_down_is_this() {
        assert_eq!(
            serde_json::to_string(&whole()).unwrap(),
            "{\"method\":\"PATCH\",\"path\":\"/v1/customers/x/roles/y\",\"query\":[[\"room\",\"a&b\"],[\"room\",\"c\"]],\
             \"customer\":\"00000000-0000-0000-0000-000000000001\",\"ifMatch\":7,\"idempotencyKey\":\"00000000-0000-0000-0000-000000000002\",\
             \"body\":{\"name\": \"Zürich\", \"days\":[1,2]}}"
        );
    }

    #[test]
    fn a_question_names_its_customer_in_the_path_alone() {
        let request = Request { method: RequestMethod::Get, ..whole() };
        assert!(request.headers().all(|(name, _)| name != CUSTOMER));
        assert!(whole().headers().any(|(name, _)| name == CUSTOMER));
    }
}
