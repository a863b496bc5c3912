#include "reply.h"

#include <stdlib.h>
#include <string.h>

/* Larger is no answer of a server's, and would not be summed up without end. */
#define MOST (1L << 40)

long reply_length(const char *data, size_t length) {
    size_t at = 0;
    for (long open = 1; open > 0; open--) {
        const char *end = at < length ? memchr(data + at, '\n', length - at) : NULL;
        if (end == NULL) {
            return 0;
        }
        char type = data[at];
        long number = strchr("$=!*~>%|", type) != NULL ? strtol(data + at + 1, NULL, 10) : 0;
        at = (size_t)(end - data) + 1;
        if (number < -1 || number > MOST || open > MOST) {
            return -1;
        }
        switch (type) {
        case '+': case '-': case ':': case '_': case '#': case ',': case '(':
            break;
        case '$': case '=': case '!':
            at += number < 0 ? 0 : (size_t)number + 2;
            break;
        case '*': case '~': case '>':
            open += number < 0 ? 0 : number;
            break;
        case '%':
            open += number < 0 ? 0 : 2 * number;
            break;
        case '|':
            open += number < 0 ? 1 : 2 * number + 1;
            break;
        default:
            return -1;
        }
        if (at > length) {
            return 0;
        }
    }
    return (long)at;
}
