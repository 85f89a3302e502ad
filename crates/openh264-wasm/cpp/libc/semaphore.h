// The type only: threads are in ../shim/threads.cpp.
#pragma once
typedef int sem_t;
