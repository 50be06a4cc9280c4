//! Parts that several screens share.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{capitalised, clean, shorten, width, wrap};
use crate::tui::input::Input;
use crate::tui::state::State;

/// Where a list stands, and what of it is seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    pub(super) top: u16,
    pub(super) height: usize,
    pub(super) offset: usize,
    pub(super) length: usize,
}

impl List {
    /// A list with the marked entry in sight.
    pub(super) fn new(top: u16, height: usize, length: usize, marked: usize) -> Self {
        let height = height.max(1);
        let offset = (marked + 1)
            .saturating_sub(height)
            .max(marked.saturating_sub(height / 2))
            .min(length.saturating_sub(height));
        Self {
            top,
            height,
            offset,
            length,
        }
    }

    /// The entries seen.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.offset..(self.offset + self.height).min(self.length)
    }

    /// The entry in that row of the terminal.
    pub(super) fn position(&self, row: u16) -> Option<usize> {
        let inside = usize::from(row.checked_sub(self.top)?);
        let position = self.offset + inside;
        (inside < self.height && position < self.length).then_some(position)
    }
}

/// Draws lines into an area from its top. What does not fit ends in `…`:
/// nothing is cut silently.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, mut lines: Vec<Line<'static>>) {
    let area = area.intersection(frame.area());
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            cut(last, columns);
        }
    }
    for line in &mut lines {
        if line.width() > columns && columns_of(line) > columns {
            cut(line, columns);
        }
    }
    frame.render_widget(Paragraph::new(lines), area);
}

/// Columns that the text of a line takes; spaces that fill it are no text.
fn columns_of(line: &Line<'_>) -> usize {
    width(line.to_string().trim_end())
}

/// Ends a line in `…`, within its room.
fn cut(line: &mut Line<'static>, columns: usize) {
    let mut room = columns_of(line).min(columns.saturating_sub(1));
    for span in &mut line.spans {
        let mut kept = String::new();
        for character in span.content.graphemes(true) {
            if width(character) > room {
                room = 0;
                break;
            }
            room -= width(character);
            kept.push_str(character);
        }
        span.content = kept.into();
    }
    line.push_span(Span::raw("…"));
}

/// What went wrong and what to do about it, as two sentences.
pub(in crate::tui) fn sentences(message: &str, remedy: &str) -> String {
    let message = message.trim_end();
    let stop = if message.is_empty() || message.ends_with(['.', '!', '?', ':']) {
        ""
    } else {
        "."
    };
    format!("{message}{stop} {}", capitalised(remedy))
}

/// Rows in which that many lines are seen: where not all fit, the last row says so.
pub(super) fn rows_for(area: Rect, lines: usize) -> usize {
    let rows = usize::from(area.height);
    if lines > rows {
        rows.saturating_sub(1)
    } else {
        rows
    }
}

/// Draws lines from the first one shown; the last row says whether there are more.
pub(super) fn scrolled(
    state: &State,
    frame: &mut Frame<'_>,
    area: Rect,
    lines: &[Line<'static>],
    scroll: usize,
) {
    let height = rows_for(area, lines.len());
    let has_more = height < usize::from(area.height);
    let first = scroll.min(lines.len().saturating_sub(height));
    let seen: Vec<Line<'static>> = lines.iter().skip(first).take(height).cloned().collect();
    draw(frame, area, seen);
    if has_more {
        let sign = match (first > 0, first + height < lines.len()) {
            (true, true) => "↑↓ more",
            (true, false) => "↑ more",
            (false, _) => "↓ more",
        };
        let columns = width(sign) as u16 + 1;
        let place = Rect::new(
            area.right().saturating_sub(columns),
            area.bottom() - 1,
            columns,
            1,
        );
        draw(frame, place, vec![Line::styled(sign, state.theme.accent())]);
    }
}

/// Text wrapped and indented; the text may be untrusted.
pub(super) fn wrapped(
    text: &str,
    indent: &str,
    columns: usize,
    style: Style,
) -> Vec<Line<'static>> {
    let room = columns.saturating_sub(width(indent) + 1);
    wrap(&clean(text), room)
        .into_iter()
        .map(|line| Line::styled(format!("{indent}{line}"), style))
        .collect()
}

