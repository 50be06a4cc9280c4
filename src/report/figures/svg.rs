//! A canvas that writes SVG. Every text is cleaned and escaped here and nowhere else.

use std::fmt::Write as _;

use crate::text::{clean, shorten};

/// Colours by class, so that a viewer in dark mode gets dark figures. The paper
/// is painted too: a page may be dark where the system is light.
const STYLE: &str = "\
.mlfit-fig{font:13px system-ui,sans-serif}\
.mlfit-fig .paper{fill:#fff}.mlfit-fig text{fill:#1f2328}.mlfit-fig .muted{fill:#59636e}\
.mlfit-fig .grid{stroke:#d1d9e0}.mlfit-fig .ink{stroke:#1f2328}.mlfit-fig .dot{fill:#1f2328}\
.mlfit-fig .band{fill:#1a7f37;fill-opacity:.16}.mlfit-fig .best{stroke:#1a7f37}.mlfit-fig .bestdot{fill:#1a7f37}\
.mlfit-fig .s0{stroke:#59636e}.mlfit-fig .s1{stroke:#0969da}.mlfit-fig .s2{stroke:#bc4c00}.mlfit-fig .s3{stroke:#8250df}.mlfit-fig .s4{stroke:#1a7f37}\
.mlfit-fig .a0{fill:#59636e}.mlfit-fig .a1{fill:#0969da}.mlfit-fig .a2{fill:#bc4c00}.mlfit-fig .a3{fill:#8250df}.mlfit-fig .a4{fill:#1a7f37}\
.mlfit-fig .area{fill-opacity:.12}.mlfit-fig .bold{font-weight:600}\
@media (prefers-color-scheme:dark){\
.mlfit-fig .paper{fill:#0d1117}.mlfit-fig text{fill:#e6edf3}.mlfit-fig .muted{fill:#9198a1}\
.mlfit-fig .grid{stroke:#3d444d}.mlfit-fig .ink{stroke:#e6edf3}.mlfit-fig .dot{fill:#e6edf3}\
.mlfit-fig .band{fill:#3fb950}.mlfit-fig .best{stroke:#3fb950}.mlfit-fig .bestdot{fill:#3fb950}\
.mlfit-fig .s0{stroke:#9198a1}.mlfit-fig .s1{stroke:#4493f8}.mlfit-fig .s2{stroke:#f0883e}.mlfit-fig .s3{stroke:#ab7df8}.mlfit-fig .s4{stroke:#3fb950}\
.mlfit-fig .a0{fill:#9198a1}.mlfit-fig .a1{fill:#4493f8}.mlfit-fig .a2{fill:#f0883e}.mlfit-fig .a3{fill:#ab7df8}.mlfit-fig .a4{fill:#3fb950}}";

/// Kinds of line that can be told apart; further ones repeat.
pub(crate) const LINE_KINDS: usize = 5;

/// Dashes by kind of line, so that colour is not needed.
const DASHES: [&str; LINE_KINDS] = ["2 3", "", "7 3", "7 3 2 3", "12 4"];

/// Where text stands relative to its point.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A point in pixels from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Shorthand for a point.
pub(crate) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A drawing that grows element by element.
pub(crate) struct Canvas {
    width: f64,
    height: f64,
    body: String,
}

impl Canvas {
    /// An empty canvas of that size in pixels.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            body: String::new(),
        }
    }

    /// Text of at most `columns` columns; longer text is cut with `…`.
    pub(crate) fn text(&mut self, point: Point, anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escape(&shorten(&clean(text), 60));
        self.push(&format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{text}</text>",
            point.x, point.y
        ));
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: Point, to: Point, class: &str, width: f64) {
        self.push(&format!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" class=\"{class}\" stroke-width=\"{width:.1}\"/>",
            from.x, from.y, to.x, to.y
        ));
    }

    /// A line through points, of one of the [`LINE_KINDS`].
    pub(crate) fn path(&mut self, points: &[Point], kind: usize) {
        let kind = kind % LINE_KINDS;
        self.push(&format!(
            "<polyline points=\"{}\" fill=\"none\" class=\"s{kind}\" stroke-width=\"2\" stroke-dasharray=\"{}\"/>",
            coordinates(points),
            DASHES[kind]
        ));
    }

    /// A solid line through points in ink.
    pub(crate) fn ink_path(&mut self, points: &[Point]) {
        self.push(&format!(
            "<polyline points=\"{}\" fill=\"none\" class=\"ink\" stroke-width=\"1.5\"/>",
            coordinates(points)
        ));
    }

    /// A lightly filled area of the colour of a kind of line.
    pub(crate) fn area(&mut self, points: &[Point], kind: usize) {
        self.push(&format!(
            "<polygon points=\"{}\" class=\"area a{}\"/>",
            coordinates(points),
            kind % LINE_KINDS
        ));
    }

    /// A filled rectangle.
    pub(crate) fn rectangle(&mut self, corner: Point, width: f64, height: f64, class: &str) {
        self.push(&format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" class=\"{class}\"/>",
            corner.x, corner.y
        ));
    }

    /// A dot.
    pub(crate) fn dot(&mut self, point: Point, radius: f64, class: &str) {
        self.push(&format!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" class=\"{class}\"/>",
            point.x, point.y
        ));
    }

    /// The finished document; `title` and `description` are read out by screen readers.
    pub(crate) fn finish(self, title: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mlfit-fig\" role=\"img\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\n\
             <title>{title}</title>\n<desc>{description}</desc>\n<style>{STYLE}</style>\n\
             <rect class=\"paper\" width=\"{width:.0}\" height=\"{height:.0}\"/>\n{body}</svg>\n",
            width = self.width,
            height = self.height,
            title = escape(&clean(title)),
            description = escape(&clean(description)),
            body = self.body,
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

fn coordinates(points: &[Point]) -> String {
    let mut out = String::new();
    for point in points {
        if !out.is_empty() {
            out.push(' ');
        }
        // Writing into a String cannot fail.
        let _ = write!(out, "{:.1},{:.1}", point.x, point.y);
    }
    out
}

/// Text as XML character data, also fit for an attribute.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in XML 1.0 at all.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        let mut canvas = Canvas::new(10.0, 10.0);
        canvas.text(
            at(0.0, 0.0),
            Anchor::Start,
            "",
            "</text><script>\u{1b}\u{202e}&\u{ffff}",
        );
        let svg = canvas.finish("</title><script>", "\"><script>");
        assert!(!svg.contains("<script"));
        assert!(svg.contains("&lt;/text&gt;&lt;script&gt;\u{fffd}\u{fffd}&amp;\u{fffd}"));
        assert_eq!(svg.matches("</title>").count(), 1);
    }
}
