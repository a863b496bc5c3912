#include "host.h"

#include "chance.h"
#include "guest.h"
#include "resp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tally *tally;

static struct client {
    uint32_t id;
    bool anything;
    bool left; /* during this call: what was written for it before may still come */
    unsigned char *bytes; /* of a value whose end is yet to come */
    size_t length;
} clients[CLIENTS];
static bool ended, may_exit;

static struct client *find(uint32_t id) {
    for (int i = 0; i < CLIENTS; i++)
        if (clients[i].id == id) return &clients[i];
    return NULL;
}

static void forget(struct client *client) {
    free(client->bytes);
    memset(client, 0, sizeof *client);
}

bool host_lives(void) { return !ended; }

uint32_t host_any_client(void) {
    if (below(200) == 0) return below(10) ? below(2000) : UINT32_MAX - below(3);
    for (uint32_t from = below(CLIENTS), i = 0; i < CLIENTS; i++)
        if (clients[(from + i) % CLIENTS].id) return clients[(from + i) % CLIENTS].id;
    return 0;
}

void host_expects_anything(uint32_t id) {
    struct client *client = find(id);
    if (client) client->anything = true;
}

void host_met(uint32_t id) {
    if (id == 0) return;
    require(!find(id), "an id was given twice");
    struct client *free_place = find(0);
    require(free_place != NULL, "more clients than were let in");
    free_place->id = id;
}

void host_left(uint32_t id) {
    struct client *client = id ? find(id) : NULL;
    if (client) client->left = true;
}

void host_loses(uint32_t id) {
    struct client *client = id ? find(id) : NULL;
    require(client != NULL, "a client was closed that is not connected");
    tally->closed++;
    forget(client);
}

static void show_answer(const unsigned char *bytes, size_t length) {
    enum { SHOWN = 300 };
    for (size_t i = 0; i < length && i < SHOWN; i++)
        fprintf(stderr, bytes[i] >= ' ' && bytes[i] < 127 ? "%c" : "\\x%02x", bytes[i]);
    fprintf(stderr, "\n");
}

/* Values that are whole are counted and dropped. */
static void read_values(struct client *client) {
    size_t at = 0;
    long one;
    while ((one = resp_value(client->bytes + at, client->length - at)) > 0) {
        tally->answered++;
        tally->errors += client->bytes[at] == '-';
        at += (size_t)one;
    }
    if (one != 0) show_answer(client->bytes + at, client->length - at);
    require(one == 0, "an answer is not RESP");
    client->length -= at;
    memmove(client->bytes, client->bytes + at, client->length);
}

void host_gets(uint32_t id, const unsigned char *bytes, size_t length) {
    struct client *client = id ? find(id) : NULL;
    require(client != NULL, "a reply for a client that is not connected");
    if (length == 0) return;
    client->bytes = realloc(client->bytes, client->length + length);
    memcpy(client->bytes + client->length, bytes, length);
    client->length += length;
    if (client->anything) client->length = 0;
    else read_values(client);
}

/* What is left of the log; the caller frees it. */
static char *log_text(size_t *length) {
    const struct redis_log *log = (const struct redis_log *)redis_log();
    *length = log->written < log->capacity ? (size_t)log->written : log->capacity;
    uint64_t from = log->written - *length;
    char *text = malloc(*length + 1);
    for (size_t i = 0; i < *length; i++) text[i] = ((const char *)log->data)[(from + i) % log->capacity];
    return text;
}

static void read_log(void) {
    size_t length;
    free(log_text(&length));
}

static void show_log(void) {
    size_t length;
    char *text = log_text(&length);
    fwrite(text, 1, length, stderr);
    free(text);
}

/* What Redis 7.0.15 asserts and does not keep, anywhere. */
static const char *const known_assertions[] = {
    /* MULTI, LPUSH, CLIENT PAUSE, EXEC for a client that waits in BLPOP, with an append-only file. */
    "!(areClientsPaused() && !server.client_pause_in_transaction)",
    /* DEBUG RELOAD MERGE while a client waits for a stream. */
    "You tried to retain an object allocated in the stack",
    /* DEBUG RELOAD NOFLUSH. */
    "Duplicated key found in RDB file",
};

/* abort() of Redis's, which is a trap in the module. */
_Noreturn void guest_abort(void) {
    size_t length;
    char *text = log_text(&length);
    for (size_t i = 0; i < sizeof known_assertions / sizeof *known_assertions; i++) {
        if (!memmem(text, length, known_assertions[i], strlen(known_assertions[i]))) continue;
        tally->trapped++;
        _exit(0);
    }
    fwrite(text, 1, length, stderr);
    abort();
}

static void take(int32_t count) {
    tally->calls++;
    if (count == REDIS_OUT_OF_MEMORY) {
        ended = true;
        tally->out_of_memory++;
        return;
    }
    require(count >= 0, "a connected client is not known");
    mail_collect();
    const struct redis_reply *replies = (const struct redis_reply *)redis_replies();
    for (int32_t i = 0; i < count; i++) {
        host_gets(replies[i].client, (const unsigned char *)replies[i].data, replies[i].length);
        if (replies[i].flags & REDIS_REPLY_CLOSED) host_loses(replies[i].client);
    }
    for (int i = 0; i < CLIENTS; i++)
        if (clients[i].left) forget(&clients[i]);
    if (below(50) == 0) read_log();
    uint64_t timer = redis_next_timer();
    require(timer == *(const uint64_t *)redis_timer(), "the timer in memory is another");
    if (redis_exit_code() >= 0) {
        ended = true;
        tally->shut_down++;
        if (!may_exit && redis_exit_code() != 0) show_log();
        require(may_exit || redis_exit_code() == 0, "Redis has ended with an error");
        for (int i = 0; i < CLIENTS; i++) require(clients[i].id == 0, "a client has outlived the server");
        require(redis_connect() == 0 && timer == UINT64_MAX && redis_tick() == 0, "a server that has ended goes on");
    }
}

void host_may_exit(void) { may_exit = true; }

void host_connect(void) {
    if (!find(0)) return;
    uint32_t id = redis_connect();
    if (id == (uint32_t)REDIS_OUT_OF_MEMORY) take(REDIS_OUT_OF_MEMORY);
    else host_met(id);
}

void host_disconnect(uint32_t id) {
    struct client *client = id ? find(id) : NULL;
    if (client) {
        forget(client);
        take(redis_disconnect(id));
    } else if (id) require(redis_disconnect(id) == -1, "an unknown client was disconnected");
}

void host_stall(uint32_t id, bool stalls) {
    if (id && find(id)) take(redis_set_writable(id, !stalls));
    else if (id) require(redis_set_writable(id, 1) == -1, "an unknown client was stalled");
}

/* In memory of exactly that size, which is gone after the call: "none is needed" then. */
void host_send(uint32_t id, const void *bytes, size_t length) {
    if (id == 0) return;
    redis_address there = redis_alloc((uint32_t)length);
    if (!there) return;
    memcpy((void *)there, bytes, length);
    tally->bytes += length;
    bool known = find(id) != NULL;
    int32_t count = redis_handle(id, there, (uint32_t)length);
    if (known) take(count);
    else require(count == -1, "an unknown client was answered");
    if (!ended || count != REDIS_OUT_OF_MEMORY) redis_free(there);
}

void host_tick(void) { take(redis_tick()); }
