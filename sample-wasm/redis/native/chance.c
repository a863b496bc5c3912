#include "chance.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

/* Seeds that differ by one are not to begin alike (the finalizer of MurmurHash3). */
void chance_seed(uint64_t seed) {
    seed = (seed ^ seed >> 33) * 0xFF51AFD7ED558CCDu;
    seed = (seed ^ seed >> 33) * 0xC4CEB9FE1A85EC53u;
    state = seed ^ seed >> 33;
}

uint32_t below(uint32_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % n;
}

uint64_t any_number(void) { return (uint64_t)below(1u << 31) << 33 ^ (uint64_t)below(1u << 31) << 8 ^ below(256); }

void require(bool is, const char *what) {
    if (is) return;
    fprintf(stderr, "drive: %s\n", what);
    abort();
}
