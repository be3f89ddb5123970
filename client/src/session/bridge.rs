//! Lets the types of `openidconnect` speak through our HTTP client.

use std::future::Future;
use std::pin::Pin;

use openidconnect::http::{Response, StatusCode};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::error::Error;
use crate::transport::ANSWER_LIMIT;

/// The largest answer of a provider that is read; keys and tokens are far smaller.
const LARGEST: usize = 1024 * 1024;

/// Our HTTP client, as `openidconnect` wants one.
#[derive(Debug, Clone)]
pub(super) struct Bridge(pub(super) reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Bridge {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let mut request = reqwest::Request::try_from(request)?;
            *request.timeout_mut() = Some(ANSWER_LIMIT);
            let mut answer = self.0.execute(request).await?;
            let status = answer.status();
            if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
                // Whatever it says besides, it may say something else the next time.
                return Err(Error::Unreachable(format!("the sign-in provider answered {}", status.as_u16())));
            }
            let mut bare = Response::builder().status(answer.status());
            for (name, value) in answer.headers() {
                bare = bare.header(name, value);
            }
            let mut body = Vec::new();
            while let Some(chunk) = answer.chunk().await? {
                body.extend_from_slice(&chunk);
                if body.len() > LARGEST {
                    return Err(Error::Unreachable("the provider's answer is too large".into()));
                }
            }
            bare.body(body).map_err(|error| Error::Unreachable(error.to_string()))
        })
    }
}
