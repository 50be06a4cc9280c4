//! Long work: it waits its turn, stops at once, and what nobody asks for any more never shows.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use super::{Desk, made};
use crate::assessment::{Answer, GivenAnswer};
use crate::case::{CaseFolder, DataSource};
use crate::contest::{Evidence, Progress, Request};
use crate::report::samples;
use crate::tui::effect::{Effect, Job};
use crate::tui::event::{Clock, Event, JobId, Outcome};
use crate::tui::state::Context;
use crate::workflow;

/// A desk with two cases on the same data; contests are begun and kept waiting.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let csv = "tenure,contract,churned\n3,a,yes\n9,b,no\n4,a,yes\n8,b,no\n";
    std::fs::write(desk.home.path().join("churn.csv"), csv).unwrap();
    for title in ["Alpha", "Beta"] {
        let mut folder = made(&path(&desk, title), title);
        folder.case.data = Some(DataSource {
            path: "../churn.csv".to_owned(),
            hash: None,
            request: Request::for_target("churned"),
        });
        folder.save().unwrap();
    }
    desk.slow = Some(Vec::new());
    desk.press('o');
    desk.press('r');
    desk
}

fn path(desk: &Desk, title: &str) -> PathBuf {
    desk.home.path().join(title.to_lowercase())
}

fn on_disk(desk: &Desk, title: &str) -> CaseFolder {
    workflow::open_case(&path(desk, title)).unwrap()
}

/// Opens a case from home.
fn open(desk: &mut Desk, title: &str) {
    desk.key(KeyCode::Home);
    if title == "Beta" {
        desk.key(KeyCode::Down);
    }
    desk.key(KeyCode::Enter);
    assert_eq!(desk.session().folder.case.title, title);
}

/// Asks for the contest of the open case.
fn measure(desk: &mut Desk) {
    desk.press('3');
    desk.press('g');
}

fn home(desk: &mut Desk) {
    while desk.state.screens.len() > 1 {
        desk.key(KeyCode::Esc);
    }
}

/// What was begun and stopped, in order.
fn begun(desk: &Desk) -> Vec<String> {
    let slow = desk.slow.iter().flatten();
    slow.map(|effect| match effect {
        Effect::Run(_, Job::Measure(folder, ..)) => format!("measure {}", folder.case.title),
        Effect::Cancel(_) => "cancel".to_owned(),
        other => panic!("{other:?} is not slow"),
    })
    .collect()
}

/// The number of the contest that was begun last.
fn last(desk: &Desk) -> JobId {
    let slow = desk.slow.iter().flatten();
    slow.filter_map(|effect| match effect {
        Effect::Run(id, _) => Some(*id),
        _ => None,
    })
    .next_back()
    .unwrap()
}

fn evidence() -> Arc<Evidence> {
    Arc::new(samples::full().evidence.unwrap())
}

fn finish(desk: &mut Desk, job: JobId) {
    desk.event(Event::Done(job, Outcome::Measured(Ok(evidence()))));
}

#[test]
fn a_contest_asked_for_while_another_runs_waits_its_turn_and_says_so() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    let first = last(&desk);
    // Whoever leaves the case leaves its contest running.
    home(&mut desk);
    let step = Progress::Step {
        done: 41,
        total: 100,
        label: "trees".to_owned(),
    };
    let clock = Clock {
        milliseconds: 9_000,
    };
    desk.event(Event::Progress(first, step, clock));
    assert!(desk.shown().contains("measuring, 41 %"), "{}", desk.shown());
    open(&mut desk, "Beta");
    measure(&mut desk);
    assert_eq!(begun(&desk), ["measure Alpha"]);
    let waits = desk.shown();
    assert!(waits.contains("waits its turn"), "{waits}");
    assert!(waits.contains("“Alpha” is measured first"), "{waits}");
    assert_eq!(desk.state.context(), Context::Measuring);
    // The first is kept in its case though another is open, and the second begins.
    finish(&mut desk, first);
    assert_eq!(begun(&desk), ["measure Alpha", "measure Beta"]);
    let alpha = on_disk(&desk, "Alpha");
    assert!(alpha.read_evidence().unwrap().is_some());
    assert_eq!(
        alpha.case.data.unwrap().hash,
        Some(evidence().data_hash.clone())
    );
    assert!(desk.session().evidence.is_none());
    let second = last(&desk);
    finish(&mut desk, second);
    assert!(desk.session().evidence.is_some());
    assert!(on_disk(&desk, "Beta").read_evidence().unwrap().is_some());
    assert!(desk.session().verdict.as_ref().unwrap().used.evidence);
}

#[test]
fn a_case_opened_again_finds_its_contest_under_way() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    home(&mut desk);
    open(&mut desk, "Alpha");
    desk.press('3');
    assert_eq!(desk.state.context(), Context::Measuring);
    let job = last(&desk);
    finish(&mut desk, job);
    assert_eq!(desk.state.context(), Context::Contest);
}

