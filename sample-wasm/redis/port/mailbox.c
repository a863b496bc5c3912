/* The mailbox of redis_wasm.h: input and output while a script keeps the host's call from returning.
 *
 * What decides anything here is the content of records and the number of looks, never the host's pace: whether `out`
 * has room depends only on what was written during this call. */
#include "port.h"
#include "redis_wasm.h"

#include <string.h>

enum { AREA = 128 << 10, NS_PER_LOOK = 100000 };

static _Alignas(8) unsigned char in[AREA], out[AREA];
static struct redis_mailbox box = {.in_capacity = AREA, .out_capacity = AREA};
static bool looking, full;

__attribute__((export_name("redis_mailbox"))) redis_address redis_mailbox(void) {
    box.in = (redis_address)in;
    box.out = (redis_address)out;
    return (redis_address)&box;
}

void port_mailbox_begin(void) {
    box.in_taken = box.out_length = box.looks = 0;
    full = false;
}

static uint32_t padded(uint32_t length) { return (length + 3) & ~3u; }

static uint32_t check_of(const struct redis_record *record, const unsigned char *bytes) {
    const unsigned char *header = (const unsigned char *)record;
    uint32_t hash = 2166136261u;
    for (size_t i = sizeof record->check; i < sizeof *record; i++) hash = (hash ^ header[i]) * 16777619u;
    for (uint32_t i = 0; i < record->length; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

static bool has_room(uint32_t length) {
    return !full && length <= AREA && box.out_length + sizeof(struct redis_record) + padded(length) <= AREA;
}

static void put(uint32_t kind, uint32_t client, const void *data, uint32_t length) {
    unsigned char *at = out + box.out_length;
    struct redis_record record = {.kind = kind, .client = client, .length = length, .look = box.looks};
    if (length > 0) {
        memset(at + sizeof record + padded(length) - 4, 0, 4);
        memcpy(at + sizeof record, data, length);
    }
    record.check = check_of(&record, at + sizeof record);
    memcpy(at, &record, sizeof record);
    box.out_length += (uint32_t)sizeof record + padded(length);
}

bool port_mailbox_write(uint32_t client, const void *data, size_t length) {
    if (!looking || full) return false;
    /* Larger than what is left: this and all that follows waits, so that no client's bytes change their order. */
    if (!has_room((uint32_t)length)) {
        full = true;
        return false;
    }
    put(REDIS_OUT_BYTES, client, data, (uint32_t)length);
    return true;
}

bool port_mailbox_closed(uint32_t client) {
    if (!looking || !has_room(0)) return false;
    put(REDIS_OUT_CLOSED, client, NULL, 0);
    return true;
}

/* The record at `in_taken`, if it is whole; all of it was written by somebody we do not trust. */
static const unsigned char *next_record(struct redis_record *record) {
    uint32_t length = box.in_length, at = box.in_taken;
    if (length > AREA || at > length || length - at < sizeof *record) return NULL;
    memcpy(record, in + at, sizeof *record);
    if (record->length > length - at - sizeof *record) return NULL;
    const unsigned char *bytes = in + at + sizeof *record;
    return check_of(record, bytes) == record->check ? bytes : NULL;
}

static uint32_t take(const struct redis_record *record, const unsigned char *bytes) {
    if (record->kind == REDIS_IN_CONNECT) return port_accept();
    if (record->kind == REDIS_IN_CLOCK && record->length == sizeof(uint64_t)) {
        uint64_t us;
        memcpy(&us, bytes, sizeof us);
        port_clock_set(us);
    }
    struct port_connection *connection = port_connection_find(record->client);
    if (connection && record->kind == REDIS_IN_BYTES) port_connection_append(connection, bytes, record->length);
    if (connection && record->kind == REDIS_IN_GONE) {
        connection->gone = true;
        port_connection_refresh(connection);
    }
    return record->client;
}

/* The script's count hook begins: what Redis writes until it ends goes to `out`. */
void port_mailbox_look(void) {
    box.looks++;
    port_clock_advance(NS_PER_LOOK);
    struct redis_record record;
    const unsigned char *bytes;
    while (has_room(0) && (bytes = next_record(&record)) != NULL && record.look <= box.looks) {
        uint32_t client = take(&record, bytes);
        box.in_taken += (uint32_t)sizeof record + padded(record.length);
        put(REDIS_OUT_TAKEN, client, NULL, 0);
    }
    looking = true;
}

void port_mailbox_look_ended(void) { looking = false; }
