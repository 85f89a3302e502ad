// WelsThreadLib.h and cpu_core.h for one thread: locks are free, events are always signalled, no thread starts.
// The encoder is told to use one thread (bridge.cpp), so these only keep its set-up and clean-up going.
#include "cpu.h"
#include "cpu_core.h"
#include "WelsThreadLib.h"

extern "C" {

WELS_THREAD_ERROR_CODE WelsMutexInit(WELS_MUTEX*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsMutexLock(WELS_MUTEX*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsMutexUnlock(WELS_MUTEX*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsMutexDestroy(WELS_MUTEX*) { return WELS_THREAD_ERROR_OK; }

WELS_THREAD_ERROR_CODE WelsEventOpen(WELS_EVENT*, const char*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsEventClose(WELS_EVENT*, const char*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsEventSignal(WELS_EVENT*, WELS_MUTEX*, int*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsEventWait(WELS_EVENT*, WELS_MUTEX*, int&) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsEventWaitWithTimeOut(WELS_EVENT*, uint32_t, WELS_MUTEX*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsMultipleEventsWaitSingleBlocking(uint32_t, WELS_EVENT*, WELS_EVENT*, WELS_MUTEX*) {
  return WELS_THREAD_ERROR_OK;
}

WELS_THREAD_ERROR_CODE WelsThreadCreate(WELS_THREAD_HANDLE*, LPWELS_THREAD_ROUTINE, void*, WELS_THREAD_ATTR) {
  return static_cast<WELS_THREAD_ERROR_CODE>(WELS_THREAD_ERROR_GENERAL);
}
WELS_THREAD_ERROR_CODE WelsThreadSetName(const char*) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_ERROR_CODE WelsThreadJoin(WELS_THREAD_HANDLE) { return WELS_THREAD_ERROR_OK; }
WELS_THREAD_HANDLE WelsThreadSelf() { return 0; }

WELS_THREAD_ERROR_CODE WelsQueryLogicalProcessInfo(WelsLogicalProcessInfo* info) {
  info->ProcessorCount = 1;
  return WELS_THREAD_ERROR_OK;
}
void WelsSleep(uint32_t) {}
}

// Whether encoders built from now on use the SIMD kernels, where these are compiled in (src/kernels/mod.rs).
extern "C" int32_t oh264_kernels;
int32_t oh264_kernels = 1;

uint32_t WelsCPUFeatureDetect(int32_t* cores) {
  if (cores != nullptr) *cores = 1;
#ifdef HAVE_NEON_AARCH64
  if (oh264_kernels) return WELS_CPU_NEON;
#endif
  return 0;
}
