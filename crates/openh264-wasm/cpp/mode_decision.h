// How macroblocks of P pictures are coded, and where their vectors come from, in place of upstream's decisions.
#pragma once

#include "encoder_context.h"

// Puts both into an encoder's slots.
void oh264_take_over_mode_decision(WelsEnc::sWelsEncCtx* context);

// PMotionSearchFunc: a whole-sample search for one block.
void oh264_motion_search(WelsEnc::SWelsFuncPtrList* functions, WelsEnc::SDqLayer* layer, WelsEnc::SWelsME* motion,
                         WelsEnc::SSlice* slice);
