//! From an image's codes to light by a table of as many dimensions as it has channels, as profiles of printers, scanners and
//! some displays have it (ICC.1:2022 10.10 to 10.12).

use super::curve::Curve;
use super::grid::{Grid, MOST_CHANNELS};
use super::space::{Matrix, applied, d50_to_srgb, lab_to_d50};

/// What the numbers that come out of a table stand for, each from 0 to 1 (ICC.1:2022 6.3.4).
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    /// CIE XYZ by D50.
    Xyz,
    /// CIE L*a*b* by D50: what 1 is of L*, and the whole range of a* and b*.
    Lab { lightness: f64, range: f64 },
}

/// L*a*b* as 8 bits, and as all tables of version 4.
pub(super) const LAB: Encoding = Encoding::Lab { lightness: 100.0, range: 255.0 };

/// L*a*b* as the 16 bits of `lut16Type`: 0xFF00 is 100, and 0x8000 no colour.
pub(super) const OLD_LAB: Encoding = Encoding::Lab { lightness: 100.0 * 65_535.0 / 65_280.0, range: 65_535.0 / 256.0 };

/// What 1 is of X, Y and Z (u1Fixed15Number, 4.7).
const MOST_XYZ: f64 = 65_535.0 / 32_768.0;

/// The steps from codes to a colour by D50, in their order.
#[derive(Debug)]
pub(super) struct Steps {
    /// From a code to a place in the table, for each channel.
    pub(super) inputs: Vec<Curve>,
    pub(super) grid: Grid,
    /// Curves, then a matrix and what is added to it.
    pub(super) matrix: Option<([Curve; 3], Matrix, [f64; 3])>,
    pub(super) outputs: [Curve; 3],
    pub(super) encoding: Encoding,
}

/// The same, made ready.
#[derive(Debug)]
pub(super) struct Lookup {
    inputs: Vec<[f32; 256]>,
    grid: Grid,
    matrix: Option<([Sampled; 3], Matrix, [f64; 3])>,
    outputs: [Sampled; 3],
    encoding: Encoding,
    to_srgb: Matrix,
}

impl Lookup {
    /// Nothing where a curve is no number somewhere.
    pub(super) fn new(steps: Steps) -> Option<Self> {
        let Steps { inputs, grid, matrix, outputs, encoding } = steps;
        let matrix = match matrix {
            Some((curves, matrix, offsets)) => Some((sampled(&curves)?, matrix, offsets)),
            None => None,
        };
        let inputs = inputs.iter().map(input).collect::<Option<_>>()?;
        Some(Self { inputs, grid, matrix, outputs: sampled(&outputs)?, encoding, to_srgb: d50_to_srgb() })
    }

    /// Channels of the pixels that it explains: 1, 3 or 4.
    pub(super) fn channels(&self) -> usize {
        self.inputs.len().min(MOST_CHANNELS)
    }

    /// sRGB's light for the codes of a pixel; it may be out of range.
    pub(super) fn light(&self, codes: &[u8]) -> [f64; 3] {
        let places = self.inputs.iter().zip(codes).map(|(input, &code)| input[usize::from(code)]);
        let mut value = self.grid.at(places).map(f64::from);
        if let Some((curves, matrix, offsets)) = &self.matrix {
            value = applied(matrix, each(curves, value));
            value.iter_mut().zip(offsets).for_each(|(value, offset)| *value += offset);
        }
        let value = each(&self.outputs, value);
        let xyz = match self.encoding {
            Encoding::Xyz => value.map(|share| share * MOST_XYZ),
            Encoding::Lab { lightness, range } => {
                lab_to_d50([value[0] * lightness, value[1] * range - 128.0, value[2] * range - 128.0])
            }
        };
        applied(&self.to_srgb, xyz)
    }
}

fn input(curve: &Curve) -> Option<[f32; 256]> {
    let mut places = [0.0; 256];
    for (code, place) in places.iter_mut().enumerate() {
        *place = curve.light(code as f64 / 255.0)? as f32;
    }
    Some(places)
}

/// A curve at equal steps, so that no pixel costs a power.
#[derive(Debug)]
struct Sampled(Vec<f32>);

/// As many as the longest table of `lut16Type` has (10.10).
const SAMPLES: usize = 4096;

impl Sampled {
    fn new(curve: &Curve) -> Option<Self> {
        let step = |at: usize| Some(curve.light(at as f64 / (SAMPLES - 1) as f64)? as f32);
        (0..SAMPLES).map(step).collect::<Option<_>>().map(Self)
    }

    fn at(&self, share: f64) -> f64 {
        let place = share.clamp(0.0, 1.0) * (SAMPLES - 1) as f64;
        let first = (place as usize).min(SAMPLES - 2);
        let far = place - first as f64;
        f64::from(self.0[first]) * (1.0 - far) + f64::from(self.0[first + 1]) * far
    }
}

fn sampled([a, b, c]: &[Curve; 3]) -> Option<[Sampled; 3]> {
    Some([Sampled::new(a)?, Sampled::new(b)?, Sampled::new(c)?])
}

fn each([a, b, c]: &[Sampled; 3], value: [f64; 3]) -> [f64; 3] {
    [a.at(value[0]), b.at(value[1]), c.at(value[2])]
}
