// The mode decision for macroblocks of P pictures. Upstream's skips macroblocks at a loss where their neighbours were, and
// chooses partitions by what changes in place; both are right for a camera that stands still, and for little else.
#include "mode_decision.h"

#include "md.h"
#include "svc_base_layer_md.h"
#include "svc_encode_mb.h"
#include "svc_mode_decision.h"
#include "wels_func_ptr_def.h"

#include <string.h>

using namespace WelsEnc;

namespace {

// Bits that the types of two and of four partitions take more than that of one, with the headers of their vectors, about
// (ITU-T H.264 tables 7-13 and 7-17).
const int32_t kBitsOfTwo = 4;
const int32_t kBitsOfFour = 12;

// A macroblock that costs no more than so many bits gains nothing by intra prediction or partitions.
const int32_t kBitsOfNothing = 8;

// Whether the partitions are cheaper than the whole, whose cost is given; sets the type then.
void split(sWelsEncCtx* context, SWelsMD* decision, SSlice* slice, SMB* macroblock, int32_t best) {
  SWelsFuncPtrList* functions = context->pFuncList;
  SDqLayer* layer = context->pCurDqLayer;
  const int32_t lambda = decision->iLambda;
  const int32_t four = WelsMdP8x8(functions, layer, decision, slice) + kBitsOfFour * lambda;
  if (four < best) {
    best = four;
    macroblock->uiMbType = MB_TYPE_8x8;
    memset(macroblock->uiSubMbType, SUB_MB_TYPE_8x8, 4);
  } else if (context->pSvcParam->iComplexityMode != HIGH_COMPLEXITY) {
    return;
  }
  const int32_t rows = WelsMdP16x8(functions, layer, decision, slice) + kBitsOfTwo * lambda;
  if (rows <= best) {
    best = rows;
    macroblock->uiMbType = MB_TYPE_16x8;
  }
  if (WelsMdP8x16(functions, layer, decision, slice) + kBitsOfTwo * lambda <= best) macroblock->uiMbType = MB_TYPE_8x16;
}

// Stands in the slot of upstream's background detection, which WelsMdInterMb asks first; true means that all is done.
bool decide(sWelsEncCtx* context, SWelsMD* decision, SSlice* slice, SMB* macroblock, SMbCache* cache, bool*) {
  SWelsFuncPtrList* functions = context->pFuncList;
  // Upstream sets both slots anew for each picture. In P pictures only what has texture is worth a look at 4x4 blocks.
  functions->pfMotionSearch[0] = oh264_motion_search;
  functions->pfIntraFineMd = WelsMdIntraFinePartitionVaa;

  // Skipped only where the quantiser leaves nothing: neither a neighbour's loss nor the last picture's is a measure.
  decision->iSadPredSkip = 0;
  cache->uiRefMbType = 0;
  if (WelsMdPSkipEnc(context, decision, macroblock, cache)) {
    WelsMdInterDecidedPskip(context, slice, macroblock, cache);
    return true;
  }

  decision->iSadPredMb = 0;
  decision->iCostLuma = WelsMdP16x16(functions, context->pCurDqLayer, decision, slice, macroblock);
  macroblock->uiMbType = MB_TYPE_16x16;
  if (decision->iCostLuma > kBitsOfNothing * decision->iLambda) {
    if (functions->pfFirstIntraMode(context, decision, macroblock, cache)) return true;
    split(context, decision, slice, macroblock, decision->iCostLuma);
  }
  WelsMdInterMbRefinement(context, decision, macroblock, cache);
  WelsMdInterEncode(context, slice, macroblock, cache);
  WelsMdInterDoubleCheckPskip(macroblock, cache);
  return true;
}

}  // namespace

void oh264_take_over_mode_decision(sWelsEncCtx* context) { context->pFuncList->pfInterMdBackgroundDecision = decide; }
