//! The pictures of one group on their way through the encoder: they wait while the look-ahead sees what follows.

use std::collections::VecDeque;
use std::rc::Rc;

use openh264_wasm::{Deblocking, EncodeError, Encoder, MAX_QP, PictureControl};

use super::lookahead::{Analysis, Planned, Shown, gains};
use super::samples::EncodedGroup;
use super::settings::{Content, Quality, Settings};
use super::stream::{REFERENCES, Stream};
use crate::colour::Picture;
use crate::error::{Error, Result};

/// Bytes of pictures that may wait, the look-ahead's own measurements included: 40 pictures of 720p, 17 of 1080p, 4 of 2160p.
const WAITING_BYTES: usize = 64 << 20;

/// Pictures that may wait at the most: further ones change nothing that shows.
const MOST_WAITING: usize = 40;

/// Pictures that are encoded by one plan before a new one is made.
const PLAN_LENGTH: usize = 8;

/// QPs that a picture after which nothing comes is coarser than the rate factor says: with what pictures gain by what builds on
/// them, a rate factor looks as x264's does.
const RATE_FACTOR_OFFSET: f32 = 2.0;

/// QPs by which an IDR picture is better than what it is replaced by: a third of x264's, as its gain has most of that.
const IDR_GAIN: f32 = 1.0;

/// QPs by which drawings without thin lines may be coarser at the same look: VMAF is as high with them as x264's at the same
/// rate factor.
const DRAWING_OFFSET: f32 = 4.0;

/// QPs by which pictures with thin lines are better: at the default quality no pixel of a line or beside it is off by more
/// than 20 codes.
const THIN_LINES_GAIN: f32 = 1.5;

/// QPs by which a picture may be coarser at the same look where all of it moves.
const MOTION_OFFSET: f32 = 3.2;

/// A picture with less detail than this, as a cost of its blocks, is nearly flat; its colours are all that shows, and they
/// cost next to nothing. QPs by which it is better, two for each halving of the detail and this at the most: pure colours come back within 3 codes.
const FLAT_DETAIL: f32 = 64.0;
const MOST_FLAT_GAIN: f32 = 8.0;

/// One sample to be.
#[derive(Debug)]
struct Waiting {
    picture: Rc<Picture>,
    /// The number of the picture, from 0 at a keyframe that was asked for; a repeat has that of the one it repeats.
    number: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A picture that was not there before, measured. `is_keyframe` was asked for, `gain` is set once it is planned.
    New { analysis: Rc<Analysis>, is_keyframe: bool, gain: Option<f32> },
    /// The same picture as an earlier one.
    Repeat,
}

/// Encodes the pictures of a group in order and collects the samples.
#[derive(Debug)]
pub struct GroupPictures {
    settings: Settings,
    encoder: Encoder,
    waiting: VecDeque<Waiting>,
    /// How many may wait.
    capacity: usize,
    /// Whether cuts start IDR pictures: upstream's rate control does not expect any.
    cuts: bool,
    /// The last new pictures since a keyframe that was asked for, to find repeats among.
    recent: VecDeque<(usize, Rc<Picture>)>,
    /// The measurements of the last new picture.
    last: Option<Rc<Analysis>>,
    /// New pictures since that keyframe, itself included.
    numbers: usize,
    last_qp: u8,
    /// What the QPs so far were less than wanted, in all.
    rounding: f32,
    stream: Stream,
    /// Pictures that are encoded and in no slot any more, to be filled again: wasm memory only ever grows.
    spare: Vec<Picture>,
}

impl GroupPictures {
    /// A group whose first picture starts a stream.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] for a setting that the encoder does not take.
    pub fn new(settings: &Settings) -> Result<Self> {
        let picture_bytes = settings.size.area() as usize * 7 / 4;
        Ok(Self {
            settings: *settings,
            encoder: Encoder::new(&settings.to_config()).map_err(from_encoder)?,
            waiting: VecDeque::new(),
            capacity: (WAITING_BYTES / picture_bytes).clamp(1, MOST_WAITING),
            cuts: !matches!(settings.quality, Quality::Bitrate(_)),
            recent: VecDeque::new(),
            last: None,
            numbers: 0,
            last_qp: 0,
            rounding: 0.0,
            stream: Stream::default(),
            spare: Vec::new(),
        })
    }

