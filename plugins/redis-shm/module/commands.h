/* The commands that a ring takes: those that neither wait, nor speak to their client later, nor change what a client
 * is. Everything else goes over the control connection. */
#ifndef WASMSCOPE_COMMANDS_H
#define WASMSCOPE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

/* All of them, lower case, with blanks between. */
extern const char *const commands_served;

/* Once, before the first question. */
void commands_prepare(void);

/* `name` in lower case. */
bool command_served(const char *name);

#endif
