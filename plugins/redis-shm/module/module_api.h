/* The part of Redis's module interface that this module uses, in declarations of its own: functions are looked up by
 * name when the module is loaded, so that any redis-server from 7.0 on will do. */
#ifndef WASMSCOPE_MODULE_API_H
#define WASMSCOPE_MODULE_API_H

#include <stddef.h>
#include <stdint.h>

typedef struct RedisModuleCtx RedisModuleCtx;
typedef struct RedisModuleString RedisModuleString;
typedef struct RedisModuleCallReply RedisModuleCallReply;
typedef struct RedisModuleUser RedisModuleUser;
typedef struct RedisModuleServerInfoData RedisModuleServerInfoData;

enum { REDISMODULE_OK = 0, REDISMODULE_ERR = 1, REDISMODULE_APIVER_1 = 1 };
#define REDISMODULE_CTX_FLAGS_LUA (1 << 0)
#define REDISMODULE_CTX_FLAGS_MULTI (1 << 1)
#define REDISMODULE_CTX_FLAGS_AOF (1 << 6)
#define REDISMODULE_CTX_FLAGS_LOADING (1 << 13)
#define REDISMODULE_CTX_FLAGS_ASYNC_LOADING (1 << 23)
enum { REDISMODULE_EVENTLOOP_READABLE = 1 };

typedef struct {
    uint64_t id;
    uint64_t version;
} RedisModuleEvent;
#define REDISMODULE_EVENT_CLIENT_CHANGE ((RedisModuleEvent){4, 1})
#define REDISMODULE_EVENT_REPLICA_CHANGE ((RedisModuleEvent){6, 1})
#define REDISMODULE_EVENT_CONFIG ((RedisModuleEvent){16, 1})
enum { REDISMODULE_SUBEVENT_CLIENT_CHANGE_DISCONNECTED = 1 };

typedef struct {
    uint64_t version;
    uint64_t flags;
    uint64_t id;
    char addr[46];
    uint16_t port;
    uint16_t db;
} RedisModuleClientInfo;

typedef int (*RedisModuleCommand)(RedisModuleCtx *, RedisModuleString **, int);
typedef void (*RedisModuleEventLoopFunc)(int, void *, int);
typedef void (*RedisModuleEventLoopOneShotFunc)(void *);
typedef void (*RedisModuleEventCallback)(RedisModuleCtx *, RedisModuleEvent, uint64_t, void *);

#define MODULE_API(X)                                                                                   \
    X(int, CreateCommand, (RedisModuleCtx *, const char *, RedisModuleCommand, const char *, int, int, int)) \
    X(void, SetModuleAttribs, (RedisModuleCtx *, const char *, int, int))                               \
    X(int, ReplyWithArray, (RedisModuleCtx *, long))                                                    \
    X(int, ReplyWithStringBuffer, (RedisModuleCtx *, const char *, size_t))                             \
    X(int, ReplyWithError, (RedisModuleCtx *, const char *))                                            \
    X(int, WrongArity, (RedisModuleCtx *))                                                              \
    X(const char *, StringPtrLen, (const RedisModuleString *, size_t *))                                \
    X(RedisModuleString *, CreateString, (RedisModuleCtx *, const char *, size_t))                      \
    X(void, FreeString, (RedisModuleCtx *, RedisModuleString *))                                        \
    X(RedisModuleCallReply *, Call, (RedisModuleCtx *, const char *, const char *, ...))                \
    X(const char *, CallReplyProto, (RedisModuleCallReply *, size_t *))                                 \
    X(const char *, CallReplyStringPtr, (RedisModuleCallReply *, size_t *))                             \
    X(long long, CallReplyInteger, (RedisModuleCallReply *))                                            \
    X(size_t, CallReplyLength, (RedisModuleCallReply *))                                                \
    X(RedisModuleCallReply *, CallReplyArrayElement, (RedisModuleCallReply *, size_t))                  \
    X(void, FreeCallReply, (RedisModuleCallReply *))                                                    \
    X(RedisModuleCtx *, GetDetachedThreadSafeContext, (RedisModuleCtx *))                               \
    X(void, FreeThreadSafeContext, (RedisModuleCtx *))                                                  \
    X(void, ThreadSafeContextLock, (RedisModuleCtx *))                                                  \
    X(int, ThreadSafeContextTryLock, (RedisModuleCtx *))                                                \
    X(void, ThreadSafeContextUnlock, (RedisModuleCtx *))                                                \
    X(unsigned long long, GetClientId, (RedisModuleCtx *))                                              \
    X(int, GetClientInfoById, (void *, uint64_t))                                                       \
    X(RedisModuleString *, GetClientUserNameById, (RedisModuleCtx *, uint64_t))                         \
    X(int, GetContextFlags, (RedisModuleCtx *))                                                         \
    X(float, GetUsedMemoryRatio, (void))                                                                \
    X(int, AvoidReplicaTraffic, (void))                                                                 \
    X(RedisModuleServerInfoData *, GetServerInfo, (RedisModuleCtx *, const char *))                     \
    X(void, FreeServerInfo, (RedisModuleCtx *, RedisModuleServerInfoData *))                            \
    X(unsigned long long, ServerInfoGetFieldUnsigned, (RedisModuleServerInfoData *, const char *, int *)) \
    X(int, EventLoopAdd, (int, int, RedisModuleEventLoopFunc, void *))                                  \
    X(int, EventLoopDel, (int, int))                                                                    \
    X(int, EventLoopAddOneShot, (RedisModuleEventLoopOneShotFunc, void *))                              \
    X(int, SelectDb, (RedisModuleCtx *, int))                                                           \
    X(RedisModuleUser *, GetModuleUserFromUserName, (RedisModuleString *))                              \
    X(void, FreeModuleUser, (RedisModuleUser *))                                                        \
    X(void, SetContextUser, (RedisModuleCtx *, const RedisModuleUser *))                                \
    X(int, ACLCheckCommandPermissions, (RedisModuleUser *, RedisModuleString **, int))                  \
    X(int, SubscribeToServerEvent, (RedisModuleCtx *, RedisModuleEvent, RedisModuleEventCallback))      \
    X(void, Log, (RedisModuleCtx *, const char *, const char *, ...))                                   \
    X(void, GetRandomBytes, (unsigned char *, size_t))

#define DECLARE(result, name, arguments) extern result(*RedisModule_##name) arguments;
MODULE_API(DECLARE)
#undef DECLARE

/* Looks all of them up. REDISMODULE_OK, or the name of the one that is missing is printed. */
int module_api_bind(RedisModuleCtx *ctx);

#endif
