//! The thin rim: events in, frames out, work on threads of its own.
//!
//! One channel brings everything that happens: keys, signals, progress,
//! results. The loop sleeps on it, takes all that waits, draws once.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use ratatui::crossterm::event::{
    self as terminal_event, KeyEventKind, MouseButton, MouseEventKind,
};

use super::background::BackgroundAnswer;
use super::draft::Draft;
use super::effect::{Effect, Job};
use super::event::{Clock, Event, JobId, Outcome};
use super::state::State;
use super::terminal::Screen;
use super::{fault, jobs, update, view};
use crate::contest::Control;
use crate::problem::Problem;

/// Runs the interface until it is left.
///
/// The terminal may be asked for its background; nobody waits for the answer.
pub(super) fn run(
    mut state: State,
    start: &update::Start,
    asks_background: bool,
) -> Result<(), Problem> {
    let mut screen = Screen::open()?;
    let (sender, events) = channel();
    let mut world = World::new(sender.clone(), state.today.clone());
    if let Ok(size) = screen.terminal.size() {
        state.size = (size.width, size.height);
    }
    // The first frame is there before anything is read.
    draw(&mut screen, &state)?;
    listen(&sender, asks_background.then(BackgroundAnswer::default));
    if asks_background {
        // A terminal that cannot be asked stays as it is.
        let _ = screen.ask_background();
    }
    watch_signals(&sender);
    for effect in update::begin(&mut state, start) {
        world.perform(effect, &mut screen);
    }
    let ended = turn(&mut state, &mut world, &mut screen, &events);
    drop(world);
    drop(screen);
    ended
}

fn turn(
    state: &mut State,
    world: &mut World,
    screen: &mut Screen,
    events: &Receiver<Event>,
) -> Result<(), Problem> {
    while let Ok(first) = events.recv() {
        for event in std::iter::once(first).chain(events.try_iter()) {
            world.forget(&event);
            for effect in update::update(state, event) {
                world.perform(effect, screen);
            }
        }
        if world.leaving {
            return Ok(());
        }
        draw(screen, state)?;
    }
    Ok(())
}

fn draw(screen: &mut Screen, state: &State) -> Result<(), Problem> {
    let drawn = screen.terminal.draw(|frame| {
        if state.overlay.is_some() {
            fault::point("overlay");
        }
        view::view(state, frame);
    });
    drawn.map(|_| ()).map_err(|error| {
        Problem::new(
            "no-terminal",
            format!("the terminal does not take a frame: {error}"),
            "run mlfit in a terminal, or use --plain",
        )
    })
}

/// A numbered version of a case.
type Version = (u64, Box<Draft>);

/// What effects are done by.
struct World {
    sender: Sender<Event>,
    today: String,
    running: BTreeMap<JobId, Arc<AtomicBool>>,
    saver: Option<(Sender<Version>, JoinHandle<()>)>,
    leaving: bool,
}

impl World {
    fn new(sender: Sender<Event>, today: String) -> Self {
        Self {
            saver: Some(saver(sender.clone())),
            sender,
            today,
            running: BTreeMap::new(),
            leaving: false,
        }
    }

    fn perform(&mut self, effect: Effect, screen: &mut Screen) {
        match effect {
            Effect::Run(id, job) => {
                let cancel = Arc::new(AtomicBool::new(false));
                self.running.insert(id, Arc::clone(&cancel));
                let (sender, today) = (self.sender.clone(), self.today.clone());
                thread::spawn(move || work(id, job, &today, &cancel, &sender));
            }
            Effect::Cancel(id) => {
                if let Some(cancel) = self.running.get(&id) {
                    cancel.store(true, Ordering::Relaxed);
                }
            }
            Effect::Save(version, draft) => {
                if let Some((saver, _)) = &self.saver
                    && let Err(unsent) = saver.send((version, draft))
                {
                    let (version, draft) = unsent.0;
                    let _ = self.sender.send(Event::Saved(version, draft.save()));
                }
            }
            Effect::Suspend => {
                // A terminal that cannot be taken back fails at the next frame.
                let _ = screen.suspend();
                self.tell_size(screen);
            }
            Effect::Retake => {
                let _ = screen.retake();
                self.tell_size(screen);
            }
            Effect::Quit => self.leaving = true,
        }
    }

    /// Nobody tells a program that is stopped of a new size.
    fn tell_size(&self, screen: &Screen) {
        if let Ok(size) = screen.terminal.size() {
            let _ = self.sender.send(Event::Resize(size.width, size.height));
        }
    }

