//! What a picture shows, as far as it changes how to code it.

use crate::colour::Picture;

/// Neighbouring luma samples that differ by this much and not more are shading, noise or texture.
const LARGEST_SHADE: u8 = 4;

/// The share of such neighbours under which a picture counts as drawn. Editors, charts and pixel art have under 0.01, flat
/// animation 0.03, a slide with gradients 0.12, clean renders 0.2, photographs 0.25 to 0.7.
const DRAWN_SHARE: f64 = 0.125;

/// From this share on a drawing has gradients.
const GRADIENTS_SHARE: f64 = 0.02;

/// Neighbouring luma samples that differ by this much and more are an edge.
const SMALLEST_EDGE: u8 = 12;

/// The share of edges that are followed by one the other way within two samples, from which on a picture has thin lines.
/// Text and charts have 0.26 to 0.53; cartoons 0.04 to 0.13, pixel art none.
const THIN_SHARE: f64 = 0.2;

/// One row, or pair of rows, of so many is looked at: what a picture shows is in many of them.
const ROW_STEP: usize = 8;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::encode) enum Shown {
    /// Filmed, or shaded.
    Shades,
    /// Flat areas and hard edges, drawn by a program, without thin lines.
    Drawing,
    /// The same with gradients.
    DrawingWithGradients,
    /// The same with text, or other lines of one or two samples.
    ThinLines,
}

impl Shown {
    pub(super) fn by(picture: &Picture) -> Self {
        match share_of_shades(picture) {
            DRAWN_SHARE.. => Self::Shades,
            _ if has_thin_lines(picture) => Self::ThinLines,
            GRADIENTS_SHARE.. => Self::DrawingWithGradients,
            _ => Self::Drawing,
        }
    }
}

fn has_thin_lines(picture: &Picture) -> bool {
    let planes = picture.planes();
    let width = planes.y_stride - 1;
    let (mut rising, mut falling) = (vec![0; width], vec![0; width]);
    let (mut edges, mut thin) = (0, 0);
    for row in planes.y.chunks_exact(planes.y_stride).step_by(ROW_STEP) {
        let steps = row.iter().zip(&row[1..]).zip(rising.iter_mut().zip(&mut falling));
        for ((left, right), (rising, falling)) in steps {
            *rising = u8::from(right.saturating_sub(*left) >= SMALLEST_EDGE);
            *falling = u8::from(left.saturating_sub(*right) >= SMALLEST_EDGE);
        }
        edges += count(&rising, &rising, &rising) + count(&falling, &falling, &falling);
        thin += count(&rising, &falling[1..], &falling[2..]) + count(&falling, &rising[1..], &rising[2..]);
    }
    f64::from(thin) >= THIN_SHARE * f64::from(edges.max(1))
}

/// In how many places the first row has a 1 and at least one of the others has.
fn count(row: &[u8], next: &[u8], last: &[u8]) -> u32 {
    // In short runs, whose count fits a byte: the compiler makes vectors of those.
    let run = |((row, next), last): ((&[u8], &[u8]), &[u8])| {
        let three = row.iter().zip(next).zip(last);
        u32::from(three.map(|((row, next), last)| row & (next | last)).sum::<u8>())
    };
    row.chunks(128).zip(next.chunks(128)).zip(last.chunks(128)).map(run).sum()
}

fn share_of_shades(picture: &Picture) -> f64 {
    let planes = picture.planes();
    let width = planes.y_stride;
    let (mut found, mut rows) = (0, 0);
    for two in planes.y.chunks_exact(2 * width).step_by(ROW_STEP) {
        let (row, below) = two.split_at(width);
        found += shades(&row[1..], row) + shades(below, row);
        rows += 1;
    }
    found as f64 / (2 * width * rows).max(1) as f64
}

/// How many samples of two rows differ a little.
fn shades(row: &[u8], other: &[u8]) -> usize {
    let is_shade = |(left, right): (&u8, &u8)| (1..=LARGEST_SHADE).contains(&left.abs_diff(*right));
    // In short runs, whose count fits a byte: the compiler makes vectors of those.
    let run = |(row, other): (&[u8], &[u8])| row.iter().zip(other).map(|pair| u8::from(is_shade(pair))).sum::<u8>();
    row.chunks(128).zip(other.chunks(128)).map(|pair| usize::from(run(pair))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Size;

    fn picture(sample: impl Fn(usize, usize) -> u8) -> Picture {
        let luma: Vec<u8> = (0..128 * 64).map(|at| sample(at % 128, at / 128)).collect();
        Picture::from_luma(Size::new(128, 64), &luma)
    }

    #[test]
    fn flat_areas_with_hard_edges_are_drawn_and_shades_are_not() {
        let is_drawn = |picture: &Picture| Shown::by(picture) != Shown::Shades;
        assert!(is_drawn(&picture(|_, _| 200)));
        assert!(is_drawn(&picture(|x, y| if (x / 7 + y / 5) % 2 == 0 { 30 } else { 220 })));
        assert!(!is_drawn(&picture(|x, y| (x + y) as u8)), "a gradient in both directions");
        assert!(!is_drawn(&picture(|x, y| 100 + (x * 7 + y * 13 + x * y) as u8 % 5)), "noise");
    }

    #[test]
    fn a_drawing_may_have_gradients() {
        // A slope of a step for eight samples is a shade in one of sixteen neighbours.
        let slope = |x: usize, width: usize| if x < width { x as u8 / 8 } else { 200 };
        assert_eq!(Shown::by(&picture(|x, _| slope(x, 100))), Shown::DrawingWithGradients);
        assert_eq!(Shown::by(&picture(|x, _| slope(x, 20))), Shown::Drawing);
    }

    #[test]
    fn thin_lines_are_told_from_broad_shapes() {
        let stripes = |width: usize| picture(move |x, _| if (x / width).is_multiple_of(4) { 30 } else { 220 });
        assert_eq!(Shown::by(&stripes(1)), Shown::ThinLines);
        assert_eq!(Shown::by(&stripes(2)), Shown::ThinLines);
        assert_eq!(Shown::by(&stripes(4)), Shown::Drawing);
        assert_eq!(Shown::by(&picture(|x, y| (x + y) as u8)), Shown::Shades);
    }
}
