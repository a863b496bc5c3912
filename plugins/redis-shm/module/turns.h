/* The lock, and Redis's turns: what it does between two waits for its sockets, holding the lock. A write through a ring
 * reaches the append-only file, the replicas, and clients that wait for it, at the end of the next turn, so somebody has
 * to see that there is one; and a turn that does not end, as a script runs or data is loaded, has to say so to the clients of the rings. */
#ifndef WASMSCOPE_TURNS_H
#define WASMSCOPE_TURNS_H

#include "commands.h"
#include "module_api.h"

#include <stdbool.h>

/* Begins to listen to changes of the configuration and of replicas. `busy` is called by Redis's thread, with the lock
 * held, now and then while the other thread waits for the lock and a turn does not end. */
int turns_begin(RedisModuleCtx *ctx, RedisModuleCtx *threads, void (*busy)(void));

/* Whether Redis has something under way that ends in this module. */
bool turns_pending(void);

/* ---- for the one other thread */

void turns_lock(void);
void turns_unlock(void);

/* How soon it has to be where Redis brings it. */
enum keep { KEEP_NOWHERE, KEEP_SOON, KEEP_FIRST };

/* With the lock held, after something that had an effect. */
enum keep turns_due(enum effect effect);

/* Without it: returns at once, or for KEEP_FIRST when the append-only file is on the disk. */
void turns_keep(enum keep keep);

/* Asks for the turn that is due for what was written; `now` for at once, and else when it has waited long enough. */
void turns_remind(bool now);

#endif
