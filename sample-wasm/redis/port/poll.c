/* epoll for Redis's event loop. Never waits: what can happen is what the host has put in before the call. */
#include "port.h"

#include <errno.h>
#include <sys/epoll.h>

int epoll_create(int size) {
    (void)size;
    return port_descriptor_open(PORT_POLL);
}

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event) {
    (void)epoll;
    struct port_descriptor *descriptor = port_descriptor(fd);
    if (!descriptor) {
        errno = EBADF;
        return -1;
    }
    descriptor->interest = operation == EPOLL_CTL_DEL ? 0 : event->events;
    if (descriptor->kind == PORT_CONNECTION) port_connection_refresh(descriptor->connection);
    return 0;
}

static uint32_t events_of(struct port_connection *connection) {
    bool readable = connection->input_length > 0 || connection->gone;
    uint32_t possible = (readable ? EPOLLIN : 0) | (connection->stalled ? 0 : EPOLLOUT);
    return port_descriptor(connection->fd)->interest & possible;
}

int epoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout) {
    (void)epoll;
    (void)timeout;
    int n = 0;
    for (struct port_connection *each = port_connections_ready(); each && n < capacity; each = each->next_ready) {
        uint32_t happened = events_of(each);
        if (happened == 0) continue;
        events[n].events = happened;
        events[n++].data.fd = each->fd;
    }
    return n;
}
