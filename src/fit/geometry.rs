//! Where an image lands in the video: a part of the image, and the part of the picture that it fills. No pixels here.

use crate::error::{Error, Result};
use crate::size::{Size, plan_natural};

/// What happens to an image whose size is not the video's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The whole image, with background around it; its shape may change by a pixel of the picture.
    Contain,
    /// The whole picture, with the image's edges cut off.
    Cover,
    /// The whole image in the whole picture, distorted.
    Stretch,
    /// Refused.
    Error,
}

/// A rectangle, from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect<T> {
    /// Pixels from the left edge.
    pub x: T,
    /// Pixels from the top edge.
    pub y: T,
    /// Pixels across.
    pub width: T,
    /// Pixels down.
    pub height: T,
}

/// A part of an image and the part of the picture that it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// The part of the image, in image pixels; its edges may lie inside pixels.
    pub source: Rect<f64>,
    /// The part of the picture, in picture pixels.
    pub target: Rect<u32>,
}

impl Placement {
    /// Whether the whole picture is filled.
    pub fn covers(&self, picture: Size) -> bool {
        self.target == whole(picture)
    }

    /// Whether the picture is the image's top left part, pixel for pixel.
    pub fn is_in_place(&self, picture: Size) -> bool {
        self.covers(picture) && self.source == whole(picture).to_f64()
    }
}

impl<T: std::ops::Div<Output = T> + Copy> Rect<T> {
    /// The same rectangle where samples are `across` and `down` as far apart.
    pub(super) fn divided(self, across: T, down: T) -> Self {
        Self { x: self.x / across, y: self.y / down, width: self.width / across, height: self.height / down }
    }
}

impl Rect<u32> {
    fn to_f64(self) -> Rect<f64> {
        Rect {
            x: f64::from(self.x),
            y: f64::from(self.y),
            width: f64::from(self.width),
            height: f64::from(self.height),
        }
    }
}

/// Where an image of size `image` lands in a video of size `picture`.
///
/// An image that the picture's size was made for is placed as that size was made (see [`plan_natural`]), whatever `fit`
/// says: cropped by one row or column, centred unscaled if a side was under 16 pixels, scaled if it was too large.
///
/// # Errors
/// [`Error::InvalidOption`] for [`Fit::Error`] and an image of another size.
pub fn place(image: Size, picture: Size, fit: Fit) -> Result<Placement> {
    if image.is_but_a_crop_from(picture) {
        return Ok(Placement { source: whole(picture).to_f64(), target: whole(picture) });
    }
    if plan_natural(image) == picture {
        let is_small = image.width <= picture.width + 1 && image.height <= picture.height + 1;
        return Ok(if is_small { centre(image, picture) } else { contain(image, picture) });
    }
    match fit {
        Fit::Contain => Ok(contain(image, picture)),
        Fit::Cover => Ok(cover(image, picture)),
        Fit::Stretch => Ok(stretch(image, picture)),
        Fit::Error => Err(Error::option(
            "fit",
            format!(
                "the image is {image} and the video {picture}, and fit is \"error\"; make the images one size or choose \
                 \"contain\", \"cover\" or \"stretch\""
            ),
        )),
    }
}

