/* The mailbox from the host's side: records that are right, torn and absurd. */
#include "host.h"

#include "chance.h"
#include "commands.h"

#include <stdlib.h>
#include <string.h>

static struct redis_mailbox *mailbox(void) { return (struct redis_mailbox *)redis_mailbox(); }

static uint32_t check_of(const struct redis_record *record, const unsigned char *bytes) {
    const unsigned char *header = (const unsigned char *)record;
    uint32_t hash = 2166136261u;
    for (size_t i = 4; i < sizeof *record; i++) hash = (hash ^ header[i]) * 16777619u;
    for (uint32_t i = 0; i < record->length; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

static uint32_t padded(uint32_t length) { return (length + 3) & ~3u; }

/* What a record holds; the caller frees it. */
static unsigned char *content(struct redis_record *record) {
    size_t length = 0;
    unsigned char *bytes = NULL;
    if (record->kind == REDIS_IN_BYTES) {
        bytes = (unsigned char *)commands_while_busy(&length);
    } else if (below(3)) {
        length = record->kind == REDIS_IN_CLOCK ? 8 : below(16);
        bytes = malloc(length + 1);
        for (size_t i = 0; i < length; i++) bytes[i] = 0;
        if (record->kind == REDIS_IN_CLOCK) {
            uint64_t us = redis_clock() + below(100000);
            memcpy(bytes, &us, sizeof us);
        }
    }
    record->length = (uint32_t)length;
    return bytes;
}

void mail_post(void) {
    struct redis_mailbox *box = mailbox();
    unsigned char *in = (unsigned char *)box->in;
    uint32_t at = 0, look = 0;
    for (uint32_t n = below(20); n > 0; n--) {
        look += below(4) ? 0 : below(10);
        struct redis_record record = {.kind = below(10) ? REDIS_IN_BYTES : below(6), .client = host_any_client()};
        record.look = look;
        unsigned char *bytes = content(&record);
        record.check = check_of(&record, bytes);
        uint32_t size = (uint32_t)sizeof record + padded(record.length);
        if (at + size > box->in_capacity) {
            free(bytes);
            break;
        }
        if (below(100) == 0) record.length = below(2) ? UINT32_MAX : box->in_capacity;
        memcpy(in + at, &record, sizeof record);
        memset(in + at + sizeof record, 0, size - sizeof record);
        if (bytes && record.length < box->in_capacity) memcpy(in + at + sizeof record, bytes, record.length);
        free(bytes);
        at += size;
    }
    box->in_length = below(40) ? at : UINT32_MAX - below(8);
}

static void collect(const struct redis_record *record, const unsigned char *bytes) {
    switch (record->kind) {
    case REDIS_OUT_TAKEN: tally->mail++; break;
    case REDIS_OUT_BYTES: host_gets(record->client, bytes, record->length); break;
    case REDIS_OUT_CLOSED: host_loses(record->client); break;
    default: require(false, "a record of no kind");
    }
}

/* The taken ones in the order in which they were put in: an id is the answer to one that asked for a client. */
static void meet(const unsigned char **in, uint32_t client) {
    struct redis_record taken;
    memcpy(&taken, *in, sizeof taken);
    *in += sizeof taken + padded(taken.length);
    if (taken.kind == REDIS_IN_CONNECT) host_met(client);
    if (taken.kind == REDIS_IN_GONE) host_left(taken.client);
}

void mail_collect(void) {
    struct redis_mailbox *box = mailbox();
    require(box->out_length <= box->out_capacity && box->in_taken <= box->in_capacity, "the mailbox has overflowed");
    tally->looks += box->looks;
    const unsigned char *in = (const unsigned char *)box->in, *out = (const unsigned char *)box->out;
    struct redis_record record;
    for (uint32_t at = 0; at < box->out_length; at += (uint32_t)sizeof record + padded(record.length)) {
        memcpy(&record, out + at, sizeof record);
        const unsigned char *bytes = out + at + sizeof record;
        require(record.check == check_of(&record, bytes) && record.look <= box->looks, "a record's check");
        if (record.kind == REDIS_OUT_TAKEN) meet(&in, record.client);
        collect(&record, bytes);
    }
    require(in == (const unsigned char *)box->in + box->in_taken, "more was taken than is said");
    /* As the header has it: zeroed by the host after a call. */
    if (box->in_length > 0) memset((void *)box->in, 0, box->in_length < box->in_capacity ? box->in_length : box->in_capacity);
    box->in_length = 0;
}
