#include "session.h"

#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* From here on a client that does not read its replies is not read from. */
#define PAUSE_AT (1024 * 1024)
#define MOST_QUEUED (64 * 1024 * 1024)
#define READ_AT_ONCE (64 * 1024)
#define LONGEST_NAME 32
#define KEPT_ROOM (1024 * 1024)
/* How a module's call says what the socket says by NOPERM, which clients look for. */
#define NO_RIGHT "-ERR acl verification failed"

struct session *session_new(RedisModuleCtx *ctx, uint64_t client, uint64_t nonce) {
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        return NULL;
    }
    session->descriptor = ring_make(&session->ring, nonce);
    if (session->descriptor < 0) {
        free(session);
        return NULL;
    }
    session->client = client;
    session->protocol = 2;
    session_refresh(session, ctx);
    return session;
}

void session_free(struct session *session) {
    atomic_store_explicit(&session->ring.header->server_state, RING_GONE, memory_order_release);
    ring_wake(&session->ring.out.control->consumer_waiting);
    ring_wake(&session->ring.in.control->producer_waiting);
    if (session->descriptor >= 0) {
        close(session->descriptor);
    }
    ring_unmap(&session->ring);
    if (session->user != NULL) {
        RedisModule_FreeString(NULL, session->user);
    }
    bytes_free(&session->in);
    bytes_free(&session->out);
    bytes_free(&session->queue);
    request_free(&session->request);
    free(session);
}

void session_refresh(struct session *session, RedisModuleCtx *ctx) {
    RedisModuleClientInfo info = {.version = 1};
    if (RedisModule_GetClientInfoById(&info, session->client) == REDISMODULE_OK) {
        session->db = info.db;
    }
    RedisModuleString *name = RedisModule_GetClientUserNameById(ctx, session->client);
    if (session->user != NULL) {
        RedisModule_FreeString(NULL, session->user);
        session->user = NULL;
    }
    if (name != NULL) {
        /* A copy that belongs to no context, as it outlives this one. */
        size_t length;
        const char *text = RedisModule_StringPtrLen(name, &length);
        session->user = RedisModule_CreateString(NULL, text, length);
        RedisModule_FreeString(ctx, name);
    }
}

/* ---- bytes in ---- */

static bool attach(struct session *session) {
    if (!session->attached &&
        atomic_load_explicit(&session->ring.header->client_state, memory_order_acquire) == RING_PRESENT) {
        session->attached = true;
        close(session->descriptor);
        session->descriptor = -1;
    }
    return session->attached;
}

static void read_request(struct session *session) {
    switch (request_read(&session->request, session->in.data + session->begin, session->in.length - session->begin)) {
    case REQUEST_WHOLE:
        session->whole = true;
        break;
    case REQUEST_BAD:
        session->broken = "it sent what is no request in RESP";
        break;
    case REQUEST_PARTIAL:
        break;
    }
}

static int make_room(struct session *session) {
    if (session->begin == session->in.length) {
        session->begin = session->in.length = 0;
        if (session->in.capacity > KEPT_ROOM) {
            bytes_free(&session->in);
        }
    } else if (session->begin > session->in.length / 2) {
        memmove(session->in.data, session->in.data + session->begin, session->in.length - session->begin);
        session->in.length -= session->begin;
        session->begin = 0;
    }
    return bytes_reserve(&session->in, READ_AT_ONCE);
}

bool session_take(struct session *session) {
    if (session->broken != NULL || !attach(session)) {
        return false;
    }
    if (session->whole || session->out.length - session->sent > PAUSE_AT) {
        return session->whole;
    }
    if (session->paused) {
        session->paused = false;
        read_request(session);
        if (session->whole) {
            return true;
        }
    }
    long there = ring_readable(&session->ring.in);
    if (there == 0) {
        return false;
    }
    if (there < 0) {
        session->broken = "its tail is impossible";
        return false;
    }
    if (make_room(session) != 0) {
        session->broken = "there is no memory for its request";
        return false;
    }
    long read = ring_read(&session->ring.in, session->in.data + session->in.length, READ_AT_ONCE);
    session->in.length += (size_t)read;
    ring_wake_producer(&session->ring.in);
    read_request(session);
    return true;
}

