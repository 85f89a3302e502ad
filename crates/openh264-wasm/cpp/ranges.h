// Goes before every file of upstream's (build/main.rs): vectors of any content may be as long as upstream allows for
// screens, 504 pixels or what the level allows (ITU-T H.264 table A-1), instead of 64. Upstream does not search that far by
// itself; cpp/motion_search.cpp is told where to look.
#pragma once

#include "svc_motion_estimate.h"
#undef CAMERA_STARTMV_RANGE
#define CAMERA_STARTMV_RANGE EXPANDED_MV_RANGE
#undef CAMERA_MVD_RANGE
#define CAMERA_MVD_RANGE EXPANDED_MVD_RANGE
