//! What came back: the value, or the problem by its kind.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::RETRY_AFTER;
use serde::de::DeserializeOwned;
use tenantry_model::problem::Problem;

use crate::error::Error;

/// The longest problem that is read; what is longer is no problem of ours.
const LONGEST_PROBLEM: usize = 64 * 1024;

/// The answer itself where it is a success, the problem it carries otherwise.
pub(super) async fn checked(mut answer: Response) -> Result<Response, Error> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let status = answer.status().as_u16();
    let retry_after = answer
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse::<u64>().ok())
        .map(Duration::from_secs);
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_PROBLEM {
            break;
        }
    }
    let problem = serde_json::from_slice::<Problem>(&body).ok().filter(Problem::is_of_the_service);
    match (&problem, status) {
        // That the service is down or slow is for a proxy to say, too. Whether a token holds or a thing exists is not.
        (Some(_), _) | (None, 429 | 500..) => Err(Error::service(status, problem, retry_after)),
        (None, status) => Err(Error::Intercepted { status }),
    }
}

/// The value in the body of a success.
pub(super) async fn value<T: DeserializeOwned>(answer: Response) -> Result<T, Error> {
    read(&checked(answer).await?.bytes().await?)
}

/// The value that a body holds; an empty one holds nothing.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let body = if body.is_empty() { b"null" } else { body };
    serde_json::from_slice(body).map_err(|error| Error::another_form(&error))
}
