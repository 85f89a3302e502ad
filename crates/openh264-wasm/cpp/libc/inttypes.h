#pragma once
#include <stdint.h>
// Conversions for upstream's log lines.
#define PRId64 "lld"
