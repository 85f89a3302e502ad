//! The safe encoder.

use std::mem::MaybeUninit;
use std::ptr::NonNull;

use crate::access_unit::AccessUnit;
use crate::config::{EncoderConfig, RateControl};
use crate::control::PictureControl;
use crate::error::EncodeError;
use crate::ffi;

/// One picture of planar 4:2:0, of the encoder's size. The chroma planes have half its width and height.
#[derive(Clone, Copy, Debug)]
pub struct I420<'a> {
    /// Luma.
    pub y: &'a [u8],
    /// Blue difference.
    pub u: &'a [u8],
    /// Red difference.
    pub v: &'a [u8],
    /// Bytes from one row of luma to the next.
    pub y_stride: usize,
    /// Bytes from one row of chroma to the next.
    pub uv_stride: usize,
}

/// An OpenH264 encoder: pictures in, access units out, one for one and in order.
#[derive(Debug)]
pub struct Encoder {
    raw: NonNull<ffi::Encoder>,
    width: usize,
    height: usize,
    /// The lowest QP that the buffers have room for.
    least_qp: u8,
}

// SAFETY: the encoder keeps no thread's state (it runs single-threaded), and `&mut self` guards every call.
unsafe impl Send for Encoder {}

impl Encoder {
    /// Builds an encoder.
    ///
    /// # Errors
    /// [`EncodeError::Size`] and [`EncodeError::Config`] for a field out of range, [`EncodeError::Memory`].
    pub fn new(config: &EncoderConfig) -> Result<Self, EncodeError> {
        let ffi_config = config.to_ffi()?;
        let mut raw = std::ptr::null_mut();
        // SAFETY: both pointers are valid for the call.
        let code = unsafe { ffi::oh_encoder_create(&ffi_config, &mut raw) };
        match NonNull::new(raw) {
            Some(raw) if code == 0 => Ok(Self {
                raw,
                width: config.width as usize,
                height: config.height as usize,
                least_qp: match config.rate_control {
                    RateControl::Given(least) => least,
                    RateControl::Bitrate(_) => 0,
                },
            }),
            _ => Err(EncodeError::from_code(code)),
        }
    }

    /// Encodes one picture. The first is always an IDR picture, later ones where `control` says so. Of `control`,
    /// upstream's own rate control ([`RateControl::Bitrate`]) takes nothing else.
    ///
    /// # Errors
    /// [`EncodeError::Control`] for what is out of range in `control`; [`EncodeError::Plane`] where a plane is too short; [`EncodeError::Upstream`] where OpenH264 fails, after which
    /// this encoder should be dropped.
    pub fn encode(&mut self, picture: &I420<'_>, control: &PictureControl<'_>) -> Result<AccessUnit<'_>, EncodeError> {
        let control = control.to_ffi(self.width.div_ceil(16) * self.height.div_ceil(16), self.least_qp)?;
        let (half_width, half_height) = (self.width / 2, self.height / 2);
        let picture = ffi::Picture {
            planes: [
                plane("luma", picture.y, picture.y_stride, self.width, self.height)?,
                plane("blue difference", picture.u, picture.uv_stride, half_width, half_height)?,
                plane("red difference", picture.v, picture.uv_stride, half_width, half_height)?,
            ],
            strides: [stride(picture.y_stride)?, stride(picture.uv_stride)?, stride(picture.uv_stride)?],
        };
        let mut access_unit = MaybeUninit::<ffi::AccessUnit>::uninit();
        // SAFETY: the encoder is alive; the planes and QPs were measured above and outlive the call, which only reads them.
        let code = unsafe { ffi::oh_encoder_encode(self.raw.as_ptr(), &picture, &control, access_unit.as_mut_ptr()) };
        if code != 0 {
            return Err(EncodeError::from_code(code));
        }
        // SAFETY: on success the bridge has filled the counts and as many entries as they say. Each entry points into
        // the encoder's buffers, which stay as they are until the next `&mut self`.
        let access_unit = unsafe { AccessUnit::from_ffi(&access_unit) };
        if access_unit.is_dropped() { Err(EncodeError::Dropped) } else { Ok(access_unit) }
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: made by `oh_encoder_create`, and not used after this.
        unsafe { ffi::oh_encoder_destroy(self.raw.as_ptr()) }
    }
}

/// The plane's address, where the plane holds `height` rows of `width` samples.
fn plane(
    name: &'static str,
    samples: &[u8],
    stride: usize,
    width: usize,
    height: usize,
) -> Result<*const u8, EncodeError> {
    let needed = stride.checked_mul(height - 1).and_then(|rows| rows.checked_add(width));
    match needed {
        Some(needed) if stride >= width && samples.len() >= needed => Ok(samples.as_ptr()),
        _ => Err(EncodeError::Plane(name)),
    }
}

fn stride(bytes: usize) -> Result<i32, EncodeError> {
    i32::try_from(bytes).map_err(|_| EncodeError::Control("a stride must be below 2^31 bytes"))
}
