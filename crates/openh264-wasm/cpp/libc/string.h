#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
void* memcpy(void* __restrict to, const void* __restrict from, size_t size);
void* memmove(void* to, const void* from, size_t size);
void* memset(void* to, int value, size_t size);
int memcmp(const void* left, const void* right, size_t size);
size_t strlen(const char* text);
char* strncpy(char* __restrict to, const char* __restrict from, size_t size) __asm__("oh264_strncpy");
#ifdef __cplusplus
}
#endif
