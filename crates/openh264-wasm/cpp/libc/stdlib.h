#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
void* malloc(size_t size) __asm__("oh264_malloc");
void* calloc(size_t count, size_t size) __asm__("oh264_calloc");
void free(void* pointer) __asm__("oh264_free");
static inline int abs(int value) { return value < 0 ? -value : value; }
#ifdef __cplusplus
}
#endif
