//! One group of images, from files to samples: what one worker does between two keyframe boundaries.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::colour::{Converter, Picture};
use crate::decode::{Colours, PlainJpeg, PlainPng, decode_frames_with, decode_with};
use crate::encode::{Budget, EncodedGroup, GroupPictures, Settings};
use crate::error::{Error, Result};
use crate::fit::{Fit, Fitter};
use crate::frame::{Frame, Pixels};
use crate::limits::Limits;
use crate::raster::{Layout, Raster, flatten};
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

/// Encodes one group. Sources are loaded into numbered slots, a slot is encoded as often as its image is shown, and
/// released after its last use; between the two it holds a picture of the video's size, whatever the source was.
#[derive(Debug)]
pub struct GroupEncoder {
    settings: GroupSettings,
    jpeg: PlainJpeg,
    fitter: Fitter,
    colour: Converter,
    encoder: GroupPictures,
    slots: BTreeMap<u32, Rc<Picture>>,
    /// Pictures of released slots, to be filled again: wasm memory only ever grows.
    spare: Vec<Picture>,
}

impl GroupEncoder {
    /// A group that starts with a keyframe.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] for a setting that the encoder does not take.
    pub fn new(settings: GroupSettings) -> Result<Self> {
        Ok(Self {
            settings,
            jpeg: PlainJpeg::new(settings.colours),
            colour: Converter::default(),
            fitter: Fitter::new(settings.encode.size, settings.fit, settings.background),
            encoder: GroupPictures::new(&settings.encode)?,
            slots: BTreeMap::new(),
            spare: Vec::new(),
        })
    }

    /// Has a rate factor give way to a budget of bytes, before the first picture.
    pub fn keep_to(&mut self, budget: Budget) {
        self.encoder.keep_to(budget);
    }

    /// Decodes an image file into a slot.
    ///
    /// # Errors
    /// Those of [`decode_with`], and [`Error::InvalidOption`] where the image does not fit and may not be made to.
    pub fn load(&mut self, slot: u32, bytes: &[u8]) -> Result<()> {
        let GroupSettings { limits, colours, .. } = self.settings;
        // Most JPEGs go from their planes to the picture's; what is not plain goes by way of RGB.
        if let Some(image) = self.jpeg.decode(bytes, &limits, |size| self.fitter.leaves(size)) {
            let mut picture = blank(&mut self.spare, &mut self.encoder, self.settings.encode.size);
            self.colour.from_ycbcr(image, &mut picture)?;
            self.slots.insert(slot, Rc::new(picture));
            return Ok(());
        }
        if self.jpeg.decode_into(bytes, &limits, &mut self.fitter).is_some() {
            let mut picture = blank(&mut self.spare, &mut self.encoder, self.settings.encode.size);
            self.colour.from_ycbcr(self.fitter.fitted_planes()?, &mut picture)?;
            self.slots.insert(slot, Rc::new(picture));
            return Ok(());
        }
        if let Some(picture) = self.plain_png(bytes) {
            self.slots.insert(slot, Rc::new(picture));
            return Ok(());
        }
        self.store(slot, decode_with(bytes, &limits, colours)?)
    }

    /// The picture of a PNG that needs no fitting, by way of a few rows; nothing for what [`decode_with`] is to decode, or to refuse.
    fn plain_png(&mut self, bytes: &[u8]) -> Option<Picture> {
        let GroupSettings { limits, colours, background, .. } = self.settings;
        let mut png = PlainPng::open(bytes, &limits, colours).filter(|png| self.fitter.leaves(png.size()))?;
        let (layout, stride) = (png.layout(), png.size().width as usize * png.layout().channels());
        let mut picture = blank(&mut self.spare, &mut self.encoder, self.settings.encode.size);
        let rows = self.colour.from_rgb_rows(layout, stride, &mut picture, |two| {
            two.chunks_exact_mut(stride).try_for_each(|row| png.read_row(row))?;
            if layout == Layout::Rgba {
                flatten(two, background);
            }
            Some(())
        });
        if rows.and_then(|()| png.finish()).is_none() {
            self.spare.push(picture);
            return None;
        }
        Some(picture)
    }

    /// Decodes `count` frames of an animation from frame `first` on into the slots from `slot` on.
    ///
    /// # Errors
    /// Those of [`decode_frames_with`], and [`Error::InvalidOption`] where the image does not fit and may not be made to.
    pub fn load_frames(&mut self, slot: u32, bytes: &[u8], first: usize, count: usize) -> Result<()> {
        let GroupSettings { limits, colours, .. } = self.settings;
        decode_frames_with(bytes, &limits, first, count, colours, |index, raster| {
            self.store(slot + index as u32, raster)
        })
    }

    /// Takes straight (not premultiplied) RGBA pixels into a slot.
    ///
    /// # Errors
    /// [`Error::Limit`], [`Error::Internal`] where the bytes are not as many as the size says, and
    /// [`Error::InvalidOption`] where the image does not fit and may not be made to.
    pub fn load_rgba(&mut self, slot: u32, rgba: Vec<u8>, size: Size) -> Result<()> {
        self.settings.limits.check_pixels(size)?;
        self.store(slot, Raster::new(size, Layout::Rgba, rgba)?)
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
    /// [`Error::Limit`], [`Error::Internal`] where the bytes are not as many as the size says, and
    /// [`Error::InvalidOption`] where the frame does not fit and may not be made to.
    pub fn load_frame(&mut self, slot: u32, frame: Frame) -> Result<()> {
        self.settings.limits.check_pixels(frame.size)?;
        match frame.into_pixels()? {
            Pixels::Rgb(raster) => self.store(slot, raster),
            Pixels::Planes(image) => {
                let image = self.fitter.fit_planes(&image)?;
                let mut picture = blank(&mut self.spare, &mut self.encoder, self.settings.encode.size);
                self.colour.from_own(image, &mut picture)?;
                self.slots.insert(slot, Rc::new(picture));
                Ok(())
            }
        }
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
        self.spare.extend(self.slots.remove(&slot).and_then(Rc::into_inner));
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

    fn store(&mut self, slot: u32, mut raster: Raster) -> Result<()> {
        let pixels = self.fitter.fit(&mut raster)?;
        let mut picture = blank(&mut self.spare, &mut self.encoder, self.settings.encode.size);
        self.colour.from_rgb(&pixels, &mut picture)?;
        self.slots.insert(slot, Rc::new(picture));
        Ok(())
    }
}

/// A picture to be filled, by preference one that is needed no longer.
fn blank(spare: &mut Vec<Picture>, encoder: &mut GroupPictures, size: Size) -> Picture {
    spare.pop().or_else(|| encoder.spare()).unwrap_or_else(|| Picture::new(size))
}
