//! The words of one language, from its Fluent file.

use std::rc::Rc;

use tenantry_model::ipc::Language;
use yew::prelude::*;

use super::words::{Value, Words, said};

/// One language. Cheap to clone; equal where the language is.
#[derive(Clone)]
pub struct I18n {
    language: Language,
    words: Rc<Words>,
}

impl PartialEq for I18n {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl Default for I18n {
    fn default() -> Self {
        Self::new(Language::English)
    }
}

impl I18n {
    pub fn new(language: Language) -> Self {
        Self { language, words: Rc::new(Words::of(language)) }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a key. Called through [`t!`], so that the check for unused and missing keys sees it.
    pub fn text(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let Some(line) = self.words.line(key) else {
            // The tests in `keys.rs` keep this from happening; a key on the screen still says more than nothing.
            return key.to_owned();
        };
        said(self.language, line, values)
    }

    pub fn has(&self, key: &str) -> bool {
        self.words.line(key).is_some()
    }
}

#[hook]
pub fn use_i18n() -> I18n {
    use_context::<I18n>().unwrap_or_default()
}

/// The text of a key: `t!(i18n, "sign-in")`, `t!(i18n, "open-count", count = 5)`.
#[macro_export]
macro_rules! t {
    ($i18n:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $i18n.text($key, &[$((stringify!($name), $value.into())),*])
    };
}
pub use crate::t;
