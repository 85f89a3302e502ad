//! A JPEG's planes brought to the video's size as they are: less to scale than pixels, and no way there and back.

use fast_image_resize::Resizer;

use super::geometry::{Placement, Rect};
use super::rows::RowScaler;
use super::{Canvas, DrawError};
use crate::size::Size;
use crate::ycbcr::{NO_COLOUR, Strip, YCbCr, YCbCrHeader, from_rgb};

/// Luma samples for a chroma sample of the picture, across and down.
const HALVED: (usize, usize) = (2, 2);

/// Whether an image's chroma lands on whole samples of the picture's, which are two pixels apart.
pub(super) fn take(placement: &Placement) -> bool {
    let Rect { x, y, width, height } = placement.target;
    [x, y, width, height].iter().all(|pixels| pixels.is_multiple_of(2))
}

/// Draws an image's planes onto those of a canvas, which become the picture's, with halved chroma.
#[derive(Debug, Default)]
pub(super) struct PlaneFitter {
    canvas: YCbCr,
    scalers: [RowScaler; 3],
    /// Where each plane lands.
    targets: [Rect<u32>; 3],
    is_grey: bool,
}

impl PlaneFitter {
    /// Gets ready for an image; nothing where memory is short.
    pub(super) fn begin(
        &mut self,
        image: &YCbCrHeader,
        placement: &Placement,
        picture: Size,
        background: [u8; 3],
    ) -> Option<()> {
        (self.canvas.size, self.canvas.subsampling) = (picture, HALVED);
        self.is_grey = image.is_grey;
        let luma = ((image.size.width as usize, image.size.height as usize), (1, 1), (1, 1));
        let chroma = (image.chroma_size(), image.subsampling, HALVED);
        for (index, (size, from_step, to_step)) in [luma, chroma, chroma].into_iter().enumerate() {
            let from = placement.source.divided(from_step.0 as f64, from_step.1 as f64);
            let to = placement.target.divided(to_step.0 as u32, to_step.1 as u32);
            self.targets[index] = to;
            let canvas = &mut *self.canvas.planes_mut()[index];
            canvas.shape(picture.width as usize / to_step.0, picture.height as usize / to_step.1)?;
            if !placement.covers(picture) {
                canvas.samples.fill(from_rgb(background)[index]);
            }
            if index == 0 || !image.is_grey {
                self.scalers[index].begin(size, from, to.height)?;
            }
        }
        Some(())
    }

    /// Takes the next rows of a plane.
    pub(super) fn push(&mut self, strip: &Strip<'_>, resizer: &mut Resizer) {
        if let Some(scaler) = self.scalers.get_mut(strip.component) {
            scaler.push(strip, resizer);
        }
    }

    /// The picture's planes, once all rows have come.
    pub(super) fn finish(&mut self, resizer: &mut Resizer) -> Result<&YCbCr, DrawError> {
        for (index, scaler) in self.scalers.iter().enumerate() {
            let plane = &mut *self.canvas.planes_mut()[index];
            let to = self.targets[index];
            if index > 0 && self.is_grey {
                let rows = plane.samples.chunks_mut(plane.stride).skip(to.y as usize).take(to.height as usize);
                rows.for_each(|row| row[to.x as usize..][..to.width as usize].fill(NO_COLOUR));
                continue;
            }
            let (width, height) = (plane.stride as u32, (plane.samples.len() / plane.stride) as u32);
            scaler.draw(Canvas { width, height, bytes: &mut plane.samples }, to, resizer)?;
        }
        Ok(&self.canvas)
    }
}
