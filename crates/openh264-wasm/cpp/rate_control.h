// What the caller decides about one picture, where upstream's rate control would.
#pragma once

#include "bridge.h"

class ISVCEncoder;

// The picture that is being encoded on this thread; NULL between pictures.
extern thread_local const OhPictureControl* oh264_picture_control;

// Whether its QP is the caller's, and not upstream's to find.
extern thread_local bool oh264_qp_is_given;

// Asked by the kernel that compares pictures for upstream's rate control: nobody else reads what it finds.
extern "C" bool oh264_differences_are_read();

// Fills a new encoder's slots: how macroblocks are coded, and, where its mode is RC_OFF_MODE, the caller's QPs.
void oh264_fill_slots(ISVCEncoder* codec);
