// Goes before every file of upstream's (build/main.rs): gives its output buffers room for any picture.
//
// Upstream sizes them for COMPRESS_RATIO_THR times the raw picture, 384 bytes per macroblock at 1.0, and its CABAC
// writer checks nothing: noise at a low QP overruns them. With every coefficient of a macroblock at its largest, 255
// over the quantiser's step, CABAC spends 14 context-coded bins, an Exp-Golomb suffix and a sign on each (ITU-T H.264
// 9.3.2.3): 19 bits at QP 0, 10 at QP 24, so 912 and 480 bytes per macroblock. Upstream also wants half as much again
// for emulation prevention. 4.0 holds the first and 2.0 the second.
#pragma once

// Set by the bridge before an encoder is built. Each thread's own, as native tests build encoders on several.
extern thread_local float oh264_output_ratio;

#include "wels_const.h"
#undef COMPRESS_RATIO_THR
#define COMPRESS_RATIO_THR oh264_output_ratio
