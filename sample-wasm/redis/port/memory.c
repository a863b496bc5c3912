/* Linear memory. It grows in large steps, because growing copies all of it on most hosts. */
#include "redis_wasm.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

extern unsigned char __heap_base;

enum { PAGE = 65536, STEP_LEAST = 4 << 20, STEP_MOST = 64 << 20 };

static uintptr_t used_end, held_end;

static _Bool grow_by(uintptr_t bytes) {
    uintptr_t pages = (bytes + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return 0;
    held_end += pages * PAGE;
    return 1;
}

static _Bool grow_for(uintptr_t missing) {
    uintptr_t step = held_end / 8;
    if (step < STEP_LEAST) step = STEP_LEAST;
    if (step > STEP_MOST) step = STEP_MOST;
    return (step > missing && grow_by(step)) || grow_by(missing);
}

/* For dlmalloc, which never gives memory back. */
void *sbrk(intptr_t increment) {
    if (!used_end) {
        used_end = ((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15;
        held_end = __builtin_wasm_memory_size(0) * PAGE;
    }
    uintptr_t wanted = used_end + (uintptr_t)increment;
    if (increment < 0 || wanted < used_end || (wanted > held_end && !grow_for(wanted - held_end))) {
        errno = ENOMEM;
        return (void *)-1;
    }
    uintptr_t start = used_end;
    used_end = wanted;
    return (void *)start;
}

__attribute__((export_name("redis_alloc"))) uint32_t redis_alloc(uint32_t n) { return (uint32_t)malloc(n); }

__attribute__((export_name("redis_free"))) void redis_free(uint32_t address) { free((void *)address); }
