//! Strict query strings: a parameter that the route does not have is refused, so that a misspelt filter never shows everything.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use http::request::Parts;
use url::form_urlencoded;
use utoipa::IntoParams;

use crate::error::{Error, Result};

const ALTERNATIVES: usize = 200;
const DEFAULT_LIMIT: u32 = 100;
const LARGEST_LIMIT: u32 = 200;

pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self { pairs: form_urlencoded::parse(query.as_bytes()).into_owned().collect() })
    }
}

/// Parameters of a route. What implements this is also what `IntoParams` documents.
pub(crate) trait Parameters: Sized {
    fn take(query: &mut Query) -> Result<Self>;
}

impl<A: Parameters, B: Parameters> Parameters for (A, B) {
    fn take(query: &mut Query) -> Result<Self> {
        Ok((A::take(query)?, B::take(query)?))
    }
}

impl Query {
    /// Parses all parameters; refuses what is left over.
    pub(crate) fn parse<P: Parameters>(mut self) -> Result<P> {
        let parameters = P::take(&mut self)?;
        match self.pairs.into_iter().next() {
            None => Ok(parameters),
            Some((name, _)) => {
                let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
                Err(Error::bad_request(format!("{name:?} is no parameter of this address")))
            }
        }
    }

    /// All values of a parameter: alternatives.
    pub(crate) fn all<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &'static str) -> Result<Vec<T>> {
        let values: Vec<(String, String)> = self.pairs.extract_if(.., |(key, _)| key == name).collect();
        if values.len() > ALTERNATIVES {
            return Err(Error::bad_request(format!("{name}: at most {ALTERNATIVES} values")));
        }
        let parse = |(_, value): (String, String)| value.parse().map_err(|error| Error::bad_request(format!("{name}: {error}")));
        values.into_iter().map(parse).collect()
    }

    /// The value of a parameter that may be given once.
    pub(crate) fn one<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &'static str) -> Result<Option<T>> {
        let mut values = self.all(name)?;
        let value = values.pop();
        if values.is_empty() { Ok(value) } else { Err(Error::bad_request(format!("{name}: give it once"))) }
    }

    /// How many rows are wanted.
    pub(crate) fn limit(&mut self, otherwise: u32) -> Result<u32> {
        match self.one("limit")? {
            None => Ok(otherwise),
            Some(limit @ 1..=LARGEST_LIMIT) => Ok(limit),
            Some(_) => Err(Error::bad_request(format!("limit: a whole number from 1 to {LARGEST_LIMIT}"))),
        }
    }

    /// A text to search for, of at most `longest` bytes.
    pub(crate) fn search(&mut self, name: &'static str, longest: usize) -> Result<String> {
        let text: String = self.one(name)?.unwrap_or_default();
        if text.len() <= longest { Ok(text) } else { Err(Error::bad_request(format!("{name}: at most {longest} bytes"))) }
    }
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// The `nextCursor` of the page before.
    #[param(value_type = String, min_length = 1, required = false)]
    pub(crate) cursor: Option<String>,
    /// How many rows at most; 100 where nobody says.
    #[param(minimum = 1, maximum = 200, required = false)]
    pub(crate) limit: u32,
}

impl Parameters for Paging {
    fn take(query: &mut Query) -> Result<Self> {
        let cursor = query.one("cursor")?;
        Ok(Self { cursor, limit: query.limit(DEFAULT_LIMIT)? })
    }
}
