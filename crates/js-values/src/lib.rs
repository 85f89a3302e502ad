//! What every door between a wasm module and JavaScript passes: limits, what an image's header tells, errors, plain objects.

#![cfg(target_arch = "wasm32")]
#![forbid(unsafe_code)]

use decoding::limits::Limits;
use decoding::{Error, ImageInfo};
use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

/// The declarations that wasm-bindgen cannot derive: plain objects.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Limits { maxPixels: number; maxBytes: number }
export interface PixelSize { width: number; height: number }
/** `frames` are the seconds of each frame of an animation or page of a file; absent for a single picture. */
export interface ImageInfo extends PixelSize { format: string; frames?: Float64Array }
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
}

impl JsLimits {
    /// JavaScript's numbers become whole ones, from 0 on.
    pub fn to_core(&self) -> Limits {
        Limits { max_pixels: self.max_pixels() as u64, max_bytes: self.max_bytes() as u64 }
    }
}

impl JsImageInfo {
    /// What the decoder read, as a plain object.
    ///
    /// # Errors
    /// What JavaScript throws.
    pub fn from_core(info: ImageInfo) -> Result<Self, JsValue> {
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
}

/// A plain object of these properties.
///
/// # Errors
/// What JavaScript throws.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object)
}

/// An error as JavaScript's: an `Error` with its `code`, the `option` where one is to blame, and whether `memory` was refused.
pub fn to_js(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    let set = |name: &str, value: JsValue| Reflect::set(&thrown, &name.into(), &value);
    let described = set("code", error.code().into()).and_then(|done| match &error {
        Error::InvalidOption { option, .. } => set("option", option.into()),
        Error::OutOfMemory(_) => set("memory", true.into()),
        _ => Ok(done),
    });
    described.map_or_else(|cause| cause, |_| thrown.into())
}
