//! A screen as an SVG picture, for documents: the cells of a frame with their colours.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_segmentation::UnicodeSegmentation;

use super::theme::Palette;
use crate::text::{clean, width};

/// Pixels of a cell.
const CELL: (f64, f64) = (8.4, 18.0);

/// Pixels from the top of a cell to the feet of its letters.
const BASELINE: f64 = 14.0;

/// Pixels around the screen.
const EDGE: f64 = 14.0;

/// Fonts with cells of one width, the usual ones of each system.
const FONTS: &str = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace";

/// Paper and ink of a terminal.
struct Paper {
    back: &'static str,
    ink: &'static str,
    edge: &'static str,
}

/// Draws a frame as it would look in a terminal of such colours.
pub fn svg(frame: &Buffer, palette: Palette, title: &str) -> String {
    let paper = paper(palette);
    let area = frame.area;
    let across = 2.0 * EDGE + CELL.0 * f64::from(area.width);
    let down = 2.0 * EDGE + CELL.1 * f64::from(area.height);
    let title = escape(title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across:.0}\" height=\"{down:.0}\" \
         viewBox=\"0 0 {across:.0} {down:.0}\" xml:space=\"preserve\" role=\"img\" aria-label=\"{title}\">\n\
         <title>{title}</title>\n\
         <style>text{{font-family:{FONTS};font-size:14px}}path{{fill:none}}</style>\n\
         <rect x=\".5\" y=\".5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"9\" fill=\"{}\" stroke=\"{}\"/>\n",
        across - 1.0,
        down - 1.0,
        paper.back,
        paper.edge
    );
    for row in 0..area.height {
        for run in runs(frame, row) {
            // Text is the only thing here that cannot fail to be written.
            let _ = draw(&mut svg, &paper, row, &run);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Neighbouring cells of one look.
struct Run {
    column: u16,
    columns: usize,
    text: String,
    look: Look,
}

impl Run {
    /// Its words, each with the columns before it: what two spaces or more
    /// part is placed for itself, whatever a viewer makes of spaces. Signs that
    /// are drawn as lines and blocks are no words.
    fn words(&self) -> Vec<(usize, String)> {
        let mut words: Vec<(usize, String)> = Vec::new();
        let mut column = 0;
        let mut gap = 2;
        for sign in self.text.graphemes(true) {
            let is_gap = sign == " " || strokes(sign).is_some() || shade(sign).is_some();
            match words.last_mut() {
                _ if is_gap => gap += if sign == " " { 1 } else { 2 },
                Some((_, word)) if gap < 2 => {
                    word.push_str(&" ".repeat(gap));
                    word.push_str(sign);
                    gap = 0;
                }
                Some(_) | None => {
                    words.push((column, sign.to_owned()));
                    gap = 0;
                }
            }
            column += width(sign);
        }
        words
    }
}

/// The arms of a line in a cell: left, right, up, down.
fn strokes(sign: &str) -> Option<[bool; 4]> {
    let arms = match sign {
        "─" => "lr",
        "│" => "ud",
        "╭" | "┌" => "rd",
        "╮" | "┐" => "ld",
        "╰" | "└" => "ru",
        "╯" | "┘" => "lu",
        "├" => "rud",
        "┤" => "lud",
        _ => return None,
    };
    Some(['l', 'r', 'u', 'd'].map(|arm| arms.contains(arm)))
}

/// How much of a block is filled.
fn shade(sign: &str) -> Option<f64> {
    match sign {
        "█" => Some(1.0),
        "▓" => Some(0.75),
        "▒" => Some(0.45),
        "░" => Some(0.18),
        _ => None,
    }
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    ink: Color,
    back: Color,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        Self {
            ink: cell.fg,
            back: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Whether spaces of this look are seen.
    fn shows_spaces(self) -> bool {
        self.back != Color::Reset
            || self
                .modifier
                .intersects(Modifier::REVERSED | Modifier::UNDERLINED)
    }
}

fn runs(frame: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < frame.area.width {
        let cell = &frame[(column, row)];
        let columns = width(cell.symbol()).max(1);
        let look = Look::of(cell);
        match runs.last_mut().filter(|run| run.look == look) {
            Some(run) => {
                run.text.push_str(cell.symbol());
                run.columns += columns;
            }
            None => runs.push(Run {
                column,
                columns,
                text: cell.symbol().to_owned(),
                look,
            }),
        }
        column += columns as u16;
    }
    runs.into_iter().filter_map(trimmed).collect()
}

/// A run without the spaces at its ends that nobody sees; none if nothing is left.
fn trimmed(run: Run) -> Option<Run> {
    if run.look.shows_spaces() {
        return Some(run);
    }
    let text = run.text.trim_end_matches(' ');
    let after = run.text.len() - text.len();
    let text = text.trim_start_matches(' ');
    let before = run.text.len() - after - text.len();
    (!text.is_empty()).then(|| Run {
        column: run.column + before as u16,
        columns: run.columns - before - after,
        text: text.to_owned(),
        look: run.look,
    })
}

fn draw(svg: &mut String, paper: &Paper, row: u16, run: &Run) -> std::fmt::Result {
    let has = |modifier| run.look.modifier.contains(modifier);
    let mut ink = color(run.look.ink, paper.ink);
    let mut back = color(run.look.back, paper.back);
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut ink, &mut back);
    }
    let left = EDGE + CELL.0 * f64::from(run.column);
    let top = EDGE + CELL.1 * f64::from(row);
    let across = CELL.0 * run.columns as f64;
    if back != paper.back {
        writeln!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{top:.0}\" width=\"{across:.1}\" height=\"{:.0}\" fill=\"{back}\"/>",
            CELL.1
        )?;
    }
    if has(Modifier::UNDERLINED) {
        let below = top + CELL.1 - 1.5;
        writeln!(
            svg,
            "<path d=\"M{left:.1} {below:.1}h{across:.1}\" stroke=\"{ink}\"/>"
        )?;
    }
    lines_and_blocks(svg, run, (left, top), &ink)?;
    let bold = if has(Modifier::BOLD) {
        " font-weight=\"700\""
    } else {
        ""
    };
    for (column, word) in run.words() {
        // The length is given, so that any font keeps the columns.
        writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.0}\" textLength=\"{:.1}\" fill=\"{ink}\"{bold}>{}</text>",
            left + CELL.0 * column as f64,
            top + BASELINE,
            CELL.0 * width(&word) as f64,
            escape(&word)
        )?;
    }
    Ok(())
}

