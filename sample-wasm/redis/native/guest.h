/* What a guest gets from the port layer or from wasi-libc and a native program from its libc: the guest's under names of
 * their own, so that the program's libc and the sanitizers' runtime keep theirs. */
#ifndef GUEST_H
#define GUEST_H

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

/* sockets.c, connections.c */
int guest_socket(int family, int type, int protocol);
int guest_setsockopt(int fd, int level, int option, const void *value, socklen_t length);
int guest_bind(int fd, const struct sockaddr *address, socklen_t length);
int guest_listen(int fd, int backlog);
int guest_connect(int fd, const struct sockaddr *address, socklen_t length);
int guest_getsockname(int fd, struct sockaddr *address, socklen_t *length);
int guest_getpeername(int fd, struct sockaddr *address, socklen_t *length);
int guest_accept(int fd, struct sockaddr *restrict address, socklen_t *restrict length);
struct addrinfo;
int guest_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **result);
void guest_freeaddrinfo(struct addrinfo *list);
const char *guest_gai_strerror(int error);
ssize_t guest_read(int fd, void *to, size_t length);
ssize_t guest_write(int fd, const void *data, size_t length);

/* poll.c */
struct epoll_event;
int guest_epoll_create(int size);
int guest_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event);
int guest_epoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout);

/* clock.c */
int guest_gettimeofday(struct timeval *restrict now, void *restrict zone);
int guest_clock_gettime(clockid_t id, struct timespec *now);
void guest_tzset(void);

/* process.c */
typedef unsigned long port_sigset;
int guest_sigemptyset(port_sigset *set);
int guest_sigaddset(port_sigset *set, int signal);
int guest_sigaction(int signal, const struct sigaction *action, struct sigaction *old);
int guest_kill(pid_t pid, int signal);
int guest_execve(const char *path, char *const argv[], char *const environment[]);
pid_t guest_setsid(void);
pid_t guest_waitpid(pid_t pid, int *status, int options);
int guest_pipe(int ends[2]);
int guest_dup2(int from, int to);
uid_t guest_getuid(void);
uid_t guest_geteuid(void);
gid_t guest_getgid(void);
gid_t guest_getegid(void);
pid_t guest_getppid(void);
mode_t guest_umask(mode_t mask);
int guest_fchmod(int fd, mode_t mode);
int guest_chmod(const char *path, mode_t mode);
int guest_mkstemp(char *name);
int guest_mkostemp(char *name, int flags);
int guest_flock(int fd, int operation);
int guest_setitimer(int which, const struct itimerval *value, struct itimerval *old);
int guest_getrlimit(int resource, struct rlimit *limit);
int guest_setrlimit(int resource, const struct rlimit *limit);

/* memory.c; heap.c is in place of wasi-libc's dlmalloc */
void *guest_sbrk(intptr_t increment);
void *guest_malloc(size_t size);
void *guest_calloc(size_t count, size_t size);
void *guest_realloc(void *block, size_t size);
void guest_free(void *block);
char *guest_strdup(const char *text);
size_t guest_malloc_usable_size(void *block);

/* libc.c, in place of wasi-libc */
int guest_open(const char *path, int flags, ...);
int guest_close(int fd);
off_t guest_lseek(int fd, off_t offset, int whence);
int guest_fsync(int fd);
int guest_fdatasync(int fd);
int guest_ftruncate(int fd, off_t size);
int guest_truncate(const char *path, off_t size);
int guest_fcntl(int fd, int command, ...);
ssize_t guest_writev(int fd, const struct iovec *vectors, int count);
int guest_stat(const char *path, struct stat *status);
int guest_fstat(int fd, struct stat *status);
int guest_unlink(const char *path);
int guest_rename(const char *from, const char *to);
int guest_mkdir(const char *path, mode_t mode);
int guest_rmdir(const char *path);
DIR *guest_opendir(const char *path);
struct dirent *guest_readdir(DIR *directory);
int guest_closedir(DIR *directory);
int guest_chdir(const char *path);
char *guest_getcwd(char *to, size_t length);
FILE *guest_fopen(const char *path, const char *mode);
int guest_fileno(FILE *file);
FILE *guest_standard_output(void);
int guest_poll(struct pollfd *descriptors, nfds_t count, int timeout);
int guest_nanosleep(const struct timespec *wanted, struct timespec *left);
int guest_usleep(unsigned us);
unsigned guest_sleep(unsigned seconds);
time_t guest_time(time_t *now);
pid_t guest_getpid(void);
int guest_getsockopt(int fd, int level, int option, void *value, socklen_t *length);
_Noreturn void guest_exit(int code);
_Noreturn void guest_abort(void);

#endif
