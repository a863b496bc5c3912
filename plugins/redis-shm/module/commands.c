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

static const char *names[256];
static size_t count;
static char text[4096];

static int compare(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

void commands_prepare(void) {
    snprintf(text, sizeof text, "%s", commands_served);
    count = 0;
    char *rest = NULL;
    for (char *name = strtok_r(text, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        names[count++] = name;
    }
    qsort(names, count, sizeof names[0], compare);
}

bool command_served(const char *name) {
    return bsearch(&name, names, count, sizeof names[0], compare) != NULL;
}
