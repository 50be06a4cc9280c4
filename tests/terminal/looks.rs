//! What is drawn is what the terminal can show: its colours, its characters.

use std::thread;
use std::time::{Duration, Instant};

use crate::terminal::{PATIENCE, Setting, Terminal};

const LIGHT: &str = "\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\";
const DARK: &str = "\u{1b}]11;rgb:1616/1919/1f1f\u{1b}\\";
const TEXT_IS_BLACK: &str = "\u{1b}]10;rgb:0000/0000/0000\u{1b}\\";

/// The accent on a light and on a dark background.
const BLUE: vt100::Color = vt100::Color::Idx(4);
const CYAN: vt100::Color = vt100::Color::Idx(6);

/// Goes over screens of every kind: lists, a form, questions, an overlay, a finished example.
fn wander(terminal: &Terminal) {
    terminal.make_case("Cafe");
    terminal.press("1");
    terminal.sees("What is one row?");
    terminal.press("one \u{20ac}\r");
    terminal.press("\u{1b}OP");
    terminal.sees("Keys of this screen");
    terminal.press("\u{1b}");
    terminal.settles();
    terminal.press("\u{1b}");
    terminal.sees("What is known");
    terminal.press("2");
    terminal.sees("Choose a CSV file");
    terminal.press("\u{1b}");
    terminal.sees("What is known");
    terminal.press("4");
    terminal.sees("Because");
    terminal.press("i");
    terminal.sees("What does this mean?");
    terminal.press("\u{1b}");
    terminal.settles();
    terminal.press("e");
    terminal.sees("This is what will be handed on");
    terminal.sees("Decided:");
    terminal.settles();
}

/// What is seen, without the spaces that fill a line.
fn lines(terminal: &Terminal) -> Vec<String> {
    let text = terminal.text();
    let lines = text.lines().map(|line| line.trim_end().to_owned());
    lines.collect()
}

fn finish(mut terminal: Terminal) {
    terminal.press("\u{3}");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

/// The colours that were asked for: the parameters of all sequences that set
/// how characters look, but for those that set the terminal's own colour again.
fn colours(written: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(written);
    let mut found = Vec::new();
    for sequence in text.split("\u{1b}[").skip(1) {
        let end = sequence.find(|sign: char| !sign.is_ascii_digit() && sign != ';');
        let Some(end) = end.filter(|end| sequence[*end..].starts_with('m')) else {
            continue;
        };
        // No number at all stands for 0.
        let numbers = sequence[..end]
            .split(';')
            .filter(|number| !number.is_empty());
        let numbers = numbers.map(str::parse);
        for number in numbers {
            match number {
                Ok(30..=37 | 40..=47 | 90..=97 | 100..=107) => found.push(sequence[..end].into()),
                // What follows says which colour.
                Ok(38 | 48 | 58) => {
                    found.push(sequence[..end].into());
                    break;
                }
                Ok(0..=29 | 39 | 49 | 59) => {}
                other => panic!("expected a look, found {other:?} in {sequence:?}"),
            }
        }
    }
    found
}

#[test]
fn where_colours_are_not_wanted_none_is_written_and_all_is_there() {
    let plain = Terminal::start_as(&Setting {
        variables: vec![("NO_COLOR", "1")],
        ..Setting::default()
    });
    wander(&plain);
    assert_eq!(colours(&plain.written()), Vec::<String>::new());
    let coloured = Terminal::start(80, 24);
    wander(&coloured);
    assert!(colours(&coloured.written()).len() > 100);
    assert_eq!(lines(&plain), lines(&coloured));
    finish(plain);
    finish(coloured);
}

#[test]
fn a_terminal_without_unicode_gets_nothing_but_ascii() {
    for variable in [
        ("LC_ALL", "C"),
        ("LC_ALL", "POSIX"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("MLFIT_ASCII", "1"),
    ] {
        let terminal = Terminal::start_as(&Setting {
            variables: vec![variable],
            ..Setting::default()
        });
        wander(&terminal);
        let written = terminal.written();
        let beyond = written.iter().position(|byte| !byte.is_ascii());
        assert_eq!(beyond, None, "{variable:?}: {}", terminal.text());
        finish(terminal);
    }
    // The same walk elsewhere does draw more than that.
    let terminal = Terminal::start(80, 24);
    wander(&terminal);
    assert!(!terminal.written().is_ascii());
    finish(terminal);
}

/// The colour of the first key in the last row.
fn accent(terminal: &Terminal) -> vt100::Color {
    let parser = terminal.screen.lock().unwrap();
    let screen = parser.screen();
    let (rows, _) = screen.size();
    let cell = screen.cell(rows.get() - 1, 1).expect("the row is there");
    cell.fgcolor()
}

#[test]
fn colours_go_with_the_background_and_its_answer_types_nothing() {
    let with_text: &'static str = Box::leak(format!("{TEXT_IS_BLACK}{LIGHT}").into_boxed_str());
    for (answer, after, expected) in [
        (LIGHT, 0, BLUE),
        (with_text, 0, BLUE),
        // Over a network it comes late.
        (LIGHT, 500, BLUE),
        (DARK, 0, CYAN),
    ] {
        let terminal = Terminal::start_as(&Setting {
            background: Some((answer, Duration::from_millis(after))),
            ..Setting::default()
        });
        terminal.sees("Three ways to begin");
        terminal.answered();
        let begun = Instant::now();
        while accent(&terminal) != expected {
            assert!(begun.elapsed() < PATIENCE, "{answer:?}");
            thread::sleep(Duration::from_millis(10));
        }
        terminal.settles();
        assert_eq!(accent(&terminal), expected, "{answer:?}");
        // Typed, the answer would have opened the filter.
        assert!(!terminal.text().contains("Filter"), "{}", terminal.text());
        finish(terminal);
    }
    let silent = Terminal::start(80, 24);
    silent.sees("Three ways to begin");
    silent.settles();
    assert_eq!(accent(&silent), CYAN);
    finish(silent);
}
