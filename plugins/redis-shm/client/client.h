/* What a client knows of its two ways to the server. */
#ifndef WASMSCOPE_CLIENT_H
#define WASMSCOPE_CLIENT_H

#include "../ring/request.h"
#include "../ring/ring.h"
#include "wasmscope_shm.h"

#include <stdbool.h>

#define LONGEST_NAME 37

enum path { RING, SOCKET };

struct shm_client {
    int socket;
    /* Why nothing can be asked any more, an errno; else 0. */
    int over;
    struct ring ring;
    const char *refusal;
    char problem[256];
    enum shm_wait wait;
    struct spin_budget budget;
    /* Blank-separated, with a blank before and behind; NULL when the ring takes everything. */
    char *commands;
    /* The last command that the ring took and that changes nothing here, as route.c writes it. */
    char plain[LONGEST_NAME + 3];

    struct bytes request;
    struct bytes reply;
    /* Of the transaction under way: what would have to be said again on the other path. */
    struct bytes queued;
    long queued_count;
    bool resp3;
    bool multi;
    bool watching;
    enum path multi_path;
};

/* Asks for shared memory, and attaches; else says why not. False when the socket cannot be used either: who knows what
 * else comes over it. */
bool client_open_ring(struct shm_client *client);

#endif
