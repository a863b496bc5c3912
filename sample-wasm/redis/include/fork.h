/* For server.c alone: redisFork(int purpose) calls fork(), and what the child would do depends on the purpose.
 * daemonize() forks as well, outside of any purpose: the global below says so. */
#ifndef PORT_FORK_H
#define PORT_FORK_H

#include <sys/types.h>

extern const int purpose;
pid_t port_fork(int purpose);
#define fork() port_fork(purpose)

#endif
