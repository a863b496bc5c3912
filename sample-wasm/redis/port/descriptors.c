/* File descriptors. 0 to 2 are the standard streams, 3 is the root directory that WASI hands out. */
#include "port.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_FREE = 4 };

static struct port_descriptor *table;
static int capacity;
/* No descriptor below is free: opening the ten-thousandth client must not look at all the others. */
static int lowest = FIRST_FREE;

static bool grow(void) {
    int wanted = capacity ? 2 * capacity : 64;
    struct port_descriptor *more = realloc(table, (size_t)wanted * sizeof *table);
    if (!more) return false;
    memset(more + capacity, 0, (size_t)(wanted - capacity) * sizeof *table);
    if (capacity == 0) {
        for (int fd = 0; fd < 3; fd++) more[fd].kind = PORT_STANDARD;
        more[3].kind = PORT_DIRECTORY;
    }
    table = more;
    capacity = wanted;
    return true;
}

int port_descriptor_open(enum port_kind kind) {
    while (lowest < capacity && table[lowest].kind != PORT_FREE) lowest++;
    if (lowest >= capacity && !grow()) return -1;
    memset(&table[lowest], 0, sizeof table[lowest]);
    table[lowest].kind = kind;
    return lowest++;
}

struct port_descriptor *port_descriptor(int fd) {
    if (capacity == 0 && !grow()) return NULL;
    return fd >= 0 && fd < capacity && table[fd].kind != PORT_FREE ? &table[fd] : NULL;
}

void port_descriptor_close(int fd) {
    if (fd < FIRST_FREE) return;
    memset(&table[fd], 0, sizeof table[fd]);
    if (fd < lowest) lowest = fd;
}
