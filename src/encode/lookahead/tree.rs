//! How much later pictures build on each one, and the QP that follows: the idea of x264's macroblock tree (J. Garrett-Glaser,
//! "A novel macroblock-tree algorithm for high-performance optimization of dependent video coding in H.264/AVC", 2009), summed
//! over a picture.

use super::half::AREA_PIXELS;
use super::motion::Match;

/// QPs by which a picture is better for each doubling of what builds on it.
const STRENGTH: f32 = 1.0;

/// What one picture of the window costs, area by area.
#[derive(Debug)]
pub(super) struct Costs<'a> {
    /// Predicted from its own samples.
    pub(super) intra: &'a [u32],
    /// Predicted from the picture before; `None` for intra pictures.
    pub(super) inter: Option<&'a [Match]>,
    /// How often the picture is shown again after, for nothing.
    pub(super) repeats: u32,
}

/// For each of the first `wanted` pictures of a window, how many QPs better it should be than one that nothing builds on: 0 and
/// above.
pub(super) fn gains(window: &[Costs<'_>], columns: usize, wanted: usize) -> Vec<f32> {
    let mut gains = vec![0.0; wanted.min(window.len())];
    let mut inherited: Vec<f32> = Vec::new();
    for (at, costs) in window.iter().enumerate().rev() {
        inherited.resize(costs.intra.len(), 0.0);
        for (amount, intra) in inherited.iter_mut().zip(costs.intra) {
            *amount += *intra as f32 * costs.repeats as f32;
        }
        if let Some(mean) = gains.get_mut(at) {
            let gain = |(amount, intra): (&f32, &u32)| (1.0 + amount / (*intra as f32).max(1.0)).log2();
            let sum: f32 = inherited.iter().zip(costs.intra).map(gain).sum();
            *mean = STRENGTH * sum / costs.intra.len().max(1) as f32;
        }
        let before = vec![0.0; inherited.len()];
        let own = std::mem::replace(&mut inherited, before);
        let Some(matches) = costs.inter else { continue };
        for (area, (found, amount)) in matches.iter().zip(&own).enumerate() {
            let intra = costs.intra[area] as f32;
            let inter = (found.cost as f32).min(intra);
            if intra > 0.0 {
                // The share of the area that comes from the other picture, of itself and of all that builds on it.
                spread(&mut inherited, columns, area, found, (intra + amount) * (1.0 - inter / intra));
            }
        }
    }
    gains
}

/// Shares an amount out among the four areas that a displaced one covers, by how much of each.
fn spread(reference: &mut [f32], columns: usize, area: usize, found: &Match, amount: f32) {
    let (wide, tall) = (AREA_PIXELS.0 as i32, AREA_PIXELS.1 as i32);
    let rows = reference.len() / columns;
    let x = (area % columns) as i32 * wide + i32::from(found.vector.x);
    let y = (area / columns) as i32 * tall + i32::from(found.vector.y);
    let (column, row) = (x.div_euclid(wide), y.div_euclid(tall));
    let right = x.rem_euclid(wide) as f32 / wide as f32;
    let down = y.rem_euclid(tall) as f32 / tall as f32;
    for (step_row, tall) in [(0, 1.0 - down), (1, down)] {
        for (step_column, wide) in [(0, 1.0 - right), (1, right)] {
            let (column, row) = (column + step_column, row + step_row);
            if (0..columns as i32).contains(&column) && (0..rows as i32).contains(&row) {
                reference[row as usize * columns + column as usize] += amount * wide * tall;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_better_the_longer_it_stays() {
        let intra = [400; 12];
        let (stays, new) = ([Match::default(); 12], [Match { cost: 400, ..Match::default() }; 12]);
        let picture = |inter| Costs { intra: &intra, inter, repeats: 0 };
        let still = gains(&[picture(None), picture(Some(&stays)), picture(Some(&stays)), picture(Some(&stays))], 4, 4);
        // Four pictures in one, then three, two, one: log2.
        for (gain, pictures) in still.iter().zip([4.0_f32, 3.0, 2.0, 1.0]) {
            assert!((gain - STRENGTH * pictures.log2()).abs() < 0.01, "{still:?}");
        }
        let changing = gains(&[picture(None), picture(Some(&new)), picture(Some(&new)), picture(Some(&new))], 4, 4);
        assert!(changing.iter().all(|gain| *gain < 0.01), "{changing:?}");
        let repeated = gains(&[Costs { repeats: 3, ..picture(None) }], 4, 1);
        assert!((repeated[0] - STRENGTH * 4.0_f32.log2()).abs() < 0.01, "{repeated:?}");
    }
}
