/* The commands that a ring takes: those that neither wait, nor speak to their client later, nor change what a client
 * is. Everything else goes over the control connection. */
#ifndef WASMSCOPE_COMMANDS_H
#define WASMSCOPE_COMMANDS_H

#include "module_api.h"

#include <stdbool.h>
#include <stddef.h>

/* All of them, lower case, with blanks between. */
extern const char *const commands_served;

#define LONGEST_NAME 32

/* What a command does to others than its client: nothing; changes data, or may; may give something to clients that wait
 * or have subscribed. */
enum effect { EFFECT_NONE, EFFECT_DATA, EFFECT_CLIENTS };

struct command {
    const char *name;
    /* As COMMAND INFO has it: the words it takes, negative for at least so many; 0 where Redis does not say. */
    long arity;
    enum effect effect;
};

/* Once, before the first question: asks Redis what it knows of them. */
void commands_prepare(RedisModuleCtx *ctx);

/* `name` in lower case, or "name|subcommand". NULL for one that is not served. */
const struct command *command_find(const char *name);

/* Whether it takes so many words. */
bool command_takes(const struct command *command, long words);

#endif
