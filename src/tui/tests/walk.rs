//! Long random walks: nothing panics, the way back is short, no answer is lost.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{at_home, drawn, full_session, letter, made, press};
use crate::assessment::{Answers, Framing};
use crate::case::{Case, CaseFolder, Prepared};
use crate::contest::{Evidence, Progress, Standing, Tier};
use crate::data::{Table, read_csv};
use crate::problem::Problem;
use crate::report::document::Document;
use crate::report::{chapters, samples};
use crate::tui::draft::Draft;
use crate::tui::effect::{Effect, Job};
use crate::tui::event::{Clock, Entry, Event, JobId, Opened, Outcome, Preview, ReadTable, Then};
use crate::tui::session::FramingLine;
use crate::tui::state::{Context, Overlay, Panel, Screen, State};
use crate::tui::update::update;
use crate::verdict::Verdict;
use crate::workflow::{self, CaseSummary, Conclusion};

/// Presses of Esc that lead home from anywhere: through what lies over a
/// screen and what is typed in it, and then screen by screen.
const FARTHEST: usize = 14;

/// What the world answers, made once.
struct World {
    folder: CaseFolder,
    evidence: Arc<Evidence>,
    verdict: Verdict,
    table: Arc<Table>,
    report: Document,
    demos: Vec<Prepared>,
    _home: tempfile::TempDir,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let folder = made(&home.path().join("churn"), "Churn");
        let sample = samples::full();
        let report = chapters::document(&sample.report());
        let text = "id,tenure,contract,when,churned\n1,3,a,2026-01-01,yes\n2,9,b,2026-01-02,no\n3,4,a,2026-01-03,yes\n";
        World {
            evidence: Arc::new(sample.evidence.unwrap()),
            verdict: sample.verdict,
            report,
            table: Arc::new(read_csv(text.as_bytes(), "churn.csv").unwrap()),
            demos: workflow::demo::list().unwrap(),
            folder,
            _home: home,
        }
    })
}

/// One walk: a state, what waits to be told to it, and what stands on the disk.
struct Walk {
    state: State,
    chance: Pcg64Mcg,
    waiting: Vec<Event>,
    disk: CaseFolder,
    /// What stood after the last event.
    given: (Answers, Framing),
}

