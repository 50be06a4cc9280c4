//! One HTML page that needs nothing else. Text enters it through [`escape`] only.

use super::Figure;
use super::document::{Align, Block, Document, Section, Span, Table, Text};
use crate::text::clean;

const STYLE: &str = include_str!("page.css");

/// The document as a page. Its policy lets it run nothing and load nothing,
/// whatever a text in it says.
pub(crate) fn render(document: &Document) -> String {
    let title = escape(&document.title);
    let facts: Vec<_> = document
        .facts
        .iter()
        .map(|(name, value)| format!("<b>{}:</b> {}", escape(name), escape(value)))
        .collect();
    let sections: String = document.sections.iter().map(section).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p class=\"facts\">{facts}</p>\n{sections}</main>\n</body>\n</html>\n",
        facts = facts.join(" · "),
    )
}

fn section(section: &Section) -> String {
    let blocks: String = section.blocks.iter().map(block).collect();
    format!(
        "<section>\n<h2>{}</h2>\n{blocks}</section>\n",
        escape(&section.heading)
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Subheading(text) => format!("<h3>{}</h3>\n", escape(text)),
        Block::Headline(text) => format!("<p class=\"headline\">{}</p>\n", escape(text)),
        Block::Paragraph(text) => format!("<p>{}</p>\n", inline(text)),
        Block::Points(points) => list("ul", points),
        Block::Steps(steps) => list("ol", steps),
        Block::Table(block) => table(block),
        Block::Code(lines) => {
            let lines: Vec<_> = lines.iter().map(|line| escape(line)).collect();
            format!("<pre><code>{}</code></pre>\n", lines.join("\n"))
        }
        Block::Picture(figure) => picture(figure),
    }
}

fn list(tag: &str, items: &[Text]) -> String {
    let items: Vec<_> = items
        .iter()
        .map(|item| format!("<li>{}</li>\n", inline(item)))
        .collect();
    format!("<{tag}>\n{}</{tag}>\n", items.concat())
}

fn table(table: &Table) -> String {
    let headings: Vec<_> = table
        .columns
        .iter()
        .map(|column| {
            let class = class(column.align);
            format!("<th scope=\"col\"{class}>{}</th>", escape(&column.heading))
        })
        .collect();
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<_> = row
                .iter()
                .zip(&table.columns)
                .map(|(cell, column)| format!("<td{}>{}</td>", class(column.align), inline(cell)))
                .collect();
            format!("<tr>{}</tr>\n", cells.concat())
        })
        .collect();
    format!(
        "<div class=\"wide\"><table>\n<thead><tr>{}</tr></thead>\n\
         <tbody>\n{}</tbody>\n</table></div>\n",
        headings.concat(),
        rows.concat()
    )
}

/// Figures are our own SVG, whose texts were escaped when they were drawn.
fn picture(figure: &Figure) -> String {
    format!(
        "<figure>\n{}<figcaption>{}</figcaption>\n</figure>\n",
        figure.svg,
        escape(&figure.caption)
    )
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => " class=\"number\"",
    }
}

fn inline(text: &Text) -> String {
    text.0
        .iter()
        .map(|span| match span {
            Span::Plain(text) => escape(text),
            Span::Strong(text) => format!("<strong>{}</strong>", escape(text)),
            Span::Code(text) => format!("<code>{}</code>", escape(text)),
        })
        .collect()
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in clean(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}
