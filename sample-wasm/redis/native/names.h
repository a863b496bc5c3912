/* Included before every file of Redis, Lua and the port layer: guest.h's names in place of libc's. The headers come first,
 * so that only what follows them is renamed. */
#ifndef NAMES_H
#define NAMES_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <locale.h>
#include <malloc.h>
#include <math.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"
#include "heap.h"

#define socket guest_socket
#define setsockopt guest_setsockopt
#define getsockopt guest_getsockopt
#define bind guest_bind
#define listen guest_listen
#define connect guest_connect
#define getsockname guest_getsockname
#define getpeername guest_getpeername
#define accept guest_accept
#define getaddrinfo guest_getaddrinfo
#define freeaddrinfo guest_freeaddrinfo
#define gai_strerror guest_gai_strerror
#define read guest_read
#define write guest_write
#define writev guest_writev
#define epoll_create guest_epoll_create
#define epoll_ctl guest_epoll_ctl
#define epoll_wait guest_epoll_wait
#define gettimeofday guest_gettimeofday
#define clock_gettime guest_clock_gettime
#define tzset guest_tzset
#define time guest_time
#define nanosleep guest_nanosleep
#define usleep guest_usleep
#define sleep guest_sleep

#define sigset_t port_sigset
#define sigemptyset guest_sigemptyset
#define sigaddset guest_sigaddset
#define kill guest_kill
/* A macro of ../include/fork.h's, too. */
pid_t fork(void) __asm__("guest_fork");
#define execve guest_execve
#define setsid guest_setsid
#define waitpid guest_waitpid
#define pipe guest_pipe
#define dup2 guest_dup2
#define getuid guest_getuid
#define geteuid guest_geteuid
#define getgid guest_getgid
#define getegid guest_getegid
#define getppid guest_getppid
#define getpid guest_getpid
#define umask guest_umask
#define fchmod guest_fchmod
#define chmod guest_chmod
#define mkstemp guest_mkstemp
#define mkostemp guest_mkostemp
#define setitimer guest_setitimer
#define getrlimit guest_getrlimit
#define setrlimit guest_setrlimit
#define exit guest_exit
#define _exit guest_exit
#define abort guest_abort

#define open guest_open
#define close guest_close
#define lseek guest_lseek
#define fsync guest_fsync
#define fdatasync guest_fdatasync
#define ftruncate guest_ftruncate
#define truncate guest_truncate
#define fcntl guest_fcntl
#define fstat guest_fstat
#define unlink guest_unlink
#define rename guest_rename
#define remove guest_unlink
#define mkdir guest_mkdir
#define rmdir guest_rmdir
#define opendir guest_opendir
#define readdir guest_readdir
#define closedir guest_closedir
#define chdir guest_chdir
#define getcwd guest_getcwd
#define fopen guest_fopen
#define fileno guest_fileno
#undef stdout
#define stdout guest_standard_output()
#undef stderr
#define stderr guest_standard_output()

/* Also names of structures. */
#define sigaction(...) guest_sigaction(__VA_ARGS__)
#define stat(...) guest_stat(__VA_ARGS__)
#define lstat(...) guest_stat(__VA_ARGS__)
#define flock(...) guest_flock(__VA_ARGS__)
#define poll(...) guest_poll(__VA_ARGS__)

#define __builtin_wasm_memory_size native_memory_size
#define __builtin_wasm_memory_grow native_memory_grow
#define sbrk guest_sbrk
#define malloc guest_malloc
#define calloc guest_calloc
#undef strdup
#define strdup guest_strdup
#define malloc_usable_size guest_malloc_usable_size
/* Lua's allocator has others: ../build/units.js. */
#ifndef realloc
#define realloc guest_realloc
#endif
#ifndef free
#define free guest_free
#endif

#endif
