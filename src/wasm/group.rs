//! One group of images: its settings, and the encoder that takes them.

use js_sys::{Uint8Array, Uint32Array};
use js_values::{JsLimits, object, to_js};
use wasm_bindgen::prelude::*;

use crate::decode::Colours;
use crate::encode::{Budget, Content, EncodedGroup, Profile, Quality, Settings, Speed};
use crate::error::Error;
use crate::fit::Fit;
use crate::session::{self, GroupSettings};
use crate::size::Size;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface GroupSettings extends PixelSize {
  fit: "contain" | "cover" | "stretch" | "error";
  background: Uint8Array;
  maxPixels: number;
  maxBytes: number;
  colors: "convert" | "ignore";
  /** Exactly one of `qp`, `rateFactor`, `bitrate` and `perPicture`, with which each picture brings its own QP. */
  qp?: number;
  rateFactor?: number;
  bitrate?: number;
  perPicture?: boolean;
  frameRate: number;
  profile: "baseline" | "main" | "high";
  content: "auto" | "photo" | "screen";
  speed: "fast" | "balanced" | "small";
}
export interface EncodedGroup { data: Uint8Array; sizes: Uint32Array; sync: Uint8Array; sps: Uint8Array; pps: Uint8Array }
"#;

#[wasm_bindgen]
extern "C" {
    /// Settings of one group; they contain limits.
    #[wasm_bindgen(typescript_type = "GroupSettings", extends = JsLimits)]
    pub type JsGroupSettings;
    #[wasm_bindgen(method, getter, structural)]
    fn width(this: &JsGroupSettings) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn height(this: &JsGroupSettings) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn fit(this: &JsGroupSettings) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn background(this: &JsGroupSettings) -> Vec<u8>;
    #[wasm_bindgen(method, getter, structural)]
    fn colors(this: &JsGroupSettings) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn qp(this: &JsGroupSettings) -> Option<f64>;
    #[wasm_bindgen(method, getter, structural, js_name = rateFactor)]
    fn rate_factor(this: &JsGroupSettings) -> Option<f64>;
    #[wasm_bindgen(method, getter, structural)]
    fn bitrate(this: &JsGroupSettings) -> Option<f64>;
    #[wasm_bindgen(method, getter, structural, js_name = perPicture)]
    fn per_picture(this: &JsGroupSettings) -> Option<bool>;
    #[wasm_bindgen(method, getter, structural, js_name = frameRate)]
    fn frame_rate(this: &JsGroupSettings) -> f64;
    #[wasm_bindgen(method, getter, structural)]
    fn profile(this: &JsGroupSettings) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn content(this: &JsGroupSettings) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn speed(this: &JsGroupSettings) -> String;

    /// The encoded images of a group.
    #[wasm_bindgen(typescript_type = "EncodedGroup")]
    pub type JsEncodedGroup;
}

/// Encodes one group of images, see [`session::GroupEncoder`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct GroupEncoder(pub(super) session::GroupEncoder);

