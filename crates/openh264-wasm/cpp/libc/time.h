#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef long time_t;
struct tm {
  int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};
struct tm* localtime(const time_t* time) __asm__("oh264_localtime");
size_t strftime(char* to, size_t size, const char* format, const struct tm* time) __asm__("oh264_strftime");
#ifdef __cplusplus
}
#endif
