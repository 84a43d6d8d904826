// Stands in front of the C library's own malloc, which glibc allows an executable to do (glibc
// manual, "Replacing malloc"), and counts. Swift's arrays, strings and objects all come through here.
#include "counter.h"
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
// A sanitizer stands there itself.
#define STRAY_NO_COUNTER 1
#endif
#endif
#if !defined(__GLIBC__)
#include <features.h>
#endif

#if defined(STRAY_NO_COUNTER) || !defined(__GLIBC__)
long stray_allocations(void) { return -1; }
#else
static __thread long allocations __attribute__((tls_model("initial-exec")));

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) {
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    allocations++;
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    allocations++;
    *out = __libc_memalign(alignment, size);
    return *out == NULL ? 12 : 0;
}

long stray_allocations(void) { return allocations; }
#endif
