/* A request and its reply, over one way. */
#ifndef WASMSCOPE_EXCHANGE_H
#define WASMSCOPE_EXCHANGE_H

#include "client.h"

/* Sends, and waits for one whole reply, which is in client->reply then. Returns its length, or -1 with errno set. */
long exchange(struct shm_client *client, enum path path, const char *data, size_t length);

/* Sends over the socket, and drops that many replies. 0, or -1. */
int exchange_and_drop(struct shm_client *client, const char *data, size_t length, long replies);

#endif
