//! Tests over all keys: none missing, none unused, the same variables in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use tenantry_model::incident::IncidentType;
use tenantry_model::ipc::Language;
use tenantry_model::problem::{FieldCode, FieldError};
use tenantry_model::signal::SignalId;
use unic_langid::LanguageIdentifier;

use super::{I18n, Label};

const fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../i18n/en.ftl"),
        Language::German => include_str!("../../i18n/de.ftl"),
    }
}

/// Key → the variables in its text.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(source(language)).unwrap_or_else(|(_, errors)| panic!("{language}.ftl: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut names = BTreeSet::new();
        if let Some(pattern) = &message.value {
            variables(pattern, &mut names);
        }
        let key = message.id.name.to_owned();
        assert!(messages.insert(key.clone(), names).is_none(), "{language}.ftl has {key} twice");
    }
    messages
}

fn variables(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => inline_variables(inline, names),
                Expression::Select { selector, variants } => {
                    inline_variables(selector, names);
                    variants.iter().for_each(|variant| variables(&variant.value, names));
                }
            }
        }
    }
}

fn inline_variables(expression: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        InlineExpression::VariableReference { id } => drop(names.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => match &**expression {
            Expression::Inline(inline) => inline_variables(inline, names),
            Expression::Select { selector, .. } => inline_variables(selector, names),
        },
        _ => {}
    }
}

/// The keys that the sources name in `t!(…, "key"`.
fn named_in_sources() -> BTreeSet<String> {
    fn read(folder: &Path, keys: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, keys);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text: String =
                    std::fs::read_to_string(&path).unwrap().lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                for (at, found) in text.match_indices("t!(") {
                    if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                        continue;
                    }
                    let rest = &text[at + found.len()..];
                    if let Some(key) = rest.split_once(',').map(|(_, rest)| rest.trim_start()).and_then(|rest| rest.strip_prefix('"')) {
                        keys.extend(key.split('"').next().map(str::to_owned));
                    }
                }
            }
        }
    }
    let mut keys = BTreeSet::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    keys
}

fn made_from_values() -> BTreeSet<String> {
    let types = IncidentType::all().into_iter().map(Label::key);
    let problems = SignalId::ALL
        .iter()
        .flat_map(|signal| ["problem", "description", "action"].map(|family| format!("{family}-{}", signal.as_str().replace('_', "-"))));
    let fields = super::labels::AUDIT_FIELDS.iter().map(|field| format!("audit-field-{field}"));
    let values = super::labels::AUDIT_VALUES.iter().map(|value| format!("audit-value-{value}"));
    super::labels::keys().into_iter().chain(types).chain(problems).chain(fields).chain(values).collect()
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    assert_eq!(messages(Language::English), messages(Language::German));
}

#[test]
fn every_key_that_is_used_exists() {
    let known = messages(Language::English);
    let missing: Vec<_> = named_in_sources().into_iter().chain(made_from_values()).filter(|key| !known.contains_key(key)).collect();
    assert!(missing.is_empty(), "missing: {missing:#?}");
}

#[test]
fn no_key_is_unused() {
    let used: BTreeSet<_> = named_in_sources().into_iter().chain(made_from_values()).collect();
    let unused: Vec<_> =
        messages(Language::English).into_keys().filter(|key| !used.contains(key) && !key.starts_with("peripheral-")).collect();
    assert!(unused.is_empty(), "unused: {unused:#?}");
}

/// What a language says: the texts of its messages, without keys and variables.
fn texts(language: Language) -> Vec<(String, String)> {
    fn said(pattern: &Pattern<&str>, all: &mut String) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => all.push_str(value),
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    for variant in variants {
                        all.push(' ');
                        said(&variant.value, all);
                    }
                }
                PatternElement::Placeable { .. } => all.push('…'),
            }
        }
    }
    let resource = fluent_syntax::parser::parse(source(language)).unwrap_or_else(|(_, errors)| panic!("{language}.ftl: {errors:?}"));
    let messages = resource.body.into_iter().filter_map(|entry| if let Entry::Message(message) = entry { Some(message) } else { None });
    let text = |message: fluent_syntax::ast::Message<&str>| {
        let mut all = String::new();
        message.value.iter().for_each(|pattern| said(pattern, &mut all));
        (message.id.name.to_owned(), all)
    };
    messages.map(text).collect()
}

