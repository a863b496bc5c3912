#define _POSIX_C_SOURCE 200809L
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Not here: what may block (BLPOP, XREAD, WAIT), subscribes, runs scripts (their time limit lets other clients in, from
 * a thread of Redis's own only), or belongs to the connection (AUTH, SELECT, HELLO, CLIENT, WATCH, RESET, QUIT). */
const char *const commands_served =
    "append bitcount bitfield bitfield_ro bitop bitpos copy dbsize decr decrby del dump echo exists expire expireat "
    "expiretime flushdb geoadd geodist geohash geopos georadius_ro georadiusbymember_ro geosearch geosearchstore get "
    "getbit getdel getex getrange getset hdel hexists hget hgetall hincrby hincrbyfloat hkeys hlen hmget hmset "
    "hrandfield hscan hset hsetnx hstrlen hvals incr incrby incrbyfloat keys lcs lindex linsert llen lmove lmpop lpop "
    "lpos lpush lpushx lrange lrem lset ltrim mget move mset msetnx object persist pexpire pexpireat pexpiretime pfadd "
    "pfcount pfmerge ping psetex pttl publish randomkey rename renamenx restore rpop rpoplpush rpush rpushx sadd scan "
    "scard sdiff sdiffstore set setbit setex setnx setrange sinter sintercard sinterstore sismember smembers smismember "
    "smove sort sort_ro spop srandmember srem sscan strlen substr sunion sunionstore time touch ttl type unlink xack "
    "xadd xautoclaim xclaim xdel xinfo xlen xpending xrange xrevrange xsetid xtrim zadd zcard zcount zdiff zdiffstore "
    "zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin zrandmember zrange zrangebylex "
    "zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex "
    "zrevrangebyscore zrevrank zscan zscore zunion zunionstore";

#define MOST_COMMANDS 256

static struct command commands[MOST_COMMANDS];
static size_t count;
static char text[4096];

static int compare(const void *one, const void *other) {
    return strcmp(((const struct command *)one)->name, ((const struct command *)other)->name);
}

static void add(const char *name) {
    if (count < MOST_COMMANDS) {
        commands[count++] = (struct command){name, 0, EFFECT_CLIENTS};
    }
}

static bool has_flag(RedisModuleCallReply *flags, const char *wanted) {
    for (size_t i = 0; i < RedisModule_CallReplyLength(flags); i++) {
        size_t length;
        const char *flag = RedisModule_CallReplyStringPtr(RedisModule_CallReplyArrayElement(flags, i), &length);
        if (flag != NULL && length == strlen(wanted) && memcmp(flag, wanted, length) == 0) {
            return true;
        }
    }
    return false;
}

enum { INFO_ARITY = 1, INFO_FLAGS = 2, INFO_CATEGORIES = 6 };

/* Clients wait for lists, sorted sets and streams; these put whole keys in place. */
static bool may_serve_clients(const char *name, RedisModuleCallReply *categories) {
    static const char *const kinds[] = {"@list", "@sortedset", "@stream", "@geo", "@pubsub"};
    static const char *const names[] = {"copy", "move", "rename", "renamenx", "restore"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (categories == NULL || has_flag(categories, kinds[i]) || strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void learn(struct command *command, RedisModuleCallReply *info) {
    RedisModuleCallReply *flags = info == NULL ? NULL : RedisModule_CallReplyArrayElement(info, INFO_FLAGS);
    if (flags != NULL) {
        command->arity = (long)RedisModule_CallReplyInteger(RedisModule_CallReplyArrayElement(info, INFO_ARITY));
        /* PFCOUNT keeps its sum in the key; Redis does not say so. */
        bool writes =
            has_flag(flags, "write") || has_flag(flags, "pubsub") || strcmp(command->name, "pfcount") == 0;
        RedisModuleCallReply *categories = RedisModule_CallReplyArrayElement(info, INFO_CATEGORIES);
        command->effect = !writes                                         ? EFFECT_NONE
                          : may_serve_clients(command->name, categories) ? EFFECT_CLIENTS
                                                                          : EFFECT_DATA;
    }
}

/* Of one that COMMAND INFO does not know, as it was renamed, what is safe remains. */
static void ask(RedisModuleCtx *ctx) {
    RedisModuleString *names[MOST_COMMANDS];
    for (size_t i = 0; i < count; i++) {
        names[i] = RedisModule_CreateString(NULL, commands[i].name, strlen(commands[i].name));
    }
    RedisModuleCallReply *answer = RedisModule_Call(ctx, "COMMAND", "cv", "INFO", names, count);
    for (size_t i = 0; i < count; i++) {
        if (answer != NULL) {
            learn(&commands[i], RedisModule_CallReplyArrayElement(answer, i));
        }
        RedisModule_FreeString(NULL, names[i]);
    }
    if (answer != NULL) {
        RedisModule_FreeCallReply(answer);
    }
}

void commands_prepare(RedisModuleCtx *ctx) {
    static const char *const within[] = {"object|encoding", "object|freq",  "object|help", "object|idletime",
                                         "object|refcount", "xinfo|consumers", "xinfo|groups", "xinfo|help",
                                         "xinfo|stream"};
    snprintf(text, sizeof text, "%s", commands_served);
    count = 0;
    char *rest = NULL;
    for (char *name = strtok_r(text, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        add(name);
    }
    for (size_t i = 0; i < sizeof within / sizeof *within; i++) {
        add(within[i]);
    }
    qsort(commands, count, sizeof commands[0], compare);
    ask(ctx);
}

const struct command *command_find(const char *name) {
    struct command wanted = {.name = name};
    return bsearch(&wanted, commands, count, sizeof commands[0], compare);
}

bool command_takes(const struct command *command, long words) {
    return command->arity == 0 || words == command->arity || (command->arity < 0 && words >= -command->arity);
}