#[test]
fn what_is_stopped_ends_at_once_and_never_shows() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    let job = last(&desk);
    desk.press('x');
    assert_eq!(begun(&desk), ["measure Alpha", "cancel"]);
    assert_eq!(desk.state.context(), Context::Unmeasured);
    // It was too late to stop: its progress and its result are dropped.
    desk.event(Event::Progress(
        job,
        Progress::Standings(Vec::new()),
        Clock::default(),
    ));
    finish(&mut desk, job);
    assert!(desk.session().evidence.is_none());
    assert!(on_disk(&desk, "Alpha").read_evidence().unwrap().is_none());
}

#[test]
fn what_waits_can_be_taken_back_from_home_and_the_next_takes_the_turn_of_what_is_stopped() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    home(&mut desk);
    open(&mut desk, "Beta");
    measure(&mut desk);
    home(&mut desk);
    assert!(
        desk.shown().contains("waits to be measured"),
        "{}",
        desk.shown()
    );
    desk.key(KeyCode::End);
    desk.press('x');
    assert!(!desk.shown().contains("waits to be measured"));
    assert_eq!(begun(&desk), ["measure Alpha"]);
    open(&mut desk, "Beta");
    measure(&mut desk);
    home(&mut desk);
    desk.key(KeyCode::Home);
    desk.press('x');
    assert_eq!(begun(&desk), ["measure Alpha", "cancel", "measure Beta"]);
}

#[test]
fn a_contest_stops_when_something_else_is_asked_of_the_data() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    let job = last(&desk);
    desk.key(KeyCode::Esc);
    desk.press('2');
    desk.key(KeyCode::Home);
    desk.press('x');
    assert_eq!(begun(&desk), ["measure Alpha", "cancel"]);
    assert!(desk.shown().contains("was stopped"), "{}", desk.shown());
    finish(&mut desk, job);
    assert!(desk.session().evidence.is_none());
    // What was measured before is told to be older than the question.
    desk.press('g');
    let job = last(&desk);
    finish(&mut desk, job);
    assert!(!desk.session().is_outdated());
    desk.key(KeyCode::Esc);
    desk.press('x');
    assert!(desk.session().is_outdated());
    desk.key(KeyCode::Esc);
    desk.press('3');
    let shown = desk.shown();
    assert!(
        shown.contains("What is asked of the data has changed"),
        "{shown}"
    );
}

#[test]
fn a_result_is_dropped_if_the_owners_rule_changed_while_it_was_measured() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    let job = last(&desk);
    let session = desk.state.session.as_mut().unwrap();
    for (question, answer) in [
        ("fit-known-rule", Answer::Choice("partly".to_owned())),
        ("fit-owner-rule", Answer::Rule("tenure < 6".to_owned())),
    ] {
        session.set_given(question, Some(GivenAnswer::plain(answer)));
    }
    finish(&mut desk, job);
    assert!(desk.session().evidence.is_none());
    assert!(desk.shown().contains("changed while they were measured"));
    assert!(on_disk(&desk, "Alpha").read_evidence().unwrap().is_none());
}

#[test]
fn a_result_is_dropped_if_its_case_was_changed_elsewhere() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    let job = last(&desk);
    home(&mut desk);
    let mut other = on_disk(&desk, "Alpha");
    other.case.data.as_mut().unwrap().request.target = "contract".to_owned();
    other.save().unwrap();
    finish(&mut desk, job);
    assert!(on_disk(&desk, "Alpha").read_evidence().unwrap().is_none());
    assert!(desk.shown().contains("changed while they were measured"));
}

#[test]
fn work_that_breaks_makes_room_for_the_next() {
    let mut desk = desk();
    open(&mut desk, "Alpha");
    measure(&mut desk);
    let job = last(&desk);
    home(&mut desk);
    open(&mut desk, "Beta");
    measure(&mut desk);
    desk.event(Event::Done(job, Outcome::Broke("a test".to_owned())));
    assert_eq!(begun(&desk), ["measure Alpha", "measure Beta"]);
    assert!(desk.session().unmeasured.is_none());
}

#[test]
fn a_file_that_cannot_be_read_begins_no_case() {
    let mut desk = Desk::new();
    std::fs::write(desk.home.path().join("empty.csv"), "").unwrap();
    for (file, says) in [("nowhere.csv", "found none"), ("empty.csv", "empty")] {
        desk.press('c');
        desk.type_text(file);
        desk.key(KeyCode::Enter);
        assert_eq!(desk.state.context(), Context::Picker);
        assert!(desk.shown().contains(says), "{}", desk.shown());
        desk.key(KeyCode::Esc);
    }
    let folders = std::fs::read_dir(desk.home.path()).unwrap();
    assert_eq!(folders.count(), 1, "only the empty file is there");
    // One that can is read once.
    std::fs::write(desk.home.path().join("good.csv"), "a,b\n1,2\n3,4\n").unwrap();
    desk.press('c');
    desk.type_text("good.csv");
    desk.jobs.clear();
    desk.key(KeyCode::Enter);
    assert_eq!(desk.state.context(), Context::Columns);
    assert_eq!(desk.jobs, ["create"]);
    assert!(desk.session().table.is_some());
}
