// What the caller decides about one picture, where upstream's rate control would.
#pragma once

#include "bridge.h"

class ISVCEncoder;

// The picture that is being encoded on this thread; NULL between pictures, and where upstream decides.
extern thread_local const OhPictureControl* oh264_picture_control;

// Puts the caller's decisions into a new encoder's slots. Its mode must be RC_OFF_MODE.
void oh264_take_over_rate_control(ISVCEncoder* codec);
