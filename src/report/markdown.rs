//! Markdown, GitHub flavour. Every text is untrusted here, our own included.

use super::document::{Align, Block, Document, Section, Span, Table, Text};
use super::{FIGURES, Figure};
use crate::text::clean;

/// Where a run of text stands, because Markdown reads some signs only at the start of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the start of a paragraph, of a point or of a heading.
    Start,
    /// After other text on its line.
    Inside,
    /// In a cell of a table, which reads pipes before anything else.
    Cell,
}

/// The document as Markdown.
pub(crate) fn render(document: &Document) -> String {
    let facts: Vec<_> = document
        .facts
        .iter()
        .map(|(name, value)| {
            format!(
                "**{}:** {}",
                escape(name, Place::Inside),
                escape(value, Place::Inside)
            )
        })
        .collect();
    let parts: Vec<_> = [
        format!("# {}\n", escape(&document.title, Place::Start)),
        format!("{}\n", facts.join(" · ")),
    ]
    .into_iter()
    .chain(document.sections.iter().flat_map(section))
    .collect();
    parts.join("\n")
}

/// The heading and the blocks, each ending with its line.
fn section(section: &Section) -> Vec<String> {
    let heading = format!("## {}\n", escape(&section.heading, Place::Start));
    std::iter::once(heading)
        .chain(section.blocks.iter().map(block))
        .collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Subheading(text) => format!("### {}\n", escape(text, Place::Start)),
        Block::Headline(text) => format!("> **{}**\n", escape(text, Place::Inside).trim()),
        Block::Paragraph(text) => format!("{}\n", inline(text, Place::Start)),
        Block::Points(points) => points
            .iter()
            .map(|point| format!("- {}\n", inline(point, Place::Start)))
            .collect::<Vec<_>>()
            .concat(),
        Block::Steps(steps) => steps
            .iter()
            .enumerate()
            .map(|(position, step)| format!("{}. {}\n", position + 1, inline(step, Place::Start)))
            .collect::<Vec<_>>()
            .concat(),
        Block::Table(block) => table(block),
        Block::Code(lines) => code_block(lines),
        Block::Picture(figure) => picture(figure),
    }
}

fn table(table: &Table) -> String {
    let headings: Vec<_> = table
        .columns
        .iter()
        .map(|column| escape(&column.heading, Place::Cell))
        .collect();
    let rules: Vec<_> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Left => "---",
            Align::Right => "---:",
        })
        .collect();
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<_> = row.iter().map(|cell| inline(cell, Place::Cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        })
        .collect();
    format!(
        "| {} |\n|{}|\n{}",
        headings.join(" | "),
        rules.join("|"),
        rows.concat()
    )
}

fn code_block(lines: &[String]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| clean(line)).collect();
    let longest = lines.iter().map(|line| longest_run(line, '`')).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", lines.join("\n"))
}

fn picture(figure: &Figure) -> String {
    format!(
        "![{title}]({FIGURES}/{file})\n\n*{caption}*\n",
        title = escape(&figure.title, Place::Inside),
        file = figure.file,
        caption = escape(&figure.caption, Place::Inside),
    )
}

fn inline(text: &Text, place: Place) -> String {
    let mut out = String::new();
    for span in &text.0 {
        let place = match place {
            Place::Start if !out.is_empty() => Place::Inside,
            Place::Start | Place::Inside | Place::Cell => place,
        };
        match span {
            Span::Plain(text) => out.push_str(&escape(text, place)),
            Span::Strong(text) => out.push_str(&strong(text, place)),
            Span::Code(text) => out.push_str(&code(text, place)),
        }
    }
    out
}

/// Text with weight; its outer spaces stay outside, or Markdown would not see the weight.
fn strong(text: &str, place: Place) -> String {
    let escaped = match place {
        Place::Start | Place::Inside => escape(text, Place::Inside),
        Place::Cell => escape(text, Place::Cell),
    };
    let inner = escaped.trim();
    if inner.is_empty() {
        return escaped;
    }
    escaped.replacen(inner, &format!("**{inner}**"), 1)
}

