// The article's HTTP GET: by hand, over a socket.
#ifndef HTTP_H
#define HTTP_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wasi_socket.h"

// Returns the descriptor of a connection to an address of version 4 (A.B.C.D), or -1 with errno set.
static int connect_to(const char *address, uint32_t port) {
    uint8_t bytes[4];
    uint32_t descriptor;
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)atoi(address);
        address += strspn(address, "0123456789");
        if (*address++ != (i < 3 ? '.' : 0)) {
            errno = EINVAL;
            return -1;
        }
    }
    uint32_t error = wasi_sock_open(WASI_INET4, WASI_STREAM, &descriptor);
    if (error == 0) {
        const wasi_address to = {bytes, sizeof bytes};
        error = wasi_sock_connect(descriptor, &to, port);
        if (error != 0) {
            close((int)descriptor);
        }
    }
    if (error != 0) {
        errno = (int)error;
        return -1;
    }
    return (int)descriptor;
}

// Writes the whole answer to standard output. Returns 0, or -1 with errno set.
static int get(const char *address, uint32_t port, const char *path) {
    char buffer[4096];
    int socket = connect_to(address, port);
    if (socket < 0) {
        return -1;
    }
    int length = snprintf(buffer, sizeof buffer, "GET %s HTTP/1.0\r\n\r\n", path);
    ssize_t got = length < (int)sizeof buffer ? write(socket, buffer, (size_t)length) : -1;
    while (got > 0 && (got = read(socket, buffer, sizeof buffer)) > 0) {
        fwrite(buffer, 1, (size_t)got, stdout);
    }
    fflush(stdout);
    close(socket);
    return got < 0 ? -1 : 0;
}

#endif
