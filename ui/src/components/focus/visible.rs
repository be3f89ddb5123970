//! Whether one can see where the cursor is: the contrast of its colours, computed from the style sheets.

use std::collections::BTreeMap;

/// The colours of a block of custom properties.
fn tokens(block: &str) -> BTreeMap<&str, [f64; 3]> {
    block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .filter_map(|(name, hex)| {
            let number = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
            Some((name, [16, 8, 0].map(|shift| f64::from(number >> shift & 0xff) / 255.0)))
        })
        .collect()
}

/// The relative luminance of WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The custom property that a rule of a style sheet draws its inset shadow with.
fn shadow<'a>(sheet: &'a str, rule: &str) -> &'a str {
    let rule = sheet.split_once(&format!("  {rule} {{\n")).unwrap().1;
    let shadow = rule.split_once("box-shadow: inset ").unwrap().1.split_once(';').unwrap().0;
    shadow.split_once("var(--").unwrap().1.trim_end_matches(')')
}

#[test]
fn fault_9_05_the_cursors_row_is_plainly_visible() {
    let sheet = include_str!("../../../styles/tokens.css");
    let (light, dark) = sheet.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let table = include_str!("../../../styles/components/table.css");
    let popover = include_str!("../../../styles/components/popover.css");
    let cursors = [shadow(table, ".row--active"), shadow(table, ".table:focus-visible .row--active"), shadow(popover, ".option--active")];
    for block in [light, dark] {
        let tokens = tokens(block);
        for cursor in cursors {
            // What a row may lie on.
            for ground in ["surface", "surface-hover", "accent-soft"] {
                let seen = contrast(tokens[cursor], tokens[ground]);
                assert!(seen >= 3.0, "{cursor} on {ground}: {seen:.2}");
            }
        }
    }
}
