//! Colours and signs. Colour is never the only carrier: everything coloured has a sign or a word.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// How the interface looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// Only characters of ASCII are drawn.
    pub ascii: bool,
}

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// No colours at all (`NO_COLOR`); bold, dim and reverse remain.
    Plain,
}

impl Theme {
    /// The one accent: where the focus is.
    pub fn accent(self) -> Style {
        self.color(Color::Cyan, Color::Blue)
            .add_modifier(Modifier::BOLD)
    }

    /// Good.
    pub fn good(self) -> Style {
        self.color(Color::Green, Color::Rgb(0, 110, 40))
    }

    /// Worth a look.
    pub fn warning(self) -> Style {
        self.color(Color::Yellow, Color::Rgb(150, 90, 0))
    }

    /// Bad.
    pub fn bad(self) -> Style {
        self.color(Color::LightRed, Color::Rgb(180, 20, 20))
            .add_modifier(Modifier::BOLD)
    }

    /// Less important.
    pub fn quiet(self) -> Style {
        match self.palette {
            Palette::Dark => Style::new().fg(Color::Gray),
            Palette::Light => Style::new().fg(Color::DarkGray),
            Palette::Plain => Style::new(),
        }
    }

    /// Headings.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// A name or a value, letter by letter.
    pub fn name(self) -> Style {
        self.color(Color::Cyan, Color::Blue)
            .add_modifier(Modifier::ITALIC)
    }

    /// The marked row.
    pub fn marked(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    fn color(self, dark: Color, light: Color) -> Style {
        match self.palette {
            Palette::Dark => Style::new().fg(dark),
            Palette::Light => Style::new().fg(light),
            // crossterm writes a colour under NO_COLOR as a reset of everything,
            // bold and reverse included; no colour at all is safe.
            Palette::Plain => Style::new(),
        }
    }
}

/// Replaces what a terminal without Unicode cannot show.
pub fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if !symbol.is_ascii() {
            let plain = symbol.chars().next().map_or(" ", ascii_of);
            cell.set_symbol(plain);
        }
    }
}

fn ascii_of(sign: char) -> &'static str {
    match sign {
        '─' | '—' | '–' | '━' | '−' | '┄' => "-",
        '═' => "=",
        '│' | '┃' | '▏' => "|",
        '┌' | '┐' | '└' | '┘' | '╭' | '╮' | '╰' | '╯' | '├' | '┤' | '┬' | '┴' | '┼' | '±' => {
            "+"
        }
        '▸' | '→' | '›' | '»' | '≥' => ">",
        '←' | '‹' | '«' | '≤' => "<",
        '●' | '•' | '·' => "*",
        '◐' => "%",
        '○' => "o",
        '▲' => "!",
        '≠' => "#",
        '✓' | '↓' => "v",
        '✗' | '×' => "x",
        '▓' | '█' => "#",
        '▒' => "=",
        '░' => ".",
        '↑' => "^",
        '…' | '≈' => "~",
        '’' | '‘' => "'",
        '“' | '”' | '„' => "\"",
        '÷' => "/",
        '€' => "E",
        '\u{a0}' => " ",
        _ => "?",
    }
}
