#define _GNU_SOURCE
#include "session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_AT_ONCE (64 * 1024)
#define KEPT_ROOM (1024 * 1024)

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
    (void)session_refresh(session, ctx);
    return session;
}

struct session *session_own(struct ring *client) {
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        return NULL;
    }
    if (ring_make_own(&session->ring, client) != 0) {
        free(session);
        return NULL;
    }
    session->own = true;
    session->descriptor = -1;
    session->attached = true;
    session->protocol = 2;
    session->user = RedisModule_CreateString(NULL, "default", 7);
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

static bool named(const RedisModuleString *user, const char *name) {
    size_t length;
    const char *text = RedisModule_StringPtrLen(user, &length);
    return length == strlen(name) && memcmp(text, name, length) == 0;
}

/* Whether anybody may be the default user. */
static bool default_is_open(RedisModuleCtx *ctx) {
    RedisModuleCallReply *answer = RedisModule_Call(ctx, "ACL", "cc", "GETUSER", "default");
    size_t length = 0;
    const char *proto = answer == NULL ? NULL : RedisModule_CallReplyProto(answer, &length);
    static const char flag[] = "\r\nnopass\r\n";
    bool open = proto != NULL && memmem(proto, length, flag, sizeof flag - 1) != NULL;
    if (answer != NULL) {
        RedisModule_FreeCallReply(answer);
    }
    return open;
}

bool session_refresh(struct session *session, RedisModuleCtx *ctx) {
    RedisModuleClientInfo info = {.version = 1};
    if (RedisModule_GetClientInfoById(&info, session->client) == REDISMODULE_OK) {
        session->db = info.db;
    }
    RedisModuleString *name = RedisModule_GetClientUserNameById(ctx, session->client);
    /* RESET makes a client the default user without a password, and nothing tells that from a login. */
    bool taken = name != NULL && (session->user == NULL || !named(name, "default") || named(session->user, "default") ||
                                  default_is_open(ctx));
    if (taken) {
        /* A copy that belongs to no context, as it outlives this one. */
        size_t length;
        const char *text = RedisModule_StringPtrLen(name, &length);
        if (session->user != NULL) {
            RedisModule_FreeString(NULL, session->user);
        }
        session->user = RedisModule_CreateString(NULL, text, length);
    }
    if (name != NULL) {
        RedisModule_FreeString(ctx, name);
    }
    return taken;
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

void session_read_request(struct session *session) {
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
        session_read_request(session);
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
    session_read_request(session);
    return true;
}

/* ---- replies out ---- */

void session_reply(struct session *session, const char *text, size_t length) {
    if (bytes_add(&session->out, text, length) != 0) {
        session->broken = "there is no memory for its replies";
    }
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

#define LINE 64

static void fetch(const volatile void *from) {
    __builtin_prefetch((const void *)from);
}

static void fetch_data(const struct ring_end *end) {
    fetch(end->data + (end->own & (end->capacity - 1)));
}

void session_keep_near(const struct session *session) {
    for (size_t at = 0; at < sizeof *session; at += LINE) {
        fetch((const char *)session + at);
    }
    fetch(&session->ring.header->client_state);
    fetch(&session->ring.in.control->head);
    fetch(&session->ring.in.control->producer_waiting);
    fetch_data(&session->ring.in);
    fetch(&session->ring.out.control->tail);
    fetch(&session->ring.out.control->consumer_waiting);
    fetch_data(&session->ring.out);
    fetch(session->in.data);
    fetch(session->out.data);
    fetch(session->request.arguments);
}