/// Which answers an event may change.
enum Change {
    /// None.
    Nothing,
    /// The one with that id.
    Only(String),
    /// The last one that was given, whichever that is.
    Undo,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let world = world();
        Self {
            state: at_home("/cases"),
            chance: Pcg64Mcg::seed_from_u64(seed),
            waiting: Vec::new(),
            disk: world.folder.clone(),
            given: (
                world.folder.case.answers.clone(),
                world.folder.case.framing.clone(),
            ),
        }
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.chance.random_range(0..many) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.chance.random_range(0..from.len())].clone()
    }

    /// Something that a person, the terminal or the world does.
    fn event(&mut self) -> Event {
        if !self.waiting.is_empty() && self.one_in(2) {
            let position = self.chance.random_range(0..self.waiting.len());
            // Work ends in any order, but one thread saves, one version after the other.
            let is_saved = |event: &Event| matches!(event, Event::Saved(..));
            let position = match self.waiting.iter().position(is_saved) {
                Some(first) if is_saved(&self.waiting[position]) => first,
                Some(_) | None => position,
            };
            return self.waiting.remove(position);
        }
        match self.chance.random_range(0..100) {
            0..=9 => press(KeyCode::Enter),
            10..=16 => press(KeyCode::Down),
            17..=19 => press(KeyCode::Up),
            20..=23 => press(KeyCode::Esc),
            24..=29 => letter(char::from(self.chance.random_range(b'1'..=b'9'))),
            30..=37 => {
                let code = self.pick(&[
                    KeyCode::Tab,
                    KeyCode::BackTab,
                    KeyCode::Left,
                    KeyCode::Right,
                    KeyCode::PageUp,
                    KeyCode::PageDown,
                    KeyCode::Home,
                    KeyCode::End,
                    KeyCode::Backspace,
                    KeyCode::Delete,
                    KeyCode::F(1),
                    KeyCode::F(7),
                    KeyCode::Insert,
                ]);
                press(code)
            }
            38..=40 => {
                let control = char::from(self.chance.random_range(b'a'..=b'z'));
                Event::Key(KeyEvent::new(KeyCode::Char(control), KeyModifiers::CONTROL))
            }
            41..=42 => Event::Resize(
                self.chance.random_range(0..220),
                self.chance.random_range(0..80),
            ),
            43..=45 => Event::Click(
                self.chance.random_range(0..220),
                self.chance.random_range(0..80),
            ),
            46..=47 => Event::Wheel(self.chance.random_range(0..2) == 0),
            48..=49 => {
                let text = self.pick(&[
                    "12",
                    "a 'rule' = 1",
                    "日本\u{202e}\u{1b}[2J",
                    "e\u{301}",
                    "",
                ]);
                Event::Paste(text.to_owned())
            }
            50..=51 => self.stray(),
            52..=60 => letter(self.pick(&['é', '日', ' ', '.', '-', '/', '?', '\u{200b}'])),
            _ => letter(char::from(self.chance.random_range(b'a'..=b'z'))),
        }
    }

    /// Something that nobody waits for, or progress of what runs.
    fn stray(&mut self) -> Event {
        let job = self
            .state
            .next_job
            .saturating_sub(self.chance.random_range(1..4));
        match self.chance.random_range(0..4) {
            0 => Event::Progress(
                job,
                Progress::Step {
                    done: self.chance.random_range(0..9),
                    total: self.chance.random_range(0..9),
                    label: "folds".to_owned(),
                },
                Clock {
                    milliseconds: self.chance.random_range(0..99_999),
                },
            ),
            1 => Event::Progress(
                job,
                Progress::Standings(vec![Standing {
                    id: "one-rule".to_owned(),
                    tier: Tier::Heuristic,
                    mean: 0.5,
                    folds: 3,
                }]),
                Clock::default(),
            ),
            2 => Event::Done(job, Outcome::Broke("a test".to_owned())),
            _ => Event::Saved(0, Ok(None)),
        }
    }

    fn step(&mut self) {
        let event = self.event();
        self.take(event);
    }

    fn take(&mut self, event: Event) {
        let may_change = self.may_change(&event);
        let was_open = self.state.session.is_some();
        let said = format!("{} at {:?}", in_short(&event), self.state.place());
        let effects = update(&mut self.state, event);
        // Whoever left comes back at once.
        self.state.leaving = false;
        let left = was_open && self.state.session.is_none();
        for effect in effects {
            self.perform(effect, left);
        }
        let changed = self.changed();
        match may_change {
            Change::Nothing => assert!(changed.is_empty(), "{said} changed {changed:?}"),
            Change::Only(at) => {
                assert!(
                    changed.iter().all(|id| *id == at),
                    "{said}, where {at} is asked, changed {changed:?}"
                );
            }
            Change::Undo => assert!(changed.len() <= 1, "{said} took back {changed:?}"),
        }
    }

    /// The answers with their notes and the framing sheet: as the open case
    /// holds them, or the disk, if the case was left.
    fn standing(&self) -> &Case {
        let session = self.state.session.as_ref();
        &session.map_or(&self.disk, |session| &session.folder).case
    }

    /// What stands otherwise than it did after the event before.
    fn changed(&mut self) -> Vec<String> {
        let case = self.standing();
        let (answers, framing) = &self.given;
        if *answers == case.answers && *framing == case.framing {
            return Vec::new();
        }
        let ids: BTreeSet<&String> = answers.0.keys().chain(case.answers.0.keys()).collect();
        let answered = ids
            .into_iter()
            .filter(|id| answers.0.get(*id) != case.answers.0.get(*id));
        let framed = FramingLine::ALL
            .into_iter()
            .filter(|line| line.of(framing) != line.of(&case.framing));
        let changed = answered
            .cloned()
            .chain(framed.map(|line| line.id().to_owned()))
            .collect();
        self.given = (case.answers.clone(), case.framing.clone());
        changed
    }

    /// What an event may change of all answers: a hand the one that is asked for,
    /// undo one, and everything else nothing.
    fn may_change(&self, event: &Event) -> Change {
        let Some(Screen::Questions(questions)) = self.state.screen() else {
            return Change::Nothing;
        };
        match event {
            Event::Key(key)
                if self.state.context() == Context::Options && key.code == KeyCode::Char('u') =>
            {
                Change::Undo
            }
            Event::Key(_) | Event::Click(..) => Change::Only(questions.at.clone()),
            Event::Wheel(_)
            | Event::Paste(_)
            | Event::Resize(..)
            | Event::Terminate
            | Event::Suspend
            | Event::Continue
            | Event::Background(_)
            | Event::Progress(..)
            | Event::Done(..)
            | Event::Saved(..) => Change::Nothing,
        }
    }

    fn perform(&mut self, effect: Effect, left: bool) {
        match effect {
            Effect::Run(id, job) => {
                let outcome = self.outcome(job);
                self.waiting.push(Event::Done(id, outcome));
            }
            Effect::Save(version, draft) => {
                let result = self.save(&draft, left);
                self.waiting.push(Event::Saved(version, result));
            }
            Effect::Cancel(job) => self.cancel(job),
            Effect::Suspend | Effect::Retake | Effect::Quit => {}
        }
    }

    /// The disk takes most versions; some it refuses, some meet another hand's changes.
    fn save(&mut self, draft: &Draft, left: bool) -> Result<Option<Box<CaseFolder>>, Problem> {
        let refused = || Problem::new("not-writable", "the disk is full", "make room");
        match self.chance.random_range(0..10) {
            0 if !left => Err(refused()),
            1 => {
                self.disk = draft.onto(self.disk.clone());
                Ok(Some(Box::new(self.disk.clone())))
            }
            _ => {
                self.disk = draft.folder.clone();
                Ok(None)
            }
        }
    }

    fn cancel(&mut self, job: JobId) {
        for event in &mut self.waiting {
            if let Event::Done(id, Outcome::Measured(result)) = event
                && *id == job
            {
                *result = Err(Problem::cancelled());
            }
        }
    }

    fn outcome(&mut self, job: Job) -> Outcome {
        let world = world();
        if self.one_in(60) {
            return Outcome::Broke("a test".to_owned());
        }
        let is_measured = self.one_in(2);
        let opened = |folder: &CaseFolder, then| {
            let opened = Opened {
                folder: folder.clone(),
                evidence: is_measured.then(|| Arc::clone(&world.evidence)),
                table: None,
                problem: None,
                then,
            };
            Outcome::Opened(Ok(Box::new(opened)))
        };
        match job {
            Job::Portfolio(_) => Outcome::Portfolio(Ok(vec![summary(), summary()])),
            Job::Demos => Outcome::Demos(Ok(world.demos.clone())),
            Job::Demo(..) => opened(&self.disk, Then::Decision),
            Job::Open(_, then) | Job::Create { then, .. } => opened(&self.disk, then),
            Job::List(folder) => Outcome::Listing(
                folder,
                Ok(vec![
                    entry("data", true),
                    entry("churn.csv", false),
                    entry("日本.csv", false),
                ]),
            ),
            Job::Read { path, named, .. } => Outcome::Table(Ok(Box::new(ReadTable::new(
                path,
                named.unwrap_or_else(|| "churn.csv".to_owned()),
                Arc::clone(&world.table),
            )))),
            Job::Roles(table, request) => Outcome::Roles(workflow::roles(&table, &request)),
            Job::Measure(..) => Outcome::Measured(Ok(Arc::clone(&world.evidence))),
            Job::Keep {
                folder, evidence, ..
            } => Outcome::Kept(folder, Ok(evidence)),
            Job::Decide(_) if self.one_in(5) => {
                Outcome::Decided(Err(Problem::new("no", "no verdict", "answer more")))
            }
            Job::Decide(_) => Outcome::Decided(Ok(Box::new(world.verdict.clone()))),
            Job::Preview(_) => Outcome::Preview(Ok(Preview {
                report: world.report.clone(),
                rule: None,
            })),
            Job::Conclude(folder) => Outcome::Concluded(Ok(Box::new(Conclusion {
                verdict: world.verdict.clone(),
                report: folder.path.join("report.md"),
                rule: None,
                moved: None,
            }))),
        }
    }

    /// From here, Esc leads home, and soon, and takes no answer away.
    fn way_back(&self) {
        let mut way = Self {
            state: self.state.clone(),
            chance: self.chance.clone(),
            waiting: Vec::new(),
            disk: self.disk.clone(),
            given: self.given.clone(),
        };
        for _ in 0..FARTHEST {
            if way.state.screens.len() == 1 && way.state.context() == Context::Home {
                return;
            }
            way.take(press(KeyCode::Esc));
            assert_eq!(way.given, self.given, "on the way home");
        }
        panic!(
            "{FARTHEST} times Esc does not lead home from {:?}",
            self.state.place()
        );
    }
}

