//! The rows of a window, put together as they cross to it. An incident's row is kept as JSON and goes there as it is: read and written
//! anew for every question, a hundred of them cost more than finding them. `serde_json`'s raw values would check each row's JSON again, which takes
//! about eight times as long as putting the page together.

use serde::Serialize;
use tenantry_model::ipc::{IncidentPage, ListRow};

use crate::error::Error;
use crate::raw_json::RawJson;

/// About how long a row is.
const ROW_BYTES: usize = 640;
/// Where the rows go in the JSON of a page without any.
const NO_ROWS: &str = "\"rows\":[]";

/// Rows of a page, as JSON.
pub(super) struct Rows {
    json: String,
}

impl Rows {
    /// None yet, with room for so many.
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self { json: String::with_capacity(rows * ROW_BYTES) }
    }

    /// One more: [`ListRow::Incident`], with the row as it is kept.
    pub(super) fn incident(&mut self, row: &str, customer_name: &str, unread: u32) -> Result<(), Error> {
        self.between();
        for part in
            ["{\"incident\":{\"incident\":", row, ",\"customerName\":", &json(customer_name)?, ",\"unread\":", &json(&unread)?, "}}"]
        {
            self.json.push_str(part);
        }
        Ok(())
    }

    /// One more that is kept nowhere.
    pub(super) fn other(&mut self, row: &ListRow) -> Result<(), Error> {
        self.between();
        self.json.push_str(&json(row)?);
        Ok(())
    }

    /// The page with these rows; `page` has none.
    pub(super) fn into_page(self, page: &IncidentPage) -> Result<RawJson<IncidentPage>, Error> {
        let page = json(page)?;
        // No text within the page can hold this: its quotes would be escaped.
        let (before, after) = page.split_once(NO_ROWS).ok_or(Error::BadRow("answer"))?;
        let mut whole = String::with_capacity(page.len() + self.json.len());
        for part in [before, "\"rows\":[", &self.json, "]", after] {
            whole.push_str(part);
        }
        Ok(RawJson::new(whole))
    }

    fn between(&mut self) {
        if !self.json.is_empty() {
            self.json.push(',');
        }
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::BadRow("answer"))
}
