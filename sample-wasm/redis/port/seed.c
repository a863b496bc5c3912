/* Random bytes: SplitMix64 from a seed of the host's, behind /dev/urandom and WASI's random_get. */
#include "port.h"

#include <string.h>

void getRandomBytes(unsigned char *p, size_t len);
void getRandomHexChars(char *p, size_t len);

static uint64_t state;

void port_seed(uint64_t seed) { state = seed; }

static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

void port_random_bytes(void *to, size_t length) {
    unsigned char *at = to;
    while (length > 0) {
        uint64_t bits = next();
        size_t n = length < sizeof bits ? length : sizeof bits;
        memcpy(at, &bits, n);
        at += n;
        length -= n;
    }
}

/* In place of util.c's, which draw a seed of their own once and for all. */
void getRandomBytes(unsigned char *p, size_t len) { port_random_bytes(p, len); }

void getRandomHexChars(char *p, size_t len) {
    getRandomBytes((unsigned char *)p, len);
    for (size_t i = 0; i < len; i++) p[i] = "0123456789abcdef"[p[i] & 15];
}