#[track_caller]
fn never_says(language: Language, words: &[&str]) {
    for (key, text) in texts(language) {
        let text = text.to_lowercase();
        let found = words.iter().find(|word| text.contains(&word.to_lowercase()));
        assert!(found.is_none(), "{language} {key} says “{}”", found.unwrap_or(&""));
    }
}

#[test]
fn a30_the_words_of_the_machine_translation_are_not_used() {
    never_says(Language::German, &["Zimmer", "Rücksetztaste", "Websiteleiter", "Aufgaben"]);
}

/// One thing has one word: user, incident, permission limit, to delegate.
#[test]
fn fault_9_14_one_thing_has_one_word() {
    never_says(Language::English, &["ticket", "person", "people", "staff", "ceiling", "most a role"]);
    let german = ["ticket", "person", "leute", "übertrag", "prüfprotokoll", "eigene rolle", "höchstumfang", "obergrenze"];
    never_says(Language::German, &german);
    never_says(Language::German, &["räume abmelden", "managed service", "global administrator"]);
}

#[test]
fn fault_9_14_english_is_plain() {
    never_says(
        Language::English,
        &["gravest", "lie here", "lies here", "not there any more", "come into being", "clear away", "whoever fits"],
    );
}

/// Where a number stands beside nothing that would be one or many.
const NUMBER_ALONE: [&str; 8] =
    ["unread-count", "rooms-more", "filter-more", "unreliable-more", "names-more", "plan-at-some", "open-worst", "report-impact-more"];

#[test]
fn fault_9_14_a_number_has_a_singular() {
    for language in [Language::English, Language::German] {
        let resource = fluent_syntax::parser::parse(source(language)).unwrap_or_else(|(_, errors)| panic!("{language}.ftl: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name;
            let mut names = BTreeSet::new();
            message.value.iter().for_each(|pattern| variables(pattern, &mut names));
            let counts = ["count", "days", "all"].iter().any(|name| names.contains(*name));
            let select = |element: &PatternElement<&str>| match element {
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    variants.iter().any(|variant| matches!(variant.key, fluent_syntax::ast::VariantKey::Identifier { name: "one" }))
                }
                _ => false,
            };
            let selects = message.value.iter().any(|pattern| pattern.elements.iter().any(select));
            assert!(!counts || selects || NUMBER_ALONE.contains(&key), "{language} {key} says a number without a singular");
        }
    }
    assert_eq!(super::t!(I18n::new(Language::German), "period-days", days = 1), "1 Tag");
    assert_eq!(super::t!(I18n::new(Language::German), "terms-offline-days", days = 1), "Bis zu 1 Tag nach dem letzten Kontakt");
    assert_eq!(super::t!(I18n::new(Language::English), "none-resolved-title", days = 1), "Nothing resolved in the last day");
}

#[test]
fn fault_9_14_what_is_wrong_and_what_to_do_are_said_in_the_readers_language() {
    let german: BTreeMap<String, String> = texts(Language::German).into_iter().collect();
    for (key, english) in
        texts(Language::English).into_iter().filter(|(key, _)| key.starts_with("description-") || key.starts_with("action-"))
    {
        assert!(english.ends_with('.') && german[&key].ends_with('.') && german[&key] != english, "{key}");
    }
    let mut incident = incident(IncidentType::Signal(SignalId::SleepTimer));
    let (what, todo) = I18n::new(Language::German).incident_words(&incident);
    assert_eq!(
        (what.as_str(), todo.as_str()),
        ("Das Gerät geht von selbst in den Energiesparmodus.", "Stellen Sie den Energiespar-Timer auf „Nie“.")
    );
    incident.row.kind = IncidentType::CustomerReported;
    let (what, _) = I18n::new(Language::German).incident_words(&incident);
    assert_eq!(what, "as written", "what somebody wrote stays");
}

fn incident(kind: IncidentType) -> tenantry_model::incident::Incident {
    let row = serde_json::json!({
        "number": "LBT9KC-XDBORS", "customerId": uuid::Uuid::nil(), "type": kind.as_str(), "category": "other", "severity": "warning",
        "status": "needs_action", "rooms": [], "redactedRooms": 0, "problem": "", "createdAt": "2026-01-01T00:00:00Z",
        "lastUpdated": "2026-01-01T00:00:00Z", "activeSince": "2026-01-01T00:00:00Z", "messages": 0, "version": 1
    });
    let row: tenantry_model::incident::IncidentRow = serde_json::from_value(row).unwrap();
    tenantry_model::incident::Incident { description: "as written".into(), action: "as written".into(), ..row.alone() }
}

