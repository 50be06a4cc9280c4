//! How an error falls as rows are added: a power law with its doubt.
//!
//! Learning curves of most contenders are well described by
//! error(n) = a + b · n^−c, with a floor a ≥ 0 that more rows cannot pass and a
//! rate c (Hestness et al. 2017; Viering & Loog 2022, "The shape of learning
//! curves"). Few sizes are measured and each with an error of its own, so the
//! curve is not one best fit but all curves that the points allow, weighted by
//! how well they go with them: a posterior on a grid. Its axes are the floor as
//! a share of the error at the largest size (evenly in 0..=1) and the rate
//! (evenly on a logarithmic scale from 0.1 to 2); given both, the error at the
//! largest size is a linear coefficient with a normal posterior in closed
//! form. What the curves say at any size is a weighted median with a 95 %
//! band. No search, no random numbers: the same points give the same curve.
//!
//! The points share test rows, and larger training sets contain smaller ones;
//! they are taken as independent here, which makes the band somewhat narrow
//! in between and does little at the ends.

/// Steps of the grid on each axis.
const FLOORS: usize = 41;
const RATES: usize = 49;

/// Deviates at which the normal posterior of the level is represented, evenly
/// spaced and weighed by its density.
const DEVIATES: [f64; 11] = [-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5];

/// Standard errors below this share of the largest error are not believed, so
/// that the likelihood is never narrower than the grid.
const LEAST_DOUBT: f64 = 2e-3;

/// Rates considered: 0.1 is so slow that it is flat, 2 so fast that it is done.
const SLOWEST: f64 = 0.1;
const FASTEST: f64 = 2.0;

/// The furthest that a curve is followed, as a multiple of the largest size measured.
pub const REACH: f64 = 10.0;

/// An error measured at one training size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Training rows.
    pub rows: f64,
    /// Mean error there, zero or more; for a rate, 1 less the rate.
    pub error: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// A value with its 95 % band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The median.
    pub middle: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// All power laws that some measured points allow, with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerLaw {
    largest: f64,
    curves: Vec<Curve>,
}

/// What every rate makes of a size: its powers, by the step of the rate.
#[derive(Clone, Copy, Debug)]
struct Powers([f64; RATES]);

impl Powers {
    /// Of a size given as a multiple of the largest one measured.
    fn of(relative: f64) -> Self {
        Self(std::array::from_fn(|step| {
            let rate = SLOWEST * libm::pow(FASTEST / SLOWEST, fraction(step, RATES));
            libm::pow(relative, -rate)
        }))
    }
}

/// A power law up to its height: 1 at the largest size measured.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    /// The part that more rows cannot take away.
    floor: f64,
    /// How fast the rest goes: a step of the grid.
    rate: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Curve {
    shape: Shape,
    /// Error at the largest size measured.
    level: f64,
    /// Posterior weight; all weights sum to 1.
    weight: f64,
}

impl PowerLaw {
    /// The posterior given at least three different sizes; `None` for fewer,
    /// or where a number is not finite or a size or error out of range.
    pub fn fit(points: &[Measured]) -> Option<Self> {
        let usable = |point: &Measured| {
            point.rows.is_finite()
                && point.rows >= 1.0
                && point.error.is_finite()
                && point.error >= 0.0
                && point.standard_error.is_finite()
                && point.standard_error >= 0.0
        };
        if !points.iter().all(usable) {
            return None;
        }
        let mut sizes: Vec<f64> = points.iter().map(|point| point.rows).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        sizes.dedup();
        let largest = *sizes.last().filter(|_| sizes.len() >= 3)?;
        let highest = points.iter().map(|point| point.error).fold(0.0, f64::max);
        if highest == 0.0 {
            return None;
        }
        let powers: Vec<Powers> = points
            .iter()
            .map(|point| Powers::of(point.rows / largest))
            .collect();
        let mut curves = Vec::with_capacity(FLOORS * RATES * DEVIATES.len());
        for floor in 0..FLOORS {
            for rate in 0..RATES {
                let shape = Shape {
                    floor: fraction(floor, FLOORS),
                    rate,
                };
                shape.add_curves(points, &powers, LEAST_DOUBT * highest, &mut curves);
            }
        }
        normalise(&mut curves);
        Some(Self { largest, curves })
    }

