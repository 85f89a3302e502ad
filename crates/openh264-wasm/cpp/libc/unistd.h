#pragma once
#include <sys/types.h>
#ifdef __cplusplus
extern "C" {
#endif
pid_t getpid(void) __asm__("oh264_getpid");
#ifdef __cplusplus
}
#endif
