// How much of a picture's residual the quantiser makes zero.
#pragma once

#include "encoder_context.h"

// Sets it for the pictures that follow.
void oh264_set_dead_zone(WelsEnc::sWelsEncCtx* context, bool is_narrow);
