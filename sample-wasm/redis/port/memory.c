/* Linear memory. It grows in large steps, because growing copies all of it on most hosts. */
#include "port.h"
#include "redis_wasm.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

extern unsigned char __heap_base;

/* STEP: growing copies all of it on many hosts. HELD_BACK: for what a command still needs once growing has failed. */
enum { PAGE = 65536, STEP_LEAST = 4 << 20, STEP_MOST = 64 << 20, HELD_BACK = 2 << 20 };

static uintptr_t used_end, held_end, limit = UINTPTR_MAX;
static bool short_of_memory;

bool port_memory_ran_short(void) {
    bool did = short_of_memory;
    short_of_memory = false;
    return did;
}

bool port_memory_scarce(size_t in_use) { return short_of_memory || in_use > limit - limit / 4; }

static bool grow_by(uintptr_t bytes) {
    uintptr_t pages = bytes / PAGE + (bytes % PAGE != 0);
    if (pages * PAGE > limit - held_end || limit < held_end) return false;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return false;
    held_end += pages * PAGE;
    return true;
}

static bool grow_for(uintptr_t missing) {
    uintptr_t step = held_end / 8;
    if (step < STEP_LEAST) step = STEP_LEAST;
    if (step > STEP_MOST) step = STEP_MOST;
    return (step > missing && grow_by(step)) || grow_by(missing);
}

static void find_ends(void) {
    if (used_end) return;
    used_end = ((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15;
    held_end = __builtin_wasm_memory_size(0) * PAGE;
}

void port_memory_limit(size_t bytes) { limit = bytes; }

void port_memory_reserve(size_t bytes) {
    find_ends();
    if (bytes > held_end) grow_by(bytes - held_end);
}

/* For dlmalloc, which never gives memory back. */
void *sbrk(intptr_t increment) {
    find_ends();
    uintptr_t wanted = used_end + (uintptr_t)increment;
    if (increment < 0 || wanted < used_end || wanted > UINTPTR_MAX - HELD_BACK) {
        errno = ENOMEM;
        return (void *)-1;
    }
    /* The last eighth is for requests under way, which were announced and may not be refused any more. */
    if (limit != UINTPTR_MAX && wanted > limit - limit / 8) short_of_memory = true;
    if (wanted + HELD_BACK > held_end && !grow_for(wanted + HELD_BACK - held_end)) {
        short_of_memory = true;
        if (wanted > held_end) {
            errno = ENOMEM;
            return (void *)-1;
        }
    }
    uintptr_t start = used_end;
    used_end = wanted;
    return (void *)start;
}

__attribute__((export_name("redis_alloc"))) redis_address redis_alloc(uint32_t n) { return (redis_address)malloc(n); }

__attribute__((export_name("redis_free"))) void redis_free(redis_address address) { free((void *)address); }
