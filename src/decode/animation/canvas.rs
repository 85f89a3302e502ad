//! The picture that an animation's frames are drawn on, one after the other, as a viewer does.

use decoding::stills::allocate;

use crate::error::{Error, Result};
use crate::raster::{Layout, Raster};
use crate::size::Size;

/// What becomes of a frame's place before the next frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disposal {
    /// The frame stays.
    Keep,
    /// It becomes transparent.
    Clear,
    /// It becomes what it was before the frame.
    Restore,
}

/// A frame as a file stores it.
#[derive(Debug)]
pub(super) struct Part {
    /// Pixels from the canvas's left and top edge. Frames may stick out to the right and below.
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) size: Size,
    /// Straight RGBA.
    pub(super) pixels: Vec<u8>,
    /// Transparent pixels let the canvas through, rather than replace it.
    pub(super) blends: bool,
    pub(super) disposal: Disposal,
}

/// The canvas, transparent at first.
#[derive(Debug)]
pub(super) struct Canvas {
    size: Size,
    pixels: Vec<u8>,
    /// What is to happen before the next frame: the rows of a place and what they become.
    pending: Vec<(usize, Vec<u8>)>,
}

impl Canvas {
    pub(super) fn new(size: Size) -> Result<Self> {
        let bytes = usize::try_from(size.area() * 4)
            .map_err(|_| Error::OutOfMemory(format!("an animation of {size} does not fit memory; scale it down")))?;
        Ok(Self { size, pixels: allocate(bytes)?, pending: Vec::new() })
    }

    /// Draws the next frame.
    pub(super) fn draw(&mut self, part: &Part) {
        for (at, row) in self.pending.drain(..) {
            self.pixels[at..at + row.len()].copy_from_slice(&row);
        }
        let (left, top) = (part.left.min(self.size.width) as usize, part.top.min(self.size.height) as usize);
        let width = (part.size.width as usize).min(self.size.width as usize - left);
        let height = (part.size.height as usize).min(self.size.height as usize - top);
        if width == 0 {
            return;
        }
        for (y, row) in part.pixels.chunks_exact(part.size.width as usize * 4).take(height).enumerate() {
            let at = ((top + y) * self.size.width as usize + left) * 4;
            let below = &mut self.pixels[at..at + width * 4];
            match part.disposal {
                Disposal::Keep => {}
                Disposal::Clear => self.pending.push((at, vec![0; width * 4])),
                Disposal::Restore => self.pending.push((at, below.to_vec())),
            }
            if part.blends {
                for (below, above) in below.as_chunks_mut::<4>().0.iter_mut().zip(row.as_chunks::<4>().0) {
                    *below = over(*above, *below);
                }
            } else {
                below.copy_from_slice(&row[..width * 4]);
            }
        }
    }

    /// A copy of the canvas as it is.
    pub(super) fn raster(&self) -> Result<Raster> {
        let is_opaque = self.pixels.as_chunks::<4>().0.iter().fold(255, |all, pixel| all & pixel[3]) == 255;
        if is_opaque {
            let rgb = self.pixels.as_chunks::<4>().0.iter().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            return Raster::new(self.size, Layout::Rgb, rgb);
        }
        Raster::new(self.size, Layout::Rgba, self.pixels.clone())
    }
}

/// A straight pixel over another (PNG third edition 13.16, and the WebP container specification's alpha blending).
fn over(above: [u8; 4], below: [u8; 4]) -> [u8; 4] {
    match above[3] {
        255 => above,
        0 => below,
        alpha => {
            let (front, back) = (u32::from(alpha) * 255, u32::from(below[3]) * (255 - u32::from(alpha)));
            let all = front + back;
            let mix = |at: usize| (u32::from(above[at]) * front + u32::from(below[at]) * back + all / 2) / all;
            [mix(0) as u8, mix(1) as u8, mix(2) as u8, ((all + 127) / 255) as u8]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: [u8; 4] = [255, 0, 0, 255];
    const GREEN: [u8; 4] = [0, 255, 0, 255];
    const NONE: [u8; 4] = [0; 4];

    fn part(left: u32, colour: [u8; 4], disposal: Disposal) -> Part {
        Part { left, top: 0, size: Size::new(2, 1), pixels: [colour; 2].concat(), blends: true, disposal }
    }

    fn pixels(canvas: &Canvas) -> Vec<[u8; 4]> {
        canvas.pixels.as_chunks().0.to_vec()
    }

    #[test]
    fn a_frame_is_disposed_of_before_the_next() {
        let mut canvas = Canvas::new(Size::new(4, 1)).unwrap();
        canvas.draw(&part(0, RED, Disposal::Keep));
        canvas.draw(&part(1, GREEN, Disposal::Restore));
        assert_eq!(pixels(&canvas), [RED, GREEN, GREEN, NONE]);
        canvas.draw(&part(2, GREEN, Disposal::Clear));
        assert_eq!(pixels(&canvas), [RED, RED, GREEN, GREEN]);
        canvas.draw(&part(0, NONE, Disposal::Keep));
        assert_eq!(pixels(&canvas), [RED, RED, NONE, NONE]);
    }

    #[test]
    fn what_sticks_out_is_cut() {
        let mut canvas = Canvas::new(Size::new(2, 1)).unwrap();
        canvas.draw(&part(1, RED, Disposal::Clear));
        assert_eq!(pixels(&canvas), [NONE, RED]);
        canvas.draw(&part(9, GREEN, Disposal::Keep));
        assert_eq!(pixels(&canvas), [NONE, NONE]);
    }

    #[test]
    fn half_transparent_pixels_mix() {
        assert_eq!(over([255, 0, 0, 128], GREEN), [128, 127, 0, 255]);
        assert_eq!(over([255, 0, 0, 128], NONE), [255, 0, 0, 128]);
        assert_eq!(over([255, 0, 0, 128], [0, 255, 0, 128]), [170, 85, 0, 192]);
    }
}
