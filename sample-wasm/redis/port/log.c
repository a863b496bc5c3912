/* What Redis writes to standard output and error: a ring that the host may read at any time. */
#include "port.h"
#include "redis_wasm.h"

static unsigned char text[1 << 16];
static struct redis_log ring;

void port_log(const void *data, size_t length) {
    const unsigned char *at = data;
    for (size_t i = 0; i < length; i++) text[(ring.written + i) % sizeof text] = at[i];
    ring.written += length;
}

__attribute__((export_name("redis_log"))) redis_address redis_log(void) {
    ring.data = (redis_address)text;
    ring.capacity = sizeof text;
    return (redis_address)&ring;
}