    fn forget(&mut self, event: &Event) {
        if let Event::Done(id, _) = event {
            self.running.remove(id);
        }
    }
}

/// Also when the interface itself breaks, what was answered is on the disk.
impl Drop for World {
    /// Stops all work and waits until the last version is on the disk.
    fn drop(&mut self) {
        for cancel in self.running.values() {
            cancel.store(true, Ordering::Relaxed);
        }
        if let Some((saver, thread)) = self.saver.take() {
            drop(saver);
            let _ = thread.join();
        }
    }
}

/// One thread writes versions one after the other; of those that wait only the latest of a case.
fn saver(events: Sender<Event>) -> (Sender<Version>, JoinHandle<()>) {
    let (sender, versions) = channel::<Version>();
    let thread = thread::spawn(move || {
        let mut held = None;
        loop {
            let Some((mut version, mut draft)) = held.take().or_else(|| versions.recv().ok())
            else {
                return;
            };
            for (next, newer) in versions.try_iter() {
                if newer.folder.path == draft.folder.path {
                    (version, draft) = (next, newer);
                } else {
                    held = Some((next, newer));
                    break;
                }
            }
            let result = catch_unwind(AssertUnwindSafe(|| draft.save()))
                .unwrap_or_else(|panic| Err(broken_save(&said(&*panic))));
            let _ = events.send(Event::Saved(version, result));
        }
    });
    (sender, thread)
}

fn broken_save(said: &str) -> Problem {
    Problem::new(
        "broke",
        format!("saving broke inside mlfit: {said}"),
        "your answers are kept here; the next answer tries again",
    )
}

fn work(id: JobId, job: Job, today: &str, cancel: &AtomicBool, sender: &Sender<Event>) {
    let begun = Instant::now();
    let listener = |progress| {
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let _ = sender.send(Event::Progress(id, progress, Clock { milliseconds }));
    };
    let sender_of_results = sender.clone();
    let control = Control::new(cancel, &listener);
    let outcome = catch_unwind(AssertUnwindSafe(|| jobs::perform(job, today, &control)))
        .unwrap_or_else(|panic| Outcome::Broke(said(&*panic)));
    // Nobody listens any more after the interface was left.
    let _ = sender_of_results.send(Event::Done(id, outcome));
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no reason given".to_owned())
}

/// Keys, mouse, pasted text and new sizes, and the background, if the terminal was asked for it.
fn listen(sender: &Sender<Event>, mut answer: Option<BackgroundAnswer>) {
    let sender = sender.clone();
    thread::spawn(move || {
        loop {
            let Ok(event) = terminal_event::read() else {
                // The terminal is gone.
                let _ = sender.send(Event::Terminate);
                return;
            };
            let Some(event) = translate(event) else {
                continue;
            };
            let events = match &mut answer {
                Some(answer) => answer.take(event),
                None => vec![event],
            };
            if events.into_iter().any(|event| sender.send(event).is_err()) {
                return;
            }
        }
    });
}

fn translate(event: terminal_event::Event) -> Option<Event> {
    use terminal_event::Event as Raw;
    match event {
        Raw::Key(key) if key.kind == KeyEventKind::Release => None,
        Raw::Key(key) => Some(Event::Key(key)),
        Raw::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Event::Wheel(true)),
            MouseEventKind::ScrollUp => Some(Event::Wheel(false)),
            MouseEventKind::Down(MouseButton::Left) => Some(Event::Click(mouse.column, mouse.row)),
            _ => None,
        },
        Raw::Paste(text) => Some(Event::Paste(text)),
        Raw::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        Raw::FocusGained | Raw::FocusLost => None,
    }
}

/// A polite end on SIGTERM, SIGHUP and SIGINT: everything is saved, the terminal given back.
/// A stop gives it back too, and going on takes it over again.
#[cfg(unix)]
fn watch_signals(sender: &Sender<Event>) {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    let sender = sender.clone();
    if let Ok(mut signals) = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]) {
        thread::spawn(move || {
            for signal in signals.forever() {
                let event = match signal {
                    SIGTSTP => Event::Suspend,
                    SIGCONT => Event::Continue,
                    _ => Event::Terminate,
                };
                if sender.send(event).is_err() {
                    return;
                }
            }
        });
    }
}

#[cfg(not(unix))]
fn watch_signals(_sender: &Sender<Event>) {}
