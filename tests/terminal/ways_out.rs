//! Every way out, for good and for a while: the terminal is given back, and nothing is lost.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::terminal::{PATIENCE, Terminal, case_in};

#[test]
fn whoever_quits_finds_the_terminal_as_it_was() {
    let mut terminal = Terminal::start(80, 24);
    terminal.sees("Three ways to begin");
    assert!(terminal.is_ours());
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

#[test]
fn a_polite_signal_saves_restores_and_ends() {
    for signal in ["-TERM", "-HUP"] {
        let mut terminal = Terminal::start(80, 24);
        terminal.make_case("Churn");
        terminal.press("1");
        terminal.sees("What is one row?");
        terminal.press("one customer");
        terminal.sees("one customer");
        terminal.signal(signal);
        assert_eq!(terminal.ends().exit_code(), 0, "{signal}");
        terminal.is_restored();
        let case = case_in(terminal.home.path(), "churn");
        assert!(case.contains("one customer"), "{signal}: {case}");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_with_everything_saved() {
    let terminal = Terminal::start(80, 24);
    terminal.make_case("Churn");
    terminal.press("1");
    terminal.sees("What is one row?");
    terminal.press("one order");
    terminal.sees("one order");
    let Terminal {
        master,
        keys,
        mut child,
        home,
        ..
    } = terminal;
    drop(keys);
    drop(master);
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < PATIENCE, "it does not end");
        // Readers of the terminal keep it open; a hang-up is what a closed window sends.
        let process = child.process_id().expect("it runs").to_string();
        let _ = Command::new("kill").args(["-HUP", &process]).status();
        thread::sleep(Duration::from_millis(50));
    }
    assert!(case_in(home.path(), "churn").contains("one order"));
}

/// A released program cannot be asked to break.
#[cfg(debug_assertions)]
#[test]
fn work_that_breaks_becomes_a_message_and_the_interface_goes_on() {
    let mut terminal = Terminal::start_faulty("demo");
    terminal.sees("Three ways to begin");
    terminal.press("d");
    terminal.sees("Tariff at the parcel counter");
    terminal.press("\r");
    terminal.sees("broke inside mlfit");
    assert!(terminal.is_ours());
    terminal.press("\u{1b}");
    terminal.sees("Three ways to begin");
    terminal.settles();
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

/// A released program cannot be asked to break.
#[cfg(debug_assertions)]
#[test]
fn an_interface_that_breaks_saves_gives_the_terminal_back_and_says_why() {
    let mut terminal = Terminal::start_faulty("overlay");
    terminal.make_case("Churn");
    terminal.press("1");
    terminal.sees("What is one row?");
    terminal.press("one parcel\r");
    terminal.settles();
    terminal.press("\u{1b}");
    terminal.settles();
    terminal.press("?");
    assert_eq!(terminal.ends().exit_code(), 101);
    terminal.is_restored();
    terminal.sees("a fault in the overlay was asked for");
    assert!(case_in(terminal.home.path(), "churn").contains("one parcel"));
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_picture() {
    let mut terminal = Terminal::start(80, 24);
    terminal.sees("Three ways to begin");
    for turn in 0..120_u16 {
        terminal.resize(1 + (turn * 37) % 200, 1 + (turn * 17) % 60);
        if turn % 10 == 0 {
            terminal.press("?");
        }
    }
    // What is on the screen so far is no picture of this size.
    terminal.settles();
    terminal.resize(100, 30);
    terminal.press("\u{1b}");
    terminal.sees("Three ways to begin");
    terminal.sees("quit");
    // A key that follows Escape at once is that key with Alt.
    terminal.settles();
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
}

#[test]
fn a_window_that_is_too_small_gets_one_sentence_and_loses_nothing() {
    let mut terminal = Terminal::start(30, 8);
    terminal.sees("Nothing is lost");
    terminal.resize(80, 24);
    terminal.sees("Three ways to begin");
    terminal.press("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}

#[test]
fn killed_while_it_saves_the_case_is_whole() {
    for pause in [0, 1, 3, 10] {
        let mut terminal = Terminal::start(80, 24);
        terminal.make_case("Churn");
        terminal.press("1");
        terminal.sees("What is one row?");
        terminal.press("a customer on the first of a month, and many more words");
        thread::sleep(Duration::from_millis(pause));
        terminal.signal("-KILL");
        terminal.ends();
        let folder = mlfit::workflow::open_case(&terminal.home.path().join("churn")).unwrap();
        assert_eq!(folder.case.title, "Churn");
    }
}

#[test]
fn suspended_the_terminal_is_the_shells_and_resumed_all_is_drawn_at_once() {
    let mut terminal = Terminal::start(80, 24);
    terminal.make_case("Churn");
    terminal.press("\u{1a}");
    terminal.stops();
    terminal.is_restored();
    terminal.scribble("\u{1b}[2J\u{1b}[H[1]+  Stopped  mlfit\r\n$ fg\r\n");
    let continued = Instant::now();
    terminal.signal("-CONT");
    // No key, no new size: the whole picture is there, and all of it is ours.
    terminal.sees("What is known");
    assert!(continued.elapsed() < Duration::from_secs(5));
    assert!(terminal.is_ours());
    assert!(!terminal.text().contains("Stopped"), "{}", terminal.text());
    // It reads keys as before.
    terminal.press("1");
    terminal.sees("What is one row?");
    terminal.press("one customer\r");
    terminal.settles();
    terminal.press("\u{3}");
    assert_eq!(terminal.ends().exit_code(), 0);
    terminal.is_restored();
    assert!(case_in(terminal.home.path(), "churn").contains("one customer"));
}

#[test]
fn stopped_from_outside_it_comes_back_in_the_size_that_the_window_has_then() {
    for signal in ["-TSTP", "-STOP"] {
        let mut terminal = Terminal::start(80, 24);
        terminal.sees("Three ways to begin");
        terminal.signal(signal);
        terminal.stops();
        if signal == "-TSTP" {
            terminal.is_restored();
        }
        terminal.resize(100, 30);
        terminal.scribble("\u{1b}[2J\u{1b}[H$ fg");
        terminal.signal("-CONT");
        terminal.sees("Three ways to begin");
        terminal.sees("quit");
        let text = terminal.text();
        let line = text.lines().nth(1).unwrap_or_default();
        assert_eq!(line.chars().count(), 100, "{signal}: {text}");
        assert_eq!(text.lines().count(), 30, "{signal}: {text}");
        terminal.press("q");
        assert_eq!(terminal.ends().exit_code(), 0, "{signal}");
        terminal.is_restored();
    }
}
