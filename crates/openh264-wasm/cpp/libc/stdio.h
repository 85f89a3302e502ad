#pragma once
#include <stdarg.h>
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct oh264_file FILE;
extern FILE* const oh264_stderr;
#define stderr oh264_stderr
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
FILE* fopen(const char* path, const char* mode) __asm__("oh264_fopen");
int fclose(FILE* file) __asm__("oh264_fclose");
int fflush(FILE* file) __asm__("oh264_fflush");
int fseek(FILE* file, long offset, int origin) __asm__("oh264_fseek");
size_t fwrite(const void* data, size_t size, size_t count, FILE* file) __asm__("oh264_fwrite");
int fprintf(FILE* file, const char* format, ...) __asm__("oh264_fprintf");
int vsnprintf(char* to, size_t size, const char* format, va_list values) __asm__("oh264_vsnprintf");
#ifdef __cplusplus
}
#endif
