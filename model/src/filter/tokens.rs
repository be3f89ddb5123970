//! Cuts a text into terms, with their places. It knows the shape of a term, and no keys but those that have signs of their own.

use super::Key;

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Term {
    /// A word that is searched for.
    Word(Piece),
    /// A key with its values, which are one at least.
    Keyed { key: Piece, sign: char, values: Vec<Piece> },
}

impl Term {
    /// How many characters stand before what follows it.
    pub(super) fn end(&self) -> usize {
        match self {
            Self::Word(piece) => piece.at + piece.len,
            Self::Keyed { key, values, .. } => values.last().map_or(key.at + key.len, |value| value.at + value.len),
        }
    }
}

/// A part of the text, less its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) text: String,
    /// Whether `=` stands before it.
    pub(super) whole: bool,
    /// What stands behind `#`, behind the closing quote of a whole one.
    pub(super) mark: Option<String>,
}

/// What parts one term from the next.
pub(super) fn parts(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// The sign behind a key, if these letters are one.
pub(super) fn is_sign(key: &str, sign: char) -> bool {
    let bound = || key.to_ascii_lowercase().parse().is_ok_and(Key::is_bound);
    !key.is_empty() && (sign == ':' || (matches!(sign, '<' | '>') && bound()))
}

pub(super) fn terms(text: &str) -> Vec<Term> {
    let mut reader = Reader { letters: text.chars().collect(), at: 0 };
    let mut terms = Vec::new();
    loop {
        reader.take_while(parts);
        match reader.here() {
            None => return terms,
            Some('"') => terms.push(Term::Word(reader.quoted(false))),
            Some(_) => terms.push(reader.term()),
        }
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn here(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) -> String {
        let from = self.at;
        while self.here().is_some_and(&holds) {
            self.at += 1;
        }
        self.letters[from..self.at].iter().collect()
    }

    fn term(&mut self) -> Term {
        let from = self.at;
        let key = self.take_while(|letter| letter.is_ascii_alphabetic());
        match self.here() {
            Some(sign) if is_sign(&key, sign) => {
                let key = Piece { at: from, len: self.at - from, text: key, whole: false, mark: None };
                self.at += 1;
                let mut values = vec![self.value()];
                while self.here() == Some(',') {
                    self.at += 1;
                    values.push(self.value());
                }
                Term::Keyed { key, sign, values }
            }
            _ => {
                self.at = from;
                let text = self.take_while(|letter| !parts(letter));
                Term::Word(Piece { at: from, len: self.at - from, text, whole: false, mark: None })
            }
        }
    }

    fn value(&mut self) -> Piece {
        let whole = self.here() == Some('=');
        self.at += usize::from(whole);
        if self.here() == Some('"') {
            return self.quoted(whole);
        }
        let from = self.at;
        let text = self.take_while(|letter| !parts(letter) && letter != ',');
        Piece { at: from - usize::from(whole), len: self.at - from + usize::from(whole), text, whole, mark: None }
    }

    /// Up to the closing quote, or to the end: whoever types has not closed it yet. A backslash takes the next sign as it stands.
    fn quoted(&mut self, whole: bool) -> Piece {
        let from = self.at - usize::from(whole);
        self.at += 1;
        let mut text = String::new();
        while let Some(letter) = self.here() {
            self.at += 1;
            match letter {
                '"' => break,
                '\\' => {
                    if let Some(next) = self.here() {
                        text.push(next);
                        self.at += 1;
                    }
                }
                letter => text.push(letter),
            }
        }
        let mark = (whole && self.here() == Some('#')).then(|| {
            self.at += 1;
            self.take_while(|letter| !parts(letter) && letter != ',').to_lowercase()
        });
        Piece { at: from, len: self.at - from, text, whole, mark }
    }
}
