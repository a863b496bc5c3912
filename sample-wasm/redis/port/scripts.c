/* The memory of Lua: counted and bounded, so that a greedy script gets Lua's own "not enough memory" while Redis still
 * has what it needs to answer. lauxlib.c's allocator is compiled onto these. */
#include "port.h"

#include <malloc.h>
#include <stdlib.h>

void *port_script_realloc(void *block, size_t size);
void port_script_free(void *block);

static size_t used, most = SIZE_MAX;

void port_scripts_limit(size_t bytes) { most = bytes; }

void *port_script_realloc(void *block, size_t size) {
    size_t before = block ? malloc_usable_size(block) : 0;
    if (size > before && size - before > most - (used < most ? used : most)) return NULL;
    void *moved = realloc(block, size);
    if (moved) used = used - before + malloc_usable_size(moved);
    return moved;
}

void port_script_free(void *block) {
    if (!block) return;
    used -= malloc_usable_size(block);
    free(block);
}
