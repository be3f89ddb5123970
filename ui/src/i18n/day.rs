//! Days as they are typed: in the order in which the chosen language writes day, month and year, whatever the system's is.

use tenantry_model::time::UtcDay;

use super::{I18n, intl, t};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
}

/// How a language writes a day: its parts with what stands between them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    parts: [Part; 3],
    between: String,
}

impl Pattern {
    /// Of what the language makes of the twenty-second of November 2003, of which each number tells what it is.
    fn of(sample: &str) -> Self {
        let at = |number: &str, part: Part| sample.find(number).map(|at| (at, part));
        let mut found: Vec<(usize, Part)> =
            [at("22", Part::Day), at("11", Part::Month), at("2003", Part::Year)].into_iter().flatten().collect();
        found.sort_by_key(|(at, _)| *at);
        match found.as_slice() {
            [(_, one), (_, two), (_, three)] => {
                let between = sample.trim_start_matches(|c: char| c.is_ascii_digit());
                let between = between.chars().take_while(|c| !c.is_ascii_digit()).collect();
                Self { parts: [*one, *two, *three], between }
            }
            // Other digits than ours: as it stands in files.
            _ => Self { parts: [Part::Year, Part::Month, Part::Day], between: "-".to_owned() },
        }
    }

    fn written(&self, day: &str, month: &str, year: &str) -> String {
        let texts = self.parts.map(|part| match part {
            Part::Day => day,
            Part::Month => month,
            Part::Year => year,
        });
        texts.join(&self.between)
    }

    /// The day that somebody typed, in this order or as it stands in files; a year of two digits is of this century.
    fn read(&self, text: &str) -> Option<UtcDay> {
        let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
        let [one, two, three] = numbers.as_slice() else { return None };
        let parts = if one.len() == 4 { [Part::Year, Part::Month, Part::Day] } else { self.parts };
        let [mut day, mut month, mut year] = [""; 3];
        for (part, number) in parts.into_iter().zip([*one, *two, *three]) {
            match part {
                Part::Day => day = number,
                Part::Month => month = number,
                Part::Year => year = number,
            }
        }
        let century = if year.len() == 2 { "20" } else { "" };
        format!("{century}{year}-{month:0>2}-{day:0>2}").parse().ok()
    }
}

impl I18n {
    fn pattern(&self) -> Pattern {
        Pattern::of(&intl::sample(self.language()))
    }

    /// What to type, such as `DD/MM/YYYY`.
    pub fn day_hint(&self) -> String {
        self.pattern().written(&t!(self, "day-day"), &t!(self, "day-month"), &t!(self, "day-year"))
    }

    /// The typed text as the day that it is, such as `2026-03-01`; as it is, where it is none.
    pub fn day_typed(&self, text: &str) -> String {
        let text = text.trim();
        self.pattern().read(text).map_or_else(|| text.to_owned(), |day| day.to_string())
    }

    /// The day, or nothing, that a text is which may still go on; none where only its end will tell: `1.3.20` may become `1.3.2026`.
    pub fn day_while_typing(&self, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return Some(String::new());
        }
        let is_whole = text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
        self.pattern().read(text).filter(|_| is_whole).map(|day| day.to_string())
    }

    /// A day such as `2026-03-01` as this language writes it; any other text as it is.
    pub fn day_shown(&self, day: &str) -> String {
        match (day.parse::<UtcDay>(), day.split('-').collect::<Vec<_>>().as_slice()) {
            (Ok(_), [year, month, day]) => self.pattern().written(day, month, year),
            _ => day.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;

    #[test]
    fn fault_9_13_a_day_is_typed_and_shown_as_the_language_writes_it() {
        let (german, english) = (I18n::new(Language::German), I18n::new(Language::English));
        assert_eq!((german.day_hint(), english.day_hint()), ("TT.MM.JJJJ".to_owned(), "DD/MM/YYYY".to_owned()));
        assert_eq!((german.day_shown("2026-03-01"), english.day_shown("2026-03-01")), ("01.03.2026".to_owned(), "01/03/2026".to_owned()));
        for typed in ["1.3.2026", "01.03.2026", " 1. 3. 26 ", "1/3/2026", "2026-03-01", "2026-3-1"] {
            assert_eq!(german.day_typed(typed), "2026-03-01", "{typed}");
        }
        for typed in ["", "1.3.", "31.2.2026", "gestern", "1.3.202"] {
            assert_eq!(german.day_typed(typed), typed, "no day, and it stays as it is");
            assert_eq!(german.day_shown(typed), typed);
        }
    }

    #[test]
    fn fault_9_13_a_year_of_two_digits_counts_once_the_field_is_left() {
        let german = I18n::new(Language::German);
        let mut emitted = vec![];
        for end in 0..="1.3.2026".len() {
            emitted.extend(german.day_while_typing(&"1.3.2026"[..end]));
        }
        assert_eq!(emitted, ["", "2026-03-01"]);
        assert_eq!(german.day_while_typing("2026-3-1").as_deref(), Some("2026-03-01"));
        assert_eq!((german.day_while_typing("1.3.26"), german.day_typed("1.3.26").as_str()), (None, "2026-03-01"));
    }

    #[test]
    fn fault_9_13_the_order_of_a_region_is_known_by_what_it_makes_of_a_day() {
        let american = Pattern::of("11/22/2003");
        assert_eq!(american.read("3/1/2026"), "2026-03-01".parse().ok());
        assert_eq!(american.written("DD", "MM", "YYYY"), "MM/DD/YYYY");
        assert_eq!(Pattern::of("2003-11-22").written("DD", "MM", "YYYY"), "YYYY-MM-DD");
        assert_eq!(Pattern::of("22. 11. 2003").written("1", "3", "2026"), "1. 3. 2026");
        assert_eq!(Pattern::of("٢٢").written("DD", "MM", "YYYY"), "YYYY-MM-DD");
    }
}
