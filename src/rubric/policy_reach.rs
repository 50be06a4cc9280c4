//! Whether each row of a table can be the first that holds.
//!
//! Facts take few values, and a row is reached if some assignment makes it
//! hold and every row before it fail. Rows read few facts, so the search tries
//! the values of one fact after the other, in the order in which the rows ask
//! for them, and gives up a branch as soon as an earlier row is sure to hold.

use super::policy::{Fact, Test, View};

/// Assignments tried for one row before it is taken as reached: a table that
/// tangled is not refused on suspicion.
const MOST_STEPS: usize = 2_000_000;

/// For each row whether it can be the first that holds.
pub(super) fn reached(facts: &[Fact], rows: &[&Test]) -> Vec<bool> {
    (0..rows.len())
        .map(|row| {
            let mut search = Search {
                facts,
                earlier: &rows[..row],
                values: vec![None; facts.len()],
                steps: 0,
            };
            search.can_hold(rows[row])
        })
        .collect()
}

struct Search<'a> {
    facts: &'a [Fact],
    earlier: &'a [&'a Test],
    values: Vec<Option<u8>>,
    steps: usize,
}

impl Search<'_> {
    /// Whether some completion of `values` lets `row` hold and no earlier row.
    fn can_hold(&mut self, row: &Test) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return true;
        }
        let mut open = None;
        let mut look = |test: &Test, wanted: bool, values: &[Option<u8>]| match truth(test, values)
        {
            Ok(holds) => holds == wanted,
            Err(fact) => {
                open.get_or_insert(fact);
                true
            }
        };
        if !look(row, true, &self.values) {
            return false;
        }
        for test in self.earlier {
            if !look(test, false, &self.values) {
                return false;
            }
        }
        let Some(fact) = open else { return true };
        for value in 0..self.facts[fact].values() {
            self.values[fact] = Some(value);
            if self.can_hold(row) {
                return true;
            }
        }
        self.values[fact] = None;
        false
    }
}

/// Whether the test holds, or the first fact without a value on which it hangs.
fn truth(test: &Test, values: &[Option<u8>]) -> Result<bool, usize> {
    match test {
        Test::Is {
            fact,
            values: mask,
            view,
        } => {
            // Best, likely and worst are one thing once nothing is open.
            let _: &View = view;
            values[*fact]
                .map(|value| mask >> value & 1 == 1)
                .ok_or(*fact)
        }
        Test::All(parts) => join(parts, values, false),
        Test::Any(parts) => join(parts, values, true),
        Test::Not(part) => truth(part, values).map(|holds| !holds),
    }
}

/// *Or* (`decides` true) or *and* (`decides` false).
fn join(parts: &[Test], values: &[Option<u8>], decides: bool) -> Result<bool, usize> {
    let mut open = None;
    for part in parts {
        match truth(part, values) {
            Ok(holds) if holds == decides => return Ok(decides),
            Ok(_) => {}
            Err(fact) => {
                open.get_or_insert(fact);
            }
        }
    }
    open.map_or(Ok(!decides), Err)
}
