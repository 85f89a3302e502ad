#pragma once
#include <time.h>
#ifdef __cplusplus
extern "C" {
#endif
struct timeval {
  long tv_sec;
  long tv_usec;
};
int gettimeofday(struct timeval* now, void* zone) __asm__("oh264_gettimeofday");
#ifdef __cplusplus
}
#endif
