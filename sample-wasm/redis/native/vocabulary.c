#include "vocabulary.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

const char *const commands[] = {
    /* Strings, bits, HyperLogLogs */
    "SET %s %v", "SET %k %v", "SET %s %v PX %i", "SET %s %v NX GET", "SET %s %v EX %n", "GET %s", "GET %k", "GETDEL %s", "GETEX %s PX %i",
    "APPEND %s %v", "SETRANGE %s %n %v", "SETRANGE %s %i %v", "GETRANGE %s %i %i", "STRLEN %s", "INCR %s", "INCRBY %s %i", "DECRBY %s %i",
    "INCRBYFLOAT %s %f", "MSET %s %v %s %v", "MSETNX %s %v %s %v", "MGET %k %k %k", "LCS %s %s", "LCS %s %s IDX WITHMATCHLEN", "SETBIT %b %n 1",
    "SETBIT %b %i 1", "GETBIT %b %i", "BITCOUNT %b", "BITCOUNT %b %i %i BIT", "BITPOS %b 1 %i", "BITOP AND %b %b %b", "BITOP NOT %b %s",
    "BITFIELD %b SET u7 %n %i GET i33 %n OVERFLOW SAT INCRBY i5 %n %i", "PFADD %p %m+", "PFCOUNT %p %p", "PFMERGE %p %p %p", "PFDEBUG ENCODING %p",
    /* Lists */
    "LPUSH %l %v+", "RPUSH %l %v+", "RPUSH %l %i+", "LPOP %l", "RPOP %l %n", "LRANGE %l %i %i", "LRANGE %l 0 -1", "LINDEX %l %i", "LSET %l %i %v",
    "LINSERT %l BEFORE %v %v", "LREM %l %i %v", "LTRIM %l %i %i", "LPOS %l %v COUNT 0", "LMOVE %l %l LEFT RIGHT", "RPOPLPUSH %l %l", "LLEN %l",
    "LMPOP 2 %l %l LEFT COUNT %n", "BLPOP %l %l 0.01", "BRPOP %l %f", "BLMOVE %l %l RIGHT LEFT 0.02", "BLMPOP 0.01 1 %l RIGHT", "BLPOP %l 0",
    /* Hashes, sets */
    "HSET %h %m %v", "HSET %h %m %v %m %v %m %v", "HGET %h %m", "HGETALL %h", "HDEL %h %m+", "HINCRBY %h %m %i", "HINCRBYFLOAT %h %m %f",
    "HMGET %h %m+", "HRANDFIELD %h %i WITHVALUES", "HSCAN %h 0 COUNT %n", "HVALS %h", "HSTRLEN %h %m", "SADD %t %m+", "SADD %t %i+", "SREM %t %m+",
    "SMEMBERS %t", "SISMEMBER %t %m", "SMISMEMBER %t %m+", "SPOP %t %n", "SRANDMEMBER %t %i", "SINTER %t %t", "SUNIONSTORE %t %t %t",
    "SDIFF %t %t", "SINTERCARD 2 %t %t LIMIT %n", "SMOVE %t %t %m", "SSCAN %t %n MATCH m1*",
    /* Sorted sets, geography */
    "ZADD %z %f %m", "ZADD %z %f %m %f %m %f %m", "ZADD %z NX INCR %f %m", "ZADD %z XX GT CH %f %m", "ZINCRBY %z %f %m", "ZRANGE %z %i %i WITHSCORES",
    "ZRANGE %z %f %f BYSCORE LIMIT %i %i", "ZRANGE %z [m1 (m5 BYLEX", "ZRANGESTORE %z %z %i %i", "ZRANK %z %m", "ZREVRANK %z %m", "ZREM %z %m+",
    "ZPOPMIN %z %n", "BZPOPMAX %z 0.01", "ZMPOP 1 %z MAX COUNT %n", "ZCOUNT %z -inf %f", "ZUNIONSTORE %z 2 %z %z WEIGHTS %f %f AGGREGATE MAX",
    "ZINTER 2 %z %t WITHSCORES", "ZDIFF 2 %z %z", "ZREMRANGEBYSCORE %z %f %f", "ZREMRANGEBYRANK %z %i %i", "ZRANDMEMBER %z %i WITHSCORES",
    "ZSCAN %z 0", "ZMSCORE %z %m+", "ZLEXCOUNT %z - +", "GEOADD %g 13.361389 38.115556 %m", "GEOADD %g %f %f %m", "GEODIST %g %m %m km",
    "GEOHASH %g %m %m", "GEOPOS %g %m", "GEOSEARCH %g FROMLONLAT 15 37 BYRADIUS 200 km ASC WITHDIST", "GEOSEARCHSTORE %z %g FROMMEMBER %m BYBOX %f %f m",
    /* Streams */
    "XADD %x * %m %v", "XADD %x %d %m %v %m %v", "XADD %x MAXLEN ~ %n * %m %v", "XLEN %x", "XRANGE %x - + COUNT %n", "XREVRANGE %x + - COUNT %n",
    "XREAD COUNT %n STREAMS %x %x %d %d", "XREAD BLOCK 10 STREAMS %x $", "XDEL %x %d", "XTRIM %x MINID %d", "XGROUP CREATE %x %m %d MKSTREAM",
    "XGROUP DESTROY %x %m", "XGROUP CREATECONSUMER %x %m %m", "XREADGROUP GROUP %m %m COUNT %n STREAMS %x >",
    "XREADGROUP GROUP %m %m BLOCK 5 STREAMS %x >", "XACK %x %m %d", "XPENDING %x %m", "XPENDING %x %m - + %n", "XCLAIM %x %m %m 0 %d",
    "XAUTOCLAIM %x %m %m 0 0-0", "XINFO STREAM %x FULL", "XINFO GROUPS %x", "XSETID %x %d",
    /* Keys */
    "DEL %k %k", "UNLINK %k %k %k", "EXISTS %k %k", "TYPE %k", "EXPIRE %k %n", "PEXPIRE %k %i", "EXPIREAT %k %i", "PERSIST %k", "TTL %k",
    "PEXPIRETIME %k", "RENAME %k %k", "RENAMENX %k %k", "COPY %k %k REPLACE", "COPY %k %k DB 1", "MOVE %k 1", "RANDOMKEY", "KEYS *", "KEYS [a-m]?",
    "SCAN %n COUNT %n TYPE list", "DBSIZE", "TOUCH %k", "OBJECT ENCODING %k", "OBJECT FREQ %k", "OBJECT IDLETIME %k", "DUMP %k", "RESTORE %k 0 %v",
    "SORT %l ALPHA LIMIT %i %i", "SORT %t BY w* GET # GET s*", "SORT %l STORE %l", "SORT_RO %z DESC", "FLUSHDB", "FLUSHALL ASYNC", "SWAPDB 0 1",
    "SELECT %n", "WAIT %n 5", "MEMORY USAGE %k SAMPLES 0", "MEMORY STATS", "MEMORY DOCTOR", "MEMORY PURGE",
    /* Transactions, scripts, functions */
    "MULTI", "MULTI", "MULTI", "EXEC", "EXEC", "EXEC", "DISCARD", "WATCH %k %k", "UNWATCH", "EVALSHA %v 0", "SCRIPT LOAD %u", "SCRIPT FLUSH",
    "SCRIPT EXISTS %v", "SCRIPT KILL", "FUNCTION LIST WITHCODE", "FUNCTION DUMP", "FUNCTION FLUSH", "FUNCTION STATS", "FUNCTION RESTORE %v",
    "FUNCTION DELETE lib", "FCALL set 1 %s %v", "FCALL busy 0", "FCALL_RO get 1 %s", "FUNCTION KILL", "SCRIPT DEBUG YES",
    /* Messages */
    "SUBSCRIBE %c %c", "PSUBSCRIBE chan*", "SSUBSCRIBE %c", "UNSUBSCRIBE", "PUNSUBSCRIBE %c", "SUNSUBSCRIBE", "PUBLISH %c %v", "PUBLISH %c %v",
    "SPUBLISH %c %v", "PUBSUB NUMSUB %c", "PUBSUB CHANNELS", "MONITOR",
    /* Connections */
    "PING", "PING %v", "ECHO %v", "HELLO", "HELLO 2", "HELLO 3", "HELLO %n AUTH %v %v", "AUTH %v", "AUTH %v %v", "RESET", "QUIT", "CLIENT ID",
    "CLIENT INFO", "CLIENT LIST", "CLIENT LIST TYPE normal", "CLIENT SETNAME %m", "CLIENT GETNAME", "CLIENT KILL ID %y", "CLIENT KILL TYPE normal SKIPME yes",
    "CLIENT KILL ADDR 127.0.0.1:10004", "CLIENT KILL ID %y SKIPME no", "CLIENT NO-EVICT on", "CLIENT REPLY OFF", "CLIENT REPLY SKIP", "CLIENT REPLY ON", "CLIENT PAUSE 20",
    "CLIENT PAUSE 10 WRITE", "CLIENT UNPAUSE", "CLIENT UNBLOCK %y ERROR", "CLIENT TRACKING on", "CLIENT TRACKING on BCAST PREFIX s", "CLIENT TRACKING off",
    "CLIENT TRACKING on REDIRECT %y", "CLIENT CACHING yes", "CLIENT GETREDIR", "CLIENT TRACKINGINFO", "COMMAND COUNT", "COMMAND DOCS GET", "COMMAND INFO SET %v",
    "COMMAND GETKEYS MSET %k %v", "COMMAND LIST FILTERBY PATTERN x*", "ACL WHOAMI", "ACL LIST", "ACL SETUSER %m on nopass ~* &* +@all -debug",
    "ACL DELUSER %m", "ACL GENPASS %n", "ACL GENPASS 256", "ACL CAT string", "ACL LOG", "ACL DRYRUN default SET %k %v", "ACL GETUSER default", "ACL LOAD",
    /* Files and replication */
    "SAVE", "BGSAVE", "BGREWRITEAOF", "LASTSAVE", "DEBUG RELOAD", "DEBUG RELOAD NOFLUSH MERGE", "DEBUG LOADAOF", "CONFIG SET appendonly yes",
    "CONFIG SET appendonly no", "CONFIG REWRITE", "CONFIG SET dbfilename %m", "CONFIG SET dir /", "CONFIG SET dir %m", "REPLICAOF NO ONE",
    "REPLICAOF 127.0.0.1 6379", "ROLE", "REPLCONF GETACK *", "REPLCONF ACK %i", "REPLCONF rdb-filter-only functions", "FAILOVER", "FAILOVER ABORT",
    "MIGRATE 127.0.0.1 6379 %k 0 100", "MIGRATE 127.0.0.1 6379 %v 0 100 KEYS %k %k", "MODULE LIST", "MODULE LOAD %v", "MODULE LOADEX %v",
    "CLUSTER INFO", "SENTINEL MASTERS", "READONLY", "ASKING",
    /* The server */
    "INFO", "INFO everything", "INFO commandstats", "TIME", "LOLWUT", "LOLWUT VERSION 5", "LOLWUT VERSION 6", "SLOWLOG GET %i", "SLOWLOG RESET",
    "LATENCY DOCTOR", "LATENCY HISTOGRAM", "LATENCY LATEST", "LATENCY RESET", "LATENCY GRAPH command", "CONFIG GET *", "CONFIG GET max*", "CONFIG RESETSTAT",
    "CONFIG SET busy-reply-threshold %n", "CONFIG SET maxmemory-policy allkeys-lru", "CONFIG SET maxmemory-policy volatile-lfu",
    "CONFIG SET maxmemory-policy noeviction", "CONFIG SET list-max-listpack-size %i", "CONFIG SET hash-max-listpack-entries %n",
    "CONFIG SET set-max-intset-entries %n", "CONFIG SET zset-max-listpack-value %n", "CONFIG SET list-compress-depth %n", "CONFIG SET hz %n",
    "CONFIG SET activedefrag yes", "CONFIG SET save 10", "CONFIG SET notify-keyspace-events KEA", "CONFIG SET maxclients %y", "CONFIG SET timeout %n",
    "CONFIG SET latency-monitor-threshold 1", "CONFIG SET slowlog-log-slower-than 0", "CONFIG SET rdbcompression no", "CONFIG SET aof-use-rdb-preamble no",
    "CONFIG SET client-query-buffer-limit 1mb", "CONFIG SET io-threads 4", "CONFIG SET loglevel debug", "CONFIG SET %m %v",     "CONFIG SET requirepass ", "CONFIG SET proto-max-bulk-len 1mb", "CONFIG SET client-output-buffer-limit normal_1mb_0_0", "CONFIG SET tracking-table-max-keys %n",
    "DEBUG SLEEP 0.01", "DEBUG SLEEP 1", "DEBUG DIGEST", "DEBUG DIGEST-VALUE %k", "DEBUG OBJECT %k", "DEBUG LISTPACK %k", "DEBUG HTSTATS 0", "DEBUG HTSTATS-KEY %k",
    "DEBUG SDSLEN %k", "DEBUG POPULATE %n", "DEBUG POPULATE 200 p 50", "DEBUG POPULATE 2000 p 1000", "CONFIG SET maxmemory 0", "CONFIG SET maxmemory 6mb", "DEBUG JMAP", "DEBUG CHANGE-REPL-ID", "DEBUG SET-ACTIVE-EXPIRE 0",
    "DEBUG SET-ACTIVE-EXPIRE 1", "DEBUG QUICKLIST-PACKED-THRESHOLD 100b", "DEBUG QUICKLIST %l", "DEBUG PROTOCOL attrib", "DEBUG PROTOCOL push", "DEBUG PROTOCOL map", "DEBUG PROTOCOL double",
    "DEBUG PROTOCOL bignum", "DEBUG ERROR %m", "DEBUG LOG %v", "DEBUG STRUCTSIZE", "DEBUG MALLCTL x", "DEBUG RESTART", "DEBUG CRASH-AND-RECOVER",
    "DEBUG CLUSTERLINK", "DEBUG STRINGMATCH-LEN 100 a*b", "DEBUG CLIENT-EVICTION", "DEBUG HELP", "DEBUG PAUSE-CRON 0", "DEBUG %v", "OBJECT HELP", "CLIENT HELP", "RESTORE-ASKING %k 0 %v",
    "NO-SUCH-COMMAND %v", "GET", "SET %s"};

