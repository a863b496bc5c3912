#include "module_api.h"

#include <stdio.h>

#define DEFINE(result, name, arguments) result(*RedisModule_##name) arguments;
MODULE_API(DEFINE)
#undef DEFINE

int module_api_bind(RedisModuleCtx *ctx) {
    /* The first word of a context is the function that finds all others: that is Redis's contract with modules. */
    int (*find)(const char *, void *) = *(int (**)(const char *, void *))(void *)ctx;
#define FIND(result, name, arguments)                                                               \
    if (find("RedisModule_" #name, (void *)&RedisModule_##name) != REDISMODULE_OK) {                \
        fprintf(stderr, "redis-shm: this Redis has no RedisModule_" #name "; 7.0 is needed.\n");    \
        return REDISMODULE_ERR;                                                                     \
    }
    MODULE_API(FIND)
#undef FIND
    return REDISMODULE_OK;
}
