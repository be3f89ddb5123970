//! Answers that are JSON already when they leave the engine.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::error::Error;

/// An `A` as it crosses to the window: its JSON. Rows that are kept as JSON get there without being parsed and written anew.
pub struct RawJson<A> {
    json: String,
    of: PhantomData<fn() -> A>,
}

impl<A> RawJson<A> {
    /// Of what is the JSON of an `A`.
    pub(crate) fn new(json: String) -> Self {
        Self { json, of: PhantomData }
    }
    pub fn as_json(&self) -> &str {
        &self.json
    }

    /// The JSON, to be handed on.
    pub fn into_json(self) -> String {
        self.json
    }
}

impl<A: DeserializeOwned> RawJson<A> {
    /// The answer itself, for who is no window. [`Error::BadRow`] where a kept row is not what it should be.
    pub fn read(&self) -> Result<A, Error> {
        serde_json::from_str(&self.json).map_err(|_| Error::BadRow("answer"))
    }
}

impl<A> fmt::Debug for RawJson<A> {
    /// Not what it says: that is customers' data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes of JSON", self.json.len())
    }
}
