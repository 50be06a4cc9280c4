//! A report as a terminal shows it: headings, tables within the width, emphasis.
//!
//! Nothing depends on colour: a section has a line below its heading, a heading
//! inside of it is underlined, weight is bold. A table that does not fit is
//! wrapped cell by cell, and where even that leaves too little room, it is read
//! row by row.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::parts::{hanging, wrapped};
use crate::report::document::{
    Align, Block, Column, Document, Section, Span as Piece, Table, Text,
};
use crate::report::{FIGURES, Figure};
use crate::text::{clean, width, wrap};
use crate::tui::theme::Theme;

/// What every line begins with.
const INDENT: &str = "  ";

/// Columns between two cells.
const GAP: usize = 2;

/// A cell of a wrapped table is at least as wide as its longest word, but no wider than this.
const LONGEST_WORD: usize = 24;

/// The whole report, for that many columns.
pub(super) fn page(theme: Theme, document: &Document, columns: usize) -> Vec<Line<'static>> {
    let writer = Writer { theme, columns };
    let mut lines = writer.underlined(&document.title, '═');
    let facts: Vec<String> = document
        .facts
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.extend(wrapped(&facts.join(" · "), INDENT, columns, theme.quiet()));
    for section in &document.sections {
        lines.extend(writer.section(section));
    }
    lines
}

/// The report as lines for those who hear it: no table, no frame.
pub(in crate::tui) fn page_in_words(document: &Document) -> Vec<String> {
    let mut said = vec![format!("{}.", document.title)];
    said.extend(
        document
            .facts
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    for section in &document.sections {
        said.push(format!("{}.", section.heading));
        said.extend(section.blocks.iter().flat_map(block_in_words));
    }
    said.iter().map(|line| clean(line)).collect()
}

fn block_in_words(block: &Block) -> Vec<String> {
    match block {
        Block::Subheading(text) => vec![format!("{text}.")],
        Block::Headline(text) => vec![text.clone()],
        Block::Paragraph(text) => vec![letters(text)],
        Block::Points(points) => points.iter().map(letters).collect(),
        Block::Steps(steps) => steps
            .iter()
            .enumerate()
            .map(|(position, step)| format!("{}. {}", position + 1, letters(step)))
            .collect(),
        Block::Table(table) => table
            .rows
            .iter()
            .map(|row| {
                let cells: Vec<String> = told(table, row)
                    .map(|(heading, cell)| match heading {
                        "" => letters(cell),
                        heading => format!("{heading}: {}", letters(cell)),
                    })
                    .collect();
                cells.join("; ")
            })
            .collect(),
        Block::Code(lines) => lines.clone(),
        Block::Picture(figure) => vec![format!("Figure: {}. {}", figure.title, figure.caption)],
    }
}

/// The cells of a row that say something, each with the heading of its column.
fn told<'a>(table: &'a Table, row: &'a [Text]) -> impl Iterator<Item = (&'a str, &'a Text)> {
    table
        .columns
        .iter()
        .map(|column| column.heading.as_str())
        .zip(row)
        .filter(|(_, cell)| !letters(cell).trim().is_empty())
}

/// A text without its looks.
fn letters(text: &Text) -> String {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Strong(text) | Piece::Code(text) => text.as_str(),
        })
        .collect()
}

/// How wide a text is on one line.
fn columns_of(text: &Text) -> usize {
    width(&clean(letters(text).trim()))
}

/// The widest word of a text.
fn longest_word(text: &str) -> usize {
    clean(text).split_whitespace().map(width).max().unwrap_or(0)
}

#[derive(Clone, Copy)]
struct Writer {
    theme: Theme,
    columns: usize,
}

impl Writer {
    /// Columns for text beside the indent.
    fn room(self) -> usize {
        self.columns.saturating_sub(INDENT.len() + 1).max(1)
    }

