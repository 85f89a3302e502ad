//! One group of images, from files to samples: what one worker does between two keyframe boundaries.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::colour::Picture;
use crate::decode::Colours;
use crate::encode::{Budget, EncodedGroup, GroupPictures, Settings};
use crate::error::{Error, Result};
use crate::fit::Fit;
use crate::frame::Frame;
use crate::limits::Limits;
use crate::pictures::{PictureMaker, PictureSettings};
use crate::size::Size;

/// How a group's images are read, fitted and encoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupSettings {
    /// How pictures are encoded, and their size.
    pub encode: Settings,
    /// What happens to images of another size.
    pub fit: Fit,
    /// Red, green and blue behind transparent pixels and around images that do not fill the picture.
    pub background: [u8; 3],
    /// What one image may cost.
    pub limits: Limits,
    /// What becomes of colours that a file says are not sRGB's.
    pub colours: Colours,
}

impl GroupSettings {
    /// What makes the group's pictures.
    pub fn pictures(&self) -> PictureSettings {
        let Self { encode, fit, background, limits, colours } = *self;
        PictureSettings { size: encode.size, fit, background, limits, colours }
    }
}

/// Encodes one group. Sources are loaded into numbered slots, a slot is encoded as often as its image is shown, and
/// released after its last use; between the two it holds a picture of the video's size, whatever the source was.
#[derive(Debug)]
pub struct GroupEncoder {
    maker: PictureMaker,
    encoder: GroupPictures,
    slots: BTreeMap<u32, Rc<Picture>>,
}

impl GroupEncoder {
    /// A group that starts with a keyframe.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] for a setting that the encoder does not take.
    pub fn new(settings: GroupSettings) -> Result<Self> {
        Ok(Self {
            maker: PictureMaker::new(settings.pictures()),
            encoder: GroupPictures::new(&settings.encode)?,
            slots: BTreeMap::new(),
        })
    }

    /// Has a rate factor give way to a budget of bytes, before the first picture.
    pub fn keep_to(&mut self, budget: Budget) {
        self.encoder.keep_to(budget);
    }

    /// Decodes an image file into a slot.
    ///
    /// # Errors
    /// Those of [`PictureMaker::picture_of_file`].
    pub fn load(&mut self, slot: u32, bytes: &[u8]) -> Result<()> {
        let picture = self.maker().picture_of_file(bytes)?;
        self.fill(slot, picture);
        Ok(())
    }

    /// Decodes `count` frames of an animation from frame `first` on into the slots from `slot` on.
    ///
    /// # Errors
    /// Those of [`PictureMaker::pictures_of_frames`].
    pub fn load_frames(&mut self, slot: u32, bytes: &[u8], first: usize, count: usize) -> Result<()> {
        self.maker();
        let Self { maker, slots, .. } = self;
        maker.pictures_of_frames(bytes, first, count, |index, picture| {
            slots.insert(slot + index as u32, Rc::new(picture));
        })
    }

    /// Takes straight (not premultiplied) RGBA pixels into a slot.
    ///
    /// # Errors
    /// Those of [`PictureMaker::picture_of_rgba`].
    pub fn load_rgba(&mut self, slot: u32, rgba: Vec<u8>, size: Size) -> Result<()> {
        let picture = self.maker().picture_of_rgba(rgba, size)?;
        self.fill(slot, picture);
        Ok(())
    }

    /// Takes the samples of a picture that a [`PictureMaker`] of the group's settings made into a slot.
    ///
    /// # Errors
    /// [`Error::Internal`] where there are not as many as a picture has.
    pub fn load_samples(&mut self, slot: u32, samples: &[u8]) -> Result<()> {
        let picture = self.maker().picture_of_samples(samples)?;
        self.fill(slot, picture);
        Ok(())
    }

    /// Makes this a part of a live stream: at most `waiting` pictures wait for what follows them, and `idr_pic_id` begins at
    /// `first_idr_id` (see [`GroupPictures::start_idr_ids_at`]).
    pub fn make_live(&mut self, waiting: usize, first_idr_id: u32) {
        self.encoder.limit_waiting(waiting);
        self.encoder.start_idr_ids_at(first_idr_id);
    }

    /// Takes a frame of video into a slot.
    ///
    /// # Errors
    /// Those of [`PictureMaker::picture_of_frame`].
    pub fn load_frame(&mut self, slot: u32, frame: Frame) -> Result<()> {
        let picture = self.maker().picture_of_frame(frame)?;
        self.fill(slot, picture);
        Ok(())
    }

    /// Takes the picture of a slot as the next sample, and encodes as many as the look-ahead no longer needs. Returns how
    /// many samples are finished.
    ///
    /// # Errors
    /// [`Error::Internal`] for an empty slot or where the encoder fails.
    pub fn encode(&mut self, slot: u32, force_idr: bool) -> Result<usize> {
        self.encode_at(slot, force_idr, None)
    }

    /// As [`encode`](Self::encode), with a quantisation parameter of the picture's own, for
    /// [`Quality::PerPicture`](crate::encode::Quality::PerPicture); by default it has the last one's.
    ///
    /// # Errors
    /// As `encode`, and [`Error::InvalidOption`] for a QP above 51.
    pub fn encode_at(&mut self, slot: u32, force_idr: bool, qp: Option<u8>) -> Result<usize> {
        let picture = self.slots.get(&slot).ok_or_else(|| Error::Internal(format!("slot {slot} is empty")))?;
        self.encoder.push(Rc::clone(picture), force_idr, qp)?;
        Ok(self.encoder.finished())
    }

    /// Encodes one more of the pictures that wait; `false` when none is left.
    ///
    /// # Errors
    /// [`Error::Internal`] where the encoder fails.
    pub fn drain(&mut self) -> Result<bool> {
        self.encoder.drain()
    }

    /// Empties a slot. An empty slot stays so.
    pub fn release(&mut self, slot: u32) {
        // A picture that still waits goes when it is encoded.
        if let Some(picture) = self.slots.remove(&slot).and_then(Rc::into_inner) {
            self.maker.take_back(picture);
        }
    }

    /// Hands over the samples that are finished since the start or the last call.
    pub fn take(&mut self) -> EncodedGroup {
        self.encoder.take()
    }

    /// Encodes what still waits and hands over the group's samples, but for those that were taken.
    ///
    /// # Errors
    /// [`Error::Internal`] where the encoder fails.
    pub fn finish(&mut self) -> Result<EncodedGroup> {
        self.encoder.finish()
    }

    /// What makes the next pictures, of those that the encoder needs no longer as far as there are any.
    #[inline(never)]
    fn maker(&mut self) -> &mut PictureMaker {
        self.maker.take_back_all(self.encoder.spares());
        &mut self.maker
    }

    #[inline(never)]
    fn fill(&mut self, slot: u32, picture: Picture) {
        self.slots.insert(slot, Rc::new(picture));
    }
}
