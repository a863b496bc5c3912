/* Included before every original file: what POSIX has and wasi-libc has not.
 *
 * Declarations only. What can exist in one thread without a machine around it is in ../port; the rest fails with an
 * errno that Redis knows how to report. */
#ifndef PORT_COMPAT_H
#define PORT_COMPAT_H

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

/* Signals: nothing sends any, so handlers are taken and never called. */
typedef struct {
    int si_signo, si_errno, si_code;
    pid_t si_pid;
    uid_t si_uid;
    void *si_addr;
    union {
        int sival_int;
        void *sival_ptr;
    } si_value;
} siginfo_t;
typedef unsigned long port_sigset;
struct sigaction {
    union {
        void (*sa_handler)(int);
        void (*sa_sigaction)(int, siginfo_t *, void *);
    };
    port_sigset sa_mask;
    int sa_flags;
};
#define SA_SIGINFO 4
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000
#define SI_USER 0
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
#define sigset_t port_sigset
int sigemptyset(port_sigset *set);
int sigaddset(port_sigset *set, int signal);
int sigaction(int signal, const struct sigaction *action, struct sigaction *old);
int kill(pid_t pid, int signal);

/* Processes: see ../port/process.c for what fork() means here. */
pid_t fork(void);
int execve(const char *path, char *const argv[], char *const environment[]);
pid_t setsid(void);
pid_t waitpid(pid_t pid, int *status, int options);
int pipe(int ends[2]);
int dup2(int from, int to);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
pid_t getppid(void);
mode_t umask(mode_t mask);
int fchmod(int fd, mode_t mode);
int chmod(const char *path, mode_t mode);
int mkstemp(char *name);
int mkostemp(char *name, int flags);
int flock(int fd, int operation);
void tzset(void);

#ifndef ITIMER_REAL
#define ITIMER_REAL 0
struct itimerval {
    struct timeval it_interval, it_value;
};
#endif
int setitimer(int which, const struct itimerval *value, struct itimerval *old);

typedef unsigned long long rlim_t;
struct rlimit {
    rlim_t rlim_cur, rlim_max;
};
#define RLIM_INFINITY (~0ULL)
#define RLIMIT_CORE 4
#define RLIMIT_NOFILE 7
int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);

/* Sockets: see ../port/sockets.c. */
#ifndef EPFNOSUPPORT
#define ESOCKTNOSUPPORT 1094
#define EPFNOSUPPORT 1096
#endif
#define SO_REUSEADDR 2
#define SO_ERROR 4
#define SO_SNDBUF 7
#define SO_KEEPALIVE 9
#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
int socket(int family, int type, int protocol);
int setsockopt(int fd, int level, int option, const void *value, socklen_t length);
int bind(int fd, const struct sockaddr *address, socklen_t length);
int listen(int fd, int backlog);
int connect(int fd, const struct sockaddr *address, socklen_t length);
int getsockname(int fd, struct sockaddr *address, socklen_t *length);
int getpeername(int fd, struct sockaddr *address, socklen_t *length);

#ifndef TIOCGWINSZ
#define TIOCGWINSZ 0x5413
#endif
struct winsize {
    unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

#endif
