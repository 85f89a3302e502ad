// Stands in the slot that quantises inter blocks and chroma, where a picture is to have no large error.
#include "quantisation.h"

#include "wels_func_ptr_def.h"

using namespace WelsEnc;

namespace {

// What stood in the slot: the same function for every encoder.
thread_local PQuantizationMaxFunc usual = NULL;

// Upstream adds 1/6 of a step to inter blocks' coefficients before it cuts off, and 1/3 to intra chroma's: here 1/4 and 1/2.
void narrow(int16_t* coefficients, const int16_t* offsets, const int16_t* factors, int16_t* largest) {
  alignas(16) int16_t wider[8];
  for (int index = 0; index < 8; ++index) wider[index] = static_cast<int16_t>(offsets[index] + offsets[index] / 2);
  usual(coefficients, wider, factors, largest);
}

}  // namespace

void oh264_set_dead_zone(sWelsEncCtx* context, bool is_narrow) {
  PQuantizationMaxFunc& slot = context->pFuncList->pfQuantizationFour4x4Max;
  if (slot != narrow) usual = slot;
  slot = is_narrow ? narrow : usual;
}
