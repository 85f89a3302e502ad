//! The C interface of `cpp/bridge.h`, item for item.

use std::marker::{PhantomData, PhantomPinned};

/// `OH_MAX_NALS`.
pub(crate) const MAX_NALS: usize = 16;

/// `EVideoFrameType`: an instantaneous decoding refresh picture.
pub(crate) const FRAME_TYPE_IDR: i32 = 1;
/// `EVideoFrameType`: the encoder dropped the picture.
pub(crate) const FRAME_TYPE_SKIP: i32 = 4;

/// `OhConfig`.
#[repr(C)]
pub(crate) struct Config {
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) frame_rate: f32,
    pub(crate) qp: i32,
    pub(crate) bitrate: i32,
    pub(crate) profile_idc: i32,
    pub(crate) cabac: i32,
    pub(crate) complexity: i32,
    pub(crate) primaries: u8,
    pub(crate) transfer: u8,
    pub(crate) matrix: u8,
    pub(crate) full_range: u8,
}

/// `OhPicture`.
#[repr(C)]
pub(crate) struct Picture {
    pub(crate) planes: [*const u8; 3],
    pub(crate) strides: [i32; 3],
}

/// `OhPictureControl`.
#[repr(C)]
pub(crate) struct PictureControl {
    pub(crate) vectors: *const [i16; 2],
    pub(crate) qp: i32,
    pub(crate) force_idr: i32,
    pub(crate) deblocking_off: i32,
    pub(crate) deblocking_offset: i32,
    pub(crate) narrow_dead_zone: i32,
}

/// `OhNal`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Nal {
    pub(crate) data: *const u8,
    pub(crate) length: usize,
}

/// `OhAccessUnit`.
#[repr(C)]
pub(crate) struct AccessUnit {
    pub(crate) frame_type: i32,
    pub(crate) nal_count: i32,
    pub(crate) nals: [Nal; MAX_NALS],
}

/// `OhEncoder`, known by address only.
#[repr(C)]
pub(crate) struct Encoder {
    _data: [u8; 0],
    _marker: PhantomData<(*mut u8, PhantomPinned)>,
}

unsafe extern "C" {
    pub(crate) fn oh_encoder_create(config: *const Config, encoder: *mut *mut Encoder) -> i32;
    pub(crate) fn oh_encoder_encode(
        encoder: *mut Encoder,
        picture: *const Picture,
        control: *const PictureControl,
        access_unit: *mut AccessUnit,
    ) -> i32;
    pub(crate) fn oh_encoder_destroy(encoder: *mut Encoder);
    pub(crate) fn oh_skipped_slice(qp: i32, macroblocks: i32, data: *mut u8, capacity: i32) -> i32;
}
