//! Questions one at a time: while one is under way, the latest waits in the place of those before it. Pure.

#[derive(Debug)]
pub(super) struct Turns<Q> {
    under_way: bool,
    waiting: Option<Q>,
}

impl<Q> Default for Turns<Q> {
    fn default() -> Self {
        Self { under_way: false, waiting: None }
    }
}

impl<Q> Turns<Q> {
    /// Gives a question back where it is to be asked now.
    pub(super) fn ask(&mut self, question: Q) -> Option<Q> {
        if self.under_way {
            self.waiting = Some(question);
            return None;
        }
        self.under_way = true;
        Some(question)
    }

    /// Once the one under way is answered: the one to ask next. While there is one, the answer is of no use.
    pub(super) fn next(&mut self) -> Option<Q> {
        let next = self.waiting.take();
        self.under_way = next.is_some();
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_of_ranges_that_are_asked_for_while_one_is_under_way_the_last_alone_is_asked() {
        let mut turns = Turns::default();
        assert_eq!([1, 2, 3].map(|range| turns.ask(range)), [Some(1), None, None]);
        assert_eq!(turns.next(), Some(3));
        assert_eq!((turns.ask(4), turns.next()), (None, Some(4)));
        assert_eq!((turns.next(), turns.ask(5)), (None, Some(5)));
    }
}
