#pragma once
#ifdef __cplusplus
extern "C" {
#endif
double log(double value) __asm__("oh264_log");
double log10(double value) __asm__("oh264_log10");
// One wasm instruction each.
static inline double ceil(double value) { return __builtin_ceil(value); }
static inline double floor(double value) { return __builtin_floor(value); }
static inline double fabs(double value) { return __builtin_fabs(value); }
static inline double sqrt(double value) { return __builtin_sqrt(value); }
static inline float sqrtf(float value) { return __builtin_sqrtf(value); }
#ifdef __cplusplus
}
#endif
