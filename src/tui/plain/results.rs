//! Measuring, deciding and handing on, in lines.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use super::talk::Talk;
use crate::contest::{Control, Evidence, Progress, Status};
use crate::problem::Problem;
use crate::tui::meaning::meanings;
use crate::tui::session::Session;
use crate::tui::state::{Panel, State};
use crate::tui::{update, view};
use crate::workflow;

/// Columns of a line that is broken only when it is said.
const UNBROKEN: usize = 10_000;

/// Percent between two words about progress.
const STRIDE: usize = 20;

/// Does work aside and tells how far it is.
pub(super) fn watched<T: Send>(
    talk: &mut Talk<'_>,
    work: impl FnOnce(&Control<'_>) -> Result<T, Problem> + Send,
) -> Result<T, Problem> {
    let (sender, reports) = channel();
    let sender = Mutex::new(sender);
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let never = AtomicBool::new(false);
            let listener = |progress| {
                if let Ok(sender) = sender.lock() {
                    let _ = sender.send(progress);
                }
            };
            work(&Control::new(&never, &listener))
        });
        let mut said = 0;
        // The sender goes when the work ends, and the reports end with it.
        for progress in reports {
            if let Progress::Step { done, total, label } = progress {
                let percent = (100 * done).checked_div(total).unwrap_or(0);
                if percent >= said + STRIDE {
                    said = percent - percent % STRIDE;
                    talk.say(&format!("{percent} percent, {label}"))?;
                }
            }
        }
        worker.join().unwrap_or_else(|_| {
            Err(Problem::new(
                "broke",
                "this work broke inside mlfit",
                "your answers are safe; please report it with what you did last",
            ))
        })
    })
}

/// Measures, unless that was done, and tells what came of it.
pub(super) fn contest(state: &mut State, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let Some(session) = &mut state.session else {
        return Ok(());
    };
    if session.evidence.is_none() || session.is_outdated() {
        measure(session, talk)?;
    }
    loop {
        tell(state, talk)?;
        talk.say("m measures again, w tells what the words mean; empty line: done.")?;
        match talk.hear()?.as_deref() {
            Some("m") => {
                if let Some(session) = &mut state.session {
                    measure(session, talk)?;
                }
            }
            Some("w") => {
                for (term, meaning) in meanings(state) {
                    talk.say(&format!("{term}. {meaning}"))?;
                }
            }
            Some(_) | None => return Ok(()),
        }
    }
}

fn measure(session: &mut Session, talk: &mut Talk<'_>) -> Result<(), Problem> {
    talk.say(
        "Measuring. Every contender is tested on the same rows that it has not seen. Ctrl-C stops.",
    )?;
    let folder = &mut session.folder;
    let evidence = watched(talk, |control| workflow::bench_case(folder, control))?;
    session.evidence = Some(Arc::new(evidence));
    session.asks_otherwise = false;
    Ok(())
}

fn tell(state: &State, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let evidence = state
        .session
        .as_ref()
        .and_then(|session| session.evidence.clone());
    let Some(evidence) = evidence else {
        return Ok(());
    };
    talk.gap()?;
    talk.say(&evidence.recommendation.says)?;
    board(&evidence, talk)?;
    for panel in Panel::ALL {
        let lines = view::panel_in_words(state, panel, UNBROKEN);
        if lines.is_empty() {
            continue;
        }
        talk.gap()?;
        talk.say(panel.title())?;
        for line in lines {
            talk.say(&line)?;
        }
    }
    Ok(())
}

fn board(evidence: &Evidence, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let better = if evidence.metric.higher_is_better {
        "higher"
    } else {
        "lower"
    };
    talk.say(&format!(
        "Leaderboard: {}, {better} is better",
        evidence.metric.name.label()
    ))?;
    for contender in update::board(evidence) {
        let mark = evidence
            .recommendation
            .words_for(&contender.id)
            .map_or_else(String::new, |words| format!(", {words}"));
        let score = match (
            contender.status,
            contender.mean,
            contender.low,
            contender.high,
        ) {
            (Status::Ok, Some(mean), Some(low), Some(high)) => format!(
                "{}, interval {} to {}",
                view::number(mean),
                view::number(evidence.metric.name.held(low)),
                view::number(evidence.metric.name.held(high))
            ),
            (Status::Ok, Some(mean), _, _) => view::number(mean),
            (Status::Ok | Status::Failed | Status::Skipped, _, _, _) => "failed".to_owned(),
        };
        talk.say(&format!(
            "{}, {}: {score}{mark}",
            contender.tier.label(),
            contender.id.replace('-', " ")
        ))?;
    }
    Ok(())
}

/// The verdict from its headline to when to look again.
pub(super) fn decision(state: &mut State, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let today = state.today.clone();
    let Some(session) = &mut state.session else {
        return Ok(());
    };
    session.verdict = Some(workflow::decide(&session.folder, &today)?);
    for line in view::decision_in_words(state, UNBROKEN) {
        talk.say(&line)?;
    }
    Ok(())
}

/// Writes report and rule, or reads the report aloud first.
pub(super) fn report(state: &State, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let Some(session) = &state.session else {
        return Ok(());
    };
    loop {
        talk.say("w writes report and rule into the case folder, r reads the report here; empty line: done.")?;
        match talk.hear()?.as_deref() {
            Some("r") => {
                let report = workflow::report(&session.folder, &state.today)?;
                let document = crate::report::chapters::document(&report);
                for line in view::report_in_words(&document) {
                    talk.say(&line)?;
                }
            }
            Some("w") => {
                let written = workflow::conclude(&session.folder, &state.today)?;
                for file in std::iter::once(written.report).chain(written.rule) {
                    talk.say(&format!("Written: {}", file.display()))?;
                }
            }
            Some(_) | None => return Ok(()),
        }
    }
}
