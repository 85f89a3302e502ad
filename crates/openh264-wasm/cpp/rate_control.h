// What the caller decides about one picture, where upstream's rate control would.
#pragma once

#include "bridge.h"

class ISVCEncoder;

// The picture that is being encoded on this thread; NULL between pictures, and where upstream decides.
extern thread_local const OhPictureControl* oh264_picture_control;

// Fills a new encoder's slots: how macroblocks are coded, and, where its mode is RC_OFF_MODE, the caller's QPs.
void oh264_fill_slots(ISVCEncoder* codec);
