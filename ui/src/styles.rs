//! What the style sheets must hold, whoever changes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const TOKENS: &str = include_str!("../styles/tokens.css");

fn sheets() -> Vec<(PathBuf, String)> {
    let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("styles");
    let folders = [styles.clone(), styles.join("components")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    let sheets = files.filter(|file| file.extension().is_some_and(|ending| ending == "css"));
    sheets.map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect()
}

/// The colours of a theme by the names of their tokens: those of the blocks that begin with this selector.
fn colours(selector: &str) -> BTreeMap<&'static str, [f64; 3]> {
    let mut colours = BTreeMap::new();
    let (_, block) = TOKENS.split_once(selector).unwrap();
    let (block, _) = block.split_once('}').unwrap();
    for line in block.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.trim_end_matches(';').split_once(": #")) else {
            continue;
        };
        let part = |at: usize| f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap()) / 255.0;
        colours.insert(name, [part(0), part(2), part(4)]);
    }
    colours
}

/// The contrast of two colours, as WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let light = |colour: [f64; 3]| 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

const THEMES: [&str; 3] = [":root {", ":root:not([data-theme=\"light\"]) {", ":root[data-theme=\"dark\"] {"];

#[track_caller]
fn at_least(theme: &str, least: f64, pairs: &[(&str, &str)]) {
    let colours = colours(theme);
    for (one, other) in pairs {
        let contrast = contrast(colours[one], colours[other]);
        assert!(contrast >= least, "{theme} {one} on {other}: {contrast:.2}:1, and {least}:1 is asked");
    }
}

#[test]
fn fault_9_08_borders_of_fields_are_seen_on_every_ground() {
    for theme in THEMES {
        let grounds = ["surface", "canvas", "surface-sunken", "surface-hover", "accent-soft"];
        at_least(theme, 3.0, &grounds.map(|ground| ("line-strong", ground)));
        at_least(theme, 3.0, &grounds.map(|ground| ("focus", ground)));
    }
}

#[test]
fn fault_9_08_the_chosen_side_stands_out_and_can_be_read() {
    for theme in THEMES {
        at_least(theme, 3.0, &[("accent", "surface-sunken"), ("accent", "surface"), ("accent", "canvas")]);
        at_least(theme, 4.5, &[("on-accent", "accent"), ("text-soft", "surface-sunken")]);
    }
    let controls = sheet("controls.css");
    let on = rule(&controls, ".segment--on");
    assert!(on.contains("background: var(--accent);") && on.contains("color: var(--on-accent);"), "{on}");
}

#[test]
fn fault_9_08_every_text_can_be_read() {
    for theme in THEMES {
        for ground in ["surface", "canvas", "surface-hover", "accent-soft"] {
            at_least(theme, 4.5, &[("text", ground), ("text-soft", ground), ("text-dim", ground)]);
        }
        for state in ["critical", "important", "warning", "recommended", "good", "demo"] {
            at_least(theme, 4.5, &[(state, "surface"), (state, &format!("{state}-soft"))]);
        }
    }
}

#[test]
fn fault_9_08_native_controls_know_the_theme_and_both_darks_are_one() {
    for (theme, scheme) in THEMES.into_iter().zip(["light", "dark", "dark"]) {
        let (_, block) = TOKENS.split_once(theme).unwrap();
        assert!(block.split_once('}').unwrap().0.contains(&format!("color-scheme: {scheme};")), "{theme}");
    }
    assert_eq!(colours(THEMES[1]), colours(THEMES[2]));
    // Those that the web views draw white in the dark all the same are drawn by us.
    let base = sheet("base.css");
    assert!(rule(&base, "input[type=\"checkbox\"],\n  input[type=\"radio\"]").contains("appearance: none;"));
}

#[test]
fn fault_9_08_a_button_is_no_wider_than_where_it_stands() {
    let button = sheet("controls.css");
    let button = rule(&button, ".button");
    assert!(button.contains("max-width: 100%;") && button.contains("min-height:"), "{button}");
    assert!(!button.contains("nowrap") && !button.contains("\n    height:"), "a long name goes on in the next line: {button}");
}

#[test]
fn fault_9_06_lengths_are_in_rem_so_that_all_of_them_follow_the_zoom() {
    for (file, css) in sheets() {
        for (line, number) in css.lines().zip(1..) {
            for (at, _) in line.match_indices("px") {
                let digits = line[..at].rsplit(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
                // Hairlines stay hairlines.
                let length: f64 = digits.parse().unwrap_or(0.0);
                assert!(length <= 3.0, "{}:{number}: {}", file.display(), line.trim());
            }
            // There, rem is the browser's own and not that of the zoom.
            let asks_window = line.contains("@media") && line.contains("width");
            assert!(!asks_window, "{}:{number}: ask the container `window` instead", file.display());
        }
    }
}

#[test]
fn fault_9_09_what_is_shown_can_be_marked_and_what_is_pressed_cannot() {
    let base = sheet("base.css");
    assert!(!rule(&base, "body").contains("user-select"));
    for (file, css) in sheets() {
        let forbids = css.matches("user-select: none;").count();
        let expected = if file.ends_with("base.css") { 2 } else { 0 };
        assert_eq!(forbids, expected, "{}: only base.css says what cannot be marked", file.display());
    }
}

fn sheet(name: &str) -> String {
    sheets().into_iter().find(|(file, _)| file.ends_with(name)).map(|(_, css)| css).unwrap()
}

/// The declarations of the first rule of a selector.
fn rule<'a>(css: &'a str, selector: &str) -> &'a str {
    let (_, rest) = css.split_once(&format!("\n  {selector} {{")).unwrap_or_else(|| panic!("no rule for {selector}"));
    rest.split_once('}').unwrap().0
}

/// WebKitGTK asks fontconfig for each name, size and weight until one is there: see docs/performance.md.
#[test]
fn fault_9_18_fonts_are_named_by_what_every_system_has() {
    let fonts: Vec<&str> = TOKENS.lines().map(str::trim).filter(|line| line.starts_with("--font")).collect();
    assert_eq!(fonts, ["--font: system-ui, sans-serif;", "--font-mono: ui-monospace, monospace;"]);
    for (file, sheet) in sheets() {
        let declared = sheet.split([';', '{', '}']).map(str::trim).filter(|it| it.starts_with("font:") || it.starts_with("font-family:"));
        for font in declared.filter(|_| !file.ends_with("tokens.css")) {
            assert!(font.ends_with("inherit") || font.contains("var(--font"), "{}: {font}: a font beside the tokens", file.display());
        }
    }
}
