/* Which way a command goes, and what it does to those behind it. */
#ifndef WASMSCOPE_ROUTE_H
#define WASMSCOPE_ROUTE_H

#include "client.h"

/* Sends the command that is encoded in client->request the way it has to go. Returns the length of the reply, or -1. */
long route(struct shm_client *client, int count, const char *const *words, const size_t *lengths);

#endif
