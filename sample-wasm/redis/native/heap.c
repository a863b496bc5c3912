/* In place of wasi-libc's malloc: the sanitizer's blocks, but only as many bytes as memory.c says there are. Memory grows
 * as a module's does, up to what the host allows; nothing is kept in it. */
#include "guest.h"
#include "heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 65536, HEAP_BASE = 1 << 20, OVERHEAD = 8, LEAST = 16 };

/* The module's data ends here, as far as memory.c is concerned. */
__asm__(".globl __heap_base\n.set __heap_base, 0x100000");

static size_t pages = HEAP_BASE / PAGE + 1, most_pages = 32767;
static size_t live, taken;

size_t native_memory_size(int memory) { return memory == 0 ? pages : 0; }

size_t native_memory_grow(int memory, size_t more) {
    if (memory != 0 || more > most_pages - pages) return (size_t)-1;
    size_t before = pages;
    pages += more;
    return before;
}

void heap_host_allows(size_t bytes) {
    size_t wanted = bytes / PAGE;
    most_pages = wanted > pages ? wanted : pages;
}

size_t heap_live(void) { return live; }

static size_t size_of(size_t size) { return (size < LEAST ? LEAST : size) + OVERHEAD; }

/* As dlmalloc, which gives nothing back. */
static int take(size_t size) {
    if (size > UINT32_MAX) return 0;
    size_t wanted = live + size_of(size);
    if (wanted > taken) {
        size_t more = (wanted - taken + PAGE - 1) / PAGE * PAGE;
        if (guest_sbrk((intptr_t)more) == (void *)-1) return 0;
        taken += more;
    }
    live = wanted;
    return 1;
}

static void give(void *block) {
    if (block) live -= size_of(malloc_usable_size(block));
}

void *guest_malloc(size_t size) {
    return take(size) ? malloc(size) : NULL;
}

void *guest_calloc(size_t count, size_t size) {
    if (size != 0 && count > UINT32_MAX / size) return NULL;
    return take(count * size) ? calloc(count, size) : NULL;
}

void *guest_realloc(void *block, size_t size) {
    size_t before = block ? size_of(malloc_usable_size(block)) : 0;
    if (!take(size)) return NULL;
    live -= before;
    return realloc(block, size);
}

void guest_free(void *block) {
    give(block);
    free(block);
}

char *guest_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = guest_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

size_t guest_malloc_usable_size(void *block) { return malloc_usable_size(block); }