    /// Takes the next picture; encodes one that waits if too many do.
    ///
    /// # Errors
    /// [`Error::Internal`] where the encoder fails or changes its parameter sets.
    pub fn push(&mut self, picture: Rc<Picture>, idr: bool) -> Result<()> {
        match self.earlier(&picture).filter(|_| !idr) {
            Some((number, earlier)) => {
                self.waiting.push_back(Waiting { picture: earlier, number, kind: Kind::Repeat });
                self.spare.extend(Rc::into_inner(picture));
            }
            None => self.push_new(picture, idr),
        }
        if self.waiting.len() > self.capacity {
            self.drain()?;
        }
        Ok(())
    }

    /// The same picture among the last ones, and its number. A bit rate is spent on every picture, also on those that come again:
    /// it makes them better.
    fn earlier(&self, picture: &Rc<Picture>) -> Option<(usize, Rc<Picture>)> {
        if matches!(self.settings.quality, Quality::Bitrate(_)) {
            return None;
        }
        self.recent.iter().rev().find(|(_, earlier)| Rc::ptr_eq(earlier, picture) || *earlier == *picture).cloned()
    }

    fn push_new(&mut self, picture: Rc<Picture>, idr: bool) {
        let before = if idr { None } else { self.last.as_deref() };
        let analysis = Rc::new(Analysis::new(&picture, before));
        self.last = Some(Rc::clone(&analysis));
        let is_keyframe = idr || self.numbers == 0;
        if is_keyframe {
            self.numbers = 0;
            self.recent.clear();
        }
        let number = self.numbers;
        self.numbers += 1;
        if self.recent.len() == REFERENCES {
            self.recent.pop_front();
        }
        self.recent.push_back((number, Rc::clone(&picture)));
        self.waiting.push_back(Waiting { picture, number, kind: Kind::New { analysis, is_keyframe, gain: None } });
    }

    /// Encodes one picture that waits; `false` when none is left.
    ///
    /// # Errors
    /// [`Error::Internal`] where the encoder fails or changes its parameter sets.
    pub fn drain(&mut self) -> Result<bool> {
        if matches!(self.waiting.front(), Some(Waiting { kind: Kind::New { gain: None, .. }, .. })) {
            self.plan();
        }
        let Some(Waiting { picture, number, kind }) = self.waiting.pop_front() else { return Ok(false) };
        match kind {
            Kind::New { analysis, is_keyframe, gain } => {
                let is_idr = is_keyframe || (self.cuts && analysis.is_cut() && !self.goes_back_before(number));
                self.encode(&picture, number, &analysis, is_idr, gain.unwrap_or(0.0))?;
            }
            Kind::Repeat => {
                if !self.stream.repeat(number, self.last_qp)? {
                    // A level that allows fewer reference pictures than were looked through.
                    self.encode(&picture, number, &Analysis::new(&picture, None), false, 0.0)?;
                }
            }
        }
        self.spare.extend(Rc::into_inner(picture));
        Ok(true)
    }

