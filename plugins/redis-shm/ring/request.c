#include "request.h"

#include <stdlib.h>
#include <string.h>

int bytes_reserve(struct bytes *bytes, size_t more) {
    if (bytes->capacity - bytes->length >= more) {
        return 0;
    }
    size_t capacity = bytes->capacity == 0 ? 4096 : bytes->capacity;
    while (capacity - bytes->length < more) {
        if (capacity > (size_t)-1 / 2) {
            return -1;
        }
        capacity *= 2;
    }
    char *larger = realloc(bytes->data, capacity);
    if (larger == NULL) {
        return -1;
    }
    bytes->data = larger;
    bytes->capacity = capacity;
    return 0;
}

int bytes_add(struct bytes *bytes, const void *data, size_t length) {
    if (bytes_reserve(bytes, length) != 0) {
        return -1;
    }
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
    return 0;
}

void bytes_free(struct bytes *bytes) {
    free(bytes->data);
    *bytes = (struct bytes){0};
}

/* A type, digits and a line end at `request->end`. Moves behind it when it is whole. */
static enum request_state header(struct request *request, char type, long most, const char *data, size_t length,
                                 long *number) {
    size_t at = request->end;
    if (at == length) {
        return REQUEST_PARTIAL;
    }
    if (data[at++] != type) {
        return REQUEST_BAD;
    }
    long value = 0;
    size_t digits = 0;
    for (; at < length && data[at] >= '0' && data[at] <= '9'; at++, digits++) {
        value = value * 10 + (data[at] - '0');
        if (value > most) {
            return REQUEST_BAD;
        }
    }
    if (length - at < 2) {
        return at < length && data[at] != '\r' ? REQUEST_BAD : REQUEST_PARTIAL;
    }
    if (digits == 0 || data[at] != '\r' || data[at + 1] != '\n') {
        return REQUEST_BAD;
    }
    request->end = at + 2;
    *number = value;
    return REQUEST_WHOLE;
}

static int add(struct request *request, size_t at, size_t length) {
    if ((size_t)request->count == request->room) {
        /* Grows with what has come, not with what was announced. */
        size_t room = request->room == 0 ? 16 : request->room * 2;
        struct argument *larger = realloc(request->arguments, room * sizeof *larger);
        if (larger == NULL) {
            return -1;
        }
        request->arguments = larger;
        request->room = room;
    }
    request->arguments[request->count++] = (struct argument){at, length};
    return 0;
}

enum request_state request_read(struct request *request, const char *data, size_t length) {
    if (request->wanted == 0) {
        enum request_state state = header(request, '*', REQUEST_MOST_ARGUMENTS, data, length, &request->wanted);
        if (state != REQUEST_WHOLE || request->wanted == 0) {
            return state == REQUEST_WHOLE ? REQUEST_BAD : state;
        }
    }
    while (request->count < request->wanted) {
        size_t before = request->end;
        long bulk;
        enum request_state state = header(request, '$', REQUEST_MOST_BYTES, data, length, &bulk);
        if (state != REQUEST_WHOLE) {
            return state;
        }
        if (length - request->end < (size_t)bulk + 2) {
            request->end = before;
            return REQUEST_PARTIAL;
        }
        const char *behind = data + request->end + bulk;
        if (behind[0] != '\r' || behind[1] != '\n' || add(request, request->end, (size_t)bulk) != 0) {
            return REQUEST_BAD;
        }
        request->end += (size_t)bulk + 2;
    }
    return REQUEST_WHOLE;
}

void request_next(struct request *request) {
    request->count = 0;
    request->wanted = 0;
    request->end = 0;
}

void request_free(struct request *request) {
    free(request->arguments);
    *request = (struct request){0};
}
