/* Random bytes from a seed of the host's, behind /dev/urandom and WASI's random_get: the digests of the seed and a
 * counter. Clients see some of them (the run id, ACL GENPASS) and must not get from there to the seed, since the hash
 * tables hang on it. */
#include "port.h"

#include <string.h>

void getRandomBytes(unsigned char *p, size_t len);
void getRandomHexChars(char *p, size_t len);

static uint64_t seed_and_counter[2];
static unsigned char block[PORT_DIGEST];
static size_t used = PORT_DIGEST;

void port_seed(uint64_t seed) {
    seed_and_counter[0] = seed;
    seed_and_counter[1] = 0;
    used = PORT_DIGEST;
}

void port_random_bytes(void *to, size_t length) {
    unsigned char *at = to;
    while (length > 0) {
        if (used == PORT_DIGEST) {
            port_digest(seed_and_counter, sizeof seed_and_counter, block);
            seed_and_counter[1]++;
            used = 0;
        }
        size_t n = length < PORT_DIGEST - used ? length : PORT_DIGEST - used;
        memcpy(at, block + used, n);
        at += n;
        length -= n;
        used += n;
    }
}

/* In place of util.c's, which draw a seed of their own once and for all. */
void getRandomBytes(unsigned char *p, size_t len) { port_random_bytes(p, len); }

void getRandomHexChars(char *p, size_t len) {
    getRandomBytes((unsigned char *)p, len);
    for (size_t i = 0; i < len; i++) p[i] = "0123456789abcdef"[p[i] & 15];
}
