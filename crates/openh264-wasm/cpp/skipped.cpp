// The data of a slice whose macroblocks are all skipped, by upstream's arithmetic encoder.
#include <string.h>

#include "bridge.h"
#include "encoder_context.h"
#include "set_mb_syn_cabac.h"

using namespace WelsEnc;

extern "C" int32_t oh_skipped_slice(int32_t qp, int32_t macroblocks, uint8_t* data, int32_t capacity) {
  // mb_skip_flag where no macroblock beside or above is coded, and its start for cabac_init_idc 0 (ITU-T H.264 9.3.1.1,
  // table 9-13).
  const int32_t context = 11, m = 23, n = 33;
  // Upstream writes up to eight bytes at a time, a skipped macroblock takes less than two bits.
  if (capacity < macroblocks / 4 + 16) return 0;
  SCabacCtx cabac;
  memset(&cabac, 0, sizeof(cabac));
  const int32_t state = WELS_CLIP3(((m * qp) >> 4) + n, 1, 126);
  cabac.m_sStateCtx[context].Set(state <= 63 ? 63 - state : state - 64, state > 63);
  WelsCabacEncodeInit(&cabac, data, data + capacity);
  for (int32_t at = 0; at < macroblocks; ++at) {
    WelsCabacEncodeDecision(&cabac, context, 1);
    if (at + 1 < macroblocks) WelsCabacEncodeTerminate(&cabac, 0);
  }
  WelsCabacEncodeFlush(&cabac);
  return static_cast<int32_t>(WelsCabacEncodeGetPtr(&cabac) - data);
}
