//! A JPEG's planes brought to the video's size as they are: less to scale than pixels, and no way there and back.

use fast_image_resize::Resizer;
use fast_image_resize::images::{TypedCroppedImage, TypedImageRef};
use fast_image_resize::pixels::U8;

use super::geometry::{Placement, Rect};
use super::{Canvas, DrawError, draw};
use crate::size::Size;
use crate::ycbcr::{Plane, YCbCr, from_rgb};

/// Whether an image's chroma lands on whole samples of the picture's, which are two pixels apart.
pub(super) fn take(placement: &Placement) -> bool {
    let Rect { x, y, width, height } = placement.target;
    [x, y, width, height].iter().all(|pixels| pixels.is_multiple_of(2))
}

/// Draws an image's planes onto those of `canvas`, which become the picture's, with halved chroma.
pub(super) fn fit(
    image: &YCbCr,
    placement: &Placement,
    picture: Size,
    background: [u8; 3],
    canvas: &mut YCbCr,
    resizer: &mut Resizer,
) -> Result<(), DrawError> {
    (canvas.size, canvas.subsampling) = (picture, HALVED);
    let luma = ((image.size.width as usize, image.size.height as usize), (1, 1), (1, 1));
    let chroma = (image.chroma_size(), image.subsampling, HALVED);
    let planes = image.planes().into_iter().zip(canvas.planes_mut());
    for (((source, target), code), (size, from_step, to_step)) in
        planes.zip(from_rgb(background)).zip([luma, chroma, chroma])
    {
        target
            .shape(picture.width as usize / to_step.0, picture.height as usize / to_step.1)
            .ok_or("no memory is left")?;
        if !placement.covers(picture) {
            target.samples.fill(code);
        }
        let from = placement.source.divided(from_step.0 as f64, from_step.1 as f64);
        let to = placement.target.divided(to_step.0 as u32, to_step.1 as u32);
        let (width, height) = (target.stride as u32, picture.height / to_step.1 as u32);
        draw(resizer, &view(source, size)?, from, Canvas { width, height, bytes: &mut target.samples }, to)?;
    }
    Ok(())
}

/// Luma samples for a chroma sample of the picture, across and down.
const HALVED: (usize, usize) = (2, 2);

/// A plane without its padding, which takes no part in the filter.
fn view(
    plane: &Plane,
    (width, height): (usize, usize),
) -> Result<TypedCroppedImage<'_, TypedImageRef<'_, U8>>, DrawError> {
    let rows = (plane.samples.len() / plane.stride) as u32;
    let all = TypedImageRef::from_buffer(plane.stride as u32, rows, &plane.samples)?;
    Ok(TypedCroppedImage::new(all, 0, 0, width as u32, height as u32)?)
}