    fn encode(&mut self, picture: &Picture, number: usize, analysis: &Analysis, is_idr: bool, gain: f32) -> Result<()> {
        let qp = match self.settings.quality {
            Quality::Qp(qp) => qp,
            Quality::RateFactor(factor) => {
                let shown = match analysis.shown {
                    Shown::Shades => 0.0,
                    Shown::Drawing => DRAWING_OFFSET,
                    Shown::ThinLines => -THIN_LINES_GAIN,
                };
                let flat = (2.0 * (FLAT_DETAIL / (analysis.detail() + 1.0)).log2()).clamp(0.0, MOST_FLAT_GAIN);
                let better = gain + flat + if is_idr { IDR_GAIN } else { 0.0 };
                let hidden = shown + MOTION_OFFSET * self.motion(analysis, is_idr);
                let wanted = factor + RATE_FACTOR_OFFSET + hidden - better;
                // What rounding takes is given back to the next pictures: rate factors between whole ones are looks too.
                let qp = (wanted + self.rounding).round();
                self.rounding += wanted - qp;
                qp.clamp(0.0, f32::from(MAX_QP)) as u8
            }
            // Upstream's own rate control decides.
            Quality::Bitrate(_) => MAX_QP,
        };
        let vectors = analysis.vectors();
        let control = PictureControl {
            qp,
            vectors: vectors.as_deref().filter(|_| !is_idr),
            idr: is_idr,
            deblocking: match self.settings.content {
                Content::Auto if analysis.shown == Shown::Shades => Deblocking::Offset(0),
                Content::Photo => Deblocking::Offset(0),
                Content::Auto | Content::Screen => Deblocking::Off,
            },
        };
        let access_unit = self.encoder.encode(&picture.planes(), &control).map_err(from_encoder)?;
        self.last_qp = qp;
        self.stream.append(&access_unit, number)
    }

    /// Whether a picture that waits repeats one from before another: an IDR picture between would take it away.
    fn goes_back_before(&self, number: usize) -> bool {
        for waiting in &self.waiting {
            match waiting.kind {
                Kind::New { is_keyframe: true, .. } => return false,
                Kind::Repeat if waiting.number < number => return true,
                _ => {}
            }
        }
        false
    }

    /// How much of a picture moves; of an IDR picture, how much of the next one does.
    fn motion(&self, analysis: &Analysis, is_idr: bool) -> f32 {
        if !is_idr {
            return analysis.motion();
        }
        let next = self.waiting.iter().find_map(|waiting| match &waiting.kind {
            Kind::New { analysis, .. } => Some(analysis),
            Kind::Repeat => None,
        });
        next.map_or(0.0, |next| next.motion())
    }

    /// A picture that nobody needs any more, to be filled again.
    pub fn spare(&mut self) -> Option<Picture> {
        self.spare.pop()
    }

    /// Decides how good the next pictures are, by what all that wait build on them.
    fn plan(&mut self) {
        let mut window: Vec<Planned<'_>> = Vec::with_capacity(self.waiting.len());
        let mut numbers: Vec<usize> = Vec::with_capacity(self.waiting.len());
        for Waiting { number, kind, .. } in &self.waiting {
            match kind {
                Kind::New { analysis, is_keyframe, .. } => {
                    let is_idr = *is_keyframe || (self.cuts && analysis.is_cut());
                    window.push(Planned { analysis, is_idr, repeats: 0 });
                    numbers.push(*number);
                }
                // Numbers begin anew at a keyframe: the last of a number is the one that is meant.
                Kind::Repeat => {
                    if let Some(at) = numbers.iter().rposition(|known| known == number) {
                        window[at].repeats += 1;
                    }
                }
            }
        }
        let mut gains = gains(&window).into_iter().take(PLAN_LENGTH);
        for waiting in &mut self.waiting {
            if let Kind::New { gain, .. } = &mut waiting.kind {
                let Some(planned) = gains.next() else { break };
                *gain = Some(planned);
            }
        }
    }

    /// Samples since the start or the last [`finish`](Self::finish).
    pub fn finished(&self) -> usize {
        self.stream.finished()
    }

    /// Encodes what still waits and hands over what was encoded since the start or the last call.
    ///
    /// # Errors
    /// Those of [`drain`](Self::drain).
    pub fn finish(&mut self) -> Result<EncodedGroup> {
        while self.drain()? {}
        Ok(self.stream.finish())
    }
}

fn from_encoder(error: EncodeError) -> Error {
    match error {
        EncodeError::Size { .. } => Error::InvalidOption(format!("size: {error}")),
        EncodeError::Config(_) => Error::InvalidOption(error.to_string()),
        EncodeError::Memory => Error::OutOfMemory(error.to_string()),
        _ => Error::Internal(error.to_string()),
    }
}
