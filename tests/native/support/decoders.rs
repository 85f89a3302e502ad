//! All decoders behind one door: each file goes to the module that its format belongs to, as in the browser.

use decoding::formats::{self, Module};
use framereel::decode::{self, Colours, ImageInfo};
use framereel::error::Result;
use framereel::limits::Limits;
use framereel::raster::Raster;

fn is_for_more_formats(file: &[u8], name: &str) -> bool {
    formats::recognise(file, file, name).is_some_and(|format| format.module == Module::MoreFormats)
}

/// The header of a file without a name.
pub fn probe(file: &[u8], limits: &Limits) -> Result<ImageInfo> {
    if is_for_more_formats(file, "") { more_formats::probe(file, "", limits) } else { decode::probe(file, limits) }
}

/// The first picture of a file without a name.
pub fn decode(file: &[u8], limits: &Limits) -> Result<Raster> {
    decode_with(file, limits, Colours::default())
}

/// The same, with a word on what becomes of colours that are not sRGB's.
pub fn decode_with(file: &[u8], limits: &Limits, colours: Colours) -> Result<Raster> {
    if is_for_more_formats(file, "") {
        more_formats::decode(file, "", limits, colours, 0)
    } else {
        decode::decode_with(file, limits, colours)
    }
}
