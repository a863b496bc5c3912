/* Sockets as far as Redis needs them to start and to accept: one listener that the host feeds, no way out. */
#include "port.h"

#include "compat.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

enum { REDIS_PORT = 6379, FIRST_PEER_PORT = 10000 };

static struct port_connection *next;

void port_accept_next(struct port_connection *connection) { next = connection; }

int socket(int family, int type, int protocol) {
    (void)type;
    (void)protocol;
    if (family == AF_INET) return port_descriptor_open(PORT_LISTENER);
    errno = EAFNOSUPPORT;
    return -1;
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t length) {
    (void)fd;
    (void)level;
    (void)option;
    (void)value;
    (void)length;
    return 0;
}

int bind(int fd, const struct sockaddr *address, socklen_t length) {
    (void)fd;
    (void)address;
    (void)length;
    return 0;
}

int listen(int fd, int backlog) {
    (void)fd;
    (void)backlog;
    return 0;
}

int connect(int fd, const struct sockaddr *address, socklen_t length) {
    (void)fd;
    (void)address;
    (void)length;
    errno = ECONNREFUSED;
    return -1;
}

static int say_loopback(struct sockaddr *address, socklen_t *length, int port) {
    struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    loopback.sin_addr.s_addr = htonl(0x7f000001);
    if (*length < sizeof loopback) {
        errno = EINVAL;
        return -1;
    }
    memcpy(address, &loopback, sizeof loopback);
    *length = sizeof loopback;
    return 0;
}

int getsockname(int fd, struct sockaddr *address, socklen_t *length) {
    (void)fd;
    return say_loopback(address, length, REDIS_PORT);
}

/* Every client has an address of its own for CLIENT KILL ADDR. */
int getpeername(int fd, struct sockaddr *address, socklen_t *length) {
    return say_loopback(address, length, FIRST_PEER_PORT + fd);
}

int accept(int fd, struct sockaddr *restrict address, socklen_t *restrict length) {
    (void)fd;
    struct port_connection *connection = next;
    if (!connection) {
        errno = EAGAIN;
        return -1;
    }
    next = NULL;
    getpeername(connection->fd, address, length);
    return connection->fd;
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    static struct sockaddr_in address;
    static struct addrinfo info;
    (void)host;
    (void)service;
    address.sin_family = AF_INET;
    info.ai_family = hints && hints->ai_family ? hints->ai_family : AF_INET;
    info.ai_socktype = SOCK_STREAM;
    info.ai_addr = (struct sockaddr *)&address;
    info.ai_addrlen = sizeof address;
    *result = &info;
    return 0;
}

void freeaddrinfo(struct addrinfo *list) { (void)list; }

const char *gai_strerror(int error) {
    (void)error;
    return "a WebAssembly module has no network";
}
