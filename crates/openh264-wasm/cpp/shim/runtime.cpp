// What the C++ compiler calls by itself, and the string functions that compiler-builtins lacks.
#include <stdlib.h>
#include <string.h>

void* operator new(size_t size) { return malloc(size); }
void* operator new[](size_t size) { return malloc(size); }
void operator delete(void* pointer) noexcept { free(pointer); }
void operator delete[](void* pointer) noexcept { free(pointer); }
void operator delete(void* pointer, size_t) noexcept { free(pointer); }
void operator delete[](void* pointer, size_t) noexcept { free(pointer); }

extern "C" {

// Reached only by a call through a half-built object.
void __cxa_pure_virtual() { __builtin_trap(); }

char* strncpy(char* to, const char* from, size_t size) {
  size_t index = 0;
  for (; index < size && from[index] != '\0'; ++index) to[index] = from[index];
  for (; index < size; ++index) to[index] = '\0';
  return to;
}
}
