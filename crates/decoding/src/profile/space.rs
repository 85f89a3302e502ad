//! A colour space of three primaries: curves, and a matrix to sRGB's light.

use super::curve::Curve;

/// Rows of three.
pub(super) type Matrix = [[f64; 3]; 3];

/// What an image's numbers mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Space {
    /// From coded red, green and blue to light.
    pub(super) curves: [Curve; 3],
    /// From that light to sRGB's.
    pub(super) to_srgb: Matrix,
}

/// XYZ of sRGB's red, green and blue light in columns, adapted to D50 as ICC profiles are (IEC 61966-2-1 annex F by
/// Bradford's matrix; the numbers that sRGB profiles carry).
const SRGB_TO_D50: Matrix =
    [[0.436_066, 0.385_147, 0.143_066], [0.222_488, 0.716_873, 0.060_608], [0.013_916, 0.097_076, 0.714_096]];

/// The profile connection space's white (ICC.1:2022 6.3.4.3).
const D50: [f64; 3] = [0.964_2, 1.0, 0.824_9];

/// Bradford's cone responses, in which whites are adapted to one another (ICC.1:2022 annex E).
const BRADFORD: Matrix = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

impl Space {
    /// A space by the XYZ of its primaries in columns, adapted to D50; nothing where they span no space.
    pub(super) fn of_d50(curves: [Curve; 3], to_d50: &Matrix) -> Option<Self> {
        Some(Self { curves, to_srgb: product(&d50_to_srgb(), to_d50) })
    }

    /// A space by chromaticities x and y, of white first, then of red, green and blue (ITU-T H.273 8.1, ICC.1:2022 annex E).
    pub(super) fn of_chromaticities(curve: &Curve, [white, primaries @ ..]: [[f64; 2]; 4]) -> Option<Self> {
        let xyz = |[x, y]: [f64; 2]| [x / y, 1.0, (1.0 - x - y) / y];
        let columns = turned(&primaries.map(xyz));
        let white = xyz(white);
        let amounts = applied(&inverse(&columns)?, white);
        let to_xyz = columns.map(|row| std::array::from_fn(|at| row[at] * amounts[at]));
        // White comes to D50 by scaling what the cones see.
        let (from, to) = (applied(&BRADFORD, white), applied(&BRADFORD, D50));
        let scaled: Matrix = std::array::from_fn(|row| BRADFORD[row].map(|value| value * to[row] / from[row]));
        let adapt = product(&inverse(&BRADFORD)?, &scaled);
        Self::of_d50([curve.clone(), curve.clone(), curve.clone()], &product(&adapt, &to_xyz))
    }

    /// Greys of a curve.
    pub(super) fn of_grey(curve: Curve) -> Self {
        let identity = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        Self { curves: [curve.clone(), curve.clone(), curve], to_srgb: identity }
    }

    /// The same in sRGB, for coded values from 0 to 1; nothing where a curve is no number.
    pub(super) fn to_srgb(&self, coded: [f64; 3]) -> Option<[f64; 3]> {
        let [red, green, blue] = &self.curves;
        let light = [red.light(coded[0])?, green.light(coded[1])?, blue.light(coded[2])?];
        Some(applied(&self.to_srgb, light).map(encode))
    }
}

/// The sRGB code of a colour in CIE L*a*b* by D50: lightness in 255ths, a and b as they are.
pub fn lab_to_srgb(lightness: u8, a: i8, b: i8) -> [u8; 3] {
    let xyz = lab_to_d50([f64::from(lightness) / 2.55, f64::from(a), f64::from(b)]);
    applied(&d50_to_srgb(), xyz).map(|light| (encode(light) * 255.0).round() as u8)
}

/// XYZ of a colour in CIE L*a*b*, both by D50 (ISO/CIE 11664-4).
pub(super) fn lab_to_d50([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let y = (lightness + 16.0) / 116.0;
    let light = |t: f64| if t > 6.0 / 29.0 { t.powi(3) } else { 3.0 * (6.0_f64 / 29.0).powi(2) * (t - 4.0 / 29.0) };
    let [x, y, z] = [y + a / 500.0, y, y - b / 200.0].map(light);
    [x * D50[0], y * D50[1], z * D50[2]]
}

/// From XYZ by D50 to sRGB's light.
pub(super) fn d50_to_srgb() -> Matrix {
    // The matrix has an inverse.
    inverse(&SRGB_TO_D50).unwrap_or_default()
}

/// sRGB's coded value of some light, from 0 to 1 (IEC 61966-2-1).
pub(super) fn encode(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

pub(super) fn applied(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

/// Rows as columns.
pub(super) fn turned(matrix: &Matrix) -> Matrix {
    std::array::from_fn(|row| std::array::from_fn(|column| matrix[column][row]))
}

fn product(left: &Matrix, right: &Matrix) -> Matrix {
    let right = turned(right);
    left.map(|row| std::array::from_fn(|column| (0..3).map(|at| row[at] * right[column][at]).sum()))
}

/// By cofactors; nothing where there is no inverse worth the name.
fn inverse(m: &Matrix) -> Option<Matrix> {
    let minor = |row: usize, column: usize| {
        let [r1, r2] = [(row + 1) % 3, (row + 2) % 3];
        let [c1, c2] = [(column + 1) % 3, (column + 2) % 3];
        m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
    };
    let determinant: f64 = (0..3).map(|column| m[0][column] * minor(0, column)).sum();
    (determinant.is_finite() && determinant.abs() > 1e-6)
        .then(|| std::array::from_fn(|row| std::array::from_fn(|column| minor(column, row) / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::curve;

    #[test]
    fn srgb_by_its_chromaticities_is_srgb() {
        let rec709 = [[0.3127, 0.3290], [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
        let space = Space::of_chromaticities(&curve::SRGB, rec709).unwrap();
        for coded in [[1.0, 0.0, 0.0], [0.2, 0.9, 0.4], [1.0, 1.0, 1.0], [0.5, 0.5, 0.5]] {
            for (ours, given) in space.to_srgb(coded).unwrap().into_iter().zip(coded) {
                assert!((ours - given).abs() < 0.002, "{coded:?}: {ours}");
            }
        }
    }

    #[test]
    fn primaries_on_a_line_are_no_space() {
        let line = [[0.3127, 0.3290], [0.2, 0.2], [0.3, 0.3], [0.4, 0.4]];
        assert_eq!(Space::of_chromaticities(&curve::SRGB, line), None);
    }
}
