/* In place of wasi-libc: POSIX's calls in terms of WASI's, which end in ../port/wasi.c. */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

enum { ROOT = 3, MOST_FILES = 256 };

void __wasm_call_ctors(void);
void __wasm_call_ctors(void) {}

static int result(__wasi_errno_t error) {
    if (error == 0) return 0;
    errno = error;
    return -1;
}

/* Descriptors */

int guest_open(const char *path, int flags, ...) {
    __wasi_oflags_t how = 0;
    if (flags & O_CREAT) how |= __WASI_OFLAGS_CREAT;
    if (flags & O_EXCL) how |= __WASI_OFLAGS_EXCL;
    if (flags & O_TRUNC) how |= __WASI_OFLAGS_TRUNC;
    if (flags & O_DIRECTORY) how |= __WASI_OFLAGS_DIRECTORY;
    __wasi_fdflags_t mode = flags & O_APPEND ? __WASI_FDFLAGS_APPEND : 0;
    __wasi_fd_t fd;
    if (result(__wasi_path_open(ROOT, 0, path, how, 0, 0, mode, &fd)) != 0) return -1;
    return fd;
}

int guest_close(int fd) { return result(__wasi_fd_close(fd)); }

off_t guest_lseek(int fd, off_t offset, int whence) {
    __wasi_filesize_t position;
    __wasi_whence_t from = whence == SEEK_SET   ? __WASI_WHENCE_SET
                           : whence == SEEK_CUR ? __WASI_WHENCE_CUR
                                                : __WASI_WHENCE_END;
    return result(__wasi_fd_seek(fd, offset, from, &position)) == 0 ? (off_t)position : -1;
}

int guest_fsync(int fd) { return result(__wasi_fd_sync(fd)); }

int guest_fdatasync(int fd) { return result(__wasi_fd_datasync(fd)); }

int guest_ftruncate(int fd, off_t size) { return result(__wasi_fd_filestat_set_size(fd, (__wasi_filesize_t)size)); }

int guest_truncate(const char *path, off_t size) {
    int fd = guest_open(path, O_WRONLY);
    if (fd < 0) return -1;
    int done = guest_ftruncate(fd, size);
    guest_close(fd);
    return done;
}

int guest_fcntl(int fd, int command, ...) {
    __wasi_fdstat_t status;
    if (command == F_SETFL) return result(__wasi_fd_fdstat_set_flags(fd, 0));
    return result(__wasi_fd_fdstat_get(fd, &status));
}

ssize_t guest_writev(int fd, const struct iovec *vectors, int count) {
    __wasi_ciovec_t them[IOV_MAX];
    if (count > IOV_MAX) abort();
    for (int i = 0; i < count; i++) them[i] = (__wasi_ciovec_t){vectors[i].iov_base, vectors[i].iov_len};
    __wasi_size_t written;
    return result(__wasi_fd_write(fd, them, (size_t)count, &written)) == 0 ? (ssize_t)written : -1;
}

/* Paths */

static void describe(struct stat *to, const __wasi_filestat_t *from) {
    memset(to, 0, sizeof *to);
    to->st_mode = from->filetype == __WASI_FILETYPE_DIRECTORY      ? S_IFDIR
                  : from->filetype == __WASI_FILETYPE_REGULAR_FILE ? S_IFREG
                                                                   : S_IFCHR;
    to->st_size = (off_t)from->size;
    to->st_mtime = (time_t)(from->mtim / 1000000000);
}

int guest_stat(const char *path, struct stat *status) {
    __wasi_filestat_t found;
    if (result(__wasi_path_filestat_get(ROOT, 0, path, &found)) != 0) return -1;
    describe(status, &found);
    return 0;
}

int guest_fstat(int fd, struct stat *status) {
    __wasi_filestat_t found;
    if (result(__wasi_fd_filestat_get(fd, &found)) != 0) return -1;
    describe(status, &found);
    return 0;
}

int guest_unlink(const char *path) { return result(__wasi_path_unlink_file(ROOT, path)); }

int guest_rename(const char *from, const char *to) { return result(__wasi_path_rename(ROOT, from, ROOT, to)); }

int guest_mkdir(const char *path, mode_t mode) {
    (void)mode;
    return result(__wasi_path_create_directory(ROOT, path));
}

int guest_rmdir(const char *path) { return result(__wasi_path_remove_directory(ROOT, path)); }

/* A directory is its descriptor. */
DIR *guest_opendir(const char *path) {
    int fd = guest_open(path, O_DIRECTORY);
    return fd < 0 ? NULL : (DIR *)(intptr_t)fd;
}

