/* Wasmscope's C kit, common part: blocks, strings and lists as they cross between a guest and its host.
 *
 * Header only. Build with clang and wasi-libc, as docs/sdk.md shows:
 *
 *     clang-19 --target=wasm32-wasi -O2 -I sdk/c -c filter.c -o filter.o
 *     wasm-ld-19 --no-entry --export=_initialize /usr/lib/wasm32-wasi/crt1-reactor.o \
 *         -L/usr/lib/wasm32-wasi filter.o -lc -o filter.wasm
 *
 * (A reactor: with --no-entry alone the linker has every export end the C library when it returns.)
 *
 * A block is a u32 with the number of bytes that follow it; a string counts the zero at its end. What the host gives
 * was allocated by wasm_alloc, which this header defines with malloc, and belongs to the guest. SPDX: Apache-2.0. */
#ifndef WASMSCOPE_H
#define WASMSCOPE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WS_EXPORT(name) __attribute__((export_name(#name)))
#define WS_IMPORT(module, name) __attribute__((import_module(#module), import_name(#name)))

/* Hosts call these to hand something over and to take it back. Defined once a module: in exactly one of its files say
 * `#define WASMSCOPE_NO_ALLOCATOR` before this header where the module brings its own, or where it has several files. */
#ifndef WASMSCOPE_NO_ALLOCATOR
WS_EXPORT(wasm_alloc) void *wasm_alloc(uint32_t size) { return malloc(size ? size : 1); }
WS_EXPORT(wasm_free) void wasm_free(void *block) { free(block); }
#endif

/* A block in memory. `bytes` has `size` bytes. */
typedef struct {
  uint32_t size;
  char bytes[];
} ws_block;

/* What must not happen is a trap: the host ends this call and nothing else. */
_Noreturn static inline void ws_fail(void) { __builtin_trap(); }

static inline void *ws_memory(size_t size) {
  void *memory = malloc(size);
  if (!memory) ws_fail();
  return memory;
}

/* Bytes as a block, to be freed. */
static inline ws_block *ws_bytes(const void *bytes, uint32_t size) {
  ws_block *block = ws_memory(sizeof(ws_block) + (size_t)size);
  block->size = size;
  memcpy(block->bytes, bytes, size);
  return block;
}

/* A string as a block, to be freed. */
static inline ws_block *ws_string(const char *text) { return ws_bytes(text, (uint32_t)strlen(text) + 1); }

/* Turns a string's block that the host gave into a C string, to be freed with free(). Moves the text to the start of
 * its block, so that nothing is copied elsewhere. */
static inline char *ws_text(ws_block *block) {
  uint32_t size = block->size;
  char *text = (char *)block;
  if (size == 0) ws_fail();
  memmove(text, block->bytes, size);
  return text;
}

/* Profile wasmscope: the host calls functions with strings. It has allocated the arguments and frees them; what a
 * function answers stays the guest's and is good until it answers again:
 *
 *     WS_EXPORT(shout) const ws_block *shout(const ws_block *text) { return ws_answer(text->bytes); }
 */
static ws_block *ws_answered;

static inline const ws_block *ws_answer(const char *text) {
  ws_block *next = ws_string(text);
  free(ws_answered);
  return ws_answered = next;
}

/* A list of strings as hosts lay it out: a u32 with their number, then each as a block. Walks it:
 *
 *     uint32_t left; ws_block *at = ws_first(list, &left);
 *     for (; left; at = ws_next(at, &left)) puts(at->bytes);
 */
static inline ws_block *ws_first(void *list, uint32_t *left) {
  memcpy(left, list, sizeof *left);
  return (ws_block *)((char *)list + sizeof *left);
}

static inline ws_block *ws_next(ws_block *at, uint32_t *left) {
  uint32_t size;
  memcpy(&size, at, sizeof size);
  --*left;
  return (ws_block *)((char *)at + sizeof size + size);
}

#endif
