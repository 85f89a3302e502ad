//! The module as JavaScript sees it: with `wasm/`, the only place that knows JavaScript. It turns its values into the core's and
//! back, the core's errors into `Error` objects with a `code` (and the `option` to blame), and does nothing else.

mod frames;

use decoding::formats::{self, Module};
use js_sys::{Float64Array, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::decode::{self, Colours};
use crate::encode::{Content, Profile, Quality, Settings, Speed};
use crate::error::Error;
use crate::fit::Fit;
use crate::limits::Limits;
use crate::mux::{self, Edit, Movie, Sound, SoundSamples, Tags};
use crate::session::{self, GroupSettings};
use crate::size::{Size, plan_explicit, plan_natural};
use crate::timing::Timing;

/// The declarations that wasm-bindgen cannot derive: plain objects.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Limits { maxPixels: number; maxBytes: number }
/** A decoder that is a wasm module of its own. */
export type DecoderName = "formats" | "heic";
export interface PixelSize { width: number; height: number }
/** `frames` are the seconds of each frame of an animation; absent for a still image. */
export interface ImageInfo extends PixelSize { format: string; frames?: Float64Array }
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
/** The start of a file, and how many bytes of pictures follow, then of sound, then of pictures again, and so on. */
export interface MovieHeader { bytes: Uint8Array; runs: Float64Array }
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

    /// Width and height.
    #[wasm_bindgen(typescript_type = "PixelSize")]
    pub type JsSize;
    /// The name of a module.
    #[wasm_bindgen(typescript_type = "DecoderName | undefined")]
    pub type JsDecoderName;
    /// What an image's header tells.
    #[wasm_bindgen(typescript_type = "ImageInfo")]
    pub type JsImageInfo;
    /// The encoded images of a group.
    #[wasm_bindgen(typescript_type = "EncodedGroup")]
    pub type JsEncodedGroup;
    /// The start of a file.
    #[wasm_bindgen(typescript_type = "MovieHeader")]
    pub type JsMovieHeader;
}

/// The module that decodes a file, where that is not this one, by the file's first [`HEAD`](formats::HEAD) and last
/// [`TAIL`](formats::TAIL) bytes, and its name or media type.
#[wasm_bindgen(js_name = decoderOf)]
pub fn decoder_of(head: &[u8], tail: &[u8], hint: &str) -> JsDecoderName {
    let module = formats::recognise(head, tail, hint).map(|format| format.module);
    let name = match module {
        Some(Module::MoreFormats) => Some("formats"),
        Some(Module::Heic) => Some("heic"),
        Some(Module::Core | Module::Browser) | None => None,
    };
    JsValue::from(name).unchecked_into()
}

/// Reads an image file's header.
#[wasm_bindgen]
pub fn probe(bytes: &[u8], limits: &JsLimits) -> Result<JsImageInfo, JsValue> {
    let info = decode::probe(bytes, &limits.to_core()).map_err(to_js)?;
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

/// The size of the video for a wished one: an image's own, or an explicit one.
#[wasm_bindgen(js_name = planSize)]
pub fn plan_size(width: u32, height: u32, explicit: bool) -> Result<JsSize, JsValue> {
    let wish = Size::new(width, height);
    let size = if explicit { plan_explicit(wish).map_err(to_js)? } else { plan_natural(wish) };
    Ok(object([("width", size.width.into()), ("height", size.height.into())])?.unchecked_into())
}

/// Encodes one group of images, see [`session::GroupEncoder`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct GroupEncoder(session::GroupEncoder);

#[wasm_bindgen]
impl GroupEncoder {
    /// A group that starts with a keyframe.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsGroupSettings) -> Result<Self, JsValue> {
        settings.to_core().and_then(session::GroupEncoder::new).map(Self).map_err(to_js)
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
        frames::group_object(&self.0.finish().map_err(to_js)?)
    }
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

impl JsLimits {
    /// JavaScript's numbers become whole ones, from 0 on.
    fn to_core(&self) -> Limits {
        Limits { max_pixels: self.max_pixels() as u64, max_bytes: self.max_bytes() as u64 }
    }
}

impl JsGroupSettings {
    fn to_core(&self) -> Result<GroupSettings, Error> {
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

impl JsSound {
    /// `movie_timescale` is the movie's ticks per second.
    fn to_core(&self, movie_timescale: u32) -> Sound {
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

/// A movie, and samples of its sound by the sound's clock.
fn with_sound(movie: &JsMovie, samples: Option<JsSoundSamples>) -> Result<(Movie, Option<SoundSamples>), Error> {
    let movie = movie.to_core()?;
    let timescale = movie.sound.as_ref().map_or(0, |sound| sound.timescale);
    let samples = samples
        .map(|samples| {
            let timing = Timing::from_ticks(timescale, &samples.ticks())?;
            Ok(SoundSamples { sizes: samples.sizes(), timing, start: samples.start() as u64 })
        })
        .transpose()?;
    Ok((movie, samples))
}

fn whole(number: f64) -> Result<u32, Error> {
    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
        return Ok(number as u32);
    }
    Err(Error::option("fps", format!("{number} is not a whole number of 32 bits; give a fraction of two of those")))
}

fn one_of<T: Copy>(option: &str, given: &str, choices: &[(&str, T)]) -> Result<T, Error> {
    choices.iter().find(|(name, _)| *name == given).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        Error::option(option, format!("{given:?} is not one of {}", names.join(", ")))
    })
}

fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object)
}

/// The core's error as JavaScript's: with its `code`, the `option` where one is to blame, and whether `memory` was refused.
fn to_js(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    let set = |name: &str, value: JsValue| Reflect::set(&thrown, &name.into(), &value);
    let described = set("code", error.code().into()).and_then(|done| match &error {
        Error::InvalidOption { option, .. } => set("option", option.into()),
        Error::OutOfMemory(_) => set("memory", true.into()),
        _ => Ok(done),
    });
    described.map_or_else(|cause| cause, |_| thrown.into())
}