/* ---- replies out ---- */

static void reply(struct session *session, const char *text, size_t length) {
    if (bytes_add(&session->out, text, length) != 0) {
        session->broken = "there is no memory for its replies";
    }
}

static void reply_text(struct session *session, const char *text) {
    reply(session, text, strlen(text));
}

bool session_flush(struct session *session) {
    size_t left = session->out.length - session->sent;
    if (left == 0 || session->broken != NULL) {
        return false;
    }
    long written = ring_write(&session->ring.out, session->out.data + session->sent, left);
    if (written < 0) {
        session->broken = "its head is impossible";
        return false;
    }
    session->sent += (size_t)written;
    if (session->sent == session->out.length) {
        session->sent = session->out.length = 0;
        if (session->out.capacity > KEPT_ROOM) {
            bytes_free(&session->out);
        }
    }
    if (written > 0) {
        ring_wake_consumer(&session->ring.out);
    }
    return written > 0;
}

/* ---- requests ---- */

/* Lower case; empty for what cannot be a name. */
static void name_of(const struct request *request, const char *data, char name[LONGEST_NAME + 1]) {
    struct argument argument = request->arguments[0];
    name[0] = '\0';
    if (argument.length > LONGEST_NAME) {
        return;
    }
    for (size_t i = 0; i < argument.length; i++) {
        char c = data[argument.at + i];
        name[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    name[argument.length] = '\0';
}

static void call(struct session *session, RedisModuleCtx *ctx, const char *name, const struct request *request,
                 const char *data) {
    size_t count = (size_t)request->count - 1;
    RedisModuleString *few[16];
    RedisModuleString **arguments = count <= 16 ? few : malloc(count * sizeof *arguments);
    if (arguments == NULL) {
        session->broken = "there is no memory for its request";
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct argument argument = request->arguments[i + 1];
        arguments[i] = RedisModule_CreateString(NULL, data + argument.at, argument.length);
    }
    /* ! to replicas and the append-only file; E errors as replies; S only what a script may do, as some commands end
     * the server when a module calls them; M -OOM at the limit; C by the user's rights; v arguments as an array. */
    RedisModuleCallReply *answer =
        RedisModule_Call(ctx, name, session->protocol == 3 ? "!3ESMCv" : "!ESMCv", arguments, count);
    size_t length;
    const char *proto = answer == NULL ? NULL : RedisModule_CallReplyProto(answer, &length);
    if (proto != NULL && length >= sizeof NO_RIGHT - 1 && memcmp(proto, NO_RIGHT, sizeof NO_RIGHT - 1) == 0) {
        reply_text(session, "-NOPERM this user has no permissions to run the command or to access its keys\r\n");
    } else if (proto == NULL) {
        reply_text(session, "-ERR this command cannot be called over shared memory\r\n");
    } else {
        reply(session, proto, length);
    }
    if (answer != NULL) {
        RedisModule_FreeCallReply(answer);
    }
    for (size_t i = 0; i < count; i++) {
        RedisModule_FreeString(NULL, arguments[i]);
    }
    if (arguments != few) {
        free(arguments);
    }
}

static void end_multi(struct session *session) {
    session->multi = false;
    session->multi_failed = false;
    session->queued = 0;
    session->queue.length = 0;
}

/* All of them under the lock that is held: nobody's command comes between. */
static void execute(struct session *session, RedisModuleCtx *ctx) {
    if (!session->multi) {
        reply_text(session, "-ERR EXEC without MULTI\r\n");
        return;
    }
    if (session->multi_failed) {
        reply_text(session, "-EXECABORT Transaction discarded because of previous errors.\r\n");
        end_multi(session);
        return;
    }
    char header[32];
    snprintf(header, sizeof header, "*%ld\r\n", session->queued);
    reply_text(session, header);
    struct request request = {0};
    for (size_t at = 0; at < session->queue.length; at += request.end, request_next(&request)) {
        const char *data = session->queue.data + at;
        char name[LONGEST_NAME + 1];
        if (request_read(&request, data, session->queue.length - at) != REQUEST_WHOLE) {
            break;
        }
        name_of(&request, data, name);
        call(session, ctx, name, &request, data);
    }
    request_free(&request);
    end_multi(session);
}

static void queue(struct session *session, const char *data) {
    if (session->queue.length + session->request.end > MOST_QUEUED ||
        bytes_add(&session->queue, data, session->request.end) != 0) {
        session->multi_failed = true;
        reply_text(session, "-ERR a transaction over shared memory may have 64 MiB\r\n");
        return;
    }
    session->queued++;
    reply_text(session, "+QUEUED\r\n");
}

static void begin_multi(struct session *session) {
    if (session->multi) {
        reply_text(session, "-ERR MULTI calls can not be nested\r\n");
        return;
    }
    session->multi = true;
    reply_text(session, "+OK\r\n");
}

static void discard(struct session *session) {
    reply_text(session, session->multi ? "+OK\r\n" : "-ERR DISCARD without MULTI\r\n");
    end_multi(session);
}

/* SHM.SESSION protocol: the control connection's user, database or protocol has changed. */
static void follow(struct session *session, RedisModuleCtx *ctx, const char *data) {
    struct argument protocol = session->request.arguments[1];
    if (protocol.length != 1 || (data[protocol.at] != '2' && data[protocol.at] != '3')) {
        reply_text(session, "-ERR SHM.SESSION takes the protocol, 2 or 3\r\n");
        return;
    }
    session->protocol = data[protocol.at] - '0';
    session_refresh(session, ctx);
    reply_text(session, "+OK\r\n");
}

static void run(struct session *session, RedisModuleCtx *ctx) {
    const char *data = session->in.data + session->begin;
    long count = session->request.count;
    char name[LONGEST_NAME + 1];
    name_of(&session->request, data, name);
    if (count == 1 && strcmp(name, "multi") == 0) {
        begin_multi(session);
    } else if (count == 1 && strcmp(name, "exec") == 0) {
        execute(session, ctx);
    } else if (count == 1 && strcmp(name, "discard") == 0) {
        discard(session);
    } else if (count == 2 && strcmp(name, "shm.session") == 0) {
        follow(session, ctx, data);
    } else if (!command_served(name)) {
        session->multi_failed = session->multi;
        reply_text(session, "-SHMPATH this command goes over the control connection\r\n");
    } else if (session->multi) {
        queue(session, data);
    } else {
        call(session, ctx, name, &session->request, data);
    }
}

void session_run(struct session *session, RedisModuleCtx *ctx, int most) {
    if (!session->whole || session->broken != NULL || atomic_load(&session->gone)) {
        return;
    }
    RedisModuleUser *user = session->user == NULL ? NULL : RedisModule_GetModuleUserFromUserName(session->user);
    if (user == NULL) {
        session->broken = "its user is gone";
        return;
    }
    RedisModule_SetContextUser(ctx, user);
    RedisModule_SelectDb(ctx, session->db);
    for (int i = 0; i < most && session->whole && session->broken == NULL; i++) {
        run(session, ctx);
        session->begin += session->request.end;
        session->whole = false;
        request_next(&session->request);
        if (session->begin == session->in.length) {
            break;
        }
        session->paused = session->out.length - session->sent > PAUSE_AT;
        if (!session->paused) {
            read_request(session);
        }
    }
    RedisModule_SetContextUser(ctx, NULL);
    RedisModule_FreeModuleUser(user);
}
