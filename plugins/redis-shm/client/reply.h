/* Replies in RESP, of either version. */
#ifndef WASMSCOPE_REPLY_H
#define WASMSCOPE_REPLY_H

#include <stddef.h>

/* The length of the whole reply that `data` begins with; 0 when more has to come, -1 when it is none. */
long reply_length(const char *data, size_t length);

#endif
