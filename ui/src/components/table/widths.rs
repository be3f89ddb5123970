//! How wide the columns are. It depends on the room that the table has, not on the window: the pane beside it takes some.

use super::column::Column;
use super::row::TableRow;

/// How many of the limits a table of this width is not wider than.
pub(super) fn narrow(width_px: u32, limits_px: &[u32]) -> usize {
    limits_px.iter().filter(|limit| width_px <= **limit).count()
}

pub(super) fn tracks<R: TableRow>(columns: &[Column<R>], narrow: usize) -> String {
    columns.iter().filter_map(|column| column.width(narrow)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    impl TableRow for u32 {
        type Key = u32;
        type Sort = std::convert::Infallible;
        const TESTID: &'static str = "number";

        fn key(&self) -> Option<u32> {
            Some(*self)
        }

        fn id(&self) -> String {
            self.to_string()
        }
    }

    fn column(widths: &'static [&'static str]) -> Column<u32> {
        Column::new("n", |_| String::new(), widths, |_, _, _| yew::Html::default())
    }

    #[test]
    fn a_column_is_hidden_where_its_width_is_empty_and_its_last_width_holds_on() {
        let columns = [column(&["1fr"]), column(&["80px", "60px", ""]), column(&["40px", "", "20px"])];
        let said: Vec<String> = [900, 600, 599, 300].map(|width| tracks(&columns, narrow(width, &[600, 300]))).to_vec();
        assert_eq!(said, ["1fr 80px 40px", "1fr 60px", "1fr 60px", "1fr 20px"]);
    }
}
