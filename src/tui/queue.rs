//! Long work: one piece at a time, the others wait their turn.
//!
//! The queue is a value like the rest of the state. What is taken out of it is
//! awaited no more, so its result is dropped when it comes.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::effect::{Effect, Job};
use super::event::JobId;
use super::state::Running;
use crate::contest::Request;

/// One piece of long work.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its number.
    pub id: JobId,
    /// The folder of the case that it is about.
    pub about: PathBuf,
    /// What it is called (untrusted).
    pub title: String,
    /// How far it is.
    pub running: Running,
    /// What is to be done.
    job: Job,
}

/// The work under way and what waits behind it.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    tasks: VecDeque<Task>,
}

/// How a piece of work stands.
#[derive(Clone, Copy, Debug)]
pub enum Turn<'q> {
    /// It is under way.
    Now(&'q Task),
    /// It waits until this one has ended.
    After(&'q Task),
}

impl Task {
    /// What a contest asks of the data; none for other work.
    pub fn request(&self) -> Option<&Request> {
        match &self.job {
            Job::Measure(_, request, _) => Some(request),
            _ => None,
        }
    }
}

impl Queue {
    /// Takes work; it begins at once if nothing else is under way.
    pub fn add(&mut self, id: JobId, about: PathBuf, title: String, job: Job) -> Vec<Effect> {
        let is_first = self.tasks.is_empty();
        self.tasks.push_back(Task {
            id,
            about,
            title,
            running: Running::default(),
            job,
        });
        if is_first { self.next() } else { Vec::new() }
    }

    /// Takes work out, whether it waits or is under way.
    pub fn stop(&mut self, id: JobId) -> Vec<Effect> {
        let Some(position) = self.tasks.iter().position(|task| task.id == id) else {
            return Vec::new();
        };
        self.tasks.remove(position);
        if position > 0 {
            return Vec::new();
        }
        let mut effects = vec![Effect::Cancel(id)];
        effects.extend(self.next());
        effects
    }

    /// Work has come to its end: the task, if it was awaited, and what begins now.
    pub fn end(&mut self, id: JobId) -> (Option<Task>, Vec<Effect>) {
        if self.tasks.front().is_none_or(|task| task.id != id) {
            return (None, Vec::new());
        }
        let task = self.tasks.pop_front();
        (task, self.next())
    }

    /// Stops everything.
    pub fn clear(&mut self) -> Vec<Effect> {
        let running = self.tasks.front().map(|task| Effect::Cancel(task.id));
        self.tasks.clear();
        running.into_iter().collect()
    }

    /// The awaited work of that number.
    pub fn of(&self, id: JobId) -> Option<Turn<'_>> {
        self.turn(|task| task.id == id)
    }

    /// The awaited contest of the case in that folder.
    pub fn about(&self, folder: &Path) -> Option<(JobId, Turn<'_>)> {
        let is_about = |task: &Task| task.about == folder;
        let id = self.tasks.iter().find(|task| is_about(task))?.id;
        Some((id, self.turn(is_about)?))
    }

    /// The work under way of that number, to note how far it is.
    pub fn running_mut(&mut self, id: JobId) -> Option<&mut Running> {
        let first = self.tasks.front_mut()?;
        (first.id == id).then_some(&mut first.running)
    }

    fn turn(&self, is_meant: impl Fn(&Task) -> bool) -> Option<Turn<'_>> {
        let position = self.tasks.iter().position(is_meant)?;
        Some(match position {
            0 => Turn::Now(&self.tasks[0]),
            _ => Turn::After(&self.tasks[0]),
        })
    }

    fn next(&self) -> Vec<Effect> {
        self.tasks
            .front()
            .map(|task| Effect::Run(task.id, task.job.clone()))
            .into_iter()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(effects: &[Effect]) -> Vec<String> {
        effects
            .iter()
            .map(|effect| match effect {
                Effect::Run(id, _) => format!("run {id}"),
                Effect::Cancel(id) => format!("cancel {id}"),
                Effect::Save(..) | Effect::Suspend | Effect::Retake | Effect::Quit => {
                    "other".to_owned()
                }
            })
            .collect()
    }

    fn add(queue: &mut Queue, id: JobId) -> Vec<String> {
        let about = PathBuf::from(id.to_string());
        ids(&queue.add(id, about, id.to_string(), Job::Demos))
    }

    #[test]
    fn one_piece_runs_and_the_others_follow_in_their_order() {
        let mut queue = Queue::default();
        assert_eq!(add(&mut queue, 1), ["run 1"]);
        assert_eq!(add(&mut queue, 2), Vec::<String>::new());
        assert_eq!(add(&mut queue, 3), Vec::<String>::new());
        assert!(matches!(queue.of(3), Some(Turn::After(task)) if task.id == 1));
        // Nobody else's end ends it.
        assert_eq!(ids(&queue.end(2).1), Vec::<String>::new());
        let (ended, effects) = queue.end(1);
        assert_eq!(ended.map(|task| task.id), Some(1));
        assert_eq!(ids(&effects), ["run 2"]);
        assert!(matches!(queue.of(2), Some(Turn::Now(_))));
    }

    #[test]
    fn what_is_stopped_is_awaited_no_more_and_makes_room() {
        let mut queue = Queue::default();
        (1..=4).for_each(|id| drop(add(&mut queue, id)));
        assert_eq!(ids(&queue.stop(3)), Vec::<String>::new());
        assert_eq!(ids(&queue.stop(1)), ["cancel 1", "run 2"]);
        assert!(queue.end(1).0.is_none());
        assert_eq!(ids(&queue.stop(1)), Vec::<String>::new());
        assert_eq!(ids(&queue.end(2).1), ["run 4"]);
        assert_eq!(ids(&queue.clear()), ["cancel 4"]);
        assert!(queue.end(4).0.is_none());
    }
}