    /// A heading with a line below it.
    fn underlined(self, text: &str, sign: char) -> Vec<Line<'static>> {
        let mut lines = wrapped(text, INDENT, self.columns, self.theme.accent());
        let long = lines.iter().map(|line| width(&line.to_string())).max();
        let long = long.unwrap_or(0).saturating_sub(INDENT.len());
        lines.push(Line::styled(
            format!("{INDENT}{}", String::from(sign).repeat(long)),
            self.theme.quiet(),
        ));
        lines
    }

    fn section(self, section: &Section) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default()];
        lines.extend(self.underlined(&section.heading, '─'));
        for (position, block) in section.blocks.iter().enumerate() {
            if position > 0 {
                lines.push(Line::default());
            }
            lines.extend(self.block(block));
        }
        lines
    }

    fn block(self, block: &Block) -> Vec<Line<'static>> {
        match block {
            Block::Subheading(text) => wrap(&clean(text), self.room())
                .into_iter()
                .map(|line| {
                    let style = self.theme.strong().add_modifier(Modifier::UNDERLINED);
                    Line::from(vec![Span::raw(INDENT), Span::styled(line, style)])
                })
                .collect(),
            Block::Headline(text) => wrap(&clean(text), self.room().saturating_sub(2))
                .into_iter()
                .map(|line| Line::styled(format!("{INDENT}┃ {line}"), self.theme.strong()))
                .collect(),
            Block::Paragraph(text) => self.led(INDENT, text),
            Block::Points(points) => points
                .iter()
                .flat_map(|point| self.led(&format!("{INDENT}• "), point))
                .collect(),
            Block::Steps(steps) => steps
                .iter()
                .enumerate()
                .flat_map(|(position, step)| self.led(&format!("{INDENT}{}. ", position + 1), step))
                .collect(),
            Block::Table(table) => self.table(table),
            Block::Code(code) => code
                .iter()
                .flat_map(|line| {
                    super::decision::wrap_keeping_indent(line, self.room().saturating_sub(2))
                })
                .map(|line| Line::styled(format!("{INDENT}  {line}"), self.theme.name()))
                .collect(),
            Block::Picture(figure) => self.picture(figure),
        }
    }

    fn picture(self, figure: &Figure) -> Vec<Line<'static>> {
        let says = format!(
            "Figure: {} ({FIGURES}/{}). {}",
            figure.title, figure.file, figure.caption
        );
        hanging("  ▒ ", &says, self.columns, self.theme.quiet())
    }

    /// A text behind a sign or number, later lines below the text.
    fn led(self, lead: &str, text: &Text) -> Vec<Line<'static>> {
        let room = self.columns.saturating_sub(width(lead) + 1);
        let mut lead = lead.to_owned();
        let mut lines = Vec::new();
        for spans in self.flow(text, room, Style::new()) {
            let mut line = vec![Span::raw(lead.clone())];
            line.extend(spans);
            lines.push(Line::from(line));
            lead = " ".repeat(width(&lead));
        }
        lines
    }

    /// A text broken into lines of at most that many columns, with its looks.
    ///
    /// Breaking changes nothing but spaces: the looks follow letter by letter.
    fn flow(self, text: &Text, room: usize, base: Style) -> Vec<Vec<Span<'static>>> {
        let mut plain = String::new();
        let mut looks = Vec::new();
        for piece in &text.0 {
            let (text, style) = match piece {
                Piece::Plain(text) => (text, base),
                Piece::Strong(text) => (text, base.patch(self.theme.strong())),
                Piece::Code(text) => (text, base.patch(self.theme.name())),
            };
            let text = clean(text);
            let letters = text.chars().filter(|letter| !letter.is_whitespace());
            looks.extend(letters.map(|_| style));
            plain.push_str(&text);
        }
        let mut looks = looks.into_iter();
        wrap(&plain, room)
            .into_iter()
            .map(|line| {
                let mut spans: Vec<Span<'static>> = Vec::new();
                for letter in line.chars() {
                    let look = if letter.is_whitespace() {
                        None
                    } else {
                        looks.next()
                    };
                    match (spans.last_mut(), look) {
                        (Some(span), None) => span.content.to_mut().push(letter),
                        (Some(span), Some(look)) if span.style == look => {
                            span.content.to_mut().push(letter);
                        }
                        (_, look) => {
                            spans.push(Span::styled(letter.to_string(), look.unwrap_or(base)));
                        }
                    }
                }
                spans
            })
            .collect()
    }

    fn table(self, table: &Table) -> Vec<Line<'static>> {
        match widths(table, self.room()) {
            Some(widths) => self.aligned(table, &widths),
            None => self.row_by_row(table),
        }
    }

    fn aligned(self, table: &Table, widths: &[usize]) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        if table
            .columns
            .iter()
            .any(|column| !column.heading.is_empty())
        {
            let headings: Vec<Text> = table
                .columns
                .iter()
                .map(|column| Text::plain(column.heading.clone()))
                .collect();
            lines.extend(self.row(&table.columns, &headings, widths, self.theme.strong()));
            let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            lines.push(Line::styled(
                format!("{INDENT}{}", rules.join(&" ".repeat(GAP))),
                self.theme.quiet(),
            ));
        }
        for row in &table.rows {
            lines.extend(self.row(&table.columns, row, widths, Style::new()));
        }
        lines
    }

    /// One row, as high as its highest cell.
    fn row(
        self,
        columns: &[Column],
        cells: &[Text],
        widths: &[usize],
        base: Style,
    ) -> Vec<Line<'static>> {
        let cells: Vec<Vec<Vec<Span<'static>>>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| self.flow(cell, *width, base))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let empty = Vec::new();
        (0..height)
            .map(|row| {
                let mut line = vec![Span::raw(INDENT)];
                for ((cell, column), width) in cells.iter().zip(columns).zip(widths) {
                    let spans = cell.get(row).unwrap_or(&empty);
                    let taken: usize = spans.iter().map(|span| self::width(&span.content)).sum();
                    let fill = Span::raw(" ".repeat(width.saturating_sub(taken)));
                    match column.align {
                        Align::Left => {
                            line.extend(spans.iter().cloned());
                            line.push(fill);
                        }
                        Align::Right => {
                            line.push(fill);
                            line.extend(spans.iter().cloned());
                        }
                    }
                    line.push(Span::raw(" ".repeat(GAP)));
                }
                Line::from(line)
            })
            .collect()
    }

    /// A table where there is no room for columns: row by row, each cell behind its heading.
    fn row_by_row(self, table: &Table) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for row in &table.rows {
            for (position, (heading, cell)) in told(table, row).enumerate() {
                let lead = if position == 0 { "  • " } else { "    " };
                let text = match heading {
                    "" => cell.clone(),
                    heading => {
                        let mut text = Text::plain(format!("{heading}: "));
                        text.0.extend(cell.0.iter().cloned());
                        text
                    }
                };
                lines.extend(self.led(lead, &text));
            }
        }
        lines
    }
}

