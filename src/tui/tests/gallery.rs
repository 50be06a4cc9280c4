//! Every screen in the states that are worth a picture.

use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use super::{TODAY, at_home, full_session, letter, made, on, press};
use crate::assessment::{Answer, GivenAnswer};
use crate::case::CaseFolder;
use crate::contest::Tier;
use crate::data::read_csv;
use crate::problem::Problem;
use crate::report::samples;
use crate::rubric::Who;
use crate::tui::effect::Job;
use crate::tui::event::{Entry, Event, Outcome, Preview, ReadTable};
use crate::tui::input::Input;
use crate::tui::session::Session;
use crate::tui::state::{
    Columns, ContestView, Export, Home, Panel, Picker, Running, Screen, State,
};
use crate::tui::update::update;
use crate::workflow::{self, CaseSummary};

/// The case that all pictures show.
fn folder() -> CaseFolder {
    let home = tempfile::tempdir().unwrap();
    let mut folder = made(&home.path().join("churn"), "Churn early warning");
    let prepared = workflow::demo::find("churn-rule").unwrap();
    folder.case.framing = prepared.framing;
    folder.case.answers = prepared.answers;
    folder.case.data = Some(crate::case::DataSource {
        path: "../data/churn.csv".to_owned(),
        hash: None,
        request: prepared.request,
    });
    folder.path = "/cases/churn".into();
    folder
}

fn session() -> Session {
    full_session(folder())
}

/// The case at its beginning.
fn fresh() -> Session {
    let mut folder = folder();
    folder.case.answers = crate::assessment::Answers::default();
    folder.case.framing = crate::assessment::Framing::default();
    folder.case.data = None;
    Session::new(folder, None)
}

/// A case that several people answered, under a rubric that has changed since.
fn discussed() -> Session {
    let mut folder = folder();
    let answers = &mut folder.case.answers;
    answers.0.remove("fit-known-rule");
    for (role, name, key) in [(Who::Owner, "Ada", "partly"), (Who::Engineer, "Bo", "no")] {
        let given = GivenAnswer {
            role: Some(role),
            by: Some(name.to_owned()),
            ..GivenAnswer::plain(Answer::Choice(key.to_owned()))
        };
        answers.give("fit-known-rule", given);
    }
    if let Some(given) = answers.0.get_mut("value-goal") {
        given.asked_otherwise = Some("0123".to_owned());
    }
    answers.set("data-available-at-prediction", Answer::Unknown);
    answers.set("fit-of-former-days", Answer::Choice("maybe".to_owned()));
    Session::new(folder, None)
}

fn with_table(mut session: Session) -> Session {
    let text = "customer_id,tenure_months,contract,payment,signup_date,churned\n\
                C-0001,3,monthly,card,2025-01-03,yes\n\
                C-0002,40,yearly,,2021-07-19,no\n\
                C-0003,12,monthly,debit,2024-02-11,no\n\
                C-0004,7,monthly,card,2024-08-30,yes\n\
                C-0005,60,two years,transfer,2019-11-02,no\n";
    let table = read_csv(text.as_bytes(), "churn.csv").unwrap();
    if let Some(data) = &session.folder.case.data {
        session.roles = workflow::roles(&table, &data.request).unwrap();
    }
    session.table = Some(ReadTable::new(
        "/cases/data/churn.csv".into(),
        "../data/churn.csv".to_owned(),
        Arc::new(table),
    ));
    session
}

fn asked(session: Session, question: &str) -> State {
    let mut state = at_home("/cases");
    state.session = Some(session);
    state.screens.push(Screen::Overview { marked: 0 });
    update(&mut state, letter('1'));
    let by_section = |state: &mut State, by_section| {
        if let Some(Screen::Questions(at)) = state.screens.last_mut() {
            at.by_section = by_section;
        }
    };
    by_section(&mut state, true);
    for towards in [KeyCode::PageUp, KeyCode::PageDown] {
        for _ in 0..80 {
            if matches!(state.screen(), Some(Screen::Questions(at)) if at.at == question) {
                by_section(&mut state, false);
                return state;
            }
            update(&mut state, press(towards));
        }
    }
    panic!("{question} is not asked");
}

pub(super) fn summaries() -> Vec<CaseSummary> {
    let summary = |title: &str, answered, as_of: &str, due| {
        let mut verdict = samples::full().verdict;
        as_of.clone_into(&mut verdict.as_of);
        CaseSummary {
            path: format!("/cases/{title}").into(),
            title: title.to_owned(),
            owner: Some("Retention".to_owned()),
            answered,
            asked: 34,
            verdict: Some(verdict),
            due,
            problem: None,
        }
    };
    let mut unreadable = summary("torn", 0, TODAY, false);
    unreadable.asked = 0;
    unreadable.verdict = None;
    unreadable.problem = Some(
        Problem::new("bad-yaml", "expected a title, found nothing", "add one")
            .in_file("/cases/torn/case.yaml"),
    );
    let mut undecided = summary("Invoice matching", 12, TODAY, false);
    undecided.verdict = None;
    vec![
        summary("Churn early warning", 34, TODAY, false),
        undecided,
        summary("CV screening", 34, "2026-08-01", true),
        unreadable,
    ]
}

pub(super) fn home(cases: Vec<CaseSummary>) -> State {
    let mut state = at_home("/cases");
    state.screens = vec![Screen::Home(Home {
        cases: Some(cases),
        ..Home::default()
    })];
    state
}

