// Stands in upstream's rate control slots (SWelsRcFunc) where the caller decides about QPs itself: the picture's, which all
// its macroblocks have, and how strongly the picture is deblocked.
#include "rate_control.h"

#include "encoder_context.h"
#include "mode_decision.h"
#include "quantisation.h"
#include "rc.h"
#include "svc_enc_frame.h"
#include "svc_enc_macroblock.h"
#include "wels_common_defs.h"
#include "wels_func_ptr_def.h"
#include "welsEncoderExt.h"

thread_local const OhPictureControl* oh264_picture_control = NULL;
thread_local bool oh264_qp_is_given = false;

bool oh264_differences_are_read() { return !oh264_qp_is_given; }

using namespace WelsEnc;

namespace {

// Upstream's class keeps its context to itself, and its interface has no way to the slots. An explicit instantiation may
// name a private member (ISO/IEC 14882 [temp.spec]); the friend function hands it out.
struct Context {
  typedef sWelsEncCtx* CWelsH264SVCEncoder::*Member;
  friend Member member(Context);
};
template <Context::Member pointer>
struct Reveal {
  friend Context::Member member(Context) { return pointer; }
};
template struct Reveal<&CWelsH264SVCEncoder::m_pEncContext>;

void picture_init(sWelsEncCtx* context, long long) {
  const OhPictureControl& control = *oh264_picture_control;
  context->iGlobalQp = control.qp;
  context->pWelsSvcRc[context->uiDependencyId].iAverageFrameQp = control.qp;
  SDqLayer& layer = *context->pCurDqLayer;
  layer.iLoopFilterDisableIdc = control.deblocking_off ? 1 : 0;
  layer.iLoopFilterAlphaC0Offset = control.deblocking_offset;
  layer.iLoopFilterBetaOffset = control.deblocking_offset;
  oh264_set_dead_zone(context, control.narrow_dead_zone != 0);
}

void macroblock_init(sWelsEncCtx* context, SMB* macroblock, SSlice*) {
  const int32_t qp = oh264_picture_control->qp;
  macroblock->uiLumaQp = static_cast<uint8_t>(qp);
  macroblock->uiChromaQp = WelsCommon::g_kuiChromaQpTable[WELS_CLIP3(qp + context->pPps->uiChromaQpIndexOffset, 0, 51)];
}

}  // namespace

void oh264_fill_slots(ISVCEncoder* codec) {
  sWelsEncCtx* context = static_cast<CWelsH264SVCEncoder*>(codec)->*member(Context());
  oh264_take_over_mode_decision(context);
  if (context->pSvcParam->iRCMode != RC_OFF_MODE) return;
  SWelsRcFunc& slots = context->pFuncList->pfRc;
  slots.pfWelsRcPictureInit = picture_init;
  slots.pfWelsRcMbInit = macroblock_init;
}
