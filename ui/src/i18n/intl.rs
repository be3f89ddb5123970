//! Numbers and times through the web view's `Intl`. Natively, where only tests run, plain stand-ins.

#[cfg(target_arch = "wasm32")]
pub(super) use web::{day, is_timezone, moment, number, sample};

#[cfg(not(target_arch = "wasm32"))]
pub(super) use plain::{day, is_timezone, moment, number, sample};

#[cfg(target_arch = "wasm32")]
mod web {
    use std::cell::RefCell;

    use js_sys::{Array, Function, Intl, Object, Reflect};
    use tenantry_model::ipc::Language;
    use tenantry_model::time::Timestamp;
    use wasm_bindgen::{JsCast as _, JsValue};

    const SAMPLE: &str = "2003-11-22";

    /// Making these takes far longer than using them, so each is made once for a language.
    struct Formats {
        language: Language,
        number: Function,
        moment: Function,
        day: Function,
        /// What [`SAMPLE`] looks like in digits.
        sample: String,
    }

    thread_local! {
        static FORMATS: RefCell<Vec<Formats>> = const { RefCell::new(vec![]) };
    }

    /// The system's own region where it speaks this language, so that dates look as they do elsewhere on the machine.
    fn locale(language: Language) -> String {
        let system = web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default();
        if system.split('-').next() == Some(language.as_str()) {
            return system;
        }
        match language {
            Language::English => "en-GB".to_owned(),
            Language::German => "de-DE".to_owned(),
        }
    }

    fn options(pairs: &[(&str, &str)]) -> Object {
        let object = Object::new();
        for (key, value) in pairs {
            // Setting a property of a plain object does not fail.
            let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
        }
        object
    }

    impl Formats {
        fn new(language: Language) -> Self {
            let locales = Array::of1(&JsValue::from_str(&locale(language)));
            Self {
                language,
                number: Intl::NumberFormat::new(&locales, &Object::new()).format(),
                moment: Intl::DateTimeFormat::new(&locales, &options(&[("dateStyle", "medium"), ("timeStyle", "short")])).format(),
                day: Intl::DateTimeFormat::new(&locales, &options(&[("dateStyle", "medium")])).format(),
                sample: {
                    let options = options(&[
                        ("year", "numeric"),
                        ("month", "2-digit"),
                        ("day", "2-digit"),
                        ("timeZone", "UTC"),
                        ("numberingSystem", "latn"),
                    ]);
                    let format = Intl::DateTimeFormat::new(&locales, &options).format();
                    call(&format, &js_sys::Date::new(&JsValue::from_str(SAMPLE)))
                },
            }
        }
    }

    fn with<T>(language: Language, run: impl FnOnce(&Formats) -> T) -> T {
        FORMATS.with_borrow_mut(|all| {
            let at = all.iter().position(|formats| formats.language == language).unwrap_or_else(|| {
                all.push(Formats::new(language));
                all.len() - 1
            });
            run(&all[at])
        })
    }

    fn call(format: &Function, value: &JsValue) -> String {
        format.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    pub(in crate::i18n) fn is_timezone(name: &str) -> bool {
        // The constructor throws for a zone that it does not know, which its binding does not catch.
        let made = || {
            let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl"))?;
            let format: Function = Reflect::get(&intl, &JsValue::from_str("DateTimeFormat"))?.dyn_into()?;
            Reflect::construct(&format, &Array::of2(&JsValue::UNDEFINED, &options(&[("timeZone", name)])))
        };
        made().is_ok()
    }

    pub(in crate::i18n) fn number(language: Language, number: f64) -> String {
        with(language, |formats| call(&formats.number, &JsValue::from_f64(number)))
    }

    fn date(at: Timestamp) -> js_sys::Date {
        js_sys::Date::new(&JsValue::from_f64(at.micros() as f64 / 1000.0))
    }

    pub(in crate::i18n) fn moment(language: Language, at: Timestamp) -> String {
        with(language, |formats| call(&formats.moment, &date(at)))
    }

    pub(in crate::i18n) fn day(language: Language, at: Timestamp) -> String {
        with(language, |formats| call(&formats.day, &date(at)))
    }

    /// A day in digits: the twenty-second of November 2003.
    pub(in crate::i18n) fn sample(language: Language) -> String {
        with(language, |formats| formats.sample.clone())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod plain {
    use tenantry_model::ipc::Language;
    use tenantry_model::time::Timestamp;

    pub(in crate::i18n) fn is_timezone(name: &str) -> bool {
        name.split_once('/').is_some_and(|(area, _)| matches!(area, "Africa" | "America" | "Asia" | "Europe"))
    }

    pub(in crate::i18n) fn number(_: Language, number: f64) -> String {
        number.to_string()
    }

    pub(in crate::i18n) fn moment(_: Language, at: Timestamp) -> String {
        at.to_string()
    }

    pub(in crate::i18n) fn day(_: Language, at: Timestamp) -> String {
        at.to_string()
    }

    pub(in crate::i18n) fn sample(language: Language) -> String {
        match language {
            Language::English => "22/11/2003".to_owned(),
            Language::German => "22.11.2003".to_owned(),
        }
    }
}
