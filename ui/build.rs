//! Lays the words of both languages out for the bundle: three texts of as many lines, the keys in order, and what each is in English and
//! German. What the screens' small formatter (`src/i18n/words.rs`) cannot say fails the build.
//!
//! A line is its text, with `{name}` where a variable stands. One that depends on a number has several fields between tabs: the variable,
//! `number=text` for each number that has a text of its own, and the text for all others.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let mut keys: Option<Vec<String>> = None;
    for language in ["en", "de"] {
        let file = format!("i18n/{language}.ftl");
        println!("cargo::rerun-if-changed={file}");
        let words = words(&file)?;
        fs::write(Path::new(&out).join(format!("{language}.txt")), lines(words.values()))?;
        let these: Vec<String> = words.into_keys().collect();
        let others = keys.get_or_insert_with(|| these.clone());
        if let Some(key) = these.iter().find(|key| !others.contains(key)).or_else(|| others.iter().find(|key| !these.contains(key))) {
            return Err(format!("{file}: {key} stands in one language alone").into());
        }
    }
    fs::write(Path::new(&out).join("keys.txt"), lines(keys.unwrap_or_default().iter()))?;
    Ok(())
}

fn lines<'a>(all: impl Iterator<Item = &'a String>) -> String {
    all.map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn words(file: &str) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let source = fs::read_to_string(file)?;
    let resource = fluent_syntax::parser::parse(source.as_str()).map_err(|(_, errors)| format!("{file}: {errors:?}"))?;
    let mut words = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let key = message.id.name.to_owned();
                let text = message.value.as_ref().and_then(line).ok_or_else(|| format!("{file}: {key} cannot be said"))?;
                words.insert(key, text);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            _ => return Err(format!("{file} holds something that is neither a message nor a comment").into()),
        }
    }
    Ok(words)
}

/// The line of a message.
fn line(pattern: &Pattern<&str>) -> Option<String> {
    let select = pattern.elements.iter().find_map(|element| match element {
        PatternElement::Placeable { expression: Expression::Select { selector, variants } } => Some((selector, variants)),
        _ => None,
    });
    let Some((InlineExpression::VariableReference { id }, variants)) = select else {
        return select.is_none().then(|| text(pattern, None)).flatten();
    };
    let mut fields = vec![id.name.to_owned()];
    let (default, own): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| variant.default);
    for variant in own {
        let number = match variant.key {
            VariantKey::NumberLiteral { value } => value,
            // Which English and German say of the number 1 alone.
            VariantKey::Identifier { name: "one" } => "1",
            VariantKey::Identifier { .. } => return None,
        };
        fields.push(format!("{number}={}", text(pattern, Some(&variant.value))?));
    }
    fields.push(text(pattern, default.first().map(|variant| &variant.value))?);
    Some(fields.join("\t"))
}

/// The text of a pattern, with this variant where it depends on a number.
fn text(pattern: &Pattern<&str>, variant: Option<&Pattern<&str>>) -> Option<String> {
    let mut said = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } if value.contains(['\n', '\t', '{', '}']) => return None,
            PatternElement::TextElement { value } => said.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
                said.push_str(&format!("{{{}}}", id.name));
            }
            PatternElement::Placeable { expression: Expression::Select { .. } } => said.push_str(&text(variant?, None)?),
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(said)
}
