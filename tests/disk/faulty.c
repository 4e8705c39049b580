/* A disk that fails when it is told to. Preloaded into the server by tests/tests/disk.rs, it stands before the C library's
   own functions, and touches only files under $FAULTY_FOLDER. What it does is one word in the file $FAULTY_WORD:

   full      every write fails: no space is left
   sync      every fsync fails: the disk has an error
   readonly  nothing can be opened for writing or written: the file system is read-only
   torn      the next write to the write-ahead log is made by half, and the process is killed in the middle of it */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name, result, ...)                                     \
  static result (*real)(__VA_ARGS__);                               \
  if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int (*open_file(void))(const char *, int, ...) {
  REAL("open", int, const char *, int, ...);
  return real;
}

static int says(const char *what) {
  const char *path = getenv("FAULTY_WORD");
  char word[16] = {0};
  int file = path ? open_file()(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return 0;
  ssize_t length = read(file, word, sizeof word - 1);
  close(file);
  return length > 0 && strcmp(word, what) == 0;
}

static int is_ours(const char *path) {
  const char *folder = getenv("FAULTY_FOLDER");
  return folder && strncmp(path, folder, strlen(folder)) == 0;
}

/* The path of an open file, if it is one of the server's data. */
static const char *ours(int file, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, size - 1);
  if (length <= 0) return NULL;
  path[length] = 0;
  return is_ours(path) ? path : NULL;
}

/* The error that a write to this file has, if any. */
static int fault(int file) {
  char path[4096];
  if (!ours(file, path, sizeof path)) return 0;
  if (says("full")) return ENOSPC;
  if (says("readonly")) return EROFS;
  return 0;
}

static int is_torn(int file) {
  char path[4096];
  const char *name = ours(file, path, sizeof path);
  return name && strstr(name, "-wal") && says("torn");
}

#define WRITE_AT(name, offset_type)                                             \
  ssize_t name(int file, const void *bytes, size_t length, offset_type at) {    \
    REAL(#name, ssize_t, int, const void *, size_t, offset_type);               \
    int error = fault(file);                                                    \
    if (error) { errno = error; return -1; }                                    \
    /* The small writes are headers of pages: to tear a page does more harm. */ \
    if (length > 64 && is_torn(file)) {                                         \
      real(file, bytes, length / 2, at);                                        \
      kill(getpid(), SIGKILL);                                                  \
    }                                                                           \
    return real(file, bytes, length, at);                                       \
  }
WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)

ssize_t write(int file, const void *bytes, size_t length) {
  REAL("write", ssize_t, int, const void *, size_t);
  int error = fault(file);
  if (error) { errno = error; return -1; }
  return real(file, bytes, length);
}

#define TRUNCATE(name, offset_type)                 \
  int name(int file, offset_type length) {          \
    REAL(#name, int, int, offset_type);             \
    /* A full disk does not mind: what is made longer has a hole. */ \
    if (fault(file) == EROFS) { errno = EROFS; return -1; } \
    return real(file, length);                      \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                          \
  int name(int file) {                                      \
    REAL(#name, int, int);                                  \
    char path[4096];                                        \
    if (ours(file, path, sizeof path) && says("sync")) {    \
      errno = EIO;                                          \
      return -1;                                            \
    }                                                       \
    return real(file);                                      \
  }
SYNC(fsync)
SYNC(fdatasync)

#define OPEN(name)                                                              \
  int name(const char *path, int flags, ...) {                                  \
    REAL(#name, int, const char *, int, ...);                                   \
    va_list more;                                                               \
    va_start(more, flags);                                                      \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;   \
    va_end(more);                                                               \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_ours(path) && says("readonly")) { \
      errno = EROFS;                                                            \
      return -1;                                                                \
    }                                                                           \
    return real(path, flags, mode);                                             \
  }
OPEN(open)
OPEN(open64)
