#pragma once
#include <stddef.h>
typedef int pid_t;
