/* Only numeric addresses that nobody connects to: ../port/sockets.c. */
#ifndef PORT_NETDB_H
#define PORT_NETDB_H

#include <sys/socket.h>

#define AI_PASSIVE 1
#define AI_NUMERICHOST 4

struct addrinfo {
    int ai_flags, ai_family, ai_socktype, ai_protocol;
    socklen_t ai_addrlen;
    struct sockaddr *ai_addr;
    char *ai_canonname;
    struct addrinfo *ai_next;
};

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **result);
void freeaddrinfo(struct addrinfo *list);
const char *gai_strerror(int error);

#endif
