/* One thread that serves all rings, and sleeps when none of them has anything. */
#ifndef WASMSCOPE_POLLER_H
#define WASMSCOPE_POLLER_H

#include "module_api.h"
#include "session.h"

#include <stdbool.h>

enum wait_strategy { WAIT_ADAPTIVE, WAIT_SPIN, WAIT_PARK };

/* Begins the thread. Returns 0, or an errno. */
int poller_start(RedisModuleCtx *ctx, enum wait_strategy strategy);

/* Ends the thread and all rings. Called without the lock, or refused by the caller while there are rings. */
void poller_stop(void);

/* With Redis's lock held, as everything below. */

/* False when all places are taken, or this client has a ring. */
bool poller_may_add(uint64_t client);
void poller_add(struct session *session);
void poller_client_gone(uint64_t client);
int poller_rings(void);

#endif
