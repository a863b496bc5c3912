#ifndef PORT_UN_H
#define PORT_UN_H

#include <__typedef_sa_family_t.h>
#include <sys/types.h>

struct sockaddr_un {
    sa_family_t sun_family;
    char sun_path[108];
};
#define AF_LOCAL AF_UNIX

#endif
