//! Measuring two things turn by turn, so that whatever else the machine does falls on both.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Measurements of one thing; durations in milliseconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn add(&mut self, time: Duration) {
        self.note(time.as_secs_f64() * 1_000.0);
    }

    pub(crate) fn note(&mut self, number: f64) {
        self.0.push(number);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    pub(crate) fn p95(&self) -> f64 {
        self.quantile(0.95)
    }

    fn quantile(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
        sorted.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// Times `ours` and `floor` in turn, each `rounds` times after a tenth of that to warm up; they are told the round. Who goes first
/// changes from round to round.
pub(crate) async fn in_turn(
    rounds: usize,
    mut ours: impl AsyncFnMut(usize) -> Result<()>,
    mut floor: impl AsyncFnMut(usize) -> Result<()>,
) -> Result<[Samples; 2]> {
    let mut samples = [Samples::default(), Samples::default()];
    let warm_up = rounds.div_ceil(10);
    for round in 0..warm_up + rounds {
        for turn in 0..2 {
            let ours_is_next = turn == round % 2;
            let start = Instant::now();
            if ours_is_next {
                ours(round).await?
            } else {
                floor(round).await?
            }
            if round >= warm_up {
                samples[usize::from(!ours_is_next)].add(start.elapsed());
            }
        }
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_and_the_95th_of_100_near_the_end() {
        let mut samples = Samples::default();
        (0..=100).rev().for_each(|number| samples.note(f64::from(number)));
        assert_eq!([samples.median(), samples.p95()], [50.0, 95.0]);
    }

    #[tokio::test]
    async fn both_are_measured_equally_often_and_told_the_same_rounds() {
        let (mut ours, mut floor) = (vec![], vec![]);
        let note = async |rounds: &mut Vec<usize>, round| {
            rounds.push(round);
            Ok(())
        };
        let samples = in_turn(10, async |round| note(&mut ours, round).await, async |round| note(&mut floor, round).await).await.unwrap();
        assert_eq!(samples.map(|samples| samples.len()), [10, 10]);
        assert_eq!(ours, floor);
    }
}
