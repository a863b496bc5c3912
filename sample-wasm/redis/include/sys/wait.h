/* How a child ended, as waitpid() in ../port/process.c says it. */
#ifndef PORT_WAIT_H
#define PORT_WAIT_H

#define WNOHANG 1
#define WEXITSTATUS(status) (((status) >> 8) & 255)
#define WTERMSIG(status) ((status) & 127)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0)

#endif
