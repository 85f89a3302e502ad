// The C interface between Rust and OpenH264's C++ class. Rust never touches upstream's vtable or parameter structs: the
// C header declares ForceIntraFrame with one parameter less than the class has, which wasm's indirect calls refuse.
#pragma once

#include <stddef.h>
#include <stdint.h>

extern "C" {

// What the encoder is built for. Mirrored by `ffi::Config` in src/ffi.rs.
struct OhConfig {
  int32_t width;        // pixels
  int32_t height;       // pixels
  float frame_rate;     // pictures per second, for rate control only
  int32_t qp;           // constant quantisation parameter, or -1 for `bitrate`
  int32_t bitrate;      // bits per second, where qp is -1
  int32_t profile_idc;  // ITU-T H.264 A.2
  int32_t cabac;        // entropy_coding_mode_flag
  int32_t complexity;   // ECOMPLEXITY_MODE
  uint8_t primaries;    // colour_primaries, transfer_characteristics and matrix_coefficients: ITU-T H.273
  uint8_t transfer;
  uint8_t matrix;
  uint8_t full_range;   // video_full_range_flag
};

// What the caller decides about one picture, where the configuration has a QP. Mirrored by `ffi::PictureControl`.
struct OhPictureControl {
  const int16_t* vectors;        // x and y of where each macroblock was in the reference picture, in pixels, or NULL
  int32_t qp;                    // of every macroblock
  int32_t force_idr;             // 1: an IDR picture
  int32_t deblocking_off;        // disable_deblocking_filter_idc, ITU-T H.264 7.4.3
  int32_t deblocking_offset;     // FilterOffsetA and FilterOffsetB (7.4.3), even, -12 to 12
  int32_t narrow_dead_zone;      // 1: the quantiser makes fewer coefficients zero
};

// One picture, I420. Mirrored by `ffi::Picture`.
struct OhPicture {
  const uint8_t* planes[3];
  int32_t strides[3];  // bytes
};

// A NAL unit with its Annex B start code. Mirrored by `ffi::Nal`.
struct OhNal {
  const uint8_t* data;
  size_t length;
};

enum { OH_MAX_NALS = 16 };

// One access unit. Mirrored by `ffi::AccessUnit`. Points into the encoder until its next call.
struct OhAccessUnit {
  int32_t frame_type;  // EVideoFrameType
  int32_t nal_count;
  struct OhNal nals[OH_MAX_NALS];
};

struct OhEncoder;

// All return 0, or upstream's CM_RETURN code.
int32_t oh_encoder_create(const struct OhConfig* config, struct OhEncoder** encoder);
int32_t oh_encoder_encode(struct OhEncoder* encoder, const struct OhPicture* picture,
                          const struct OhPictureControl* control, struct OhAccessUnit* access_unit);
void oh_encoder_destroy(struct OhEncoder* encoder);

// Writes CABAC's bytes of a P slice of so many skipped macroblocks and returns how many; 0 where `capacity` is too small.
int32_t oh_skipped_slice(int32_t qp, int32_t macroblocks, uint8_t* data, int32_t capacity);
}
