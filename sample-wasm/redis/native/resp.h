#ifndef RESP_H
#define RESP_H

#include <stddef.h>

/* Length of the first value, with all that is in it; 0: its end is yet to come; -1: not RESP. */
long resp_value(const unsigned char *bytes, size_t length);

#endif
