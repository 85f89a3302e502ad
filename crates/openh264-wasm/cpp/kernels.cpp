// Slots of upstream's tables that keep upstream's own C++: prediction of 4x4 blocks, and what is never called: the search for
// a screen's blocks by their sums, adaptive quantisation, and the scaling of further spatial layers.
#include "get_intra_predictor.h"
#include "svc_motion_estimate.h"

// Relative to upstream's processing/src/common, which is among the include folders.
#include "../adaptivequantization/AdaptiveQuantization.h"
#include "../downsample/downsample.h"

#define PREDICT(mode)                                                                                    \
  extern "C" void WelsI4x4LumaPred##mode##_AArch64_neon(uint8_t* prediction, uint8_t* block, const int32_t stride) { \
    WelsEnc::WelsI4x4LumaPred##mode##_c(prediction, block, stride);                                      \
  }

PREDICT(H)
PREDICT(DDL)
PREDICT(DDLTop)
PREDICT(VL)
PREDICT(VLTop)
PREDICT(VR)
PREDICT(HU)
PREDICT(HD)
PREDICT(Dc)
PREDICT(DcTop)

extern "C" {

void InitializeHashforFeature_AArch64_neon(uint32_t* times, uint16_t* buffer, const int32_t size, uint16_t** locations,
                                           uint16_t** pointers) {
  WelsEnc::InitializeHashforFeature_c(times, buffer, size, locations, pointers);
}
void FillQpelLocationByFeatureValue_AArch64_neon(uint16_t* sums, const int32_t width, const int32_t height,
                                                 uint16_t** lists) {
  WelsEnc::FillQpelLocationByFeatureValue_c(sums, width, height, lists);
}
void SumOf8x8BlockOfFrame_AArch64_neon(uint8_t* picture, const int32_t width, const int32_t height, const int32_t stride,
                                       uint16_t* sums, uint32_t counts[]) {
  WelsEnc::SumOf8x8BlockOfFrame_c(picture, width, height, stride, sums, counts);
}
void SumOf16x16BlockOfFrame_AArch64_neon(uint8_t* picture, const int32_t width, const int32_t height,
                                         const int32_t stride, uint16_t* sums, uint32_t counts[]) {
  WelsEnc::SumOf16x16BlockOfFrame_c(picture, width, height, stride, sums, counts);
}
int32_t SumOf8x8SingleBlock_AArch64_neon(uint8_t* block, const int32_t stride) {
  return WelsEnc::SumOf8x8SingleBlock_c(block, stride);
}
int32_t SumOf16x16SingleBlock_AArch64_neon(uint8_t* block, const int32_t stride) {
  return WelsEnc::SumOf16x16SingleBlock_c(block, stride);
}
}

WELSVP_NAMESPACE_BEGIN
WELSVP_EXTERN_C_BEGIN

void SampleVariance16x16_AArch64_neon(uint8_t* last, int32_t last_stride, uint8_t* current, int32_t current_stride,
                                      SMotionTextureUnit* texture) {
  SampleVariance16x16_c(last, last_stride, current, current_stride, texture);
}
void DyadicBilinearDownsampler_AArch64_neon(uint8_t* target, const int32_t target_stride, uint8_t* source,
                                            const int32_t source_stride, const int32_t width, const int32_t height) {
  DyadicBilinearDownsampler_c(target, target_stride, source, source_stride, width, height);
}
void DyadicBilinearDownsamplerWidthx32_AArch64_neon(uint8_t* target, const int32_t target_stride, uint8_t* source,
                                                    const int32_t source_stride, const int32_t width,
                                                    const int32_t height) {
  DyadicBilinearDownsampler_c(target, target_stride, source, source_stride, width, height);
}
void DyadicBilinearOneThirdDownsampler_AArch64_neon(uint8_t* target, const int32_t target_stride, uint8_t* source,
                                                    const int32_t source_stride, const int32_t width,
                                                    const int32_t height) {
  DyadicBilinearOneThirdDownsampler_c(target, target_stride, source, source_stride, width, height);
}
void DyadicBilinearQuarterDownsampler_AArch64_neon(uint8_t* target, const int32_t target_stride, uint8_t* source,
                                                   const int32_t source_stride, const int32_t width,
                                                   const int32_t height) {
  DyadicBilinearQuarterDownsampler_c(target, target_stride, source, source_stride, width, height);
}
// Upstream's wrapper turns sizes into scales before this, and its C++ does so again: rounding gives the sizes back.
static int32_t SourceSize(const int32_t target_size, const uint32_t scale) {
  return static_cast<int32_t>((static_cast<int64_t>(target_size) * scale + (1 << 14)) >> 15);
}
void GeneralBilinearAccurateDownsampler_AArch64_neon(uint8_t* target, const int32_t target_stride, const int32_t width,
                                                     const int32_t height, uint8_t* source, const int32_t source_stride,
                                                     const uint32_t scale_x, const uint32_t scale_y) {
  GeneralBilinearAccurateDownsampler_c(target, target_stride, width, height, source, source_stride,
                                       SourceSize(width, scale_x), SourceSize(height, scale_y));
}

WELSVP_EXTERN_C_END
WELSVP_NAMESPACE_END
