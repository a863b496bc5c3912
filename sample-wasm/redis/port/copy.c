/* memcpy, memmove and memset for a JIT behind a bounds check per access: short ones as a few loads and stores, long ones
 * as the bulk instructions. wasi-libc's loops over bytes hold LPUSH to a third of its speed.
 *
 * The only file built with -mbulk-memory, so that no other inline copy becomes a bulk instruction of five bytes. */
#include <stddef.h>
#include <stdint.h>

typedef uint64_t __attribute__((aligned(1), may_alias)) u64;
typedef uint32_t __attribute__((aligned(1), may_alias)) u32;
typedef uint16_t __attribute__((aligned(1), may_alias)) u16;

/* Up to 32 bytes; all loads come before the stores, hence right for overlapping ranges. */
static inline __attribute__((always_inline)) void short_copy(unsigned char *to, const unsigned char *from, size_t n) {
    if (n > 16) {
        uint64_t a = *(const u64 *)from, b = *(const u64 *)(from + 8);
        uint64_t c = *(const u64 *)(from + n - 16), d = *(const u64 *)(from + n - 8);
        *(u64 *)to = a;
        *(u64 *)(to + 8) = b;
        *(u64 *)(to + n - 16) = c;
        *(u64 *)(to + n - 8) = d;
    } else if (n >= 8) {
        uint64_t a = *(const u64 *)from, b = *(const u64 *)(from + n - 8);
        *(u64 *)to = a;
        *(u64 *)(to + n - 8) = b;
    } else if (n >= 4) {
        uint32_t a = *(const u32 *)from, b = *(const u32 *)(from + n - 4);
        *(u32 *)to = a;
        *(u32 *)(to + n - 4) = b;
    } else if (n >= 2) {
        uint16_t a = *(const u16 *)from, b = *(const u16 *)(from + n - 2);
        *(u16 *)to = a;
        *(u16 *)(to + n - 2) = b;
    } else if (n == 1) {
        *to = *from;
    }
}

void *memcpy(void *restrict to, const void *restrict from, size_t n) {
    if (n > 32) return __builtin_memcpy(to, from, n);
    short_copy(to, from, n);
    return to;
}

void *memmove(void *to, const void *from, size_t n) {
    if (n > 32) return __builtin_memmove(to, from, n);
    short_copy(to, from, n);
    return to;
}

void *memset(void *to, int value, size_t n) {
    unsigned char *at = to;
    uint64_t bytes = (unsigned char)value * 0x0101010101010101u;
    if (n > 16) return __builtin_memset(to, value, n);
    if (n >= 8) {
        *(u64 *)at = bytes;
        *(u64 *)(at + n - 8) = bytes;
    } else if (n >= 4) {
        *(u32 *)at = (uint32_t)bytes;
        *(u32 *)(at + n - 4) = (uint32_t)bytes;
    } else {
        for (size_t i = 0; i < n; i++) at[i] = (unsigned char)value;
    }
    return to;
}
