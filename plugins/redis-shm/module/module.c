/* Shared memory for an unmodified redis-server, 7.0 or later: SHM.OPEN, and a thread that serves the rings. */
#include "commands.h"
#include "module_api.h"
#include "poller.h"
#include "session.h"
#include "turns.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static void reply_pair(RedisModuleCtx *ctx, const char *name, const char *value) {
    RedisModule_ReplyWithStringBuffer(ctx, name, strlen(name));
    RedisModule_ReplyWithStringBuffer(ctx, value, strlen(value));
}

static int offer(RedisModuleCtx *ctx, const struct session *session, uint64_t nonce) {
    char text[64];
    RedisModule_ReplyWithArray(ctx, 10);
    snprintf(text, sizeof text, "%d", RING_VERSION);
    reply_pair(ctx, "version", text);
    snprintf(text, sizeof text, "/proc/%ld/fd/%d", (long)getpid(), session->descriptor);
    reply_pair(ctx, "path", text);
    snprintf(text, sizeof text, "%d", RING_SIZE);
    reply_pair(ctx, "size", text);
    snprintf(text, sizeof text, "%" PRIx64, nonce);
    reply_pair(ctx, "nonce", text);
    reply_pair(ctx, "commands", commands_served);
    return REDISMODULE_OK;
}

/* SHM.OPEN version */
static int shm_open_command(RedisModuleCtx *ctx, RedisModuleString **arguments, int count) {
    if (count != 2) {
        return RedisModule_WrongArity(ctx);
    }
    size_t length;
    const char *version = RedisModule_StringPtrLen(arguments[1], &length);
    if (length != 1 || version[0] != '0' + RING_VERSION) {
        return RedisModule_ReplyWithError(ctx, "ERR this server speaks version 1 of shared memory, not another one");
    }
    if (RedisModule_GetContextFlags(ctx) & REDISMODULE_CTX_FLAGS_MULTI) {
        return RedisModule_ReplyWithError(ctx, "ERR SHM.OPEN is not for transactions");
    }
    uint64_t client = RedisModule_GetClientId(ctx);
    if (!poller_may_add(client)) {
        return RedisModule_ReplyWithError(ctx, "ERR all rings are taken, or this client has one");
    }
    uint64_t nonce;
    RedisModule_GetRandomBytes((unsigned char *)&nonce, sizeof nonce);
    struct session *session = session_new(ctx, client, nonce);
    if (session == NULL) {
        return RedisModule_ReplyWithError(ctx, "ERR the system gives no memory to share");
    }
    poller_add(session);
    return offer(ctx, session, nonce);
}

static void client_changed(RedisModuleCtx *ctx, RedisModuleEvent event, uint64_t change, void *data) {
    (void)ctx;
    (void)event;
    if (change == REDISMODULE_SUBEVENT_CLIENT_CHANGE_DISCONNECTED) {
        poller_client_gone(((const RedisModuleClientInfo *)data)->id);
    }
}

/* loadmodule redis-shm.so [adaptive|spin|park] */
static int strategy_of(RedisModuleString **arguments, int count, enum wait_strategy *strategy) {
    static const char *const names[] = {"adaptive", "spin", "park"};
    if (count == 0) {
        *strategy = WAIT_ADAPTIVE;
        return REDISMODULE_OK;
    }
    size_t length;
    const char *given = RedisModule_StringPtrLen(arguments[0], &length);
    for (int i = 0; count == 1 && i < 3; i++) {
        if (strcasecmp(given, names[i]) == 0) {
            *strategy = (enum wait_strategy)i;
            return REDISMODULE_OK;
        }
    }
    return REDISMODULE_ERR;
}

/* All that is seen from outside. */
#define EXPORTED __attribute__((visibility("default")))
EXPORTED int RedisModule_OnLoad(RedisModuleCtx *ctx, RedisModuleString **arguments, int count);
EXPORTED int RedisModule_OnUnload(RedisModuleCtx *ctx);

int RedisModule_OnLoad(RedisModuleCtx *ctx, RedisModuleString **arguments, int count) {
    if (module_api_bind(ctx) != REDISMODULE_OK) {
        return REDISMODULE_ERR;
    }
    RedisModule_SetModuleAttribs(ctx, "shm", 1, REDISMODULE_APIVER_1);
    commands_prepare(ctx);
    enum wait_strategy strategy;
    if (strategy_of(arguments, count, &strategy) != REDISMODULE_OK) {
        RedisModule_Log(ctx, "warning", "redis-shm takes adaptive, spin or park, and nothing else.");
        return REDISMODULE_ERR;
    }
    if (RedisModule_CreateCommand(ctx, "shm.open", shm_open_command, "deny-script no-cluster", 0, 0, 0) !=
            REDISMODULE_OK ||
        RedisModule_SubscribeToServerEvent(ctx, REDISMODULE_EVENT_CLIENT_CHANGE, client_changed) != REDISMODULE_OK) {
        return REDISMODULE_ERR;
    }
    int problem = poller_start(ctx, strategy);
    if (problem != 0) {
        RedisModule_Log(ctx, "warning", "The thread for shared memory does not start: %s.", strerror(problem));
        return REDISMODULE_ERR;
    }
    return REDISMODULE_OK;
}

int RedisModule_OnUnload(RedisModuleCtx *ctx) {
    if (poller_rings() > 0) {
        RedisModule_Log(ctx, "warning", "redis-shm stays: %d clients use shared memory.", poller_rings());
        return REDISMODULE_ERR;
    }
    if (turns_pending()) {
        RedisModule_Log(ctx, "warning", "redis-shm stays, as Redis is about to call it: once more in a moment.");
        return REDISMODULE_ERR;
    }
    poller_stop();
    return REDISMODULE_OK;
}
