/* Ordinary connections to a server on this machine. */
#ifndef WASMSCOPE_SOCKET_H
#define WASMSCOPE_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

/* `address` is HOST:PORT, or the path of a Unix socket. Returns the socket, or -1 with errno set. */
int socket_connect(const char *address);

/* 0, or -1 with errno EPIPE. */
int socket_send(int fd, const char *data, size_t length);

/* Whether the other side is still there. */
bool socket_lives(int fd);

#endif
