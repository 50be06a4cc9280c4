//! Text for people: headings, paragraphs, fields and tables, 80 columns wide.
//!
//! Everything that enters a page is cleaned, so that no cell of a CSV moves
//! the cursor. With `--plain`, tables become lines of "name: value".

use std::fmt::Write as _;

use anstyle::Style as Ansi;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use crate::text::{clean, width, wrap};

/// Narrower than this, tables fall apart.
const NARROWEST: usize = 40;
const WIDEST: usize = 120;
const USUAL: usize = 80;

/// How a page is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Without drawings.
    pub(super) plain: bool,
    /// In terminal columns.
    pub(super) width: usize,
}

impl Style {
    /// As wide as the environment variable COLUMNS says, else as the terminal; 80 where there is none.
    pub(super) fn new(plain: bool) -> Self {
        let width = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.trim().parse().ok())
            .or_else(|| {
                let (columns, _) = terminal_size::terminal_size_of(std::io::stdout())?;
                Some(usize::from(columns.0))
            })
            .unwrap_or(USUAL)
            .clamp(NARROWEST, WIDEST);
        Self { plain, width }
    }
}

/// A page being written.
pub(super) struct Page {
    style: Style,
    text: String,
}

/// How a column of a table stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        Self {
            style,
            text: String::new(),
        }
    }

    pub(super) fn style(&self) -> Style {
        self.style
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless the page is at its beginning.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.strong(text);
    }

    /// A paragraph that stands out.
    pub(super) fn strong(&mut self, text: &str) {
        let bold = Ansi::new().bold();
        for line in wrap(&clean(text), self.style.width) {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "{bold}{line}{bold:#}");
        }
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.hanging("", text);
    }

    /// A paragraph after a mark such as "1 ", the lines after the first indented as far.
    pub(super) fn hanging(&mut self, mark: &str, text: &str) {
        let indent = width(mark);
        let room = self.style.width.saturating_sub(indent).max(20);
        for (number, line) in wrap(&clean(text), room).iter().enumerate() {
            if number == 0 {
                self.text.push_str(mark);
            } else {
                self.text.push_str(&" ".repeat(indent));
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// A name in a column of its own, and what it is.
    pub(super) fn field(&mut self, name: &str, column: usize, text: &str) {
        let name = clean(name);
        if self.style.plain {
            self.hanging("", &format!("{name}: {text}"));
        } else {
            let pad = " ".repeat(column.saturating_sub(width(&name)).max(1));
            self.hanging(&format!("{name}{pad}"), text);
        }
    }

    /// A line as it is, cleaned: a command to copy, a drawing.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(clean(text).trim_end());
        self.text.push('\n');
    }

    /// A table; without drawings, and where words would have to be broken, each row in a line.
    pub(super) fn table(&mut self, columns: &[(&str, Align)], rows: &[Vec<String>]) {
        if self.style.plain || narrowest(columns, rows) > self.style.width {
            for row in rows {
                let cells: Vec<String> = columns
                    .iter()
                    .zip(row)
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|((name, _), cell)| {
                        if name.is_empty() {
                            clean(cell)
                        } else {
                            format!("{name}: {}", clean(cell))
                        }
                    })
                    .collect();
                self.hanging("", &cells.join("; "));
            }
            return;
        }
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.style.width).unwrap_or(u16::MAX))
            .set_header(columns.iter().map(|(name, _)| clean(name)));
        for row in rows {
            table.add_row(row.iter().map(|cell| clean(cell)));
        }
        for (position, (_, align)) in columns.iter().enumerate() {
            if let Some(column) = table.column_mut(position) {
                column.set_padding((u16::from(position != 0), 1));
                column.set_cell_alignment(match align {
                    Align::Left => CellAlignment::Left,
                    Align::Right => CellAlignment::Right,
                });
            }
        }
        self.text.push_str(&table.trim_fmt());
        self.text.push('\n');
    }
}

/// The width of a table of which no word is broken.
fn narrowest(columns: &[(&str, Align)], rows: &[Vec<String>]) -> usize {
    let longest = |text: &str| {
        let words = text.split_whitespace().map(width);
        words.max().unwrap_or(0)
    };
    let column = |(position, (name, _)): (usize, &(&str, Align))| {
        let cells = rows.iter().filter_map(|row| row.get(position));
        let widest = cells.map(|cell| longest(&clean(cell))).max().unwrap_or(0);
        1 + usize::from(position != 0) + widest.max(longest(name))
    };
    columns.iter().enumerate().map(column).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NORMAL: Style = Style {
        plain: false,
        width: 40,
    };

    #[test]
    fn no_line_is_wider_than_the_page_and_no_escape_passes() {
        let mut page = Page::new(NORMAL);
        page.paragraph("one two three four five six seven eight nine ten\u{1b}[2J");
        page.hanging("1 ", "one two three four five six seven eight nine ten");
        page.table(
            &[("name", Align::Left), ("value", Align::Right)],
            &[vec![
                "a\u{1b}[31m long name that will not fit here".into(),
                "3".into(),
            ]],
        );
        let text = page.finish();
        assert!(!text.contains('\u{1b}'));
        for line in text.lines() {
            assert!(width(line) <= 40, "{line}");
        }
    }

    #[test]
    fn a_table_that_would_break_words_is_written_in_lines() {
        let columns = ["compared", "gain", "margin", "outcome", "probability"];
        let columns = columns.map(|name| (name, Align::Left));
        let row = [
            "minimum viable model",
            "+0.18",
            "0.21",
            "inconclusive",
            "0.43",
        ];
        let mut page = Page::new(NORMAL);
        page.table(&columns, &[row.map(str::to_owned).to_vec()]);
        let text = page.finish();
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
        assert_eq!(
            text.split_whitespace().collect::<Vec<_>>().join(" "),
            "compared: minimum viable model; gain: +0.18; margin: 0.21; outcome: inconclusive; \
             probability: 0.43"
        );
    }

    #[test]
    fn plain_tables_are_lines() {
        let mut page = Page::new(Style {
            plain: true,
            width: 80,
        });
        page.table(
            &[("name", Align::Left), ("value", Align::Right)],
            &[vec!["a".into(), "3".into()]],
        );
        assert_eq!(page.finish(), "name: a; value: 3\n");
    }
}
