//! How many rows would settle what is open.
//!
//! The variance of a fold's difference, and of the mean over folds, comes from
//! a finite test part and a finite training part; both shrink like 1 ÷ rows,
//! as the variance of any mean does. So the same rule is asked again and again
//! with every scale shrunk by √(rows now ÷ rows then) until it says settled. It
//! is not asked with the differences as they are, which would make it a coin's
//! toss whether that many rows do settle it, but with each difference moved
//! towards its margin by as much as new data will move it in one of five
//! cases: the usual sample size for a power of 80 % (Cohen 1988), computed
//! from a pilot study and with a pilot's weakness, which is to take the observed
//! differences for the true ones. It is therefore given to two digits, and not
//! at all beyond a hundred times the rows at hand (ten times the series, three
//! times the points of a series), where a difference so close to its margin is
//! better called a draw.
//!
//! Where learning curves are known, the differences move as well: by how much
//! more the one curve still falls than the other, up to the furthest that
//! curves are followed. Margins stay as they are.

use super::rule::{Pairs, SETTLED};
use crate::contest::compare::{PairPosterior, Posterior, Spread, student_quantile};
use crate::contest::power_law;

/// The chance that so many rows do not settle it, if the differences are the true ones.
const MISS: f64 = 0.2;

/// How much an entrant of the ladder improves from the rows at hand to another
/// number of rows; `None` where its curve is not known.
pub(super) type Growth<'a> = dyn Fn(usize, usize) -> Option<f64> + 'a;

/// The contest as it stands.
#[derive(Clone, Copy)]
pub(super) struct Now<'a> {
    /// Rows at hand.
    pub(super) rows: usize,
    /// The furthest that rows needed are extrapolated, as a multiple of the rows at hand.
    pub(super) reach: usize,
    /// What learning curves promise, where there are any.
    pub(super) growth: Option<&'a Growth<'a>>,
}

impl Now<'_> {
    /// The smallest number of rows, of two digits, at which the rule would say settled.
    pub(super) fn rows_to_settle(self, pairs: &Pairs) -> Option<u64> {
        let reach = match self.growth {
            Some(_) => power_law::REACH as usize,
            None => self.reach,
        };
        two_digit_numbers(self.rows)
            .take_while(|rows| *rows <= self.rows.saturating_mul(reach))
            .find(|rows| {
                let then = self.at(pairs, *rows);
                then.is_settled(then.recommended(), SETTLED)
            })
            .map(|rows| rows as u64)
    }

    /// The pairs as they may be expected with that many rows.
    fn at(self, pairs: &Pairs, rows: usize) -> Pairs {
        let shrink = (self.rows as f64 / rows as f64).sqrt();
        let grown: Vec<Option<f64>> = (0..pairs.contenders())
            .map(|place| self.growth.and_then(|growth| growth(place, rows)))
            .collect();
        pairs.map(|low, high, pair| {
            let moved = match (grown[low], grown[high]) {
                (Some(simpler), Some(richer)) => richer - simpler,
                (None, _) | (_, None) => 0.0,
            };
            expected(pair, moved, shrink)
        })
    }
}

/// The same pair with its difference moved by `moved`, its scale multiplied by
/// `shrink`, and the difference moved towards the margin by bad luck.
fn expected(pair: &PairPosterior, moved: f64, shrink: f64) -> PairPosterior {
    match pair.spread {
        Some(spread) => {
            let scale = spread.scale * shrink;
            let difference = pair.difference + moved;
            let luck = scale * student_quantile(MISS, spread.degrees);
            let towards = if difference > pair.margin {
                -luck
            } else {
                luck
            };
            Posterior::Student {
                location: difference + towards,
                spread: Spread {
                    scale,
                    degrees: spread.degrees,
                },
            }
            .over(pair.margin)
        }
        None => *pair,
    }
}

/// Whole numbers above `least` with two significant digits, ascending.
fn two_digit_numbers(least: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(next_two_digit(least)), |number| {
        Some(next_two_digit(*number))
    })
}

/// The next whole number above this one that has at most two significant digits.
fn next_two_digit(number: usize) -> usize {
    let mut step = 1;
    while number / step >= 100 {
        step *= 10;
    }
    (number / step + 1).saturating_mul(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(rows: usize) -> Now<'static> {
        Now {
            rows,
            reach: 100,
            growth: None,
        }
    }

    #[test]
    fn row_counts_have_two_digits() {
        let some: Vec<usize> = two_digit_numbers(97).take(5).collect();
        assert_eq!(some, [98, 99, 100, 110, 120]);
        assert_eq!(next_two_digit(1234), 1300);
        assert_eq!(next_two_digit(0), 1);
    }

    #[test]
    fn a_difference_needs_the_rows_that_the_formula_of_sample_sizes_gives() {
        // one pair: (t(0.95) + t(0.80))² · s² / (d − m)² times the rows now
        let degrees = 9.0;
        let (difference, margin, scale) = (0.03, 0.01, 0.03);
        let pair = Posterior::Student {
            location: difference,
            spread: Spread { scale, degrees },
        }
        .over(margin);
        let pairs = Pairs::collect(2, |_, _| pair);
        let needed = now(1000).rows_to_settle(&pairs).unwrap();
        let t: f64 = 1.833_112_932_656_237 + 0.883_403_859_685_534_6;
        let exact = 1000.0 * (t * scale / (difference - margin)).powi(2);
        assert!(
            needed as f64 >= exact && (needed as f64) < exact * 1.04,
            "{needed} {exact}"
        );
    }

    #[test]
    fn a_difference_on_its_margin_has_no_answer() {
        let pair = Posterior::Student {
            location: 0.01,
            spread: Spread {
                scale: 0.02,
                degrees: 9.0,
            },
        }
        .over(0.01);
        let pairs = Pairs::collect(2, |_, _| pair);
        assert_eq!(now(1000).rows_to_settle(&pairs), None);
    }

    #[test]
    fn a_curve_that_still_rises_shortens_the_way() {
        // 0.3 · (1 − 1/√(rows/1000)) of growth for the richer, none for the simpler
        let pair = Posterior::Student {
            location: 0.015,
            spread: Spread {
                scale: 0.015,
                degrees: 9.0,
            },
        }
        .over(0.01);
        let pairs = Pairs::collect(2, |_, _| pair);
        let growth = |place: usize, rows: usize| {
            Some(0.3 * place as f64 * (1.0 - (1000.0 / rows as f64).sqrt()))
        };
        let with_curve = Now {
            rows: 1000,
            reach: 100,
            growth: Some(&growth),
        };
        let short = with_curve.rows_to_settle(&pairs).unwrap();
        let long = now(1000).rows_to_settle(&pairs).unwrap();
        assert!(short < 2000 && long > 10_000, "{short} {long}");
    }
}