/// What happened, without the cases and the evidence that it may bring.
fn in_short(event: &Event) -> String {
    match event {
        Event::Saved(version, result) => match result {
            Ok(None) => format!("version {version} saved"),
            Ok(Some(_)) => format!("version {version} saved and put together with another"),
            Err(problem) => format!("version {version} not saved, {problem}"),
        },
        Event::Done(job, _) => format!("job {job} done"),
        other => format!("{other:?}"),
    }
}

fn entry(name: &str, is_folder: bool) -> Entry {
    Entry {
        name: name.to_owned(),
        is_folder,
    }
}

fn summary() -> CaseSummary {
    CaseSummary {
        path: "/cases/churn".into(),
        title: "Churn".to_owned(),
        owner: None,
        answered: 3,
        asked: 34,
        verdict: Some(world().verdict.clone()),
        due: true,
        problem: None,
    }
}

/// Sizes at which frames are drawn on the way.
const SIZES: [(u16, u16); 8] = [
    (1, 1),
    (2, 30),
    (40, 12),
    (59, 13),
    (60, 24),
    (80, 24),
    (120, 40),
    (200, 60),
];

#[test]
fn a_hundred_thousand_events_break_nothing_lose_nothing_and_lead_nowhere_without_return() {
    const WALKS: u64 = 20;
    const STEPS: usize = 5_000;
    let mut seen = BTreeSet::new();
    for seed in 0..WALKS {
        let mut walk = Walk::new(seed);
        for step in 0..STEPS {
            walk.step();
            seen.extend(places(&walk.state));
            if step % 100 == 0 {
                walk.way_back();
            }
            if step % 250 == 0 {
                let (columns, rows) = walk.pick(&SIZES);
                drawn(&walk.state, columns, rows);
            }
        }
    }
    // No place, panel or overlay is out of reach.
    let all: BTreeSet<String> = Context::ALL
        .iter()
        .map(|place| format!("{place:?}"))
        .chain(Panel::ALL.iter().map(|panel| format!("{panel:?}")))
        .chain(["Help".to_owned(), "Meaning".to_owned()])
        .collect();
    assert_eq!(seen, all);
}

/// Where one is, with the panel and the overlay that are shown.
fn places(state: &State) -> Vec<String> {
    let mut places = vec![format!("{:?}", state.context())];
    if let (Context::Contest, Some(Screen::Contest(contest))) = (state.context(), state.screen()) {
        places.push(format!("{:?}", contest.panel));
    }
    match state.overlay {
        Some(Overlay::Help { .. }) => places.push("Help".to_owned()),
        Some(Overlay::Meaning { .. }) => places.push("Meaning".to_owned()),
        None => {}
    }
    places
}

#[test]
fn every_screen_of_a_full_case_is_drawn_at_every_size() {
    let world = world();
    for key in ['1', '2', '3', '4', '5'] {
        let mut state = at_home("/cases");
        state.session = Some(full_session(world.folder.clone()));
        state.screens.push(Screen::Overview { marked: 0 });
        update(&mut state, letter(key));
        for (columns, rows) in SIZES {
            update(&mut state, Event::Resize(columns, rows));
            drawn(&state, columns, rows);
            update(&mut state, press(KeyCode::F(1)));
            drawn(&state, columns, rows);
            update(&mut state, press(KeyCode::Esc));
        }
    }
}