#[test]
fn fault_9_14_what_the_audit_log_says_in_words_of_its_own_is_translated_and_names_are_not() {
    let german = I18n::new(Language::German);
    let said = |field: &str, value: &str| german.audit_value(field, value);
    assert_eq!(said("permissions", "rooms.view, tickets.view"), "Räume anzeigen, Vorfälle anzeigen");
    assert_eq!(said("changeControl", "none"), "Keine");
    assert_eq!(said("offline", "1 days"), "1 Tag");
    assert_eq!(said("offline", "not allowed"), "Nicht erlaubt");
    assert_eq!(said("relationship", "ended by the customer"), "Vom Kunden beendet");
    assert_eq!((said("status", "needs_action"), said("status", "withdrawn")), ("Aktion erforderlich".into(), "Zurückgezogen".into()));
    assert_eq!(said("problem", "not-found"), "Nicht gefunden");
    assert_eq!(said("members", "none, active"), "none, active", "people may be called so");
}

#[test]
fn a4_a_refused_field_is_told_in_the_users_language_and_in_the_services_words_where_its_code_is_not_known() {
    let mut error = FieldError::new(FieldCode::DomainOwn, "#/domain", "alpha.example is your own");
    assert_eq!(I18n::new(Language::German).field_error(&error), "Dies ist Ihre eigene Domäne.");
    assert_eq!(I18n::new(Language::English).field_error(&error), "This is your own domain.");
    error.code = "not-yet-invented".into();
    assert_eq!(I18n::new(Language::German).field_error(&error), "alpha.example is your own");
}

#[test]
fn fault_03_a_name_keeps_its_direction_to_itself() {
    let english = I18n::new(Language::English);
    let said = |name: &str| super::t!(english, "form-return", name = name.to_owned());
    assert_eq!(said("Fährmann & Söhne"), "Return to Fährmann & Söhne", "no marks where none are needed");
    assert_eq!(said("Contoso\u{202e}HbmG"), "Return to \u{2068}ContosoHbmG\u{2069}");
    assert_eq!(said("שלום\u{2069} x"), "Return to \u{2068}שלום x\u{2069}", "and it cannot end its isolate");
}

#[test]
fn fault_03_of_several_names_each_keeps_its_direction_to_itself() {
    let english = I18n::new(Language::English);
    let names: super::Names = ["Anna", "שלום", "Contoso\u{202e}HbmG"].into_iter().collect();
    let isolated = "Anna, \u{2068}שלום\u{2069}, \u{2068}ContosoHbmG\u{2069}";
    assert_eq!(super::t!(english, "form-return", name = names.clone()), format!("Return to {isolated}"));
    assert_eq!(names.text(), isolated);
}

#[test]
fn plurals_follow_the_language() {
    let german = I18n::new(Language::German);
    assert_eq!(super::t!(german, "rows-incidents", count = 1), "1 Vorfall");
    assert_eq!(super::t!(german, "rows-incidents", count = 2), "2 Vorfälle");
}

fn fluent(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![language.as_str().parse::<LanguageIdentifier>().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(source(language).to_owned()).unwrap()).unwrap();
    bundle
}

#[test]
fn every_message_is_said_as_fluent_says_it() {
    for language in [Language::English, Language::German] {
        let (i18n, fluent) = (I18n::new(language), fluent(language));
        for (key, names) in messages(language) {
            for number in [None, Some(0), Some(1), Some(2), Some(11)] {
                let text = |name: &str| format!("<{name}>");
                let mut args = FluentArgs::new();
                let mut values: Vec<(&'static str, super::Value<'_>)> = vec![];
                for name in &names {
                    args.set(name.clone(), number.map_or_else(|| FluentValue::from(text(name)), FluentValue::from));
                    values.push((name.clone().leak(), number.map_or_else(|| text(name).into(), super::Value::from)));
                }
                let pattern = fluent.get_message(&key).unwrap().value().unwrap();
                let wanted = fluent.format_pattern(pattern, Some(&args), &mut vec![]);
                assert_eq!(i18n.text(&key, &values), wanted, "{language} {key} {number:?}");
            }
        }
    }
}
