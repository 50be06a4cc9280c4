//! A document as renderers see it: sections of blocks, blocks of text that nobody has escaped yet.

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// One line under the title: name and value.
    pub facts: Vec<(String, String)>,
    /// The sections in order.
    pub sections: Vec<Section>,
}

/// A section with its heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// One block of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading inside the section.
    Subheading(String),
    /// The one sentence that a hurried reader takes away.
    Headline(String),
    /// A paragraph.
    Paragraph(Text),
    /// Points in no order.
    Points(Vec<Text>),
    /// Points in order.
    Steps(Vec<Text>),
    /// A table.
    Table(Table),
    /// Lines to be typed or compared letter by letter.
    Code(Vec<String>),
    /// A picture.
    Picture(super::Figure),
}

/// A table: every row has as many cells as there are columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// Cells by row.
    pub rows: Vec<Vec<Text>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Where its cells stand.
    pub align: Align,
}

/// Where cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A run of text in spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it stands.
    Plain(String),
    /// With weight.
    Strong(String),
    /// A name or value, letter by letter.
    Code(String),
}

impl Text {
    /// Text as it stands.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Span::Plain(text.into())])
    }

    /// Text with weight.
    pub fn strong(text: impl Into<String>) -> Self {
        Self(vec![Span::Strong(text.into())])
    }

    /// A name or value, letter by letter.
    pub fn code(text: impl Into<String>) -> Self {
        Self(vec![Span::Code(text.into())])
    }

    /// The text with more of it as it stands.
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Plain(text.into()));
        self
    }

    /// The text with more of it with weight.
    #[must_use]
    pub fn then_strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Strong(text.into()));
        self
    }

    /// The text with a name or value behind it.
    #[must_use]
    pub fn then_code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Code(text.into()));
        self
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::plain(text)
    }
}

impl Column {
    /// A column of text.
    pub fn left(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            align: Align::Left,
        }
    }

    /// A column of numbers.
    pub fn right(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            align: Align::Right,
        }
    }
}

impl Table {
    /// An empty table.
    pub fn new<const N: usize>(columns: [Column; N]) -> Self {
        Self {
            columns: columns.into(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn push<const N: usize>(&mut self, cells: [Text; N]) {
        self.rows.push(cells.into());
    }
}

impl Section {
    /// A section without anything in it.
    pub fn new(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            blocks: Vec::new(),
        }
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a heading inside the section.
    pub fn subheading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Subheading(text.into()));
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Adds points, unless there are none.
    pub fn points(&mut self, points: Vec<Text>) {
        if !points.is_empty() {
            self.blocks.push(Block::Points(points));
        }
    }

    /// Adds a picture, if there is one.
    pub fn picture(&mut self, figure: Option<super::Figure>) {
        self.blocks.extend(figure.map(Block::Picture));
    }
}
