/* Clients' connections: the host's bytes go in where a socket would be read, and out where it would be written.
 *
 * Redis reads straight from the bytes the host handed to redis_handle; only what it leaves there is kept. */
#include "port.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>
#include <wasi/api.h>

enum { BUCKETS = 1024 };

static struct port_connection *buckets[BUCKETS];
static struct port_connection *ready;

struct port_connection *port_connection_open(void) {
    struct port_connection *connection = calloc(1, sizeof *connection);
    if (!connection) return NULL;
    connection->fd = port_descriptor_open(PORT_CONNECTION);
    if (connection->fd < 0) {
        free(connection);
        return NULL;
    }
    port_descriptor(connection->fd)->connection = connection;
    return connection;
}

struct port_connection *port_connection_find(uint32_t id) {
    struct port_connection *connection = buckets[id % BUCKETS];
    while (connection && connection->id != id) connection = connection->next_in_bucket;
    return connection;
}

void port_connection_name(struct port_connection *connection, uint32_t id) {
    connection->id = id;
    connection->next_in_bucket = buckets[id % BUCKETS];
    buckets[id % BUCKETS] = connection;
}

uint32_t port_connection_any(void) {
    for (int i = 0; i < BUCKETS; i++)
        if (buckets[i]) return buckets[i]->id;
    return 0;
}

static void forget_name(struct port_connection *connection) {
    struct port_connection **link = &buckets[connection->id % BUCKETS];
    while (*link && *link != connection) link = &(*link)->next_in_bucket;
    if (*link) *link = connection->next_in_bucket;
}

static void set_ready(struct port_connection *connection, bool is) {
    if (connection->ready == is) return;
    connection->ready = is;
    if (is) {
        connection->previous_ready = NULL;
        connection->next_ready = ready;
        if (ready) ready->previous_ready = connection;
        ready = connection;
        return;
    }
    if (connection->next_ready) connection->next_ready->previous_ready = connection->previous_ready;
    if (connection->previous_ready) connection->previous_ready->next_ready = connection->next_ready;
    else ready = connection->next_ready;
}

/* What was written during this call, and waits for its end, goes before. */
static bool may_go_now(struct port_connection *connection) {
    return connection->replied != port_replies_call();
}

static void say_closed(struct port_connection *connection) {
    if (may_go_now(connection) && port_mailbox_closed(connection->id)) return;
    port_reply_closed(connection->id);
}

/* Redis has closed the descriptor. */
void port_connection_closed(struct port_connection *connection) {
    set_ready(connection, false);
    if (connection->id) {
        forget_name(connection);
        if (!connection->gone) say_closed(connection);
    }
    free(connection->held);
    free(connection);
}

/* More to read, in memory of our own. */
void port_connection_append(struct port_connection *connection, const void *data, size_t length) {
    size_t before = connection->input_length;
    unsigned char *joined = malloc(before + length);
    if (joined) {
        if (before > 0) memcpy(joined, connection->input, before);
        if (length > 0) memcpy(joined + before, data, length);
        connection->input_length = before + length;
    } else {
        /* Bytes that cannot be kept end the connection, rather than being left out of the middle of a request. */
        connection->gone = true;
        connection->input_length = 0;
    }
    free(connection->held);
    connection->input = connection->held = joined;
    port_connection_refresh(connection);
}

/* To be called after a change of what there is to read, or of what Redis wants to hear of. */
void port_connection_refresh(struct port_connection *connection) {
    bool readable = connection->input_length > 0 || connection->gone;
    bool awaits_writing = port_descriptor(connection->fd)->interest & EPOLLOUT;
    set_ready(connection, readable || (awaits_writing && !connection->stalled));
}

struct port_connection *port_connections_ready(void) { return ready; }

int port_connection_write(struct port_connection *connection, const void *data, size_t length) {
    /* Without an id it is being refused: the host learns that from redis_connect. */
    if (connection->id == 0 || connection->gone) return 0;
    if (connection->stalled) return EAGAIN;
    if (may_go_now(connection) && port_mailbox_write(connection->id, data, length)) return 0;
    connection->replied = port_replies_call();
    return port_reply(connection->id, data, length) ? 0 : ENOMEM;
}

/* Redis's own read and write of a connection end here, without the detour through WASI's vectors. */

ssize_t read(int fd, void *to, size_t length) {
    struct port_descriptor *descriptor = port_descriptor(fd);
    if (descriptor && descriptor->kind == PORT_CONNECTION) {
        struct port_connection *connection = descriptor->connection;
        if (connection->input_length == 0) {
            if (connection->gone) return 0;
            errno = EAGAIN;
            return -1;
        }
        size_t n = length < connection->input_length ? length : connection->input_length;
        memcpy(to, connection->input, n);
        connection->input += n;
        connection->input_length -= n;
        if (connection->input_length == 0) {
            free(connection->held);
            connection->held = NULL;
            port_connection_refresh(connection);
        }
        return (ssize_t)n;
    }
    __wasi_iovec_t vector = {.buf = to, .buf_len = length};
    __wasi_size_t n;
    __wasi_errno_t error = __wasi_fd_read(fd, &vector, 1, &n);
    if (error == 0) return (ssize_t)n;
    errno = error;
    return -1;
}

ssize_t write(int fd, const void *data, size_t length) {
    struct port_descriptor *descriptor = port_descriptor(fd);
    if (descriptor && descriptor->kind == PORT_CONNECTION) {
        int error = port_connection_write(descriptor->connection, data, length);
        if (error == 0) return (ssize_t)length;
        errno = error;
        return -1;
    }
    __wasi_ciovec_t vector = {.buf = data, .buf_len = length};
    __wasi_size_t n;
    __wasi_errno_t error = __wasi_fd_write(fd, &vector, 1, &n);
    if (error == 0) return (ssize_t)n;
    errno = error;
    return -1;
}
