/* Processes and signals for one that can have neither. */
#include "compat.h"
#include "fork.h"

#include "server.h"
#include "port.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#undef fork

/* fork(): the child's work is done here and now, and waitpid() then reports a child that has ended. */

const int purpose = -1; /* outside of redisFork: daemonize() */
static pid_t ended_child, last_child = 1000;
static int ended_status;

int rewriteAppendOnlyFile(char *filename);

static int do_childs_work(int what) {
    if (what == CHILD_TYPE_RDB) return rdbSave(SLAVE_REQ_NONE, server.rdb_filename, NULL);
    char name[64];
    /* The parent looks for the name that the child would make from its own pid. */
    snprintf(name, sizeof name, "temp-rewriteaof-bg-%d.aof", (int)last_child);
    return rewriteAppendOnlyFile(name);
}

pid_t port_fork(int what) {
    if (what != CHILD_TYPE_RDB && what != CHILD_TYPE_AOF) {
        errno = ENOSYS;
        return -1;
    }
    last_child++;
    /* What a child changes, its parent does not see. */
    long long dirty = server.dirty;
    time_t lastsave = server.lastsave;
    int lastbgsave_status = server.lastbgsave_status;
    ended_status = do_childs_work(what) == C_OK ? 0 : 1 << 8;
    server.dirty = dirty;
    server.lastsave = lastsave;
    server.lastbgsave_status = lastbgsave_status;
    return ended_child = last_child;
}

pid_t waitpid(pid_t pid, int *status, int options) {
    (void)pid;
    (void)options;
    if (!ended_child) {
        errno = ECHILD;
        return -1;
    }
    pid_t child = ended_child;
    ended_child = 0;
    *status = ended_status;
    return child;
}

pid_t fork(void) {
    errno = ENOSYS;
    return -1;
}

int execve(const char *path, char *const argv[], char *const environment[]) {
    (void)path;
    (void)argv;
    (void)environment;
    errno = ENOSYS;
    return -1;
}

/* The child's reports; nobody writes into them, nobody has to read them. */
int pipe(int ends[2]) {
    ends[0] = port_descriptor_open(PORT_PIPE);
    ends[1] = port_descriptor_open(PORT_PIPE);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    if (ends[0] >= 0) close(ends[0]);
    errno = EMFILE;
    return -1;
}

pid_t setsid(void) { return 1; }

int dup2(int from, int to) {
    (void)from;
    return to;
}

/* Signals: nobody sends any. */

int kill(pid_t pid, int signal) {
    (void)pid;
    (void)signal;
    errno = ESRCH;
    return -1;
}

int sigemptyset(port_sigset *set) {
    *set = 0;
    return 0;
}

int sigaddset(port_sigset *set, int signal) {
    *set |= 1ul << (signal & 31);
    return 0;
}

int sigaction(int signal, const struct sigaction *action, struct sigaction *old) {
    (void)signal;
    (void)action;
    (void)old;
    return 0;
}

int setitimer(int which, const struct itimerval *value, struct itimerval *old) {
    (void)which;
    (void)value;
    (void)old;
    return 0;
}

/* Users, limits, modes */

uid_t getuid(void) { return 1; }
uid_t geteuid(void) { return 1; }
gid_t getgid(void) { return 1; }
gid_t getegid(void) { return 1; }
pid_t getppid(void) { return 1; }

mode_t umask(mode_t mask) {
    static mode_t now = 022;
    mode_t before = now;
    now = mask;
    return before;
}

int fchmod(int fd, mode_t mode) {
    (void)fd;
    (void)mode;
    return 0;
}

int chmod(const char *path, mode_t mode) {
    (void)path;
    (void)mode;
    return 0;
}

int getrlimit(int resource, struct rlimit *limit) {
    (void)resource;
    limit->rlim_cur = limit->rlim_max = RLIM_INFINITY;
    return 0;
}

int setrlimit(int resource, const struct rlimit *limit) {
    (void)resource;
    (void)limit;
    return 0;
}

/* Temporary files */

int mkostemp(char *name, int flags) {
    static unsigned number;
    size_t length = strlen(name);
    char digits[16];
    if (length < 6) {
        errno = EINVAL;
        return -1;
    }
    snprintf(digits, sizeof digits, "%06u", number++ % 1000000);
    memcpy(name + length - 6, digits, 6);
    return open(name, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
}

int mkstemp(char *name) { return mkostemp(name, 0); }

int flock(int fd, int operation) {
    (void)fd;
    (void)operation;
    return 0;
}
