// Files, formatted text and the clock. Upstream uses them for logs and debug dumps, which are switched off, and for
// statistics, which nobody reads here: nothing opens, nothing is written, the time is always 0.
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

extern "C" {

FILE* const oh264_stderr = NULL;

FILE* fopen(const char*, const char*) { return NULL; }
int fclose(FILE*) { return 0; }
int fflush(FILE*) { return 0; }
int fseek(FILE*, long, int) { return -1; }
size_t fwrite(const void*, size_t, size_t, FILE*) { return 0; }
int fprintf(FILE*, const char*, ...) { return -1; }

// The format itself, its conversions not carried out.
int vsnprintf(char* to, size_t size, const char* format, va_list) {
  const size_t length = strlen(format);
  if (size > 0) {
    const size_t copied = length < size ? length : size - 1;
    memcpy(to, format, copied);
    to[copied] = '\0';
  }
  return static_cast<int>(length);
}

int gettimeofday(struct timeval* now, void*) {
  now->tv_sec = 0;
  now->tv_usec = 0;
  return 0;
}

struct tm* localtime(const time_t*) {
  static struct tm epoch;
  return &epoch;
}

size_t strftime(char* to, size_t size, const char*, const struct tm*) {
  if (size > 0) to[0] = '\0';
  return 0;
}

pid_t getpid() { return 1; }
}
