//! How wide the columns are: one rule for all tables.
//!
//! 1. Every column has its least: its heading and, where its words are known, the longest of them, in the language that is spoken.
//! 2. Where not all fit, the least important ones go, those that are empty in what is shown before all others. Empty ones, and those that are
//!    no more than convenient, go as well where the columns by which a row is known would have less than halfway to what they want.
//! 3. What is left goes to the columns by which a row is known until they have what they want, then to the others by their importance; what
//!    is left then, to the former.
//! 4. A column whose width somebody chose has it, as long as the others have their least.
//!
//! It depends on the room that the table has, not on the window: the pane beside it takes some. All in rem, so that the zoom counts.

/// What a column needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    pub(super) least: f64,
    pub(super) wants: f64,
    /// Whether a row is known by it.
    pub(super) names: bool,
    /// The higher, the sooner it goes; 0 stays.
    pub(super) rank: u8,
    /// Whether nothing that is shown has anything in it.
    pub(super) empty: bool,
    /// How wide somebody wants it.
    pub(super) chosen: Option<f64>,
}

impl Need {
    /// How wide it is before what is left is given away.
    fn first(&self) -> f64 {
        self.chosen.unwrap_or(self.least)
    }

    /// What it would like to have beyond that.
    fn lacks(&self) -> f64 {
        if self.chosen.is_some() { 0.0 } else { (self.wants - self.least).max(0.0) }
    }

    /// Whether it takes what nobody wants.
    fn gives_way(&self) -> bool {
        self.names && self.chosen.is_none()
    }
}

/// From this rank on, a column is convenient and no more.
const CONVENIENT: u8 = 5;

/// What stands left and right of a row's columns, as `table.css` says.
const PADDING_REM: f64 = 2.0;
/// The gap between columns, and that of narrow tables.
const GAPS_REM: [f64; 2] = [0.75, 0.5];
const NARROW_REM: f64 = 42.0;

pub(super) fn gap(width: f64) -> f64 {
    GAPS_REM[usize::from(width < NARROW_REM)]
}

/// The columns' widths in a table of this width; none for a column that is hidden.
pub(super) fn lay_out(width: f64, needs: &[Need]) -> Vec<Option<f64>> {
    let mut widths: Vec<Option<f64>> = needs.iter().map(|need| Some(need.first())).collect();
    let rest = |widths: &[Option<f64>]| {
        let shown = widths.iter().flatten();
        width - PADDING_REM - shown.clone().sum::<f64>() - gap(width) * (shown.count().max(1) - 1) as f64
    };
    loop {
        let left = rest(&widths);
        let shown = || needs.iter().enumerate().filter(|(at, _)| widths[*at].is_some());
        let halfway: f64 = shown().filter(|(_, need)| need.names).map(|(_, need)| need.lacks() / 2.0).sum();
        let may_go = |need: &Need| need.rank > 0 && (left < 0.0 || (left < halfway && (need.empty || need.rank >= CONVENIENT)));
        let Some((goes, _)) = shown().filter(|(_, need)| may_go(need)).max_by_key(|(_, need)| (need.empty, need.rank)) else { break };
        widths[goes] = None;
    }
    // What was chosen in a wider window gives way as far as it can.
    let over: f64 = shrinkable(needs, &widths).map(|(_, by)| by).sum();
    let short = (-rest(&widths)).clamp(0.0, over);
    for (at, by) in shrinkable(needs, &widths).collect::<Vec<_>>() {
        widths[at] = widths[at].map(|width| width - by * short / over);
    }
    let mut left = rest(&widths).max(0.0);
    let mut order: Vec<usize> = (0..needs.len()).filter(|at| widths[*at].is_some()).collect();
    order.sort_by_key(|at| (!needs[*at].names, needs[*at].rank));
    // Those by which a row is known share what there is, lest the first of them take it all.
    let names: Vec<usize> = order.iter().copied().filter(|at| needs[*at].gives_way()).collect();
    let lack: f64 = names.iter().map(|at| needs[*at].lacks()).sum();
    let share = if lack > 0.0 { (left / lack).min(1.0) } else { 0.0 };
    for at in &names {
        widths[*at] = widths[*at].map(|width| width + needs[*at].lacks() * share);
    }
    left = (left - lack * share).max(0.0);
    for at in order.into_iter().filter(|at| !needs[*at].names && !needs[*at].empty) {
        let more = needs[at].lacks().min(left);
        widths[at] = widths[at].map(|width| width + more);
        left -= more;
    }
    let wants: f64 = names.iter().map(|at| needs[*at].wants).sum();
    for at in names {
        widths[at] = widths[at].map(|width| width + left * needs[at].wants / wants);
    }
    widths
}

/// The columns that are wider than their least because somebody chose so, and by how much.
fn shrinkable(needs: &[Need], widths: &[Option<f64>]) -> impl Iterator<Item = (usize, f64)> {
    let over = |(at, (need, width)): (usize, (&Need, &Option<f64>))| Some((at, need.chosen.and(*width)? - need.least));
    needs.iter().zip(widths).enumerate().filter_map(over).filter(|(_, by)| *by > 0.0)
}