const char *const busy_commands[] = {"PING",          "SCRIPT KILL",     "SCRIPT KILL", "FUNCTION KILL", "GET %s",          "AUTH %v",
                                     "HELLO 3",       "REPLCONF ACK %i", "MULTI",       "EXEC",          "DISCARD",         "UNWATCH",
                                     "FUNCTION STATS", "RESET",          "QUIT",        "CLIENT LIST",   "SUBSCRIBE %c",    "BLPOP %l 0",
                                     "PUBLISH %c %v", "SHUTDOWN ABORT", "MONITOR",     "CONFIG GET *",  "CLIENT KILL ID %y"};

const char *const inline_commands[] = {"PING", "SET s1 \"a b\\x00c\"", "GET s1", "", "  ", "SET 'unbalanced", "\"\\", "ECHO \"\"", "LRANGE l1 0 -1"};

const char *const scripts[] = {
    "return redis.call('set', KEYS[1], ARGV[1])",
    "return redis.call('get', KEYS[1])",
    "return redis.pcall('lpush', KEYS[2], ARGV[1], 1, 2.5)",
    "return {1, 2.9, 'three', {ok='fine'}, {err='MY wrong'}, false, true, nil, 5}",
    "redis.setresp(3) return {map={a=1, b=2}, double=3.5}",
    "redis.setresp(3) return redis.call('hgetall', 'h1')",
    "return redis.error_reply('ERR no')",
    "return redis.status_reply('yes')",
    "return redis.call('lrange', KEYS[2], 0, -1)",
    "for i = 1, 200 do redis.call('rpush', KEYS[2], string.rep('x', i)) end return redis.call('llen', KEYS[2])",
    "error('thrown')",
    "error({err='ERR a table'})",
    "local t = {} for i = 1, 1000 do t[i] = i end return t",
    "local t = {} t[1] = t return #t",
    "local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end return deep(10000)",
    "local function endless() return 1 + endless() end return endless()",
    "return cjson.encode({a=1, b={true, cjson.null}, c=ARGV[1]})",
    "return cjson.decode(ARGV[1])",
    "return cmsgpack.unpack(cmsgpack.pack({1, 2.5, 'x', {a=ARGV[1]}}))",
    "return cmsgpack.unpack(ARGV[1])",
    "return struct.pack('>I4s', #ARGV[1], 'x') .. bit.tohex(bit.bxor(1, 65535))",
    "return struct.unpack('>I2hs', ARGV[1])",
    "return tostring(0/0) .. tostring(1/3) .. tostring(-0.0) .. tostring(1e15) .. tostring(123456789012)",
    "return tonumber('0x10') + tonumber('1e2') + (tonumber(ARGV[1]) or 0)",
    "return string.rep('abc', 100000)",
    "return string.rep('x', 1500000)",
    "for i = 1, 100 do redis.call('set', 'p:' .. i, string.rep('x', 100000)) end",
    "return #string.rep('abc', 100000000)",
    "local s = 'x' while true do s = s .. s end",
    "local t = {} for i = 1, 1e7 do t[i] = {i} end return #t",
    "return redis.call('eval', 'return 1', 0)",
    "return redis.call('no-such')",
    "return redis.call('set', KEYS[1])",
    "return redis.call('blpop', KEYS[2], 0)",
    "return redis.call('spop', 't1', 2)",
    "return {redis.call('time'), redis.call('randomkey'), math.random(100)}",
    "redis.call('multi')",
    "return redis.pcall('incr', KEYS[2])",
    "return redis.call('publish', 'channel-1', ARGV[1])",
    "redis.replicate_commands() redis.set_repl(redis.REPL_NONE) return redis.call('incr', 's3')",
    "redis.log(redis.LOG_WARNING, ARGV[1])",
    "redis.breakpoint() redis.debug(ARGV[1])",
    "return redis.sha1hex(ARGV[1])",
    "return redis.call('debug', 'sleep', '0.01')",
    "return pcall(function() return redis.call('set', KEYS[1], ARGV[1], 'bad') end)",
    "return string.format('%s %5.2f %d %q', ARGV[1], 1.5, 7, ARGV[1])",
    "return string.gsub(ARGV[1], '(%w)', '%1%1')",
    "return loadstring('return 1 + 1')()",
    "syntax error here",
    "#!lua flags=no-writes\nreturn redis.call('set', KEYS[1], 1)",
    "#!lua flags=allow-oom,allow-stale\nreturn redis.call('set', KEYS[1], ARGV[1])",
    "#!lua flags=nonsense\nreturn 1",
    "#!",
    "return redis.acl_check_cmd('set', KEYS[1], 'x')",
    "_G.x = 1",
    "return getmetatable('').__index == string"};

