//! Picture sizes: which ones H.264 at level 5.2 holds, and which of those comes nearest to a wish.

pub use decoding::size::Size;
use openh264_wasm::{MAX_MACROBLOCKS, MAX_SIDE, MIN_SIDE};

use crate::error::{Error, Result};

/// Width and height of a macroblock in pixels.
const MACROBLOCK: u32 = 16;

/// Whether the encoder takes a size, given that both sides are even.
const fn is_encodable(size: Size) -> bool {
    let macroblocks = size.width.div_ceil(MACROBLOCK) as u64 * size.height.div_ceil(MACROBLOCK) as u64;
    size.width >= MIN_SIDE
        && size.height >= MIN_SIDE
        && size.width <= MAX_SIDE
        && size.height <= MAX_SIDE
        && macroblocks <= MAX_MACROBLOCKS as u64
}

/// The encodable size for a size that the user asked for by number: odd sides come out even by a crop.
///
/// # Errors
/// [`Error::InvalidOption`] where a side is under 16 pixels or the picture is more than H.264 holds.
pub fn plan_explicit(wish: Size) -> Result<Size> {
    let planned = wish.even();
    if is_encodable(planned) {
        return Ok(planned);
    }
    let nearest = plan_natural(wish);
    Err(Error::option(
        "size",
        format!(
            "{wish} is not a size that H.264 video can have here; sides must be {MIN_SIDE} to {MAX_SIDE} pixels with at \
             most {MAX_MACROBLOCKS} blocks of 16x16 in all, and the nearest is {nearest}"
        ),
    ))
}

/// The encodable size that comes nearest to an image's own: an odd side loses one row or column, a side under 16 becomes
/// 16, and what is too large becomes the largest even size of the same shape.
pub fn plan_natural(image: Size) -> Size {
    let even = image.even();
    let planned = Size::new(even.width.max(MIN_SIDE), even.height.max(MIN_SIDE));
    if is_encodable(planned) {
        planned
    } else if image.width >= image.height {
        shrink_landscape(image)
    } else {
        shrink_landscape(image.swapped()).swapped()
    }
}

/// The largest encodable size of the shape of an image that is too large and at least as wide as high.
fn shrink_landscape(image: Size) -> Size {
    let widest = MAX_SIDE.min(image.width & !1);
    let mut planned = Size::new(widest, MIN_SIDE);
    while planned.width > MIN_SIDE {
        let exact = u64::from(planned.width) * u64::from(image.height);
        // The nearest even height: (exact / width) / 2, rounded, times 2. It is at most `planned.width`.
        let half = (exact + u64::from(image.width)) / (2 * u64::from(image.width));
        planned.height = (2 * half as u32).max(MIN_SIDE);
        if is_encodable(planned) {
            break;
        }
        planned.width -= 2;
    }
    planned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural(width: u32, height: u32) -> (u32, u32) {
        let planned = plan_natural(Size::new(width, height));
        (planned.width, planned.height)
    }

    #[test]
    fn sides_come_out_even_by_a_crop_and_at_least_16() {
        assert_eq!(natural(640, 480), (640, 480));
        assert_eq!(natural(641, 359), (640, 358));
        assert_eq!(natural(65, 49), (64, 48));
        assert_eq!(natural(1, 1), (16, 16));
        assert_eq!(natural(17, 300), (16, 300));
        assert_eq!(natural(15, 301), (16, 300));
    }

    #[test]
    fn what_is_too_large_keeps_its_shape_and_is_as_large_as_can_be() {
        for (width, height) in [(4000, 3000), (3000, 4000), (4032, 3024), (8000, 6000), (6000, 6000), (20_000, 1000)] {
            let planned = plan_natural(Size::new(width, height));
            assert!(is_encodable(planned), "{planned}");
            assert_eq!(planned, planned.even());
            let exact_height = f64::from(planned.width) * f64::from(height) / f64::from(width);
            let exact_width = f64::from(planned.height) * f64::from(width) / f64::from(height);
            let off =
                (exact_height - f64::from(planned.height)).abs().min((exact_width - f64::from(planned.width)).abs());
            assert!(off <= 1.0, "{width}x{height} became {planned}");
            // No larger even size of the same shape is encodable: two more pixels on the long side are too many.
            let larger = if width >= height {
                let exact = f64::from(planned.width + 2) * f64::from(height) / f64::from(width);
                Size::new(planned.width + 2, (exact / 2.0).round() as u32 * 2)
            } else {
                let exact = f64::from(planned.height + 2) * f64::from(width) / f64::from(height);
                Size::new((exact / 2.0).round() as u32 * 2, planned.height + 2)
            };
            assert!(!is_encodable(larger), "{width}x{height} became {planned}, not {larger}");
        }
    }

    #[test]
    fn a_long_strip_ends_at_the_longest_side_of_level_5_2() {
        assert_eq!(natural(100_000, 5), (MAX_SIDE, 16));
        assert_eq!(natural(5, 100_000), (16, MAX_SIDE));
    }

    #[test]
    fn the_extremes_of_u32_are_planned_without_overflow() {
        assert_eq!(natural(u32::MAX, 1), (MAX_SIDE, 16));
        assert_eq!(natural(u32::MAX, u32::MAX), (3072, 3072));
    }

    #[test]
    fn an_explicit_size_may_be_odd_but_not_out_of_range() {
        assert_eq!(plan_explicit(Size::new(641, 359)), Ok(Size::new(640, 358)));
        assert_eq!(plan_explicit(Size::new(4096, 2304)), Ok(Size::new(4096, 2304)));
        for (width, height) in [(0, 0), (15, 100), (100, 15), (4000, 3000), (8690, 16), (u32::MAX, u32::MAX)] {
            let error = plan_explicit(Size::new(width, height)).unwrap_err();
            assert_eq!(error.code(), "invalid-option");
            assert!(error.to_string().starts_with("size: "), "{error}");
        }
    }
}