struct dirent *guest_readdir(DIR *directory) {
    uint8_t entries[256];
    __wasi_size_t used;
    result(__wasi_fd_readdir((int)(intptr_t)directory, entries, sizeof entries, 0, &used));
    if (used != 0) abort();
    return NULL;
}

int guest_closedir(DIR *directory) { return guest_close((int)(intptr_t)directory); }

/* All paths are from the root, wherever one is. */
int guest_chdir(const char *path) {
    struct stat status;
    if (guest_stat(path, &status) != 0) return -1;
    if (S_ISDIR(status.st_mode)) return 0;
    errno = ENOTDIR;
    return -1;
}

char *guest_getcwd(char *to, size_t length) {
    if (length >= 2) return strcpy(to, "/");
    errno = ERANGE;
    return NULL;
}

/* Streams: libc's own over the calls above. */

static FILE *streams[MOST_FILES];

static ssize_t stream_read(void *fd, char *to, size_t length) { return guest_read((int)(intptr_t)fd, to, length); }

static ssize_t stream_write(void *fd, const char *data, size_t length) {
    ssize_t n = guest_write((int)(intptr_t)fd, data, length);
    return n < 0 ? 0 : n;
}

static int stream_seek(void *fd, off64_t *offset, int whence) {
    off_t position = guest_lseek((int)(intptr_t)fd, *offset, whence);
    if (position < 0) return -1;
    *offset = position;
    return 0;
}

static int stream_close(void *fd) {
    streams[(intptr_t)fd] = NULL;
    return guest_close((int)(intptr_t)fd);
}

static FILE *stream(int fd, const char *mode) {
    cookie_io_functions_t calls = {stream_read, stream_write, stream_seek, stream_close};
    return streams[fd] = fopencookie((void *)(intptr_t)fd, mode, calls);
}

FILE *guest_fopen(const char *path, const char *mode) {
    int flags = *mode == 'w' ? O_CREAT | O_TRUNC : *mode == 'a' ? O_CREAT | O_APPEND : 0;
    int fd = guest_open(path, flags);
    if (fd < 0) return NULL;
    if (fd < MOST_FILES) return stream(fd, mode);
    guest_close(fd);
    errno = EMFILE;
    return NULL;
}

int guest_fileno(FILE *file) {
    for (int fd = 0; fd < MOST_FILES; fd++)
        if (streams[fd] == file) return fd;
    errno = EBADF;
    return -1;
}

FILE *guest_standard_output(void) {
    if (!streams[1]) setvbuf(stream(1, "w"), NULL, _IONBF, 0);
    return streams[1];
}

/* Time */

static void wait_for(__wasi_timestamp_t ns) {
    __wasi_subscription_t wanted = {.u.tag = __WASI_EVENTTYPE_CLOCK, .u.u.clock.timeout = ns};
    __wasi_event_t event;
    __wasi_size_t happened;
    if (__wasi_poll_oneoff(&wanted, &event, 1, &happened) != 0 || happened != 1) abort();
}

int guest_nanosleep(const struct timespec *wanted, struct timespec *left) {
    wait_for((__wasi_timestamp_t)wanted->tv_sec * 1000000000 + (__wasi_timestamp_t)wanted->tv_nsec);
    if (left) *left = (struct timespec){0, 0};
    return 0;
}

int guest_usleep(unsigned us) {
    wait_for(us * 1000ull);
    return 0;
}

unsigned guest_sleep(unsigned seconds) {
    wait_for(seconds * 1000000000ull);
    return 0;
}

int guest_poll(struct pollfd *descriptors, nfds_t count, int timeout) {
    for (nfds_t i = 0; i < count; i++) descriptors[i].revents = 0;
    wait_for((__wasi_timestamp_t)(timeout > 0 ? timeout : 0) * 1000000);
    return 0;
}

time_t guest_time(time_t *now) {
    __wasi_timestamp_t ns;
    if (__wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 0, &ns) != 0) abort();
    time_t seconds = (time_t)(ns / 1000000000);
    if (now) *now = seconds;
    return seconds;
}

/* The rest */

pid_t guest_getpid(void) { return 42; }

int guest_getsockopt(int fd, int level, int option, void *value, socklen_t *length) {
    (void)fd;
    (void)level;
    (void)option;
    (void)value;
    (void)length;
    errno = ENOPROTOOPT;
    return -1;
}

void guest_exit(int code) { __wasi_proc_exit((__wasi_exitcode_t)code); }