const char *const slow_scripts[] = {
    "local n = 0 for i = 1, 300000 do n = n + i end return n",
    "for i = 1, 100000 do redis.pcall('get', KEYS[1]) if i > 2000 then break end end return 1",
    "redis.call('set', KEYS[1], ARGV[1]) for i = 1, 200000 do end return redis.call('get', KEYS[1])",
    "local s = 0 for i = 1, 60000 do s = s + #tostring(i) end return s",
    "for i = 1, 400000 do if i % 100000 == 0 then redis.call('publish', 'channel-1', 'x') end end",
    "#!lua flags=no-writes\nlocal n = 0 for i = 1, 200000 do n = n + 1 end return n",
    "local ok, why = pcall(function() for i = 1, 1000000 do end end) return {tostring(ok), tostring(why)}"};

const char *const libraries[] = {
    "#!lua name=lib\nredis.register_function('set', function(keys, args) return redis.call('set', keys[1], args[1]) end)\n"
    "redis.register_function('busy', function() for i = 1, 300000 do end return 1 end)\n"
    "redis.register_function{function_name='get', callback=function(keys) return redis.call('get', keys[1]) end, flags={'no-writes'}}",
    "#!lua name=lib\nredis.register_function('set', function(keys, args) return 'other' end)",
    "#!lua name=slow\nfor i = 1, 300000 do end\nredis.register_function('slow', function() return 1 end)",
    "#!lua name=endless\nwhile true do end",
    "#!lua name=lib\nredis.register_function('set')",
    "#!lua name=two\nredis.register_function('set', function() return 1 end)",
    "#!js name=lib\nreturn 1",
    "#!lua\nreturn 1",
    "#!lua name=lib\nerror('thrown')",
    "no shebang"};

const char *const absurd_requests[] = {
    "*1\r\n$2147483647\r\nx",     "*2147483647\r\n",           "*1048577\r\n",         "*-1\r\n",       "*0\r\n",
    "*1\r\n$-1\r\n",              "*1\r\n:1\r\n",              "*1\r\n$4\r\nPINGxx",   "*x\r\n",        "$5\r\nhello\r\n",
    "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$536870913\r\nx", "*1\r\n$18446744073709551615\r\n", "*9999999999999999999999\r\n", "\r\n\r\n\r\n", "POST / HTTP/1.1\r\nHost: x\r\n\r\n",
    "*2\r\n$4\r\nECHO\r\n$1048576\r\nnever comes", "*1000000\r\n$4\r\nPING\r\n$4\r\n", "+OK\r\n",     "*1\r\n$100000000000\r\n", "*2\r\n$3\r\nGET\r\n$00000000000000000001\r\na\r\n"};

const size_t command_count = COUNT(commands), busy_command_count = COUNT(busy_commands),
             inline_command_count = COUNT(inline_commands), script_count = COUNT(scripts),
             slow_script_count = COUNT(slow_scripts), library_count = COUNT(libraries),
             absurd_request_count = COUNT(absurd_requests);