/// A code span.
fn code(text: &str, place: Place) -> String {
    let text = clean(text);
    let text = text.trim();
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    let text = match place {
        Place::Start | Place::Inside => text.to_owned(),
        // A backslash right before an escaped pipe would free the pipe again,
        // and code knows no other escape: a space keeps them apart.
        Place::Cell => text.replace("\\|", "\\ |").replace('|', "\\|"),
    };
    format!("{fence}{space}{text}{space}{fence}")
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Text that reads as it stands wherever on a line it stands.
pub(crate) fn plain(text: &str) -> String {
    escape(text, Place::Start)
}

/// Text that reads as it stands. Words that some renderer would turn into a
/// link or a mention become code, which none does.
fn escape(text: &str, place: Place) -> String {
    let text = clean(text);
    let text = match place {
        Place::Start => text.trim_start(),
        Place::Inside | Place::Cell => text.as_str(),
    };
    let mut out = String::new();
    let mut start = place == Place::Start;
    for word in text.split_inclusive(' ') {
        let (word, space) = match word.strip_suffix(' ') {
            Some(word) => (word, " "),
            None => (word, ""),
        };
        if would_link(word) {
            out.push_str(&code(word, place));
        } else {
            escape_word(&mut out, word, start);
        }
        out.push_str(space);
        start = start && word.is_empty();
    }
    out
}

/// What GitHub and others turn into links and mentions without being asked.
fn would_link(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    word.contains('@')
        || lower.contains("://")
        || lower.contains("www.")
        || lower.contains("mailto:")
        || lower.contains("xmpp:")
}

fn escape_word(out: &mut String, word: &str, at_start: bool) {
    let characters: Vec<char> = word.chars().collect();
    // "12." and "12)" at the start of a block would begin a list.
    let digits = characters.iter().take_while(|c| c.is_ascii_digit()).count();
    for (position, &character) in characters.iter().enumerate() {
        let before = position.checked_sub(1).map(|i| characters[i]);
        let after = characters.get(position + 1).copied();
        let opens_block = at_start
            && ((position == 0 && matches!(character, '#' | '+' | '-' | '=' | '>'))
                || (position == digits
                    && digits > 0
                    && after.is_none()
                    && matches!(character, '.' | ')')));
        match character {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            '_' if !(is_letter(before) && is_letter(after)) => out.push_str("\\_"),
            '<' if after.is_none_or(|c| c.is_alphabetic() || matches!(c, '/' | '!' | '?')) => {
                out.push_str("&lt;");
            }
            '&' if after.is_none_or(|c| c.is_alphanumeric() || c == '#') => out.push_str("&amp;"),
            _ if opens_block => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
}

fn is_letter(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text, Place::Start), expected, "{text:?}");
    }

    #[test]
    fn signs_of_markdown_read_as_they_stand() {
        for (text, expected) in [
            ("# title", "\\# title"),
            ("   # title", "\\# title"),
            ("- point", "\\- point"),
            ("12. step", "12\\. step"),
            ("12) step", "12\\) step"),
            ("3.5 hours", "3.5 hours"),
            ("> quote", "\\> quote"),
            ("===", "\\==="),
            ("a | b", "a \\| b"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
            ("![x](y)", "!\\[x\\](y)"),
            (
                "<script>alert(1)</script>",
                "&lt;script>alert(1)&lt;/script>",
            ),
            ("<!-- x", "&lt;!-- x"),
            ("a < b", "a &lt; b"),
            ("a <5", "a <5"),
            ("&lt;b&#62;", "&amp;lt;b&amp;#62;"),
            ("Q & A", "Q &amp; A"),
            ("*a* _b_ ~c~ `d`", "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\`"),
            ("tenure_months", "tenure_months"),
            ("line\r\n# two", "line  # two"),
            ("a\u{202e}b\u{1b}[2J", "a\u{fffd}b\u{fffd}\\[2J"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn nothing_becomes_a_link_or_a_mention_by_itself() {
        for (text, expected) in [
            ("see https://a.example now", "see `https://a.example` now"),
            ("WWW.a.example", "`WWW.a.example`"),
            ("ask someone@a.example", "ask `someone@a.example`"),
            ("ask @someone", "ask `@someone`"),
            ("x`https://y`", "`` x`https://y` ``"),
            ("a|http://b", "`a|http://b`"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn code_keeps_every_letter() {
        for (text, place, expected) in [
            ("a`b", Place::Inside, "``a`b``"),
            ("`a`", Place::Inside, "`` `a` ``"),
            ("a | b", Place::Inside, "`a | b`"),
            ("a | b", Place::Cell, "`a \\| b`"),
            ("a\\|b", Place::Cell, "`a\\ \\|b`"),
            (" ", Place::Cell, "(empty)"),
        ] {
            assert_eq!(code(text, place), expected, "{text:?}");
        }
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_code() {
        let out = code_block(&["a ``` b".to_owned(), "````".to_owned()]);
        assert!(out.starts_with("`````text\n"));
        assert!(out.ends_with("\n`````\n"));
    }
}
