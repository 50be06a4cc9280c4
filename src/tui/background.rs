//! What the terminal tells of its background, taken out of the keys.
//!
//! The program asks as it begins and waits for nothing. The answer may come at
//! once, after a while over a network, or never, and it comes as if somebody
//! had typed it: Alt-], `11;rgb:1616/1919/1f1f`, Alt-\.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::event::Event;
use super::theme::Palette;

/// What the answers begin with: of text (10) and of the background (11).
const BEGINNINGS: [&str; 4] = ["10;rgb:", "10;rgba:", "11;rgb:", "11;rgba:"];

/// Three or four numbers of four digits, and what stands between them.
const LONGEST: usize = 19;

/// An answer that is awaited, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct BackgroundAnswer {
    /// Keys that are an answer so far.
    held: Vec<Event>,
    text: String,
}

impl BackgroundAnswer {
    /// Takes what happened; gives what a person did, and the colours once they are known.
    pub(super) fn take(&mut self, event: Event) -> Vec<Event> {
        let Event::Key(key) = &event else {
            return self.release(event);
        };
        if self.held.is_empty() {
            return if is_with(key, KeyModifiers::ALT, ']') {
                self.held.push(event);
                Vec::new()
            } else {
                vec![event]
            };
        }
        if is_with(key, KeyModifiers::ALT, '\\') || is_with(key, KeyModifiers::CONTROL, 'g') {
            return self.end(event);
        }
        match key.code {
            KeyCode::Char(character) if may_go_on(&self.text, character) => {
                self.text.push(character);
                self.held.push(event);
                Vec::new()
            }
            _ => self.release(event),
        }
    }

    fn end(&mut self, event: Event) -> Vec<Event> {
        let text = std::mem::take(&mut self.text);
        let known = BEGINNINGS
            .iter()
            .find_map(|beginning| Some((*beginning, text.strip_prefix(beginning)?)));
        match known {
            Some((beginning, color)) => {
                self.held.clear();
                let is_background = beginning.starts_with("11");
                let palette = palette(color).filter(|_| is_background);
                palette.map(Event::Background).into_iter().collect()
            }
            None => self.release(event),
        }
    }

    /// It was no answer after all.
    fn release(&mut self, event: Event) -> Vec<Event> {
        self.text.clear();
        let mut events = std::mem::take(&mut self.held);
        events.push(event);
        events
    }
}

fn is_with(key: &KeyEvent, modifier: KeyModifiers, character: char) -> bool {
    key.modifiers.contains(modifier) && key.code == KeyCode::Char(character)
}

fn may_go_on(text: &str, next: char) -> bool {
    let text = format!("{text}{next}");
    BEGINNINGS.iter().any(|beginning| {
        let color = text.strip_prefix(beginning);
        beginning.starts_with(&text)
            || color.is_some_and(|color| {
                color.len() <= LONGEST
                    && color
                        .chars()
                        .all(|digit| digit.is_ascii_hexdigit() || digit == '/')
            })
    })
}

/// Which colours go with a background such as `1616/1919/1f1f`: it is light if
/// its luma (red, green and blue by the weights of ITU-R BT.709) is above one half.
fn palette(color: &str) -> Option<Palette> {
    let shares: Vec<f64> = color
        .split('/')
        .map(|digits| {
            let most = 16_f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
            let value = u16::from_str_radix(digits, 16).ok()?;
            Some(f64::from(value) / most)
        })
        .collect::<Option<_>>()?;
    let [red, green, blue] = *shares.get(..3)? else {
        return None;
    };
    let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if luma > 0.5 {
        Palette::Light
    } else {
        Palette::Dark
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(character: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(character), modifiers))
    }

    /// What is left of an answer that is typed by the terminal.
    fn answered(text: &str, end: Event) -> Vec<String> {
        let mut answer = BackgroundAnswer::default();
        let typed = text.chars().map(|sign| key(sign, KeyModifiers::NONE));
        std::iter::once(key(']', KeyModifiers::ALT))
            .chain(typed)
            .chain([end, key('q', KeyModifiers::NONE)])
            .flat_map(|event| answer.take(event))
            .map(|event| match event {
                Event::Key(key) => key.code.to_string(),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn an_answer_types_nothing_and_sets_the_colours() {
        let backslash = || key('\\', KeyModifiers::ALT);
        for (text, end, expected) in [
            (
                "11;rgb:ffff/FFFF/f0f0",
                backslash(),
                vec!["Background(Light)", "q"],
            ),
            (
                "11;rgb:16/19/1f",
                backslash(),
                vec!["Background(Dark)", "q"],
            ),
            (
                "11;rgba:ffff/ffff/ffff/ffff",
                key('g', KeyModifiers::CONTROL),
                vec!["Background(Light)", "q"],
            ),
            ("10;rgb:ffff/ffff/ffff", backslash(), vec!["q"]),
        ] {
            assert_eq!(answered(text, end), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_answer_is_what_a_person_typed() {
        let end = key('x', KeyModifiers::NONE);
        assert_eq!(answered("no", end), ["]", "n", "o", "x", "q"]);
        let end = key('\\', KeyModifiers::ALT);
        assert_eq!(answered("11;", end), ["]", "1", "1", ";", "\\", "q"]);
    }
}
