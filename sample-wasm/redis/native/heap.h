#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

/* What memory.c asks of a WebAssembly engine. */
size_t native_memory_size(int memory);
size_t native_memory_grow(int memory, size_t pages);

/* Where growing fails from now on. */
void heap_host_allows(size_t bytes);
/* Bytes in blocks. */
size_t heap_live(void);

#endif