/// How wide each column becomes; none if no table fits into that room.
///
/// Columns that need little get it; the others share what is left evenly.
fn widths(table: &Table, room: usize) -> Option<Vec<usize>> {
    let gaps = GAP * table.columns.len().saturating_sub(1);
    let room = room.checked_sub(gaps)?;
    let needed = |wanted: &dyn Fn(&Text) -> usize| -> Vec<usize> {
        table
            .columns
            .iter()
            .enumerate()
            .map(|(position, column)| {
                let cells = table.rows.iter().filter_map(|row| row.get(position));
                let widest = cells.map(wanted).max().unwrap_or(0);
                widest.max(wanted(&Text::plain(column.heading.clone())))
            })
            .collect()
    };
    let wanted = needed(&columns_of);
    let mut widths = needed(&|text| longest_word(&letters(text)).min(LONGEST_WORD));
    let mut left = room.checked_sub(widths.iter().sum())?;
    while left > 0 {
        let narrowest = widths
            .iter_mut()
            .zip(&wanted)
            .filter(|(width, wanted)| **width < **wanted)
            .map(|(width, _)| width)
            .min();
        let Some(width) = narrowest else {
            break;
        };
        *width += 1;
        left -= 1;
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Palette;

    const PLAIN: Theme = Theme {
        palette: Palette::Plain,
        ascii: false,
    };

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            title: "Churn".to_owned(),
            facts: Vec::new(),
            sections: vec![Section {
                heading: "Evidence".to_owned(),
                blocks,
            }],
        }
    }

    fn table() -> Block {
        let mut table = Table::new([
            Column::left("Contender"),
            Column::right("Score"),
            Column::left("What it does"),
        ]);
        table.push([
            Text::strong("one rule"),
            "0.71".into(),
            Text::plain("predicts by ")
                .then_code("contract")
                .then(" alone"),
        ]);
        table.push(["majority".into(), "0.5".into(), "predicts no".into()]);
        Block::Table(table)
    }

    /// The lines below the heading of the section.
    fn lines(blocks: Vec<Block>, columns: usize) -> Vec<String> {
        page(PLAIN, &document(blocks), columns)
            .iter()
            .map(|line| line.to_string().trim_end().to_owned())
            .skip_while(|line| !line.contains("Evidence"))
            .skip(2)
            .collect()
    }

    #[test]
    fn columns_are_aligned_numbers_to_the_right() {
        assert_eq!(
            lines(vec![table()], 60),
            [
                "  Contender  Score  What it does",
                "  ─────────  ─────  ──────────────────────────",
                "  one rule    0.71  predicts by contract alone",
                "  majority     0.5  predicts no",
            ]
        );
    }

    #[test]
    fn a_wide_table_is_wrapped_in_its_cells_and_a_wider_one_read_row_by_row() {
        assert_eq!(
            lines(vec![table()], 36),
            [
                "  Contender  Score  What it does",
                "  ─────────  ─────  ───────────────",
                "  one rule    0.71  predicts by",
                "                    contract alone",
                "  majority     0.5  predicts no",
            ]
        );
        assert_eq!(
            lines(vec![table()], 22),
            [
                "  • Contender: one",
                "    rule",
                "    Score: 0.71",
                "    What it does:",
                "    predicts by",
                "    contract alone",
                "  • Contender:",
                "    majority",
                "    Score: 0.5",
                "    What it does:",
                "    predicts no",
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_word_is_lost() {
        let blocks = || {
            vec![
                table(),
                Block::Subheading("Which rule".to_owned()),
                Block::Headline("Ship the lookup as a pilot.".to_owned()),
                Block::Paragraph(Text::plain("It takes ").then_strong("91 %").then(" of it.")),
                Block::Steps(vec!["measure".into(), "look again".into()]),
                Block::Code(vec!["if tenure < 6 then yes".to_owned()]),
            ]
        };
        let words = |lines: &[String]| -> String {
            let text = lines.concat();
            text.chars().filter(|sign| sign.is_alphanumeric()).collect()
        };
        let spoken = words(&lines(blocks(), 300));
        for columns in 24..120 {
            let lines = lines(blocks(), columns);
            assert!(lines.iter().all(|line| width(line) <= columns));
            for word in ["majority", "091", "contract", "lookup", "tenure6thenyes"] {
                let word = word.trim_start_matches('0');
                assert!(words(&lines).contains(word), "{columns}: {lines:#?}");
            }
        }
        assert!(spoken.contains("1measure2lookagain"));
    }

    #[test]
    fn weight_and_headings_differ_from_text_without_colour() {
        let blocks = vec![
            Block::Subheading("Which rule".to_owned()),
            Block::Paragraph(Text::plain("It takes ").then_strong("most").then(" of it.")),
        ];
        let page = page(PLAIN, &document(blocks), 60);
        let look = |wanted: &str| {
            let mut spans = page.iter().flat_map(|line| {
                let line = line.clone();
                let style = line.style;
                line.spans
                    .into_iter()
                    .map(move |span| (span.content.trim().to_owned(), style.patch(span.style)))
            });
            spans.find(|(text, _)| text == wanted).unwrap().1
        };
        let bold = Style::new().add_modifier(Modifier::BOLD);
        assert_eq!(look("Evidence"), bold);
        assert_eq!(look("Which rule"), bold.add_modifier(Modifier::UNDERLINED));
        assert_eq!(look("most"), bold);
        assert_eq!(look("It takes"), Style::new());
    }

    #[test]
    fn a_table_is_heard_as_sentences() {
        let said = page_in_words(&document(vec![table()]));
        assert_eq!(
            said,
            [
                "Churn.",
                "Evidence.",
                "Contender: one rule; Score: 0.71; What it does: predicts by contract alone",
                "Contender: majority; Score: 0.5; What it does: predicts no",
            ]
        );
    }
}
