#define _GNU_SOURCE
#include "turns.h"

#include "../ring/ring.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define TRY_NANOS 20000
/* A turn for each write would cost more than all the rest: those of so long share one. */
#define SOON_NANOS 200000
#define LOOK_AROUND_NANOS 100000000

static RedisModuleCtx *context;
static void (*say_busy)(void);

/* A turn was asked for and has not begun. */
static atomic_bool asked;
static _Atomic uint32_t turns;
/* RING_FUTEX while the other thread sleeps until a turn. */
static _Atomic uint32_t waiting_word;
/* The other thread waits for the lock, and touches nothing meanwhile. */
static atomic_bool blocked;
/* Readable at all times, while a turn does not end; else -1. Redis's thread's. */
static int busy_descriptor = -1;

/* With the lock held: what the server's state asks for, and whether that may have changed. */
static atomic_bool stale = true;
static enum keep needed;

/* When the first write was made that no turn was asked for; 0 for none. The other thread's. */
static uint64_t due_since;

/* ---- Redis's thread */

static void changed(RedisModuleCtx *ctx, RedisModuleEvent event, uint64_t change, void *data) {
    (void)ctx;
    (void)event;
    (void)change;
    (void)data;
    atomic_store(&stale, true);
}

/* A script, or the loading of a file, lets in what has come meanwhile, and that is how this is called. */
static bool turn_lasts(void) {
    return (RedisModule_GetContextFlags(NULL) & (REDISMODULE_CTX_FLAGS_LUA | REDISMODULE_CTX_FLAGS_LOADING |
                                                 REDISMODULE_CTX_FLAGS_ASYNC_LOADING)) != 0;
}

static void while_busy(int descriptor, void *unused, int mask) {
    (void)unused;
    (void)mask;
    if (!turn_lasts()) {
        RedisModule_EventLoopDel(descriptor, REDISMODULE_EVENTLOOP_READABLE);
        close(descriptor);
        busy_descriptor = -1;
    } else if (atomic_load(&blocked)) {
        say_busy();
    }
}

static void watch_this_turn(void) {
    if (busy_descriptor >= 0) {
        return;
    }
    busy_descriptor = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
    if (busy_descriptor >= 0 && RedisModule_EventLoopAdd(busy_descriptor, REDISMODULE_EVENTLOOP_READABLE, while_busy,
                                                         NULL) != REDISMODULE_OK) {
        close(busy_descriptor);
        busy_descriptor = -1;
    }
}

static void turn(void *unused) {
    (void)unused;
    atomic_store(&asked, false);
    atomic_fetch_add(&turns, 1);
    if (atomic_exchange(&waiting_word, RING_AWAKE) == RING_FUTEX) {
        ring_wake(&waiting_word);
    }
    if (atomic_load(&blocked) && turn_lasts()) {
        watch_this_turn();
        say_busy();
    }
}

int turns_begin(RedisModuleCtx *ctx, RedisModuleCtx *threads, void (*busy)(void)) {
    context = threads;
    say_busy = busy;
    return RedisModule_SubscribeToServerEvent(ctx, REDISMODULE_EVENT_CONFIG, changed) == REDISMODULE_OK &&
                   RedisModule_SubscribeToServerEvent(ctx, REDISMODULE_EVENT_REPLICA_CHANGE, changed) == REDISMODULE_OK
               ? REDISMODULE_OK
               : REDISMODULE_ERR;
}

bool turns_pending(void) {
    return atomic_load(&asked) || busy_descriptor >= 0;
}

/* ---- the other thread */

static void ask_for_turn(void) {
    due_since = 0;
    if (!atomic_exchange(&asked, true)) {
        RedisModule_EventLoopAddOneShot(turn, NULL);
    }
}

/* Redis holds the lock while it works and lets go of it while it waits for its sockets, which is most of the time. */
void turns_lock(void) {
    if (RedisModule_ThreadSafeContextTryLock(context) == REDISMODULE_OK) {
        return;
    }
    uint64_t until = now_nanos() + TRY_NANOS;
    do {
        cpu_relax();
        if (RedisModule_ThreadSafeContextTryLock(context) == REDISMODULE_OK) {
            return;
        }
    } while (now_nanos() < until);
    atomic_store(&blocked, true);
    ask_for_turn();
    RedisModule_ThreadSafeContextLock(context);
    atomic_store(&blocked, false);
}

void turns_unlock(void) {
    RedisModule_ThreadSafeContextUnlock(context);
}

/* Whether that is in the answer; `unknown` where there is none, as the command was renamed. */
static bool setting_has(const char *name, const char *text, bool unknown) {
    RedisModuleCallReply *answer = RedisModule_Call(context, "CONFIG", "cc", "GET", name);
    size_t length = 0;
    const char *proto = answer == NULL ? NULL : RedisModule_CallReplyProto(answer, &length);
    bool found = proto == NULL ? unknown : memmem(proto, length, text, strlen(text)) != NULL;
    if (answer != NULL) {
        RedisModule_FreeCallReply(answer);
    }
    return found;
}

static bool has_replicas(void) {
    RedisModuleServerInfoData *info = RedisModule_GetServerInfo(NULL, "replication");
    int problem = REDISMODULE_OK;
    unsigned long long count = RedisModule_ServerInfoGetFieldUnsigned(info, "connected_slaves", &problem);
    RedisModule_FreeServerInfo(NULL, info);
    return problem != REDISMODULE_OK || count > 0;
}

static enum keep need(void) {
    bool file = (RedisModule_GetContextFlags(NULL) & REDISMODULE_CTX_FLAGS_AOF) != 0;
    if (file && setting_has("appendfsync", "always", true)) {
        return KEEP_FIRST;
    }
    bool quiet = setting_has("notify-keyspace-events", "\r\n$0\r\n", false);
    return file || !quiet || has_replicas() ? KEEP_SOON : KEEP_NOWHERE;
}

enum keep turns_due(enum effect effect) {
    if (atomic_load_explicit(&stale, memory_order_relaxed)) {
        atomic_store(&stale, false);
        needed = need();
    }
    return needed == KEEP_NOWHERE && effect == EFFECT_CLIENTS ? KEEP_SOON : needed;
}

void turns_remind(bool now) {
    if (due_since != 0 && (now || now_nanos() - due_since > SOON_NANOS)) {
        ask_for_turn();
    }
}

void turns_keep(enum keep keep) {
    if (keep == KEEP_SOON && due_since == 0) {
        due_since = now_nanos();
    }
    if (keep != KEEP_FIRST) {
        return;
    }
    /* A turn that is seen to have begun from here on began after the write; the file is written and synced at its end,
     * before Redis lets go of the lock. */
    uint32_t before = atomic_load(&turns);
    ask_for_turn();
    while (atomic_load(&turns) == before) {
        atomic_store(&waiting_word, RING_FUTEX);
        atomic_thread_fence(memory_order_seq_cst);
        if (atomic_load(&turns) == before) {
            ring_sleep(&waiting_word, LOOK_AROUND_NANOS);
        }
        atomic_store(&waiting_word, RING_AWAKE);
    }
    turns_lock();
    turns_unlock();
}
