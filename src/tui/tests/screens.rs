//! The main screens as pictures, at three sizes, and what holds for each of them:
//! colour carries nothing alone, and a terminal without Unicode is enough.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::gallery::{gallery, home, summaries};
use super::{drawn, shown, text_of};
use crate::tui::state::State;
use crate::tui::theme::{Palette, Theme};

/// Sizes of the pictures: comfortable, the smallest, and plenty.
const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (120, 40)];

const PALETTES: [Palette; 3] = [Palette::Dark, Palette::Light, Palette::Plain];

#[test]
fn screens_look_as_they_did() {
    for (name, mut state) in gallery() {
        let pictures: String = SIZES
            .iter()
            .map(|(columns, rows)| {
                let text = shown(&mut state, *columns, *rows);
                let looks = looks(&state, *columns, *rows);
                format!("{columns} × {rows}\n{text}\nlooks\n{looks}")
            })
            .collect::<Vec<_>>()
            .join("\n");
        insta::assert_snapshot!(name, pictures);
    }
}

/// How a cell looks in each palette.
type Look = [(Color, Modifier); 3];

/// A letter for the look of every cell, a point for plain text, and what each
/// letter is in a dark, a light and a colourless terminal.
fn looks(state: &State, columns: u16, rows: u16) -> String {
    let frames = PALETTES.map(|palette| {
        let mut state = state.clone();
        state.theme.palette = palette;
        drawn(&state, columns, rows)
    });
    let mut known: Vec<Look> = vec![[(Color::Reset, Modifier::empty()); 3]];
    let mut map = String::new();
    for row in 0..rows {
        let mut line = String::new();
        for column in 0..columns {
            let look: Look = std::array::from_fn(|palette| {
                let cell = &frames[palette][(column, row)];
                assert_eq!(cell.bg, Color::Reset, "a background at {column}, {row}");
                (cell.fg, cell.modifier)
            });
            let position = known.iter().position(|other| *other == look);
            let position = position.unwrap_or_else(|| {
                known.push(look);
                known.len() - 1
            });
            line.push(char::from(b".abcdefghijklmnopqrstuvwxyz"[position]));
        }
        map.push_str(line.trim_end_matches('.'));
        map.push('\n');
    }
    for (look, letter) in known.iter().skip(1).zip('a'..='z') {
        let [dark, light, plain] = look.map(words_of);
        map.push_str(&format!("{letter}: {dark} | {light} | {plain}\n"));
    }
    map
}

fn words_of((color, modifier): (Color, Modifier)) -> String {
    let color = match color {
        Color::Reset => "plain".to_owned(),
        color => color.to_string(),
    };
    let modifiers = modifier
        .iter_names()
        .map(|(name, _)| format!(" {}", name.to_lowercase()));
    format!("{color}{}", modifiers.collect::<String>())
}

#[test]
fn every_palette_says_the_same_and_no_colour_is_drawn_without_colour() {
    for (name, mut state) in gallery() {
        let said = shown(&mut state, 80, 24);
        let [dark, light, plain] = PALETTES.map(|palette| {
            state.theme.palette = palette;
            let frame = drawn(&state, 80, 24);
            assert_eq!(text_of(&frame), said, "{name}");
            frame
        });
        let colours =
            |frame: &Buffer| -> Vec<Color> { frame.content.iter().map(|cell| cell.fg).collect() };
        assert_ne!(colours(&dark), colours(&light), "{name}");
        let is_colourless = plain
            .content
            .iter()
            .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset);
        assert!(is_colourless, "{name}");
    }
}

#[test]
fn ascii_is_enough_and_no_sign_becomes_a_question_mark() {
    for (name, mut state) in gallery() {
        let rich = shown(&mut state, 80, 24);
        state.theme = Theme {
            palette: Palette::Light,
            ascii: true,
        };
        let poor = shown(&mut state, 80, 24);
        assert!(poor.is_ascii(), "{name}");
        let questions = |text: &str| text.matches('?').count();
        assert_eq!(questions(&poor), questions(&rich), "{name}:\n{poor}");
    }
}

#[test]
fn a_window_that_is_too_small_says_so_in_one_sentence() {
    for (columns, rows) in [(39, 12), (40, 11), (20, 5)] {
        let text = shown(&mut home(summaries()), columns, rows);
        assert!(text.contains("mlfit needs a little"), "{text}");
        assert!(!text.contains("Churn"), "{text}");
    }
}