/// The tracks of the grid. Those by which a row is known give and take what was not foreseen, such as a scroll bar.
pub(super) fn tracks(widths: &[Option<f64>], needs: &[Need]) -> String {
    let track = |(width, need): (&Option<f64>, &Need)| {
        let width = (*width)?;
        Some(if need.gives_way() { format!("minmax(0,{width:.3}fr)") } else { format!("{width:.3}rem") })
    };
    widths.iter().zip(needs).filter_map(track).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(least: f64, wants: f64, rank: u8) -> Need {
        Need { least, wants, names: true, rank, empty: false, chosen: None }
    }

    fn other(least: f64, wants: f64, rank: u8) -> Need {
        Need { least, wants, names: false, rank, empty: false, chosen: None }
    }

    /// Of a table of so many rem, beside the padding and the gaps between the columns that are shown.
    fn sum(widths: &[Option<f64>]) -> f64 {
        widths.iter().flatten().sum()
    }

    #[test]
    fn fault_9_07_what_a_row_is_known_by_gets_the_room_first() {
        let needs = [name(8.0, 18.0, 0), other(6.0, 12.0, 2)];
        assert_eq!(lay_out(28.5, &needs), [Some(18.0), Some(8.0)], "the name has what it wants before the other gets more than its least");
        assert_eq!(lay_out(20.5, &needs), [Some(12.0), Some(6.0)]);
        assert_eq!(lay_out(40.0, &needs), [Some(25.5), Some(12.0)], "what nobody wants is the name's");
    }

    #[test]
    fn fault_9_07_the_least_important_column_goes_before_a_name_is_cut() {
        let needs = [name(10.0, 20.0, 0), other(8.0, 8.0, 1), other(8.0, 8.0, 2)];
        let shown = |width| lay_out(width, &needs).iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(shown(60.0), [true, true, true]);
        assert_eq!(shown(26.0), [true, true, false]);
        assert_eq!(shown(18.0), [true, false, false]);
        assert_eq!(shown(5.0), [true, false, false], "a name stays, whatever room there is");
    }

    #[test]
    fn fault_9_07_what_is_only_convenient_goes_before_a_name_is_short_of_room() {
        let needs = [name(8.0, 18.0, 0), other(11.0, 11.0, 4), other(7.0, 7.0, 6)];
        let shown = |width| lay_out(width, &needs).iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(shown(36.0), [true, true, true]);
        assert_eq!(shown(33.0), [true, true, false], "the name would have less than 13");
        assert_eq!(shown(23.0), [true, true, false], "the one that says more stays as long as it fits");
        assert_eq!(shown(21.0), [true, false, false]);
    }

    #[test]
    fn fault_9_07_an_empty_column_goes_first_and_gets_nothing_that_it_does_not_need() {
        let empty = Need { empty: true, ..other(4.0, 12.0, 1) };
        let widths = lay_out(60.0, &[name(10.0, 20.0, 0), empty, other(8.0, 10.0, 4)]);
        assert_eq!((widths[1], widths[2]), (Some(4.0), Some(10.0)));
        let widths = lay_out(22.0, &[name(10.0, 20.0, 0), empty, other(8.0, 10.0, 4)]);
        assert!(widths[1].is_none() && widths[2].is_some(), "{widths:?}");
    }

    #[test]
    fn fault_9_07_the_columns_fill_the_table_and_no_more() {
        let needs = [other(7.0, 7.0, 0), name(8.0, 18.0, 0), name(6.0, 12.0, 1), other(11.0, 11.0, 4), other(5.0, 7.0, 3)];
        for width in (320..1200).map(|width| f64::from(width) / 10.7) {
            let widths = lay_out(width, &needs);
            let gaps = gap(width) * (widths.iter().flatten().count() - 1) as f64;
            assert!((sum(&widths) + gaps + PADDING_REM - width).abs() < 1e-9, "{width}: {widths:?}");
        }
    }

    #[test]
    fn fault_9_07_names_share_what_there_is() {
        let widths = lay_out(32.0, &[name(8.0, 18.0, 0), name(8.0, 18.0, 0)]);
        assert_eq!(widths[0], widths[1]);
    }

    #[test]
    fn fault_9_07_names_are_what_gives_way() {
        let needs = [name(8.0, 18.0, 0), other(7.0, 7.0, 0), other(5.0, 5.0, 9)];
        assert_eq!(tracks(&[Some(10.0), Some(7.0), None], &needs), "minmax(0,10.000fr) 7.000rem");
    }

    #[test]
    fn a_chosen_width_is_kept_and_gives_way_where_the_others_would_have_less_than_their_least() {
        let wide = Need { chosen: Some(20.0), ..other(6.0, 8.0, 0) };
        let needs = [name(8.0, 18.0, 0), wide];
        assert_eq!(lay_out(42.75, &needs), [Some(20.0), Some(20.0)], "what nobody wants is the name's");
        assert_eq!(lay_out(24.5, &needs), [Some(8.0), Some(14.0)]);
        assert_eq!(lay_out(10.5, &needs), [Some(8.0), Some(6.0)], "it is never less than its least");
        let all = [Need { chosen: Some(9.0), ..name(8.0, 18.0, 0) }, wide];
        assert_eq!(lay_out(60.0, &all), [Some(9.0), Some(20.0)], "and what is left is nobody's");
        assert_eq!(tracks(&[Some(9.0), Some(20.0)], &all), "9.000rem 20.000rem");
    }
}
