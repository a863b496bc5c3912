/* What one call of the host's leaves for clients: the bytes in one arena, one entry a run of bytes. */
#include "port.h"
#include "redis_wasm.h"

#include <stdlib.h>
#include <string.h>

/* Kept between calls; what a large reply needed beyond is given back. */
enum { ARENA_KEPT = 1 << 20, ENTRIES_KEPT = 4096 };

static unsigned char *arena;
static size_t arena_length, arena_capacity;
static struct redis_reply *entries;
static size_t count, entries_capacity;
static uint32_t call = 1;

uint32_t port_replies_call(void) { return call; }

void port_replies_clear(void) {
    arena_length = 0;
    count = 0;
    call++;
    if (arena_capacity > ARENA_KEPT) {
        free(arena);
        arena = NULL;
        arena_capacity = 0;
    }
    if (entries_capacity > ENTRIES_KEPT) {
        free(entries);
        entries = NULL;
        entries_capacity = 0;
    }
}

static bool reserve(size_t more) {
    if (more <= arena_capacity - arena_length) return true;
    size_t wanted = arena_capacity ? arena_capacity + arena_capacity / 2 : 16384;
    if (wanted < arena_length + more) wanted = arena_length + more;
    unsigned char *larger = realloc(arena, wanted);
    if (!larger && wanted > arena_length + more) larger = realloc(arena, wanted = arena_length + more);
    if (!larger) return false;
    arena = larger;
    arena_capacity = wanted;
    return true;
}

static struct redis_reply *entry(uint32_t client) {
    if (count == entries_capacity) {
        size_t wanted = entries_capacity ? 2 * entries_capacity : 64;
        struct redis_reply *more = realloc(entries, wanted * sizeof *entries);
        if (!more) return NULL;
        entries = more;
        entries_capacity = wanted;
    }
    struct redis_reply *added = &entries[count++];
    /* The arena may still move: an offset until the call ends. */
    *added = (struct redis_reply){.client = client, .data = arena_length};
    return added;
}

bool port_reply(uint32_t client, const void *data, size_t length) {
    if (!reserve(length)) return false;
    struct redis_reply *last = count ? &entries[count - 1] : NULL;
    if (!last || last->client != client || last->flags) last = entry(client);
    if (!last) return false;
    memcpy(arena + arena_length, data, length);
    arena_length += length;
    last->length += (uint32_t)length;
    return true;
}

void port_reply_closed(uint32_t client) {
    struct redis_reply *last = count ? &entries[count - 1] : NULL;
    if (!last || last->client != client) last = entry(client);
    /* With no memory for 16 bytes the host finds out at its next call for this client. */
    if (last) last->flags |= REDIS_REPLY_CLOSED;
}

int32_t port_replies_finish(void) {
    for (size_t i = 0; i < count; i++) entries[i].data += (redis_address)arena;
    return (int32_t)count;
}

__attribute__((export_name("redis_replies"))) redis_address redis_replies(void) { return (redis_address)entries; }