#[wasm_bindgen]
impl GroupEncoder {
    /// A group that starts with a keyframe.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsGroupSettings) -> Result<Self, JsValue> {
        settings.to_core().and_then(session::GroupEncoder::new).map(Self).map_err(to_js)
    }

    /// Has the rate factor give way to the bytes that each sample is expected to have, see [`Budget`]; before the first picture.
    #[wasm_bindgen(js_name = keepTo)]
    pub fn keep_to(
        &mut self,
        bytes: Vec<u32>,
        #[wasm_bindgen(js_name = factorsPerHalving)] factors_per_halving: f32,
        #[wasm_bindgen(js_name = mostTimes)] most_times: f32,
    ) {
        self.0.keep_to(Budget { bytes, factors_per_halving, most_times });
    }

    /// Decodes an image file into a slot.
    pub fn load(&mut self, slot: u32, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.load(slot, bytes).map_err(to_js)
    }

    /// Decodes frames of an animation into the slots from `slot` on.
    #[wasm_bindgen(js_name = loadFrames)]
    pub fn load_frames(&mut self, slot: u32, bytes: &[u8], first: u32, count: u32) -> Result<(), JsValue> {
        self.0.load_frames(slot, bytes, first as usize, count as usize).map_err(to_js)
    }

    /// Takes straight RGBA pixels into a slot.
    #[wasm_bindgen(js_name = loadRgba)]
    pub fn load_rgba(&mut self, slot: u32, rgba: Vec<u8>, width: u32, height: u32) -> Result<(), JsValue> {
        self.0.load_rgba(slot, rgba, Size::new(width, height)).map_err(to_js)
    }

    /// Takes what a `PictureMaker` made into a slot.
    #[wasm_bindgen(js_name = loadSamples)]
    pub fn load_samples(&mut self, slot: u32, samples: &[u8]) -> Result<(), JsValue> {
        self.0.load_samples(slot, samples).map_err(to_js)
    }

    /// Takes a slot as the next sample, encodes what the look-ahead no longer needs, and returns how many samples are finished.
    pub fn encode(&mut self, slot: u32, #[wasm_bindgen(js_name = forceIdr)] force_idr: bool) -> Result<u32, JsValue> {
        self.0.encode(slot, force_idr).map(|finished| finished as u32).map_err(to_js)
    }

    /// Encodes one more of the pictures that wait; `false` when none is left.
    pub fn drain(&mut self) -> Result<bool, JsValue> {
        self.0.drain().map_err(to_js)
    }

    /// Empties a slot.
    pub fn release(&mut self, slot: u32) {
        self.0.release(slot);
    }

    /// Hands over the samples, copied out of wasm's memory.
    pub fn finish(&mut self) -> Result<JsEncodedGroup, JsValue> {
        group_object(&self.0.finish().map_err(to_js)?)
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

impl JsGroupSettings {
    pub(super) fn to_core(&self) -> Result<GroupSettings, Error> {
        let encode = Settings {
            size: Size::new(self.width(), self.height()),
            quality: match (self.qp(), self.rate_factor(), self.bitrate(), self.per_picture().unwrap_or(false)) {
                (Some(qp), None, None, false) => Quality::Qp(qp as u8),
                (None, Some(factor), None, false) => Quality::RateFactor(factor as f32),
                (None, None, Some(bitrate), false) => Quality::Bitrate(bitrate as u32),
                (None, None, None, true) => Quality::PerPicture,
                _ => return Err(Error::option("qp", "give exactly one of qp, rateFactor, bitrate and perPicture")),
            },
            frame_rate: self.frame_rate(),
            profile: one_of(
                "profile",
                &self.profile(),
                &[("baseline", Profile::Baseline), ("main", Profile::Main), ("high", Profile::High)],
            )?,
            content: one_of(
                "content",
                &self.content(),
                &[("auto", Content::Auto), ("photo", Content::Photo), ("screen", Content::Screen)],
            )?,
            speed: one_of(
                "speed",
                &self.speed(),
                &[("fast", Speed::Fast), ("balanced", Speed::Balanced), ("small", Speed::Small)],
            )?,
        };
        let fit = one_of(
            "fit",
            &self.fit(),
            &[("contain", Fit::Contain), ("cover", Fit::Cover), ("stretch", Fit::Stretch), ("error", Fit::Error)],
        )?;
        let colours = one_of("colors", &self.colors(), &[("convert", Colours::Convert), ("ignore", Colours::Ignore)])?;
        let background = self
            .background()
            .try_into()
            .map_err(|_| Error::option("background", "give three bytes, red, green and blue"))?;
        Ok(GroupSettings { encode, fit, background, limits: JsLimits::to_core(self), colours })
    }
}

fn one_of<T: Copy>(option: &str, given: &str, choices: &[(&str, T)]) -> Result<T, Error> {
    choices.iter().find(|(name, _)| *name == given).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        Error::option(option, format!("{given:?} is not one of {}", names.join(", ")))
    })
}
