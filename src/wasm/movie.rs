//! The file around the samples.

use js_sys::{Float64Array, Uint8Array, Uint32Array};
use js_values::{object, to_js};
use wasm_bindgen::prelude::*;

use super::sound::{JsSound, JsSoundSamples};
use crate::error::Error;
use crate::mux::{self, Movie, SoundSamples, Tags};
use crate::size::Size;
use crate::timing::Timing;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/**
 * `samples` is how many there will be in all, where a fragmented file's header is to say so, and `sizes` their bytes, where they
 * are known.
 */
export interface MovieSettings extends PixelSize {
  sps: Uint8Array;
  pps: Uint8Array;
  fpsNum?: number;
  fpsDen?: number;
  durations?: Float64Array;
  samples?: number;
  sizes?: Uint32Array;
  sound?: SoundTrack;
  title?: string;
  artist?: string;
  comment?: string;
  /** Seconds since the beginning of 1904, UTC. */
  created?: number;
}
/** The start of a file, and how many bytes of pictures follow, then of sound, then of pictures again, and so on. */
export interface MovieHeader { bytes: Uint8Array; runs: Float64Array }
"#;

#[wasm_bindgen]
extern "C" {
    /// Everything about a movie but its samples.
    #[wasm_bindgen(typescript_type = "MovieSettings")]
    pub type JsMovie;
    #[wasm_bindgen(method, getter, structural, js_name = width)]
    fn movie_width(this: &JsMovie) -> u32;
    #[wasm_bindgen(method, getter, structural, js_name = height)]
    fn movie_height(this: &JsMovie) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn sps(this: &JsMovie) -> Vec<u8>;
    #[wasm_bindgen(method, getter, structural)]
    fn pps(this: &JsMovie) -> Vec<u8>;
    #[wasm_bindgen(method, getter, structural, js_name = fpsNum)]
    fn fps_num(this: &JsMovie) -> Option<f64>;
    #[wasm_bindgen(method, getter, structural, js_name = fpsDen)]
    fn fps_den(this: &JsMovie) -> Option<f64>;
    #[wasm_bindgen(method, getter, structural)]
    fn durations(this: &JsMovie) -> Option<Float64Array>;
    #[wasm_bindgen(method, getter, structural)]
    fn samples(this: &JsMovie) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural)]
    fn sizes(this: &JsMovie) -> Option<Uint32Array>;
    #[wasm_bindgen(method, getter, structural)]
    fn sound(this: &JsMovie) -> Option<JsSound>;
    #[wasm_bindgen(method, getter, structural)]
    fn title(this: &JsMovie) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn artist(this: &JsMovie) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn comment(this: &JsMovie) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn created(this: &JsMovie) -> Option<f64>;

    /// The start of a file.
    #[wasm_bindgen(typescript_type = "MovieHeader")]
    pub type JsMovieHeader;
}

/// Everything of a file before its samples, and their order.
#[wasm_bindgen(js_name = movieHeader)]
pub fn movie_header(
    movie: &JsMovie,
    sizes: &[u32],
    sync: &[u8],
    sound: Option<JsSoundSamples>,
) -> Result<JsMovieHeader, JsValue> {
    let (movie, sound) = with_sound(movie, sound).map_err(to_js)?;
    let header = mux::movie_header(&movie, sizes, sync, sound.as_ref()).map_err(to_js)?;
    let runs: Vec<f64> = header.runs.iter().map(|&bytes| bytes as f64).collect();
    let object = object([
        ("bytes", Uint8Array::from(header.bytes.as_slice()).into()),
        ("runs", Float64Array::from(runs.as_slice()).into()),
    ])?;
    Ok(object.unchecked_into())
}

/// A fragmented file before its first fragment.
#[wasm_bindgen(js_name = fragmentedHeader)]
pub fn fragmented_header(movie: &JsMovie) -> Result<Vec<u8>, JsValue> {
    let samples = movie.samples().map(|samples| samples as usize);
    let sizes = movie.sizes().map_or_else(Vec::new, |sizes| sizes.to_vec());
    movie.to_core().and_then(|movie| mux::fragmented_header(&movie, samples, &sizes)).map_err(to_js)
}

/// One fragment before its samples.
#[wasm_bindgen]
pub fn fragment(
    movie: &JsMovie,
    sequence: u32,
    #[wasm_bindgen(js_name = firstSample)] first_sample: u32,
    sizes: &[u32],
    sync: &[u8],
    sound: Option<JsSoundSamples>,
) -> Result<Vec<u8>, JsValue> {
    with_sound(movie, sound)
        .and_then(|(movie, sound)| mux::fragment(&movie, sequence, first_sample as usize, sizes, sync, sound.as_ref()))
        .map_err(to_js)
}

/// The `codecs` parameter of RFC 6381.
#[wasm_bindgen(js_name = codecString)]
pub fn codec_string(sps: &[u8]) -> Result<String, JsValue> {
    mux::codec_string(sps).map_err(to_js)
}

impl JsMovie {
    fn to_core(&self) -> Result<Movie, Error> {
        let timing = match (self.durations(), self.fps_num(), self.fps_den()) {
            (Some(durations), None, None) => Timing::from_durations(&durations.to_vec())?,
            (None, Some(num), Some(den)) => Timing::from_fps(whole(num)?, whole(den)?)?,
            _ => return Err(Error::option("fps", "give either fps or durations")),
        };
        let size = Size::new(self.movie_width(), self.movie_height());
        let sound = self.sound().map(|sound| sound.to_core(timing.timescale()));
        let tags = Tags {
            title: self.title(),
            artist: self.artist(),
            comment: self.comment(),
            created: self.created().map_or(0, |seconds| seconds as u64),
        };
        Ok(Movie { size, sps: self.sps(), pps: self.pps(), timing, sound, tags })
    }
}

/// A movie, and samples of its sound by the sound's clock.
fn with_sound(movie: &JsMovie, samples: Option<JsSoundSamples>) -> Result<(Movie, Option<SoundSamples>), Error> {
    let movie = movie.to_core()?;
    let timescale = movie.sound.as_ref().map_or(0, |sound| sound.timescale);
    let samples = samples.map(|samples| samples.to_core(timescale)).transpose()?;
    Ok((movie, samples))
}

fn whole(number: f64) -> Result<u32, Error> {
    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
        return Ok(number as u32);
    }
    Err(Error::option("fps", format!("{number} is not a whole number of 32 bits; give a fraction of two of those")))
}
