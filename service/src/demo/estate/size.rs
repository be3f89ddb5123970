//! How large the estate is.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EstateSize {
    /// Nothing, for an estate that is made through `/demo/control`.
    Empty,
    /// 50 customers, 2,000 rooms, 5,000 incidents.
    S,
    /// 1,000 customers, 40,000 rooms, 100,000 incidents.
    M,
    /// 5,000 customers, 200,000 rooms, 1,000,000 incidents.
    L,
}

impl EstateSize {
    pub(super) const fn customers(self) -> usize {
        match self {
            Self::Empty => 0,
            Self::S => 50,
            Self::M => 1_000,
            Self::L => 5_000,
        }
    }

    pub(super) const fn rooms(self) -> usize {
        match self {
            Self::Empty => 0,
            Self::S => 2_000,
            Self::M => 40_000,
            Self::L => 200_000,
        }
    }

    /// Their incidents of ninety days, about one in twenty of them open.
    pub(super) const fn incidents(self) -> usize {
        match self {
            Self::Empty => 0,
            Self::S => 5_000,
            Self::M => 100_000,
            Self::L => 1_000_000,
        }
    }

    /// How many rooms each customer has, the largest first: the n-th has about one n-th of the largest's (Zipf).
    pub(super) fn rooms_by_customer(self) -> Vec<usize> {
        let (customers, rooms) = (self.customers(), self.rooms());
        let harmonic: f64 = (1..=customers).map(|n| 1.0 / n as f64).sum();
        let share = |n: usize| ((rooms as f64 / harmonic / n as f64) as usize).max(1);
        let mut counts: Vec<usize> = (1..=customers).map(share).collect();
        let given: usize = counts.iter().sum();
        // What rounding left over goes to the smallest ones, one each.
        let places = counts.len();
        for at in 0..rooms.saturating_sub(given) {
            if let Some(count) = places.checked_sub(1 + at % places.max(1)).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        counts
    }
}

impl std::str::FromStr for EstateSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(Self::Empty),
            "s" => Ok(Self::S),
            "m" => Ok(Self::M),
            "l" => Ok(Self::L),
            _ => Err(format!("an estate is none, s, m or l, not {text:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_shares_out_exactly_its_rooms() {
        for size in [EstateSize::Empty, EstateSize::S, EstateSize::M, EstateSize::L] {
            let counts = size.rooms_by_customer();
            assert_eq!((counts.len(), counts.iter().sum::<usize>()), (size.customers(), size.rooms()));
            assert!(counts.iter().all(|count| *count > 0));
        }
        let s = EstateSize::S.rooms_by_customer();
        assert!(s[0] > 400 && s[49] < 12, "{s:?}");
    }
}
