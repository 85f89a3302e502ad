// Types only: threads are in ../shim/threads.cpp.
#pragma once
typedef int pthread_t;
typedef int pthread_mutex_t;