const fn whole(size: Size) -> Rect<u32> {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

/// A rectangle of a size, in the middle of the picture.
const fn centred(width: u32, height: u32, picture: Size) -> Rect<u32> {
    Rect { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height }
}

/// Unscaled, in the middle.
fn centre(image: Size, picture: Size) -> Placement {
    let target = centred(image.width.min(picture.width), image.height.min(picture.height), picture);
    Placement { source: Rect { x: 0.0, y: 0.0, ..target.to_f64() }, target }
}

/// Bars, or a cut, of up to this many picture pixels in all are not worth having: the image is then stretched by them.
/// It is what rounding a side to an even number takes, and a little for floating point.
const UNNOTICED: f64 = 1.001;

/// The whole image, in the middle.
fn contain(image: Size, picture: Size) -> Placement {
    let (across, down) = (ratio(picture.width, image.width), ratio(picture.height, image.height));
    // At either scale one side agrees exactly; the other misses the picture's by this much.
    let bar = missing(image, picture, across.min(down));
    let cut = -missing(image, picture, across.max(down));
    if bar <= UNNOTICED || cut <= UNNOTICED {
        return stretch(image, picture);
    }
    let scaled = |side: u32, most: u32| ((f64::from(side) * across.min(down)).round() as u32).clamp(1, most);
    let target = centred(scaled(image.width, picture.width), scaled(image.height, picture.height), picture);
    Placement { source: whole(image).to_f64(), target }
}

/// Pixels that the scaled image lacks in both directions together; negative where it sticks out.
fn missing(image: Size, picture: Size, scale: f64) -> f64 {
    let across = f64::from(picture.width) - f64::from(image.width) * scale;
    let down = f64::from(picture.height) - f64::from(image.height) * scale;
    across + down
}

fn stretch(image: Size, picture: Size) -> Placement {
    Placement { source: whole(image).to_f64(), target: whole(picture) }
}

/// The whole picture, filled from the middle of the image.
fn cover(image: Size, picture: Size) -> Placement {
    let scale = ratio(picture.width, image.width).max(ratio(picture.height, image.height));
    let width = (f64::from(picture.width) / scale).min(f64::from(image.width));
    let height = (f64::from(picture.height) / scale).min(f64::from(image.height));
    let source =
        Rect { x: (f64::from(image.width) - width) / 2.0, y: (f64::from(image.height) - height) / 2.0, width, height };
    Placement { source, target: whole(picture) }
}

fn ratio(picture: u32, image: u32) -> f64 {
    f64::from(picture) / f64::from(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(image: (u32, u32), picture: (u32, u32), fit: Fit) -> ([f64; 4], [u32; 4]) {
        let placement = place(Size::new(image.0, image.1), Size::new(picture.0, picture.1), fit).unwrap();
        let (source, target) = (placement.source, placement.target);
        ([source.x, source.y, source.width, source.height], [target.x, target.y, target.width, target.height])
    }

    const ALL: [Fit; 4] = [Fit::Contain, Fit::Cover, Fit::Stretch, Fit::Error];

    #[test]
    fn an_odd_row_or_column_is_cropped_and_nothing_is_scaled() {
        for image in [(640, 358), (641, 358), (640, 359), (641, 359)] {
            for fit in ALL {
                assert_eq!(
                    at(image, (640, 358), fit),
                    ([0.0, 0.0, 640.0, 358.0], [0, 0, 640, 358]),
                    "{image:?} {fit:?}"
                );
            }
        }
    }

    #[test]
    fn an_image_that_is_too_small_to_encode_is_centred_unscaled() {
        for fit in ALL {
            assert_eq!(at((1, 1), (16, 16), fit), ([0.0, 0.0, 1.0, 1.0], [7, 7, 1, 1]), "{fit:?}");
            assert_eq!(at((301, 9), (300, 16), fit), ([0.0, 0.0, 300.0, 9.0], [0, 3, 300, 9]), "{fit:?}");
        }
    }

    #[test]
    fn an_image_that_is_too_large_to_encode_fills_its_own_size_without_bars() {
        for image in [(4000, 3000), (3000, 4000), (5999, 4001), (20_000, 1000), (999, 20_000)] {
            let size = Size::new(image.0, image.1);
            let picture = plan_natural(size);
            let expected = ([0.0, 0.0, f64::from(image.0), f64::from(image.1)], [0, 0, picture.width, picture.height]);
            for fit in ALL {
                assert_eq!(at(image, (picture.width, picture.height), fit), expected, "{image:?} {fit:?}");
            }
        }
    }

    #[test]
    fn contain_shows_all_of_the_image_in_the_middle() {
        assert_eq!(at((100, 50), (200, 200), Fit::Contain), ([0.0, 0.0, 100.0, 50.0], [0, 50, 200, 100]));
        assert_eq!(at((50, 100), (200, 200), Fit::Contain), ([0.0, 0.0, 50.0, 100.0], [50, 0, 100, 200]));
        assert_eq!(at((4000, 1), (200, 200), Fit::Contain), ([0.0, 0.0, 4000.0, 1.0], [0, 99, 200, 1]));
    }

    #[test]
    fn contain_leaves_no_bar_of_one_pixel() {
        // 1001 * 640 / 1780 = 359.9: the height of 360 is missed by less than one pixel.
        assert_eq!(at((1780, 1001), (640, 360), Fit::Contain), ([0.0, 0.0, 1780.0, 1001.0], [0, 0, 640, 360]));
        // 4:3 in a picture that is three pixels too wide for it.
        assert_eq!(at((800, 600), (643, 480), Fit::Contain), ([0.0, 0.0, 800.0, 600.0], [1, 0, 640, 480]));
    }

    #[test]
    fn cover_fills_the_picture_from_the_middle() {
        assert_eq!(at((100, 50), (200, 200), Fit::Cover), ([25.0, 0.0, 50.0, 50.0], [0, 0, 200, 200]));
        assert_eq!(at((400, 300), (200, 200), Fit::Cover), ([50.0, 0.0, 300.0, 300.0], [0, 0, 200, 200]));
    }

    #[test]
    fn stretch_takes_all_to_all() {
        assert_eq!(at((100, 50), (200, 200), Fit::Stretch), ([0.0, 0.0, 100.0, 50.0], [0, 0, 200, 200]));
    }

    #[test]
    fn error_names_both_sizes() {
        let error = place(Size::new(100, 50), Size::new(200, 200), Fit::Error).unwrap_err();
        assert_eq!(error.code(), "invalid-option");
        assert!(error.to_string().contains("100x50") && error.to_string().contains("200x200"), "{error}");
    }

    /// Sides about every limit there is.
    const SIDES: [u32; 21] = [
        1,
        2,
        3,
        15,
        16,
        17,
        31,
        33,
        100,
        101,
        641,
        1080,
        1920,
        3000,
        4000,
        4001,
        8688,
        8689,
        65_535,
        100_000,
        u32::MAX,
    ];

    fn sizes() -> impl Iterator<Item = Size> {
        SIDES.into_iter().flat_map(|width| SIDES.map(|height| Size::new(width, height)))
    }

    #[test]
    fn every_placement_is_inside_the_image_and_inside_the_picture() {
        let mut pictures: Vec<Size> = sizes().map(plan_natural).collect();
        pictures.sort_by_key(|picture| (picture.width, picture.height));
        pictures.dedup();
        for picture in pictures {
            for (image, fit) in
                sizes().flat_map(|image| [Fit::Contain, Fit::Cover, Fit::Stretch].map(|fit| (image, fit)))
            {
                let Placement { source, target } = place(image, picture, fit).unwrap();
                let case = format!("{image} in {picture}, {fit:?}: {source:?} to {target:?}");
                assert!(source.x >= 0.0 && source.width > 0.0, "{case}");
                assert!(source.y >= 0.0 && source.height > 0.0, "{case}");
                assert!(source.x + source.width <= f64::from(image.width), "{case}");
                assert!(source.y + source.height <= f64::from(image.height), "{case}");
                assert!(target.width > 0 && target.x + target.width <= picture.width, "{case}");
                assert!(target.height > 0 && target.y + target.height <= picture.height, "{case}");
            }
        }
    }

    #[test]
    fn a_planned_size_is_planned_as_it_is_and_its_image_is_in_place() {
        for planned in sizes().map(plan_natural) {
            assert_eq!(plan_natural(planned), planned);
            assert!(ALL.iter().all(|&fit| place(planned, planned, fit).unwrap().is_in_place(planned)), "{planned}");
        }
    }
}
