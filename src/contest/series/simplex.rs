//! The downhill simplex of Nelder & Mead (1965), inside a box.

use std::cell::Cell;

/// Finds a low point of `loss` near `start`, each coordinate kept within its
/// bounds. `steps` are the sizes of the first simplex, `most` the number of
/// evaluations after which it stops at the latest. Losses that are not finite
/// count as worse than any other. Returns the point and its loss.
pub(super) fn minimise<const N: usize>(
    start: [f64; N],
    steps: [f64; N],
    bounds: [(f64, f64); N],
    most: usize,
    mut loss: impl FnMut(&[f64; N]) -> f64,
) -> ([f64; N], f64) {
    let used = Cell::new(0_usize);
    let mut measure = |point: &[f64; N]| {
        used.set(used.get() + 1);
        let value = loss(point);
        if value.is_finite() {
            value
        } else {
            f64::INFINITY
        }
    };
    let inside = |mut point: [f64; N]| {
        for (value, (low, high)) in point.iter_mut().zip(bounds) {
            *value = value.clamp(low, high);
        }
        point
    };
    let first = inside(start);
    let active: Vec<usize> = (0..N).filter(|index| steps[*index] != 0.0).collect();
    let mut corners: Vec<([f64; N], f64)> = vec![(first, measure(&first))];
    for index in &active {
        let mut point = first;
        let (low, high) = bounds[*index];
        point[*index] = if point[*index] + steps[*index] <= high {
            point[*index] + steps[*index]
        } else {
            (point[*index] - steps[*index]).max(low)
        };
        corners.push((point, measure(&point)));
    }
    let worst_place = corners.len() - 1;
    if worst_place == 0 {
        return corners.swap_remove(0);
    }
    while used.get() < most {
        corners.sort_by(|left, right| left.1.total_cmp(&right.1));
        let (best, worst) = (corners[0].1, corners[worst_place].1);
        if (worst - best).abs() <= 1e-8 * (best.abs() + 1e-8) {
            break;
        }
        let mut centre = [0.0; N];
        for (point, _) in &corners[..worst_place] {
            for (sum, value) in centre.iter_mut().zip(point) {
                *sum += value / worst_place as f64;
            }
        }
        let along = |by: f64| {
            let mut point = centre;
            for (value, from) in point.iter_mut().zip(corners[worst_place].0) {
                *value += by * (*value - from);
            }
            inside(point)
        };
        let reflected = along(1.0);
        let reflected_loss = measure(&reflected);
        let better = if reflected_loss < best {
            let expanded = along(2.0);
            let expanded_loss = measure(&expanded);
            if expanded_loss < reflected_loss {
                Some((expanded, expanded_loss))
            } else {
                Some((reflected, reflected_loss))
            }
        } else if reflected_loss < corners[worst_place - 1].1 {
            Some((reflected, reflected_loss))
        } else {
            let contracted = along(if reflected_loss < worst { 0.5 } else { -0.5 });
            let contracted_loss = measure(&contracted);
            (contracted_loss < worst.min(reflected_loss)).then_some((contracted, contracted_loss))
        };
        if let Some(corner) = better {
            corners[worst_place] = corner;
        } else {
            let (anchor, _) = corners[0];
            for (point, value) in &mut corners[1..] {
                for (coordinate, fixed) in point.iter_mut().zip(anchor) {
                    *coordinate = 0.5 * (*coordinate + fixed);
                }
                *value = measure(point);
            }
        }
    }
    corners.sort_by(|left, right| left.1.total_cmp(&right.1));
    corners.swap_remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_valley_of_rosenbrock_is_found() {
        let (point, loss) = minimise(
            [-1.2, 1.0],
            [0.5, 0.5],
            [(-5.0, 5.0); 2],
            2_000,
            |[x, y]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2),
        );
        assert!(loss < 1e-6, "{loss}");
        assert!((point[0] - 1.0).abs() < 1e-2);
    }

    #[test]
    fn bounds_hold_and_idle_coordinates_stay() {
        let (point, _) = minimise(
            [0.5, 7.0],
            [0.2, 0.0],
            [(0.0, 1.0), (0.0, 10.0)],
            200,
            |[x, y]| (x - 3.0).powi(2) + y,
        );
        assert!((point[0] - 1.0).abs() < 1e-6);
        assert_eq!(point[1], 7.0);
    }
}
