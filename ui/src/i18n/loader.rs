//! The words of one language, from its Fluent file.

use std::rc::Rc;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use tenantry_model::ipc::Language;
use unic_langid::LanguageIdentifier;
use yew::prelude::*;

use super::intl;

type Bundle = FluentBundle<FluentResource>;

/// One language. Cheap to clone; equal where the language is.
#[derive(Clone)]
pub struct I18n {
    language: Language,
    bundle: Rc<Bundle>,
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
    /// The words of this language.
    pub fn new(language: Language) -> Self {
        Self { language, bundle: Rc::new(bundle(language)) }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a key. Called through [`t!`], so that the check for unused and missing keys sees it.
    pub fn text(&self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            // The tests in `keys.rs` keep this from happening; a key on the screen still says more than nothing.
            return key.to_owned();
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
    }

    /// Whether the language has this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// The language in use.
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

pub(super) const fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../i18n/en.ftl"),
        Language::German => include_str!("../../i18n/de.ftl"),
    }
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new(vec![language.as_str().parse::<LanguageIdentifier>().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English => |value, _| number(Language::English, value),
        Language::German => |value, _| number(Language::German, value),
    }));
    // What parses is kept where a line does not; the tests see to it that all do.
    let resource = FluentResource::try_new(source(language).to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

fn number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(intl::number(language, number.value)),
        _ => None,
    }
}
