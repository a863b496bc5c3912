/* SHA-256 as Redis has it. A file of its own: the native build of the port (../native) has no Redis. */
#include "port.h"

#include "sha256.h"

_Static_assert(PORT_DIGEST == SHA256_BLOCK_SIZE, "the bytes of a digest");

void port_digest(const void *data, size_t length, unsigned char *to) {
    SHA256_CTX context;
    sha256_init(&context);
    sha256_update(&context, data, length);
    sha256_final(&context, to);
}
