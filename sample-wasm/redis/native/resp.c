/* Whether what a client gets is RESP, version 2 or 3. */
#include "resp.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { DEEPEST = 200, LONGEST_LINE = 1 << 20 };

/* Length of a line with its end. */
static long line(const unsigned char *bytes, size_t length) {
    const unsigned char *end = memchr(bytes, '\r', length);
    /* FUNCTION LIST answers an unknown argument with its raw bytes. */
    if (length > 0 && *bytes == '-')
        while (end && end + 1 < bytes + length && end[1] != '\n')
            end = memchr(end + 1, '\r', length - (size_t)(end + 1 - bytes));
    if (!end || end + 1 == bytes + length) return length > LONGEST_LINE ? -1 : 0;
    return end[1] == '\n' ? end + 2 - bytes : -1;
}

static bool number(const unsigned char *text, long length, long *value) {
    bool negative = length > 0 && *text == '-';
    if (negative) text++, length--;
    if (length < 1 || length > 18) return false;
    *value = 0;
    for (long i = 0; i < length; i++) {
        if (!isdigit(text[i])) return false;
        *value = 10 * *value + text[i] - '0';
    }
    if (negative) *value = -*value;
    return true;
}

static long value(const unsigned char *bytes, size_t length, int depth);

static long elements(const unsigned char *bytes, size_t length, long at, long count, int depth) {
    for (; count > 0; count--) {
        long one = value(bytes + at, length - (size_t)at, depth + 1);
        if (one <= 0) return one;
        at += one;
    }
    return at;
}

static long text(const unsigned char *bytes, size_t length, long at, long count) {
    if (count == -1) return at;
    if (count < 0) return -1;
    if (length - (size_t)at < (size_t)count + 2) return 0;
    return memcmp(bytes + at + count, "\r\n", 2) == 0 ? at + count + 2 : -1;
}

static long value(const unsigned char *bytes, size_t length, int depth) {
    if (length == 0) return 0;
    if (depth > DEEPEST || !strchr("+-:$*_#,(=!~%>|", *bytes)) return -1;
    long at = line(bytes, length), count = 0;
    if (at <= 0) return at;
    if (strchr("$*=!~%>|", *bytes) && !number(bytes + 1, at - 3, &count)) return -1;
    switch (*bytes) {
    case '$':
    case '=':
    case '!': return text(bytes, length, at, count);
    case '*':
    case '~':
    case '>': return count < -1 ? -1 : elements(bytes, length, at, count, depth);
    case '%': return count < 0 ? -1 : elements(bytes, length, at, 2 * count, depth);
    case '|': return count < 0 ? -1 : elements(bytes, length, at, 2 * count + 1, depth);
    default: return at;
    }
}

long resp_value(const unsigned char *bytes, size_t length) { return value(bytes, length, 0); }