    /// The error to be expected with that many training rows.
    pub fn at(&self, rows: f64) -> Band {
        let powers = Powers::of(rows.max(1.0) / self.largest);
        let mut values: Vec<(f64, f64)> = self
            .curves
            .iter()
            .map(|curve| (curve.at(&powers), curve.weight))
            .collect();
        values.sort_unstable_by(|left, right| left.0.total_cmp(&right.0));
        Band {
            middle: quantile(&values, 0.5),
            low: quantile(&values, 0.025),
            high: quantile(&values, 0.975),
        }
    }

    /// The mean of the error to be expected with that many training rows.
    pub fn expected(&self, rows: f64) -> f64 {
        let powers = Powers::of(rows.max(1.0) / self.largest);
        self.curves
            .iter()
            .map(|curve| curve.weight * curve.at(&powers))
            .sum()
    }

    /// The training rows, to two digits, at which the median error falls to
    /// `target`; `None` where it does not within [`REACH`] times the largest
    /// size measured.
    pub fn rows_for(&self, target: f64) -> Option<u64> {
        let reaches = |rows: u64| self.at(rows as f64).middle <= target;
        let furthest = (self.largest * REACH) as u64;
        if !reaches(furthest) {
            return None;
        }
        // the median falls with rows, as every curve does
        let (mut short, mut enough) = (0, furthest);
        while short + 1 < enough {
            let between = short + (enough - short) / 2;
            if reaches(between) {
                enough = between;
            } else {
                short = between;
            }
        }
        Some(two_digits_up(enough))
    }

    /// The probability that the error falls to `target` within that many training rows.
    pub fn probability_of(&self, target: f64, rows: f64) -> f64 {
        let powers = Powers::of(rows.max(1.0) / self.largest);
        self.curves
            .iter()
            .filter(|curve| curve.at(&powers) <= target)
            .map(|curve| curve.weight)
            .sum()
    }

    /// The largest size measured.
    pub const fn largest(&self) -> f64 {
        self.largest
    }
}

impl Shape {
    /// The height at the size of these powers.
    fn at(self, powers: &Powers) -> f64 {
        self.floor + (1.0 - self.floor) * powers.0[self.rate]
    }

    /// Adds the curves of this shape, their logarithmic weights not yet
    /// normalised: weighted least squares for the level, whose uncertainty is
    /// integrated out of the weight and spread over the curves.
    fn add_curves(
        self,
        points: &[Measured],
        powers: &[Powers],
        least_doubt: f64,
        curves: &mut Vec<Curve>,
    ) {
        let (mut information, mut product, mut squares) = (0.0, 0.0, 0.0);
        for (point, powers) in points.iter().zip(powers) {
            let doubt = point.standard_error.max(least_doubt);
            let precision = 1.0 / (doubt * doubt);
            let height = self.at(powers);
            information += precision * height * height;
            product += precision * height * point.error;
            squares += precision * point.error * point.error;
        }
        let level = product / information;
        let misfit = squares - product * level;
        curves.extend(DEVIATES.iter().map(|deviate| Curve {
            shape: self,
            level: (level + deviate / information.sqrt()).max(0.0),
            weight: -0.5 * (misfit + libm::log(information) + deviate * deviate),
        }));
    }
}

impl Curve {
    /// The error at the size of these powers.
    fn at(&self, powers: &Powers) -> f64 {
        self.level * self.shape.at(powers)
    }
}

/// Where step `index` of `steps` lies between 0 and 1.
fn fraction(index: usize, steps: usize) -> f64 {
    index as f64 / (steps - 1) as f64
}

/// Turns log-likelihoods into weights that sum to 1, and drops what weighs nothing.
fn normalise(curves: &mut Vec<Curve>) {
    let best = curves
        .iter()
        .map(|curve| curve.weight)
        .fold(f64::NEG_INFINITY, f64::max);
    for curve in curves.iter_mut() {
        curve.weight = libm::exp(curve.weight - best);
    }
    curves.retain(|curve| curve.weight > 1e-6);
    let total: f64 = curves.iter().map(|curve| curve.weight).sum();
    for curve in curves.iter_mut() {
        curve.weight /= total;
    }
}

