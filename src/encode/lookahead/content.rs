//! What a picture shows, as far as it changes how to code it.

use crate::colour::Picture;

/// Neighbouring luma samples that differ by this much and not more are shading, noise or texture.
const LARGEST_SHADE: u8 = 4;

/// The share of such neighbours under which a picture counts as drawn. Editors, charts and pixel art have under 0.01, flat
/// animation 0.03, a slide with gradients 0.12, clean renders 0.2, photographs 0.25 to 0.7.
const DRAWN_SHARE: f64 = 0.125;

/// Whether a picture consists of flat areas and hard edges: drawn by a program, neither filmed nor shaded.
pub(super) fn is_drawn(picture: &Picture) -> bool {
    let planes = picture.planes();
    let width = planes.y_stride;
    let across: usize = planes.y.chunks_exact(width).map(|row| shades(&row[1..], row)).sum();
    let down = shades(&planes.y[width..], planes.y);
    ((across + down) as f64) < DRAWN_SHARE * 2.0 * planes.y.len() as f64
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
        assert!(is_drawn(&picture(|_, _| 200)));
        assert!(is_drawn(&picture(|x, y| if (x / 7 + y / 5) % 2 == 0 { 30 } else { 220 })));
        assert!(!is_drawn(&picture(|x, y| (x + y) as u8)), "a gradient in both directions");
        assert!(!is_drawn(&picture(|x, y| 100 + (x * 7 + y * 13 + x * y) as u8 % 5)), "noise");
    }
}
