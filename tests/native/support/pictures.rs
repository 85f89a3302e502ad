//! Pictures to test with, and how alike two are.

use std::io::Cursor;
use std::path::PathBuf;

use image::{ImageFormat, RgbImage};

/// An RGB picture, 8 bits deep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// A picture from a function of the place.
    pub fn from_fn(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Self {
        let rgb = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| colour(x, y)).collect();
        Self { width, height, rgb }
    }

    /// One colour all over.
    pub fn flat(width: u32, height: u32, colour: [u8; 3]) -> Self {
        Self::from_fn(width, height, |_, _| colour)
    }

    /// Smooth, with a different colour and slope in every corner, so that no rotation or mirror image is alike.
    pub fn gradient(width: u32, height: u32) -> Self {
        let (right, bottom) = (width.max(2) - 1, height.max(2) - 1);
        Self::from_fn(width, height, |x, y| {
            let across = (x * 255 / right) as u8;
            let down = (y * 255 / bottom) as u8;
            [across, down, 255 - across / 2 - down / 3]
        })
    }

    /// Sharp-edged: blocks of strong colours with thin lines between them, as a screen or a chart has.
    pub fn blocks(width: u32, height: u32) -> Self {
        const COLOURS: [[u8; 3]; 6] =
            [[255, 255, 255], [20, 20, 20], [220, 40, 40], [40, 160, 60], [40, 80, 200], [240, 200, 60]];
        Self::from_fn(width, height, |x, y| {
            if x % 64 < 2 || y % 48 < 2 { [128; 3] } else { COLOURS[((x / 64 + y / 48 * 5) % 6) as usize] }
        })
    }

    /// One of the test photographs, cut to an even size.
    pub fn photo(name: &str) -> Self {
        let image = image::open(photo_path(name)).expect("the photograph is an image").into_rgb8();
        let (width, height) = (image.width() & !1, image.height() & !1);
        Self::from_fn(width, height, |x, y| image.get_pixel(x, y).0)
    }

    /// The colour at a place.
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let index = (y as usize * self.width as usize + x as usize) * 3;
        [self.rgb[index], self.rgb[index + 1], self.rgb[index + 2]]
    }

    /// As a PNG file.
    pub fn to_png(&self) -> Vec<u8> {
        self.encode(ImageFormat::Png)
    }

    /// As a file of a format that the `image` crate writes.
    pub fn encode(&self, format: ImageFormat) -> Vec<u8> {
        let image = RgbImage::from_raw(self.width, self.height, self.rgb.clone()).expect("as many bytes as pixels");
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, format).expect("an RGB picture can be written");
        file.into_inner()
    }

    /// Peak signal-to-noise ratio in decibels over all three channels; infinite for equal pictures.
    pub fn psnr(&self, other: &Self) -> f64 {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let squares: u64 = self.rgb.iter().zip(&other.rgb).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
        20.0 * 255f64.log10() - 10.0 * (squares as f64 / self.rgb.len() as f64).log10()
    }

    /// The largest difference of any channel of any pixel.
    pub fn furthest(&self, other: &Self) -> u8 {
        assert_eq!((self.width, self.height), (other.width, other.height));
        self.rgb.iter().zip(&other.rgb).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
    }
}

/// Where a test photograph is: the folder named by FRAMEREEL_PHOTOS, or the one that the set-up fills.
pub fn photo_path(name: &str) -> PathBuf {
    let folder = std::env::var_os("FRAMEREEL_PHOTOS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".tools/photos"), PathBuf::from);
    let path = folder.join(name);
    assert!(path.exists(), "{} is missing; `npm test` fetches the test photographs", path.display());
    path
}
