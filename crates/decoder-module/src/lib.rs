//! A decoder as JavaScript sees it: one door for all modules that are loaded on demand. Which decoder stands behind it is a
//! feature of the build. It turns JavaScript's values into the decoder's and back, errors into `Error` objects with a
//! `code`, and does nothing else.

#![cfg(target_arch = "wasm32")]

use decoding::Error;
use decoding::limits::Limits;
use decoding::profile::Colours;
use decoding::raster::Raster;
use js_sys::{Float64Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[cfg(feature = "heic")]
use heic as decoder;
#[cfg(not(feature = "heic"))]
use more_formats as decoder;

/// The declarations that wasm-bindgen cannot derive: plain objects.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Limits { maxPixels: number; maxBytes: number }
/** `frames` are the seconds of each frame or page; absent for a single picture. */
export interface ImageInfo { width: number; height: number; format: string; frames?: Float64Array }
/** Straight RGBA, 8 bits a channel, rows without gaps: a copy outside wasm's memory. */
export interface Pixels { width: number; height: number; rgba: Uint8Array<ArrayBuffer> }
"#;

#[wasm_bindgen]
extern "C" {
    /// Bounds for one source.
    #[wasm_bindgen(typescript_type = "Limits")]
    pub type JsLimits;
    #[wasm_bindgen(method, getter, structural, js_name = maxPixels)]
    fn max_pixels(this: &JsLimits) -> f64;
    #[wasm_bindgen(method, getter, structural, js_name = maxBytes)]
    fn max_bytes(this: &JsLimits) -> f64;

    /// What an image's header tells.
    #[wasm_bindgen(typescript_type = "ImageInfo")]
    pub type JsImageInfo;
    /// A decoded picture.
    #[wasm_bindgen(typescript_type = "Pixels")]
    pub type JsPixels;
}

/// Reads an image file's header. `hint` is the file's name or media type.
#[wasm_bindgen]
pub fn probe(bytes: &[u8], hint: &str, limits: &JsLimits) -> Result<JsImageInfo, JsValue> {
    let info = decoder::probe(bytes, hint, &limits.to_core()).map_err(to_js)?;
    let object = object([
        ("width", info.size.width.into()),
        ("height", info.size.height.into()),
        ("format", info.format.into()),
    ])?;
    if let Some(durations) = info.frame_durations {
        Reflect::set(&object, &"frames".into(), &Float64Array::from(durations.as_slice()))?;
    }
    Ok(object.unchecked_into())
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

impl JsLimits {
    /// JavaScript's numbers become whole ones, from 0 on.
    fn to_core(&self) -> Limits {
        Limits { max_pixels: self.max_pixels() as u64, max_bytes: self.max_bytes() as u64 }
    }
}

fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object)
}

/// The decoder's error as JavaScript's: with its code, and whether `memory` was refused.
fn to_js(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    let set = |name: &str, value: JsValue| Reflect::set(&thrown, &name.into(), &value);
    let described = set("code", error.code().into()).and_then(|done| match error {
        Error::OutOfMemory(_) => set("memory", true.into()),
        _ => Ok(done),
    });
    described.map_or_else(|cause| cause, |_| thrown.into())
}
