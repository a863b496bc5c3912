#include "commands.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_QUEUED (64 * 1024 * 1024)
/* How a module's call says what the socket says by NOPERM, which clients look for. */
#define NO_RIGHT "-ERR acl verification failed"

static void reply_text(struct session *session, const char *text) {
    session_reply(session, text, strlen(text));
}

/* One of its words in lower case; empty for what cannot be a name. */
static void name_of(const struct request *request, const char *data, int word, char name[LONGEST_NAME + 1]) {
    struct argument argument = request->arguments[word];
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

static enum effect more(enum effect one, enum effect other) {
    return one > other ? one : other;
}

static void send_back(struct session *session) {
    session->sent_back = true;
    reply_text(session, "-SHMPATH this command goes over the control connection\r\n");
}

static bool begins(const char *proto, size_t length, const char *text) {
    size_t wanted = strlen(text);
    return length >= wanted && memcmp(proto, text, wanted) == 0;
}

/* ! to replicas and the append-only file; E errors as replies; S only what a script may do, as some commands end the
 * server when a module calls them; M -OOM at the limit; C by the user's rights; v arguments as an array; 3 in
 * that protocol. */
static const char *const AT_ONCE[] = {"!ESMCv", "!3ESMCv"};
/* For a session of nobody's whose user may not: what is refused would go to the ACL log each time. */
static const char *const WITHOUT_RIGHTS[] = {"!ESMv", "!3ESMv"};
/* Redis looks at the limit before a transaction and not within. */
static const char *const IN_TRANSACTION[] = {"!ESCv", "!3ESCv"};

/* The state that the server is in refuses a command before it is run. Other commands' errors have other codes. */
static bool is_refusal(const char *proto, size_t length) {
    return length > 0 && proto[0] == '-' &&
           (begins(proto, length, "-READONLY ") || begins(proto, length, "-NOREPLICAS ") ||
            begins(proto, length, "-MISCONF ") || begins(proto, length, "-MASTERDOWN "));
}

static void answer_with(struct session *session, const char *proto, size_t length) {
    if (proto == NULL) {
        reply_text(session, "-ERR this command cannot be called over shared memory\r\n");
    } else if (begins(proto, length, NO_RIGHT)) {
        reply_text(session, "-NOPERM this user has no permissions to run the command or to access its keys\r\n");
    } else if (!session->multi && begins(proto, length, "-OOM")) {
        /* A module's calls never make room by evicting; the socket's do. */
        send_back(session);
    } else {
        session_reply(session, proto, length);
    }
}

#define FEW 16

/* Room for `count`, which is `few` where that suffices. */
static RedisModuleString **strings_of(const struct argument *arguments, size_t count, const char *data,
                                      RedisModuleString **few) {
    RedisModuleString **strings = count <= FEW ? few : malloc(count * sizeof *strings);
    for (size_t i = 0; strings != NULL && i < count; i++) {
        strings[i] = RedisModule_CreateString(NULL, data + arguments[i].at, arguments[i].length);
    }
    return strings;
}

static void strings_free(RedisModuleString **strings, size_t count, RedisModuleString *const *few) {
    for (size_t i = 0; i < count; i++) {
        RedisModule_FreeString(NULL, strings[i]);
    }
    if (strings != few) {
        free(strings);
    }
}

/* False, and no answer, for one that was refused as `is_refusal` says while `may_refuse`. */
static bool call(struct session *session, RedisModuleCtx *ctx, const char *const flags[2],
                 const struct request *request, const char *data, bool may_refuse) {
    /* As it was written: MONITOR and the slow log show it. */
    char name[LONGEST_NAME + 1];
    memcpy(name, data + request->arguments[0].at, request->arguments[0].length);
    name[request->arguments[0].length] = '\0';
    size_t count = (size_t)request->count - 1;
    RedisModuleString *few[FEW];
    RedisModuleString **arguments = strings_of(request->arguments + 1, count, data, few);
    if (arguments == NULL) {
        session->broken = "there is no memory for its request";
        return true;
    }
    RedisModuleCallReply *answer = RedisModule_Call(ctx, name, flags[session->protocol - 2], arguments, count);
    size_t length = 0;
    const char *proto = answer == NULL ? NULL : RedisModule_CallReplyProto(answer, &length);
    bool refused = may_refuse && proto != NULL && is_refusal(proto, length);
    if (!refused) {
        answer_with(session, proto, length);
    }
    if (answer != NULL) {
        RedisModule_FreeCallReply(answer);
    }
    strings_free(arguments, count, few);
    return !refused;
}

static void end_multi(struct session *session) {
    session->multi = false;
    session->multi_failed = false;
    session->queued = 0;
    session->queue.length = 0;
}

/* What the socket looks at before it queues a command; there, the transaction would not be run. */
static bool may_be_queued(RedisModuleUser *user, const struct request *request, const char *data) {
    char name[2 * LONGEST_NAME + 2];
    name_of(request, data, 0, name);
    const struct command *command = command_find(name);
    if (command != NULL && request->count > 1 && (strcmp(name, "object") == 0 || strcmp(name, "xinfo") == 0)) {
        size_t length = strlen(name);
        name[length] = '|';
        name_of(request, data, 1, name + length + 1);
        command = command_find(name);
    }
    if (command == NULL || !command_takes(command, request->count)) {
        return false;
    }
    RedisModuleString *few[FEW];
    RedisModuleString **words = strings_of(request->arguments, (size_t)request->count, data, few);
    if (words == NULL) {
        return false;
    }
    bool may = RedisModule_ACLCheckCommandPermissions(user, words, (int)request->count) == REDISMODULE_OK;
    strings_free(words, (size_t)request->count, few);
    return may;
}

static bool all_may_be_queued(const struct session *session, RedisModuleUser *user) {
    struct request request = {0};
    bool may = true;
    for (size_t at = 0; may && at < session->queue.length; at += request.end, request_next(&request)) {
        const char *data = session->queue.data + at;
        may = request_read(&request, data, session->queue.length - at) == REQUEST_WHOLE &&
              may_be_queued(user, &request, data);
    }
    request_free(&request);
    return may;
}

/* All of them under the lock that is held: nobody's command comes between. Where the server refuses writes, the first
 * one is refused, and what stands before it has changed nothing: the answers are forgotten. */
static void run_queue(struct session *session, RedisModuleCtx *ctx) {
    size_t before = session->out.length;
    enum effect effect = EFFECT_NONE;
    char header[32];
    snprintf(header, sizeof header, "*%ld\r\n", session->queued);
    reply_text(session, header);
    struct request request = {0};
    for (size_t at = 0; at < session->queue.length; at += request.end, request_next(&request)) {
        const char *data = session->queue.data + at;
        if (request_read(&request, data, session->queue.length - at) != REQUEST_WHOLE) {
            break;
        }
        if (!call(session, ctx, IN_TRANSACTION, &request, data, effect == EFFECT_NONE)) {
            session->out.length = before;
            send_back(session);
            break;
        }
        char name[LONGEST_NAME + 1];
        name_of(&request, data, 0, name);
        effect = more(effect, command_find(name)->effect);
    }
    session->effect = more(session->effect, effect);
    request_free(&request);
}

static void execute(struct session *session, RedisModuleCtx *ctx, RedisModuleUser *user, bool held) {
    if (!session->multi) {
        reply_text(session, "-ERR EXEC without MULTI\r\n");
    } else if (session->multi_failed) {
        reply_text(session, "-EXECABORT Transaction discarded because of previous errors.\r\n");
        end_multi(session);
    } else if (held || RedisModule_GetUsedMemoryRatio() >= 1 || !all_may_be_queued(session, user)) {
        send_back(session);
    } else {
        run_queue(session, ctx);
        end_multi(session);
    }
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

/* SHM.SESSION protocol: the control connection's user, database or protocol has changed, or what was sent back has been
 * said there. */
static void follow(struct session *session, RedisModuleCtx *ctx, const char *data) {
    struct argument protocol = session->request.arguments[1];
    if (protocol.length != 1 || (data[protocol.at] != '2' && data[protocol.at] != '3')) {
        reply_text(session, "-ERR SHM.SESSION takes the protocol, 2 or 3\r\n");
        return;
    }
    session->protocol = data[protocol.at] - '0';
    end_multi(session);
    session->sent_back = !session_refresh(session, ctx);
    reply_text(session, session->sent_back ? "-NOAUTH the default user has a password: log in before SHM.OPEN\r\n"
                                           : "+OK\r\n");
}

static bool is_of_transaction(const char *name, long count) {
    return count == 1 && (strcmp(name, "multi") == 0 || strcmp(name, "exec") == 0 || strcmp(name, "discard") == 0);
}

static bool may_echo(RedisModuleUser *user) {
    RedisModuleString *words[] = {RedisModule_CreateString(NULL, "echo", 4), RedisModule_CreateString(NULL, "", 0)};
    bool may = RedisModule_ACLCheckCommandPermissions(user, words, 2) == REDISMODULE_OK;
    RedisModule_FreeString(NULL, words[0]);
    RedisModule_FreeString(NULL, words[1]);
    return may;
}

static void run(struct session *session, RedisModuleCtx *ctx, RedisModuleUser *user, bool held) {
    const char *data = session->in.data + session->begin;
    long count = session->request.count;
    char name[LONGEST_NAME + 1];
    name_of(&session->request, data, 0, name);
    const struct command *command = command_find(name);
    if (count == 2 && strcmp(name, "shm.session") == 0) {
        follow(session, ctx, data);
    } else if (session->sent_back || (command == NULL && !is_of_transaction(name, count))) {
        send_back(session);
    } else if (count == 1 && strcmp(name, "multi") == 0) {
        begin_multi(session);
    } else if (count == 1 && strcmp(name, "exec") == 0) {
        execute(session, ctx, user, held);
    } else if (count == 1 && strcmp(name, "discard") == 0) {
        discard(session);
    } else if (session->multi) {
        queue(session, data);
    } else if (held) {
        send_back(session);
    } else {
        bool without = session->own && !may_echo(user);
        session->effect = more(session->effect, command->effect);
        call(session, ctx, without ? WITHOUT_RIGHTS : AT_ONCE, &session->request, data, false);
    }
}

enum effect session_run(struct session *session, RedisModuleCtx *ctx, int most, bool held) {
    if (!session->whole || session->broken != NULL || atomic_load(&session->gone)) {
        return EFFECT_NONE;
    }
    RedisModuleUser *user = session->user == NULL ? NULL : RedisModule_GetModuleUserFromUserName(session->user);
    if (user == NULL) {
        session->broken = "its user is gone";
        return EFFECT_NONE;
    }
    RedisModule_SetContextUser(ctx, user);
    RedisModule_SelectDb(ctx, session->db);
    session->effect = EFFECT_NONE;
    for (int i = 0; i < most && session->whole && session->broken == NULL; i++) {
        run(session, ctx, user, held);
        session->begin += session->request.end;
        session->whole = false;
        request_next(&session->request);
        if (session->begin == session->in.length) {
            break;
        }
        session->paused = session->out.length - session->sent > PAUSE_AT;
        if (!session->paused) {
            session_read_request(session);
        }
    }
    RedisModule_SetContextUser(ctx, NULL);
    RedisModule_FreeModuleUser(user);
    return session->effect;
}