/// The value below which that share of the weight lies, of values in rising order.
fn quantile(values: &[(f64, f64)], share: f64) -> f64 {
    let mut below = 0.0;
    for (value, weight) in values {
        below += weight;
        if below >= share {
            return *value;
        }
    }
    values.last().map_or(0.0, |(value, _)| *value)
}

/// Rounded up to two significant digits.
pub(crate) fn two_digits_up(number: u64) -> u64 {
    let mut step = 1;
    while number / step >= 100 {
        step *= 10;
    }
    number.div_ceil(step).saturating_mul(step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Points on a + b·n^−c with this relative standard error.
    fn points(floor: f64, drop: f64, rate: f64, doubt: f64) -> Vec<Measured> {
        [50.0, 100.0, 200.0, 400.0, 800.0_f64]
            .map(|rows| {
                let error = floor + drop * rows.powf(-rate);
                Measured {
                    rows,
                    error,
                    standard_error: doubt * error,
                }
            })
            .to_vec()
    }

    #[test]
    fn a_known_power_law_is_followed_beyond_the_points() {
        for (floor, drop, rate) in [(0.1, 2.0, 0.5), (0.0, 1.0, 0.3), (0.2, 10.0, 1.0)] {
            let law = PowerLaw::fit(&points(floor, drop, rate, 0.003)).unwrap();
            for rows in [100.0, 800.0, 1600.0, 3200.0_f64] {
                let truth = floor + drop * rows.powf(-rate);
                let band = law.at(rows);
                assert!(
                    (band.middle - truth).abs() <= 0.05 * truth,
                    "{rows}: {truth} {band:?}"
                );
                assert!(band.low <= truth * 1.005 && truth * 0.995 <= band.high);
            }
        }
    }

    #[test]
    fn rows_for_a_target_are_where_the_curve_meets_it() {
        // 0.1 + 2/√n falls to 0.15 at n = 1600
        let law = PowerLaw::fit(&points(0.1, 2.0, 0.5, 0.003)).unwrap();
        let rows = law.rows_for(0.15).unwrap();
        assert!((1400..=1800).contains(&rows), "{rows}");
        assert_eq!(law.rows_for(0.05), None);
        assert!(law.probability_of(0.15, 8000.0) > 0.95);
        assert!(law.probability_of(0.05, 8000.0) < 0.05);
    }

    #[test]
    fn a_flat_curve_promises_nothing() {
        let flat = points(0.3, 0.0, 0.5, 0.01);
        let law = PowerLaw::fit(&flat).unwrap();
        assert!((law.at(8000.0).middle - 0.3).abs() < 0.01);
        assert_eq!(law.rows_for(0.27), None);
    }

    #[test]
    fn doubt_about_the_points_widens_the_band() {
        let width = |doubt| {
            let band = PowerLaw::fit(&points(0.1, 2.0, 0.5, doubt))
                .unwrap()
                .at(4000.0);
            band.high - band.low
        };
        assert!(width(0.1) > 2.0 * width(0.01));
    }

    #[test]
    fn too_few_or_broken_points_give_no_curve() {
        let three = points(0.1, 2.0, 0.5, 0.01);
        assert!(PowerLaw::fit(&three[..2]).is_none());
        assert!(PowerLaw::fit(&[]).is_none());
        let mut broken = three.clone();
        broken[1].error = f64::NAN;
        assert!(PowerLaw::fit(&broken).is_none());
        let zero: Vec<Measured> = three
            .iter()
            .map(|point| Measured {
                error: 0.0,
                ..*point
            })
            .collect();
        assert!(PowerLaw::fit(&zero).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn curves_fall_and_bands_hold_their_middle(errors in proptest::collection::vec(0.01..1.0_f64, 5), doubt in 0.001..0.2_f64) {
            let mut points = points(0.1, 1.0, 0.5, doubt);
            for (point, error) in points.iter_mut().zip(&errors) {
                point.error = *error;
            }
            let law = PowerLaw::fit(&points).unwrap();
            let mut before = f64::INFINITY;
            for rows in [50.0, 200.0, 800.0, 3200.0, 8000.0] {
                let band = law.at(rows);
                prop_assert!(band.low <= band.middle && band.middle <= band.high);
                prop_assert!(band.low >= 0.0 && band.middle <= before);
                before = band.middle;
            }
        }
    }
}
