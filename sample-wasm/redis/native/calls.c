#include "calls.h"

#include "chance.h"
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <wasi/api.h>

enum { ROOT = 3, MOST_BYTES = 300 };

/* Of Redis's, of nobody's, impossible; nothing below changes what it stands for. */
static __wasi_fd_t any_descriptor(void) { return (int)below(60) - 5; }

static const char *any_path(void) {
    static const char *const paths[] = {"dump.rdb", "/", "./.", "nowhere", "dir", "", "////a", "dev/null", "a/../b"};
    return paths[below(sizeof paths / sizeof *paths)];
}

static void ask_for_process(void) {
    __wasi_size_t count = 1, bytes = 1;
    uint8_t *none[1], nothing[1], random[40];
    __wasi_timestamp_t resolution;
    require(__wasi_args_sizes_get(&count, &bytes) == 0 && count == 0 && bytes == 0, "arguments");
    require(__wasi_args_get(none, nothing) == 0, "arguments");
    require(__wasi_environ_sizes_get(&count, &bytes) == 0 && count == 0 && bytes == 0, "environment");
    require(__wasi_environ_get(none, nothing) == 0, "environment");
    require(__wasi_clock_res_get(0, &resolution) == 0 && resolution > 0, "the clock's resolution");
    require(__wasi_random_get(random, below(sizeof random)) == 0 && __wasi_sched_yield() == 0, "chance");
}

static void ask_for_descriptor(__wasi_fd_t fd) {
    __wasi_prestat_t directory;
    __wasi_filestat_t status;
    __wasi_fdstat_t state;
    __wasi_size_t used;
    __wasi_filesize_t position;
    uint8_t name[4];
    if (__wasi_fd_prestat_get(fd, &directory) == 0)
        require(__wasi_fd_prestat_dir_name(fd, name, directory.u.dir.pr_name_len) == 0 && name[0] == '/', "the root's name");
    bool known = __wasi_fd_fdstat_get(fd, &state) == 0;
    require((__wasi_fd_filestat_get(fd, &status) == 0) == known, "a descriptor is known to one call and not to another");
    require((__wasi_fd_sync(fd) == 0) == known && (__wasi_fd_datasync(fd) == 0) == known, "sync");
    require((__wasi_fd_advise(fd, any_number(), any_number(), 0) == 0) == known, "advise");
    require((__wasi_fd_allocate(fd, 0, any_number()) == 0) == known, "allocate");
    require((__wasi_fd_filestat_set_times(fd, 0, 0, 0) == 0) == known, "times");
    require((__wasi_fd_fdstat_set_rights(fd, 0, 0) == 0) == known, "rights");
    require(__wasi_fd_renumber(fd, any_descriptor()) == __WASI_ERRNO_NOTSUP, "renumber");
    require(__wasi_fd_readdir(fd, name, sizeof name, 0, &used) == 0 && used == 0, "a directory is listed");
    require(known || __wasi_fd_tell(fd, &position) == __WASI_ERRNO_BADF, "tell");
}

static void read_and_write_at(void) {
    unsigned char bytes[MOST_BYTES], again[MOST_BYTES];
    size_t length = 1 + below(MOST_BYTES - 1), at = below(5000), n;
    for (size_t i = 0; i < length; i++) bytes[i] = (unsigned char)below(256);
    int fd = guest_open("at", O_RDWR | O_CREAT);
    require(fd >= 0, "open");
    __wasi_ciovec_t from = {bytes, length};
    __wasi_iovec_t to[2] = {{again, length / 2}, {again + length / 2, length - length / 2}};
    require(__wasi_fd_pwrite(fd, &from, 1, at, &n) == 0 && n == length, "pwrite");
    require(__wasi_fd_pread(fd, to, 2, at, &n) == 0 && n == length && memcmp(bytes, again, length) == 0, "pread");
    require(guest_lseek(fd, 0, SEEK_CUR) == 0, "they move nothing");
    require(guest_lseek(fd, -(off_t)below(100000) - 1, SEEK_SET) == -1, "in front of the beginning");
    require(__wasi_fd_pwrite(fd, &from, 1, UINT32_MAX - 10, &n) == (length > 10 ? EFBIG : ENOSPC) || length <= 10, "too large");
    require(guest_close(fd) == 0, "close");
    if (below(3) == 0) require(guest_unlink("at") == 0, "unlink");
}

static void change_paths(void) {
    __wasi_size_t used;
    uint8_t target[4];
    require(__wasi_path_readlink(ROOT, any_path(), target, sizeof target, &used) == __WASI_ERRNO_INVAL, "readlink");
    require(__wasi_path_link(ROOT, 0, any_path(), ROOT, any_path()) == __WASI_ERRNO_NOTSUP, "link");
    require(__wasi_path_symlink(any_path(), ROOT, any_path()) == __WASI_ERRNO_NOTSUP, "symlink");
    struct stat status;
    const char *path = any_path();
    bool there = guest_stat(path, &status) == 0;
    int fd = guest_open(path, below(2) ? O_DIRECTORY : 0);
    require(fd < 0 || there || strncmp(path, "dev/", 4) == 0, "what is not there is opened");
    if (fd >= 0) require(guest_close(fd) == 0, "close");
    require(guest_rmdir("nowhere") == -1 && errno == ENOENT, "rmdir");
    if (guest_mkdir("empty", 0755) == 0 && below(2)) require(guest_rmdir("empty") == 0, "rmdir");
}

/* Users, signals, temporary files. */
static void use_process(void) {
    char name[] = "temp-XXXXXX", too_short[] = "X";
    port_sigset set;
    require(guest_sigemptyset(&set) == 0 && guest_sigaddset(&set, (int)below(64)) == 0 && set != 0, "signals");
    require(guest_kill(1, 9) == -1 && guest_execve("/", NULL, NULL) == -1 && guest_setsid() == 1, "processes");
    require(guest_getuid() == guest_geteuid() && guest_getgid() == guest_getegid() && guest_getppid() == 1, "users");
    require(guest_dup2(5, 1) == 1 && guest_chmod("/", 0) == 0 && guest_fchmod(0, 0) == 0, "modes");
    struct rlimit limit;
    require(guest_getrlimit(0, &limit) == 0 && guest_setrlimit(0, &limit) == 0, "limits");
    int fd = guest_mkstemp(name);
    require(fd >= 0 && guest_flock(fd, 0) == 0 && guest_close(fd) == 0 && guest_unlink(name) == 0, "a temporary file");
    require(guest_mkstemp(too_short) == -1 && errno == EINVAL, "a name that is too short");
    struct sockaddr_storage address;
    socklen_t length = 4;
    require(guest_getsockname(5, (struct sockaddr *)&address, &length) == -1, "an address in four bytes");
    require(guest_connect(5, (struct sockaddr *)&address, sizeof address) == -1 && guest_gai_strerror(1) != NULL, "no way out");
}

void use_other_call(void) {
    switch (below(5)) {
    case 0: ask_for_process(); break;
    case 1: ask_for_descriptor(any_descriptor()); break;
    case 2: read_and_write_at(); break;
    case 3: change_paths(); break;
    default: use_process();
    }
}
