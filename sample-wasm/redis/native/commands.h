/* Random requests: what clients send. Callers free what they get. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stddef.h>
#include <stdint.h>

/* Some commands, one after the other. */
char *commands_request(size_t *length);
/* For the client itself to know what it will get. */
char *commands_replica(size_t *length);
/* A script that takes a while. */
char *commands_slow_script(size_t *length);
/* What other clients say meanwhile. */
char *commands_while_busy(size_t *length);
/* What no client should send. */
char *commands_garbage(size_t *length);
char *commands_shutdown(size_t *length);

#endif
