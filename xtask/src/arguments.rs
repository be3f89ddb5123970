//! The few options that the commands take.

use anyhow::{Result, bail};

/// The words behind the command's name, taken one by one; what is left over is a mistake.
pub(crate) struct Arguments(Vec<String>);

impl Arguments {
    pub(crate) fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Takes `--name`; says whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|word| word == name);
        place.map(|place| self.0.remove(place)).is_some()
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        let Some(place) = self.0.iter().position(|word| word == name || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.0.remove(place);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if place < self.0.len() && !self.0[place].starts_with("--") {
            return Ok(Some(self.0.remove(place)));
        }
        bail!("{name} needs a value")
    }

    /// Takes `--estate s|m|l`, or one of `more`.
    pub(crate) fn estate(&mut self, otherwise: &str, more: &[&str]) -> Result<String> {
        let estate = self.value("--estate")?.unwrap_or_else(|| otherwise.to_owned());
        let known = [&["s", "m", "l"], more].concat();
        if !known.contains(&estate.as_str()) {
            bail!("--estate is one of {}, not `{estate}`", known.join(", "));
        }
        Ok(estate)
    }

    /// Refuses what no option took.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0.first() {
            Some(word) => bail!("`{word}` is not understood here: `cargo xtask help` lists the options"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_are_taken_in_any_order_and_both_spellings() {
        let mut given = arguments("--estate=m --headless --service http://127.0.0.1:1");
        assert_eq!(given.value("--service").unwrap().as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(given.estate("s", &[]).unwrap(), "m");
        assert!(given.flag("--headless"));
        assert!(!given.flag("--headless"));
        given.finish().unwrap();
    }

    #[test]
    fn a_mistake_is_refused() {
        assert!(arguments("--estate xl").estate("s", &[]).is_err());
        assert!(arguments("--estate").estate("s", &[]).is_err());
        assert!(arguments("--service --headless").value("--service").is_err());
        assert!(arguments("--fsat").finish().is_err());
        assert_eq!(arguments("").estate("s", &[]).unwrap(), "s");
    }
}
