//! Pictures without an encoder: what a worker makes that helps another one.

use js_sys::Uint8Array;
use js_values::to_js;
use wasm_bindgen::prelude::*;

use super::group::JsGroupSettings;
use crate::colour::Picture;
use crate::error::Result;
use crate::pictures;
use crate::size::Size;

/// Makes the pictures of a group, see [`pictures::PictureMaker`], for `GroupEncoder.loadSamples` elsewhere.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PictureMaker(pictures::PictureMaker);

#[wasm_bindgen]
impl PictureMaker {
    /// A maker for a group of these settings.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsGroupSettings) -> Result<Self, JsValue> {
        let settings = settings.to_core().map_err(to_js)?;
        Ok(Self(pictures::PictureMaker::new(settings.pictures())))
    }

    /// The samples of an image file's picture, copied out of wasm's memory.
    #[wasm_bindgen(js_name = pictureOfFile)]
    pub fn picture_of_file(&mut self, bytes: &[u8]) -> Result<Uint8Array, JsValue> {
        let picture = self.0.picture_of_file(bytes);
        self.hand_over(picture)
    }

    /// The same of straight RGBA pixels.
    #[wasm_bindgen(js_name = pictureOfRgba)]
    pub fn picture_of_rgba(&mut self, rgba: Vec<u8>, width: u32, height: u32) -> Result<Uint8Array, JsValue> {
        let picture = self.0.picture_of_rgba(rgba, Size::new(width, height));
        self.hand_over(picture)
    }

    fn hand_over(&mut self, picture: Result<Picture>) -> Result<Uint8Array, JsValue> {
        let picture = picture.map_err(to_js)?;
        let samples = Uint8Array::from(picture.samples());
        self.0.take_back(picture);
        Ok(samples)
    }
}