/// Lines are drawn through whole cells, so that they meet.
fn lines_and_blocks(
    svg: &mut String,
    run: &Run,
    (left, top): (f64, f64),
    ink: &str,
) -> std::fmt::Result {
    let mut path = String::new();
    let mut x = left;
    for sign in run.text.graphemes(true) {
        let (across, down) = (CELL.0 / 2.0, CELL.1 / 2.0);
        let (middle, centre) = (x + across, top + down);
        if let Some([is_left, is_right, is_up, is_down]) = strokes(sign) {
            let from = if is_left { x } else { middle };
            let to = if is_right { x + CELL.0 } else { middle };
            if is_left || is_right {
                write!(path, "M{from:.1} {centre:.0}H{to:.1}")?;
            }
            let from = if is_up { top } else { centre };
            let to = if is_down { top + CELL.1 } else { centre };
            if is_up || is_down {
                write!(path, "M{middle:.1} {from:.0}V{to:.0}")?;
            }
        }
        if let Some(shade) = shade(sign) {
            writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{:.1}\" height=\"{:.0}\" fill=\"{ink}\" opacity=\"{shade}\"/>",
                top + 3.0,
                CELL.0 + 0.1,
                CELL.1 - 6.0
            )?;
        }
        x += CELL.0 * width(sign) as f64;
    }
    if path.is_empty() {
        return Ok(());
    }
    writeln!(svg, "<path d=\"{path}\" stroke=\"{ink}\"/>")
}

fn escape(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn paper(palette: Palette) -> Paper {
    match palette {
        Palette::Dark | Palette::Plain => Paper {
            back: "#16191f",
            ink: "#e3e6ea",
            edge: "#3d444d",
        },
        Palette::Light => Paper {
            back: "#ffffff",
            ink: "#1f2328",
            edge: "#d1d9e0",
        },
    }
}

/// A colour of the terminal as one of the web.
fn color(color: Color, plain: &str) -> String {
    let named = match color {
        Color::Reset => plain,
        Color::Black => "#16191f",
        Color::Red => "#e5534b",
        Color::Green => "#57ab5a",
        Color::Yellow => "#d9a441",
        Color::Blue => "#0550ae",
        Color::Magenta => "#b083f0",
        Color::Cyan => "#5ec8d8",
        Color::Gray => "#a8b0ba",
        Color::DarkGray => "#59636e",
        Color::LightRed => "#ff7b72",
        Color::LightGreen => "#8ddb8c",
        Color::LightYellow => "#f2cc60",
        Color::LightBlue => "#6cb6ff",
        Color::LightMagenta => "#dcbdfb",
        Color::LightCyan => "#a5e3ee",
        Color::White => "#ffffff",
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        // No theme of ours uses the palette of a terminal by number.
        Color::Indexed(_) => plain,
    };
    named.to_owned()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn frame(text: &str, style: Style) -> Buffer {
        let mut frame = Buffer::empty(Rect::new(0, 0, 12, 1));
        frame.set_string(0, 0, text, style);
        frame
    }

    fn texts(svg: &str) -> Vec<&str> {
        svg.lines()
            .filter(|line| line.starts_with("<text"))
            .collect()
    }

    #[test]
    fn spaces_around_plain_text_are_not_drawn_and_columns_are_kept() {
        let drawn = svg(&frame("  日本 a", Style::new()), Palette::Dark, "t");
        assert_eq!(
            texts(&drawn),
            ["<text x=\"30.8\" y=\"28\" textLength=\"50.4\" fill=\"#e3e6ea\">日本 a</text>"]
        );
    }

    #[test]
    fn columns_stand_where_they_are_and_lines_are_no_letters() {
        let drawn = svg(&frame("a b  c│█", Style::new()), Palette::Dark, "t");
        let words: Vec<&str> = texts(&drawn)
            .iter()
            .map(|text| text.split(['>', '<']).nth(2).unwrap())
            .collect();
        assert_eq!(words, ["a b", "c"]);
        assert!(drawn.contains("<path d=\"M68.6 14V32\""), "{drawn}");
        assert!(drawn.contains("opacity=\"1\""), "{drawn}");
    }

    #[test]
    fn a_marked_row_is_ink_on_its_colour() {
        let style = Style::new().add_modifier(Modifier::REVERSED);
        let drawn = svg(&frame("a ", style), Palette::Light, "t");
        assert!(
            drawn.contains("width=\"16.8\" height=\"18\" fill=\"#1f2328\""),
            "{drawn}"
        );
        assert!(texts(&drawn)[0].contains("fill=\"#ffffff\""), "{drawn}");
    }

    #[test]
    fn hostile_text_stays_text() {
        let drawn = svg(
            &frame("<b>&\"</b>", Style::new()),
            Palette::Dark,
            "</title><script>",
        );
        assert!(drawn.contains("&lt;b&gt;&amp;&quot;&lt;/b&gt;"), "{drawn}");
        assert!(!drawn.contains("<script>"), "{drawn}");
    }
}
