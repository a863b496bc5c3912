// SHA-256 (FIPS 180-4), for a call that computes: the host puts bytes into memory that wasm_alloc gave it and reads
// the 32 bytes of the digest at the address that sha256 returns.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))

enum { BLOCK = 64, DIGEST = 32 };

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint8_t digest[DIGEST];

static uint32_t rotate(uint32_t word, int bits) {
    return word >> bits | word << (32 - bits);
}

static uint32_t read_big_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void write_big_endian(uint8_t *bytes, uint32_t word) {
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(word >> (24 - 8 * i));
    }
}

static void compress(uint32_t state[8], const uint8_t block[BLOCK]) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++) {
        w[i] = read_big_endian(block + 4 * i);
    }
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
        uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1;
        d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

// Returns the address of 32 bytes that the next call overwrites.
EXPORT(sha256) const uint8_t *sha256(const uint8_t *bytes, uint32_t length) {
    uint32_t state[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };
    uint32_t whole = length / BLOCK * BLOCK;
    for (uint32_t at = 0; at < whole; at += BLOCK) {
        compress(state, bytes + at);
    }
    // What is left, a one bit, zeros and the length in bits: one block, or two when the length does not fit.
    uint8_t last[2 * BLOCK] = {0};
    uint32_t rest = length - whole;
    memcpy(last, bytes + whole, rest);
    last[rest] = 0x80;
    uint32_t end = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    write_big_endian(last + end - 8, length >> 29);
    write_big_endian(last + end - 4, length << 3);
    for (uint32_t at = 0; at < end; at += BLOCK) {
        compress(state, last + at);
    }
    for (int i = 0; i < 8; i++) {
        write_big_endian(digest + 4 * i, state[i]);
    }
    return digest;
}

// Hashes so many zero bytes that it allocates itself: work without an argument to prepare. Returns 0 when the memory
// does not suffice.
EXPORT(sha256_of_zeros) const uint8_t *sha256_of_zeros(uint32_t length) {
    uint8_t *zeros = calloc(length ? length : 1, 1);
    if (!zeros) {
        return NULL;
    }
    const uint8_t *result = sha256(zeros, length);
    free(zeros);
    return result;
}

EXPORT(wasm_alloc) void *wasm_alloc(uint32_t size) {
    return malloc(size);
}

EXPORT(wasm_free) void wasm_free(void *address) {
    free(address);
}