fn contest(panel: Panel, session: Session) -> State {
    let view = ContestView {
        panel,
        marked: 3,
        scroll: 0,
    };
    on(Screen::Contest(view), session)
}

fn picker() -> State {
    let entry = |name: &str, is_folder| Entry {
        name: name.to_owned(),
        is_folder,
    };
    on(
        Screen::Picker(Picker {
            folder: "/cases".into(),
            base: "/cases".into(),
            typed: Input::new("", 200),
            entries: vec![
                entry("data", true),
                entry("churn.csv", false),
                entry("orders.csv", false),
            ],
            problem: None,
            marked: 2,
            job: None,
            begins_case: false,
        }),
        session(),
    )
}

/// Two contests are asked for; the screen shows the one of that case.
fn asked_for(shown: &str) -> State {
    let mut session = session();
    session.folder.path = shown.into();
    let mut state = contest(Panel::Board, session);
    for (id, about, title) in [
        (4, "/cases/churn", "Churn early warning"),
        (5, "/cases/orders", "Orders"),
    ] {
        state
            .queue
            .add(id, about.into(), title.to_owned(), Job::Demos);
    }
    *state.queue.running_mut(4).unwrap() = Running {
        done: 41,
        total: 100,
        label: "shallow trees".to_owned(),
        milliseconds: 9_000,
        standings: vec![
            ("majority".to_owned(), Tier::Naive, 0.5, 10),
            ("one-rule".to_owned(), Tier::Heuristic, 0.71, 10),
        ],
    };
    state
}

fn report() -> State {
    let report = crate::report::chapters::document(&samples::full().report());
    on(
        Screen::Export(Export {
            preview: Some(Preview { report, rule: None }),
            ..Export::default()
        }),
        session(),
    )
}

fn demos() -> State {
    let mut state = home(Vec::new());
    update(&mut state, letter('d'));
    let job = state.next_job - 1;
    let list = workflow::demo::list();
    update(&mut state, Event::Done(job, Outcome::Demos(list)));
    state
}

fn form() -> State {
    let mut state = home(Vec::new());
    update(&mut state, letter('n'));
    update(&mut state, Event::Paste("Churn early warning".to_owned()));
    state
}

fn then(mut state: State, keys: &[KeyCode]) -> State {
    for key in keys {
        update(&mut state, press(*key));
    }
    state
}

/// Every screen with the name of its picture.
pub(super) fn gallery() -> Vec<(&'static str, State)> {
    let mut series = session();
    series.evidence = samples::series().evidence.map(Arc::new);
    let mut failed = session();
    failed.evidence = None;
    failed.unmeasured = Some(
        Problem::new(
            "too-few-rows",
            "expected at least 30 rows, found 5",
            "bring more rows; a verdict from answers alone needs none",
        )
        .in_file("../data/churn.csv"),
    );
    let mut otherwise = session();
    otherwise.asks_otherwise = true;
    let mut unsaved = asked(session(), "value-goal");
    let problem = Problem::new(
        "not-writable",
        "case.yaml cannot be written: the disk is full",
        "make room; the next answer tries again",
    );
    if let Some(session) = &mut unsaved.session {
        session.unsaved = Some(problem.clone());
    }
    unsaved.complain(&problem);
    vec![
        ("home_empty", home(Vec::new())),
        ("home", home(summaries())),
        ("demos", demos()),
        ("new_case", form()),
        ("overview", on(Screen::Overview { marked: 3 }, session())),
        (
            "overview_fresh",
            on(Screen::Overview { marked: 0 }, fresh()),
        ),
        ("question_framing", asked(fresh(), "framing:row")),
        ("question_choice", asked(session(), "fit-known-rule")),
        ("question_rule", asked(session(), "fit-owner-rule")),
        ("question_unsaved", unsaved),
        (
            "question_sections",
            then(asked(session(), "fit-known-rule"), &[KeyCode::Char('s')]),
        ),
        ("review", on(Screen::Review { marked: 4 }, fresh())),
        (
            "review_discussed",
            on(Screen::Review { marked: 0 }, discussed()),
        ),
        ("question_disputed", asked(discussed(), "fit-known-rule")),
        ("question_put_otherwise", asked(discussed(), "value-goal")),
        ("picker", picker()),
        (
            "columns",
            on(
                Screen::Columns(Columns {
                    marked: 5,
                    ..Columns::default()
                }),
                with_table(session()),
            ),
        ),
        ("contest_running", asked_for("/cases/churn")),
        ("contest_waiting", asked_for("/cases/orders")),
        ("contest_board", contest(Panel::Board, session())),
        (
            "contest_comparisons",
            contest(Panel::Comparisons, session()),
        ),
        ("contest_warnings", contest(Panel::Warnings, session())),
        ("contest_learning", contest(Panel::Learning, session())),
        ("contest_rule", contest(Panel::Rule, session())),
        (
            "contest_calibration",
            contest(Panel::Calibration, session()),
        ),
        ("contest_forecasts", contest(Panel::Forecasts, series)),
        ("contest_metrics", contest(Panel::Metrics, session())),
        ("contest_failed", contest(Panel::Board, failed)),
        ("contest_outdated", contest(Panel::Board, otherwise)),
        ("contest_nothing", contest(Panel::Board, fresh())),
        ("decision", on(Screen::Decision { scroll: 0 }, session())),
        ("report", report()),
        (
            "help",
            then(asked(session(), "fit-known-rule"), &[KeyCode::F(1)]),
        ),
        (
            "meaning",
            then(contest(Panel::Board, session()), &[KeyCode::Char('i')]),
        ),
    ]
}
