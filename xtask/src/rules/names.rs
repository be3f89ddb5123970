//! Which functions are tests, and which rules their names begin with.

/// Attributes that make a function a test, as a line begins.
const MARKS: &[&str] = &["#[test]", "#[tokio::test", "#[wasm_bindgen_test", "#[test_strategy::proptest"];

/// The names of the tests in a Rust file, in order. It goes by lines, as rustfmt writes them.
pub(super) fn of_tests(text: &str) -> Vec<String> {
    let mut found = vec![];
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        marked |= MARKS.iter().any(|mark| line.starts_with(mark));
        if line.starts_with("#[") || line.starts_with("//") {
            continue;
        }
        if let Some((_, rest)) = line.split_once("fn ").filter(|_| marked) {
            found.push(rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect());
        }
        marked = false;
    }
    found
}

/// The rules that a name begins with, or takes up again after an `and`: `r33_r34_…`, `r75_to_r78_…`, `r76_…_and_r77_…`.
pub(super) fn rules_of(name: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    let mut open = true;
    let mut from = None;
    for part in name.split('_') {
        match number(part).filter(|_| open) {
            Some((letter, last)) => {
                let first = from.take().unwrap_or(last);
                found.extend((first..=last).map(|n| format!("{letter}{n}")).filter(|rule| found.last() != Some(rule)).collect::<Vec<_>>());
            }
            None if open && part == "to" => from = found.last().and_then(|rule| rule[1..].parse().ok()),
            None => open = part == "and",
        }
    }
    found
}

/// `r17` as R and 17.
fn number(part: &str) -> Option<(char, u32)> {
    let letter = part.chars().next().filter(|letter| matches!(letter, 'r' | 'a'))?;
    let digits = &part[1..];
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten().map(|number| (letter.to_ascii_uppercase(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_by_their_attribute_and_nothing_else_is() {
        let text = "
            #[test]
            fn r1_one() {}
            fn r2_helper() {}
            #[tokio::test(flavor = \"multi_thread\")]
            #[ignore]
            /// Why.
            async fn a3_three() {}
            proptest! {
                #![proptest_config(x)]
                #[test]
                fn r4_four(a in 0..3) {}
            }
            #[cfg(test)]
            mod r5_five;
        ";
        assert_eq!(of_tests(text), ["r1_one", "a3_three", "r4_four"]);
    }

    #[test]
    fn a_name_begins_with_its_rules() {
        let rules = |name: &str| rules_of(name).join(" ");
        assert_eq!(rules("r33_r34_denying"), "R33 R34");
        assert_eq!(rules("r107_a25_a_customer"), "R107 A25");
        assert_eq!(rules("r75_to_r78_whatever"), "R75 R76 R77 R78");
        assert_eq!(rules("r76_three_displays_and_r77_a_relapse"), "R76 R77");
        assert_eq!(rules("a_role_in_r5_is_no_rule"), "");
        assert_eq!(rules("remove_a1"), "");
        assert_eq!(rules("r_a_nothing"), "");
    }
}
