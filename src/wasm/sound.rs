//! A soundtrack beside the pictures.

use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::mux::{Edit, Sound, SoundSamples};
use crate::timing::Timing;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A soundtrack but for its samples; `edits` are pairs: the tick of the sound that a stretch begins with, and the second that it is heard until. */
export interface SoundTrack {
  objectType: number;
  config: Uint8Array;
  channels: number;
  sampleRate: number;
  timescale: number;
  bitrate: number;
  edits: Float64Array;
}
/** Samples of sound: bytes of each; ticks of each, or of all; ticks of the track before them. */
export interface SoundSamples { sizes: Uint32Array; ticks: Uint32Array; start: number }
"#;

#[wasm_bindgen]
extern "C" {
    /// Everything about a soundtrack but its samples.
    #[wasm_bindgen(typescript_type = "SoundTrack")]
    pub type JsSound;
    #[wasm_bindgen(method, getter, structural, js_name = objectType)]
    fn object_type(this: &JsSound) -> u8;
    #[wasm_bindgen(method, getter, structural)]
    fn config(this: &JsSound) -> Vec<u8>;
    #[wasm_bindgen(method, getter, structural)]
    fn channels(this: &JsSound) -> u16;
    #[wasm_bindgen(method, getter, structural, js_name = sampleRate)]
    fn sample_rate(this: &JsSound) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn timescale(this: &JsSound) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn bitrate(this: &JsSound) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn edits(this: &JsSound) -> Vec<f64>;

    /// Samples of a soundtrack.
    #[wasm_bindgen(typescript_type = "SoundSamples")]
    pub type JsSoundSamples;
    #[wasm_bindgen(method, getter, structural)]
    fn sizes(this: &JsSoundSamples) -> Vec<u32>;
    #[wasm_bindgen(method, getter, structural)]
    fn ticks(this: &JsSoundSamples) -> Vec<u32>;
    #[wasm_bindgen(method, getter, structural)]
    fn start(this: &JsSoundSamples) -> f64;
}

impl JsSound {
    /// `movie_timescale` is the movie's ticks per second.
    pub(super) fn to_core(&self, movie_timescale: u32) -> Sound {
        let edits = self.edits();
        let ticks = |seconds: f64| (seconds * f64::from(movie_timescale)).round() as u64;
        Sound {
            object_type: self.object_type(),
            config: self.config(),
            channels: self.channels(),
            sample_rate: self.sample_rate(),
            timescale: self.timescale(),
            bitrate: self.bitrate(),
            edits: edits.chunks_exact(2).map(|edit| Edit { from: edit[0] as u64, until: ticks(edit[1]) }).collect(),
        }
    }
}

impl JsSoundSamples {
    /// `timescale` is the sound's ticks per second.
    pub(super) fn to_core(&self, timescale: u32) -> Result<SoundSamples, Error> {
        let timing = Timing::from_ticks(timescale, &self.ticks())?;
        Ok(SoundSamples { sizes: self.sizes(), timing, start: self.start() as u64 })
    }
}
