/* Requests in RESP, found in bytes that come in pieces. */
#ifndef WASMSCOPE_REQUEST_H
#define WASMSCOPE_REQUEST_H

#include <stddef.h>

struct bytes {
    char *data;
    size_t length;
    size_t capacity;
};

/* Makes room for that many more. 0, or -1 when there is no memory. */
int bytes_reserve(struct bytes *bytes, size_t more);
int bytes_add(struct bytes *bytes, const void *data, size_t length);
void bytes_free(struct bytes *bytes);

/* What is larger is not a request of Redis's. */
#define REQUEST_MOST_ARGUMENTS (1024 * 1024)
#define REQUEST_MOST_BYTES (512L * 1024 * 1024)

struct argument {
    size_t at;
    size_t length;
};

/* How far one request has been read. Begins as all zeros. */
struct request {
    struct argument *arguments;
    size_t room;
    long count;
    /* Bytes of it that have been looked at; all of them when it is whole. */
    size_t end;
    long wanted;
};

enum request_state { REQUEST_BAD = -1, REQUEST_PARTIAL = 0, REQUEST_WHOLE = 1 };

/* `data` begins where the request begins, each time anew. */
enum request_state request_read(struct request *request, const char *data, size_t length);

/* Begins the next one. */
void request_next(struct request *request);
void request_free(struct request *request);

#endif
