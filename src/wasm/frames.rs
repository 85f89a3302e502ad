//! Frames of a live stream: what the `VideoEncoder` of other people's pipelines needs beyond images.

use js_sys::{Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::{GroupEncoder, JsEncodedGroup, object, to_js};
use crate::encode::EncodedGroup;
use crate::error::Error;
use crate::frame::{Format, Frame};
use crate::size::Size;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What the bytes of a frame are, as WebCodecs names it; planes are BT.709 in limited range. */
export interface FrameLayout extends PixelSize { format: "RGBX" | "BGRX" | "I420" | "NV12" }
"#;

#[wasm_bindgen]
extern "C" {
    /// How a frame lies in memory.
    #[wasm_bindgen(typescript_type = "FrameLayout")]
    pub type JsFrameLayout;
    #[wasm_bindgen(method, getter, structural, js_name = width)]
    fn frame_width(this: &JsFrameLayout) -> u32;
    #[wasm_bindgen(method, getter, structural, js_name = height)]
    fn frame_height(this: &JsFrameLayout) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn format(this: &JsFrameLayout) -> String;
}

#[wasm_bindgen]
impl GroupEncoder {
    /// Makes this a part of a live stream, see [`crate::session::GroupEncoder::make_live`].
    #[wasm_bindgen(js_name = makeLive)]
    pub fn make_live(&mut self, waiting: u32, #[wasm_bindgen(js_name = firstIdrId)] first_idr_id: u32) {
        self.0.make_live(waiting as usize, first_idr_id);
    }

    /// Takes a frame into a slot.
    #[wasm_bindgen(js_name = loadFrame)]
    pub fn load_frame(&mut self, slot: u32, data: Vec<u8>, layout: &JsFrameLayout) -> Result<(), JsValue> {
        layout.to_core(data).and_then(|frame| self.0.load_frame(slot, frame)).map_err(to_js)
    }

    /// As `encode`, with a quantisation parameter of the picture's own.
    #[wasm_bindgen(js_name = encodeAt)]
    pub fn encode_at(
        &mut self,
        slot: u32,
        #[wasm_bindgen(js_name = forceIdr)] force_idr: bool,
        qp: Option<u8>,
    ) -> Result<u32, JsValue> {
        self.0.encode_at(slot, force_idr, qp).map(|finished| finished as u32).map_err(to_js)
    }

    /// Hands over the samples that are finished, copied out of wasm's memory; parameter sets only with the group's first.
    pub fn take(&mut self) -> Result<JsEncodedGroup, JsValue> {
        group_object(&self.0.take())
    }
}

/// Samples as a plain object.
pub(super) fn group_object(group: &EncodedGroup) -> Result<JsEncodedGroup, JsValue> {
    let EncodedGroup { data, sizes, sync, sps, pps, .. } = group;
    let group = object([
        ("data", Uint8Array::from(data.as_slice()).into()),
        ("sizes", Uint32Array::from(sizes.as_slice()).into()),
        ("sync", Uint8Array::from(sync.as_slice()).into()),
        ("sps", Uint8Array::from(sps.as_slice()).into()),
        ("pps", Uint8Array::from(pps.as_slice()).into()),
    ])?;
    Ok(group.unchecked_into())
}

impl JsFrameLayout {
    fn to_core(&self, data: Vec<u8>) -> Result<Frame, Error> {
        let format = match self.format().as_str() {
            "RGBX" => Format::Rgbx,
            "BGRX" => Format::Bgrx,
            "I420" => Format::I420,
            "NV12" => Format::Nv12,
            _ => return Err(Error::option("format", "give RGBX, BGRX, I420 or NV12")),
        };
        Ok(Frame { size: Size::new(self.frame_width(), self.frame_height()), format, data })
    }
}
