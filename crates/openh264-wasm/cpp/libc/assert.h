// Upstream's assertions are off (NDEBUG), as in every release build of OpenH264.
#pragma once
#define assert(condition) ((void)0)