/// Text wrapped behind a sign or number, later lines below the text.
pub(super) fn hanging(lead: &str, text: &str, columns: usize, style: Style) -> Vec<Line<'static>> {
    let indent = " ".repeat(width(lead));
    let room = columns.saturating_sub(width(lead) + 1);
    wrap(&clean(text), room)
        .into_iter()
        .enumerate()
        .map(|(position, line)| {
            let lead = if position == 0 { lead } else { indent.as_str() };
            Line::styled(format!("{lead}{line}"), style)
        })
        .collect()
}

/// A heading with an empty line before it.
pub(super) fn heading(state: &State, text: &str) -> [Line<'static>; 2] {
    [
        Line::default(),
        Line::styled(format!("  {text}"), state.theme.strong()),
    ]
}

/// A cell of a table: cleaned, cut and filled to its width.
pub(super) fn cell(text: &str, columns: usize) -> String {
    let text = shorten(&clean(text), columns);
    let fill = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(fill))
}

/// The same, against the right edge.
pub(super) fn cell_right(text: &str, columns: usize) -> String {
    let text = shorten(&clean(text), columns);
    let fill = columns.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(fill))
}

/// A line as an entry of a list, marked or not.
pub(super) fn entry(state: &State, text: String, is_marked: bool, style: Style) -> Line<'static> {
    if is_marked {
        Line::from(vec![
            Span::styled(" ▸ ", state.theme.accent()),
            Span::styled(text, style.patch(state.theme.marked())),
        ])
    } else {
        Line::from(vec![Span::raw("   "), Span::styled(text, style)])
    }
}

/// A score between its worst and its best: sure, open and lost parts of a bar.
pub(super) fn bar(low: f64, high: f64, columns: usize) -> String {
    let at = |share: f64| (share.clamp(0.0, 1.0) * columns as f64).round() as usize;
    let (low, high) = (at(low), at(high).max(at(low)));
    format!(
        "{}{}{}",
        "█".repeat(low),
        "▒".repeat(high - low),
        "░".repeat(columns - high)
    )
}

/// A line that is typed, with its cursor; the part around the cursor is seen.
pub(super) fn field(
    state: &State,
    frame: &mut Frame<'_>,
    area: Rect,
    label: &str,
    input: &Input,
    is_active: bool,
) {
    if area.height == 0 {
        return;
    }
    let room = usize::from(area.width).saturating_sub(width(label) + 2);
    let text = clean(input.text());
    let column = input.column();
    let skipped = (column + 1).saturating_sub(room);
    let mut seen = String::new();
    let mut passed = 0;
    for character in text.graphemes(true) {
        if passed >= skipped && width(&seen) + width(character) <= room {
            seen.push_str(character);
        }
        passed += width(character);
    }
    let style = if is_active {
        state.theme.accent()
    } else {
        state.theme.quiet()
    };
    let fill = room.saturating_sub(width(&seen));
    let line = Line::from(vec![
        Span::styled(label.to_owned(), style),
        Span::styled(
            format!("{seen}{}", " ".repeat(fill)),
            Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED),
        ),
    ]);
    draw(frame, Rect::new(area.x, area.y, area.width, 1), vec![line]);
    if is_active && state.overlay.is_none() {
        let at = area.x + (width(label) + column.saturating_sub(skipped)) as u16;
        frame.set_cursor_position((at.min(area.right().saturating_sub(1)), area.y));
    }
}

/// A number with as many digits as a reader can use.
pub(in crate::tui) fn number(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if size >= 1_000.0 {
        thousands(value.round())
    } else if size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else if size >= 0.001 {
        format!("{value:.3}")
    } else {
        format!("{value:.1e}")
    }
}

/// A whole number with its thousands apart.
pub(super) fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 {
        format!("-{text}")
    } else {
        text
    }
}
