/* One client with its rings. Used by the thread that polls; the fields that others touch say so. */
#ifndef WASMSCOPE_SESSION_H
#define WASMSCOPE_SESSION_H

#include "commands.h"
#include "module_api.h"
#include "../ring/request.h"
#include "../ring/ring.h"

#include <stdatomic.h>
#include <stdbool.h>

struct session {
    struct ring ring;
    /* Of the file; -1 once the client has attached. */
    int descriptor;
    uint64_t client;
    /* Set by Redis's thread when the control connection has ended. */
    atomic_bool gone;
    /* Nobody's. */
    bool own;
    /* Why it is to be dropped; NULL for not. */
    const char *broken;
    bool attached;

    /* Of the control connection, as of the last SHM.SESSION. */
    RedisModuleString *user;
    int db;
    int protocol;

    struct bytes in;
    /* Where the request that is being read begins in `in`. */
    size_t begin;
    struct request request;
    bool whole;
    /* Bytes of `in` were left unread, as too many replies waited. */
    bool paused;

    struct bytes out;
    size_t sent;

    /* A command was sent back to the control connection: so is all behind it, until SHM.SESSION. */
    bool sent_back;
    /* Of the requests that were run last. */
    enum effect effect;
    bool multi;
    bool multi_failed;
    struct bytes queue;
    long queued;
};

/* For the client of this context, which asks for it. NULL with errno set. */
struct session *session_new(RedisModuleCtx *ctx, uint64_t client, uint64_t nonce);

/* Nobody's: its calls need no rights. Its client side is given, too. NULL with errno set. */
struct session *session_own(struct ring *client);

/* With Redis's lock held, as it gives back strings. */
void session_free(struct session *session);

/* From here on a client that does not read its replies is not read from. */
#define PAUSE_AT (1024 * 1024)

/* Sets `whole`, or `broken`, by what has come. */
void session_read_request(struct session *session);

/* Puts off bytes until they are flushed. */
void session_reply(struct session *session, const char *text, size_t length);

/* Takes what the ring holds. Returns whether there was anything; `whole` says whether a request waits. */
bool session_take(struct session *session);

/* Runs at most `most` requests; while Redis is `held` up, they are sent back to where it can make them wait or refuse
 * them. With the lock held. Returns what they did. */
enum effect session_run(struct session *session, RedisModuleCtx *ctx, int most, bool held);

/* Fetches what its next request will touch into the caches. */
void session_keep_near(const struct session *session);

/* Puts replies into the ring, as far as there is room. Returns whether any went. */
bool session_flush(struct session *session);

/* Reads user and database of the control connection anew. With the lock held. Returns false for a user it must not
 * take over. */
bool session_refresh(struct session *session, RedisModuleCtx *ctx);

#endif
