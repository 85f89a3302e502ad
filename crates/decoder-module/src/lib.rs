//! A decoder as JavaScript sees it: one door for all modules that are loaded on demand. Which decoder stands behind it is a
//! feature of the build. It turns JavaScript's values into the decoder's and back, and does nothing else.

#![cfg(target_arch = "wasm32")]
#![forbid(unsafe_code)]

use decoding::profile::Colours;
use decoding::raster::Raster;
use js_sys::Uint8Array;
use js_values::{JsImageInfo, JsLimits, object, to_js};
use wasm_bindgen::prelude::*;

#[cfg(feature = "heic")]
use heic as decoder;
#[cfg(not(feature = "heic"))]
use more_formats as decoder;

/// The declarations that wasm-bindgen cannot derive: plain objects.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Straight RGBA, 8 bits a channel, rows without gaps: a copy outside wasm's memory. */
export interface Pixels extends PixelSize { rgba: Uint8Array<ArrayBuffer> }
"#;

#[wasm_bindgen]
extern "C" {
    /// A decoded picture.
    #[wasm_bindgen(typescript_type = "Pixels")]
    pub type JsPixels;
}

/// Reads an image file's header. `hint` is the file's name or media type.
#[wasm_bindgen]
pub fn probe(bytes: &[u8], hint: &str, limits: &JsLimits) -> Result<JsImageInfo, JsValue> {
    decoder::probe(bytes, hint, &limits.to_core()).map_err(to_js).and_then(JsImageInfo::from_core)
}

/// Decodes a frame of an image file to sRGB. `convert` says whether a colour profile counts.
#[wasm_bindgen]
pub fn decode(bytes: &[u8], hint: &str, limits: &JsLimits, convert: bool, frame: u32) -> Result<JsPixels, JsValue> {
    let colours = if convert { Colours::Convert } else { Colours::Ignore };
    let mut raster = decoder::decode(bytes, hint, &limits.to_core(), colours, frame as usize).map_err(to_js)?;
    raster.widen();
    let Raster { size, pixels, .. } = raster;
    let object = object([
        ("width", size.width.into()),
        ("height", size.height.into()),
        ("rgba", Uint8Array::from(pixels.as_slice()).into()),
    ])?;
    Ok(object.unchecked_into())
}
