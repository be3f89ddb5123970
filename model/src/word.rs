//! Enumerations with one spelling for JSON, tables, query strings and logs.

/// A text that names none of an enumeration's values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be one of {known}, not {text:?}")]
pub struct UnknownWord {
    what: &'static str,
    known: String,
    text: String,
}

impl UnknownWord {
    pub(crate) fn new(what: &'static str, known: &[&str], text: &str) -> Self {
        Self { what, known: known.join(", "), text: text.chars().take(80).collect() }
    }
}

/// Declares a closed enumeration and its one spelling: `as_str`, `FromStr`, `Display`, `ALL`, serde.
///
/// A word is taken as a token and not as a literal: as that, it would reach the schema's derive in a wrapping that it does not look into.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:tt,)+ })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in JSON, tables and query strings.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::word::UnknownWord::new($what, &[$($word),+], text)),
                }
            }
        }
    )*};
}
pub(crate) use words;
