//! Where a fault stands that the parser only notices later.
//!
//! A parser sees that a field is missing at the end of its mapping, and that a
//! tab indents a line when it has begun to read it; a person looks for the
//! beginning of the mapping, and for the tab. Lines and columns count from 1.

/// Line and column.
pub(super) type Place = (usize, usize);

/// The beginning of the block mapping to which the key at that place belongs;
/// of a mapping in braces, that place itself.
pub(super) fn mapping_start(text: &str, (line, column): Place) -> Place {
    let lines: Vec<&str> = text.lines().collect();
    let is_block = lines
        .get(line.wrapping_sub(1))
        .is_some_and(|key| key.chars().take(column - 1).all(|c| matches!(c, ' ' | '-')));
    let mut start = line;
    if !is_block {
        return (start, column);
    }
    for number in (1..=line).rev() {
        let Some(content) = Content::of(lines[number - 1]) else {
            continue;
        };
        if content.column == column && !content.is_list_of(column) {
            start = number;
            if content.indent < column {
                // The first key of an item of a list.
                break;
            }
        } else if content.indent < column {
            break;
        }
    }
    (start, column)
}

/// The next line after that one, if it begins with this key.
pub(super) fn next_line_with(text: &str, line: usize, key: &str) -> Option<Place> {
    let (position, next) = text
        .lines()
        .enumerate()
        .skip(line)
        .find(|(_, next)| Content::of(next).is_some())?;
    let content = Content::of(next)?;
    let rest = next.trim_start().strip_prefix(key)?;
    rest.starts_with(':')
        .then_some((position + 1, content.column))
}

/// The first tab in an indentation, from that line on.
pub(super) fn indenting_tab(text: &str, line: usize) -> Option<Place> {
    let from = line.saturating_sub(1);
    text.lines()
        .enumerate()
        .skip(from)
        .find_map(|(position, line)| {
            let indent = line.len() - line.trim_start().len();
            let tab = line[..indent].find('\t')?;
            Some((position + 1, tab + 1))
        })
}

/// Where what a line says begins.
struct Content {
    /// The column of its first character.
    indent: usize,
    /// The column of its first character that is no dash of a list.
    column: usize,
}

impl Content {
    /// None for blank lines, comments and marks of documents.
    fn of(line: &str) -> Option<Self> {
        let mut rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len() + 1;
        if rest.is_empty() || rest.starts_with(['#', '%']) || rest.starts_with("---") {
            return None;
        }
        let mut column = indent;
        while let Some(item) = rest.strip_prefix("- ") {
            let item = item.trim_start_matches(' ');
            column += rest.len() - item.len();
            rest = item;
        }
        Some(Self { indent, column })
    }

    /// A list may stand as deep as the key that it belongs to.
    fn is_list_of(&self, column: usize) -> bool {
        self.indent == column && self.column > column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# A comment
top: 1
list:
- a: 1
  b:
    - x
    - y

  c: 3
- a: 2
  d: {e: 1, f: 2}
last: 4
";

    #[test]
    fn a_mapping_begins_at_its_first_key() {
        for (at, start) in [
            ((12, 1), (2, 1)),
            ((3, 1), (2, 1)),
            ((9, 3), (4, 3)),
            ((4, 3), (4, 3)),
            ((11, 3), (10, 3)),
            ((11, 13), (11, 13)),
            ((99, 1), (99, 1)),
        ] {
            assert_eq!(mapping_start(TEXT, at), start, "{at:?}");
        }
    }

    #[test]
    fn a_key_is_found_in_the_next_line_only() {
        assert_eq!(next_line_with(TEXT, 7, "c"), Some((9, 3)));
        assert_eq!(next_line_with(TEXT, 7, "last"), None);
        assert_eq!(next_line_with(TEXT, 12, "c"), None);
    }

    #[test]
    fn a_tab_is_found_where_it_indents() {
        assert_eq!(indenting_tab("a: b\tc\n  \td: e\n", 1), Some((2, 3)));
        assert_eq!(indenting_tab("a: b\tc\n", 1), None);
    }
}
