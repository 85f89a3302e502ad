//! Curves from coded values to light, both from 0 to 1.

/// One channel's curve.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Curve {
    /// `(a x + b)^g + e` from `d` on, `c x + f` below (ICC.1:2022 10.18, function type 4).
    Parametric { g: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64 },
    /// Light at equal steps of the coded value, 65,535 for all of it (ICC.1:2022 10.6).
    Table(Vec<u16>),
}

/// IEC 61966-2-1, as ICC profiles of sRGB write it.
pub(super) const SRGB: Curve =
    Curve::Parametric { g: 2.4, a: 1.0 / 1.055, b: 0.055 / 1.055, c: 1.0 / 12.92, d: 0.04045, e: 0.0, f: 0.0 };

/// The inverse of the camera's curve of ITU-R BT.709-6 1.2 and BT.2020-2 table 4.
pub(super) const BT709: Curve =
    Curve::Parametric { g: 1.0 / 0.45, a: 1.0 / 1.099, b: 0.099 / 1.099, c: 1.0 / 4.5, d: 0.081, e: 0.0, f: 0.0 };

impl Curve {
    /// A power.
    pub(super) const fn gamma(g: f64) -> Self {
        Self::Parametric { g, a: 1.0, b: 0.0, c: 0.0, d: 0.0, e: 0.0, f: 0.0 }
    }

    /// Light for a coded value, cut to 0 to 1; nothing where the curve is no number there.
    pub(super) fn light(&self, coded: f64) -> Option<f64> {
        let light = match self {
            Self::Parametric { g, a, b, c, d, e, f } => {
                if coded >= *d {
                    (a * coded + b).max(0.0).powf(*g) + e
                } else {
                    c * coded + f
                }
            }
            Self::Table(steps) => {
                let place = coded * (steps.len() - 1) as f64;
                let (first, far) = (place as usize, place.fract());
                let second = (first + 1).min(steps.len() - 1);
                (f64::from(steps[first]) * (1.0 - far) + f64::from(steps[second]) * far) / f64::from(u16::MAX)
            }
        };
        light.is_finite().then(|| light.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_go_through_their_known_points() {
        assert!((SRGB.light(0.5).unwrap() - 0.214_041).abs() < 1e-6);
        assert!((SRGB.light(0.02).unwrap() - 0.001_548).abs() < 1e-6);
        assert!((Curve::gamma(2.0).light(0.5).unwrap() - 0.25).abs() < 1e-9);
        assert!((Curve::Table(vec![0, 16_384, 65_535]).light(0.25).unwrap() - 0.125).abs() < 1e-4);
        assert_eq!(Curve::Table(vec![7, 65_535]).light(1.0), Some(1.0));
        assert_eq!(Curve::gamma(f64::NAN).light(0.5), None);
    }
}
