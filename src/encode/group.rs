//! The pictures of one group on their way through the encoder: they wait while the look-ahead sees what follows.

use std::collections::VecDeque;
use std::rc::Rc;

use openh264_wasm::{EncodeError, Encoder, MAX_QP, PictureControl};

use super::budget::{Budget, Spending};
use super::look::{self, Look};
use super::lookahead::{Analysis, Planned, gains};
use super::samples::EncodedGroup;
use super::settings::{Quality, Settings};
use super::stream::{REFERENCES, Stream};
use crate::colour::Picture;
use crate::error::{Error, Result};

/// Bytes of pictures that may wait, the look-ahead's own measurements included: 17 pictures of 1080p, 4 of 2160p.
const WAITING_BYTES: u64 = 64 << 20;

/// Pictures that may wait at the most. 20 and 40 gain half a percent on film and nothing elsewhere, and take a millisecond a
/// picture: what waits long has left the processor's caches.
const MOST_WAITING: usize = 16;

/// Pictures that are encoded by one plan before a new one is made.
const PLAN_LENGTH: usize = 8;

/// The QP of pictures that should bring one and do not, until the first that does.
const USUAL_QP: u8 = 26;

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
    /// A picture that was not there before, measured. `is_keyframe` was asked for, `qp` is its own where pictures bring
    /// theirs, `gain` is set once it is planned.
    New { analysis: Rc<Analysis>, is_keyframe: bool, qp: Option<u8>, gain: Option<f32> },
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
    /// The QPs of a rate factor.
    look: Look,
    /// What a rate factor gives way to.
    spending: Option<Spending>,
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
        // 3/2 for the picture, 1/4 for its luma at half size, the rest for what was measured.
        // Of a size that the encoder refuses below, the product may not fit.
        let picture_bytes = settings.size.area().saturating_mul(15) / 8;
        Ok(Self {
            settings: *settings,
            encoder: Encoder::new(&settings.to_config()).map_err(|error| from_new_encoder(error, settings.quality))?,
            waiting: VecDeque::new(),
            capacity: (WAITING_BYTES / picture_bytes.max(1)).clamp(1, MOST_WAITING as u64) as usize,
            cuts: !matches!(settings.quality, Quality::Bitrate(_)),
            recent: VecDeque::new(),
            last: None,
            numbers: 0,
            last_qp: USUAL_QP,
            look: Look::default(),
            spending: None,
            stream: Stream::default(),
            spare: Vec::new(),
        })
    }

    /// Has at most so many pictures wait, fewer where memory says so: with none, each is encoded as it comes.
    pub fn limit_waiting(&mut self, pictures: usize) {
        self.capacity = self.capacity.min(pictures);
    }

    /// Has a rate factor give way to a budget of bytes, before the first picture.
    pub fn keep_to(&mut self, budget: Budget) {
        self.spending = Some(Spending::new(budget));
        self.look.keeps_to_bytes = true;
    }

    /// Has the stream begin with this `idr_pic_id`. Where groups take turns with two that are far apart, IDR pictures in a row
    /// differ in it however short a group is (ITU-T H.264 7.4.3).
    pub fn start_idr_ids_at(&mut self, first: u32) {
        self.stream.first_idr_id = first;
    }

    /// Takes the next picture; encodes one that waits if too many do. `qp` is for [`Quality::PerPicture`], the last one's by default.
    ///
    /// # Errors
    /// [`Error::Internal`] where the encoder fails or changes its parameter sets, and [`Error::InvalidOption`] for a QP above 51.
    pub fn push(&mut self, picture: Rc<Picture>, idr: bool, qp: Option<u8>) -> Result<()> {
        // The picture may wait: here is who said so.
        if qp.is_some_and(|qp| qp > MAX_QP) {
            return Err(Error::option("qp", format!("must be 0 to {MAX_QP}")));
        }
        match self.earlier(&picture).filter(|_| !idr) {
            Some((number, earlier)) => {
                self.waiting.push_back(Waiting { picture: earlier, number, kind: Kind::Repeat });
                self.spare.extend(Rc::into_inner(picture));
            }
            None => self.push_new(picture, idr, qp),
        }
        if self.waiting.len() > self.capacity {
            self.drain()?;
        }
        Ok(())
    }

    /// The same picture among the last ones, and its number. A bit rate is spent on every picture, also on those that come again:
    /// it makes them better.
    fn earlier(&self, picture: &Rc<Picture>) -> Option<(usize, Rc<Picture>)> {
        if matches!(self.settings.quality, Quality::Bitrate(_) | Quality::PerPicture) {
            return None;
        }
        self.recent
            .iter()
            .rev()
            .find(|(_, earlier)| Rc::ptr_eq(earlier, picture) || earlier.shows_the_same(picture))
            .cloned()
    }

    fn push_new(&mut self, picture: Rc<Picture>, idr: bool, qp: Option<u8>) {
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
        self.waiting.push_back(Waiting { picture, number, kind: Kind::New { analysis, is_keyframe, qp, gain: None } });
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
            Kind::New { analysis, is_keyframe, qp, gain } => {
                let is_idr = is_keyframe || (self.cuts && analysis.is_cut() && !self.goes_back_before(number));
                let qp = qp.unwrap_or_else(|| self.qp(&analysis, is_idr, gain.unwrap_or(0.0)));
                self.encode(&picture, number, &analysis, is_idr, qp)?;
            }
            Kind::Repeat => {
                if !self.stream.repeat(number, self.last_qp)? {
                    // A level that allows fewer reference pictures than were looked through.
                    let analysis = Analysis::new(&picture, None);
                    let qp = self.qp(&analysis, false, 0.0);
                    self.encode(&picture, number, &analysis, false, qp)?;
                }
            }
        }
        if let Some(spending) = &mut self.spending {
            spending.spend(self.stream.last_size());
        }
        self.spare.extend(Rc::into_inner(picture));
        Ok(true)
    }

    /// The quantisation parameter of a picture that brings none.
    fn qp(&mut self, analysis: &Analysis, is_idr: bool, gain: f32) -> u8 {
        match self.settings.quality {
            Quality::Qp(qp) => qp,
            Quality::RateFactor(factor) => {
                let residual = self.residual(analysis, is_idr);
                let correction = self.spending.as_ref().map_or(0.0, Spending::correction);
                self.look.qp(factor + correction, analysis, residual, is_idr, gain)
            }
            // Upstream's own rate control decides.
            Quality::Bitrate(_) => MAX_QP,
            Quality::PerPicture => self.last_qp,
        }
    }

    fn encode(&mut self, picture: &Picture, number: usize, analysis: &Analysis, is_idr: bool, qp: u8) -> Result<()> {
        let vectors = analysis.vectors();
        let control = PictureControl {
            qp,
            vectors: vectors.as_deref().filter(|_| !is_idr),
            idr: is_idr,
            deblocking: look::deblocking(self.settings.content, analysis.shown, self.stays()),
            dead_zone: look::dead_zone(analysis.shown),
        };
        let access_unit = self.encoder.encode(&picture.planes(), &control).map_err(from_encoder)?;
        self.last_qp = qp;
        self.stream.append(&access_unit, number)
    }

    /// Whether the picture that was taken last from those that wait is shown again at once.
    fn stays(&self) -> bool {
        matches!(self.waiting.front(), Some(Waiting { kind: Kind::Repeat, .. }))
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

    /// What of a picture the one before does not tell; of an IDR picture, what of the next one it does not.
    fn residual(&self, analysis: &Analysis, is_idr: bool) -> f32 {
        if !is_idr {
            return analysis.residual();
        }
        let next = self.waiting.iter().find_map(|waiting| match &waiting.kind {
            Kind::New { analysis, .. } => Some(analysis),
            Kind::Repeat => None,
        });
        next.map_or(0.0, |next| next.residual())
    }

    /// Pictures that nobody needs any more, to be taken and filled again.
    pub fn spares(&mut self) -> &mut Vec<Picture> {
        &mut self.spare
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
        let mut gains = gains(&window, PLAN_LENGTH).into_iter();
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

    /// Hands over what was encoded since the start or the last call.
    pub fn take(&mut self) -> EncodedGroup {
        self.stream.finish()
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

/// The encoder's refusal of a setting, under the option's name.
fn from_new_encoder(error: EncodeError, quality: Quality) -> Error {
    match error {
        EncodeError::Size { .. } => Error::option("size", error.to_string()),
        EncodeError::Config { field: "frame_rate", problem } => Error::option("fps", problem),
        EncodeError::Config { field: "rate_control", problem } if matches!(quality, Quality::Bitrate(_)) => {
            Error::option("bitrate", problem)
        }
        EncodeError::Config { field: "rate_control", problem } => Error::option("qp", problem),
        _ => from_encoder(error),
    }
}

fn from_encoder(error: EncodeError) -> Error {
    match error {
        EncodeError::Memory => Error::OutOfMemory(error.to_string()),
        _ => Error::Internal(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Size;

    #[test]
    fn pictures_that_wait_hold_64_mebibytes_at_the_most() {
        for (width, height) in [(1280, 720), (1920, 1080), (3840, 2160), (4096, 2304)] {
            let size = Size::new(width, height);
            let mut group = GroupPictures::new(&Settings::quick(size)).unwrap();
            let mut most = 0;
            for at in 0..20 {
                let picture = Rc::new(Picture::from_luma(size, &[at * 10]));
                group.push(picture, at == 0, None).unwrap();
                let bytes = |waiting: &Waiting| match &waiting.kind {
                    Kind::New { analysis, .. } => waiting.picture.bytes() + analysis.bytes(),
                    Kind::Repeat => waiting.picture.bytes(),
                };
                most = most.max(group.waiting.iter().map(bytes).sum());
            }
            assert!(group.waiting.len() >= 3, "{width}x{height}: {} wait", group.waiting.len());
            assert!(most <= 64 << 20, "{width}x{height}: {most} bytes");
        }
    }
}
