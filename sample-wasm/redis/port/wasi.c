/* WASI preview 1, defined here instead of imported: wasi-libc's stdio and POSIX calls end in descriptors.c and files.c.
 * All paths are from the one root directory, whichever descriptor they come with. */
#include "port.h"

#include <string.h>
#include <wasi/api.h>

#define UNUSED(x) ((void)(x))

static __wasi_filetype_t type_of(enum port_kind kind) {
    switch (kind) {
    case PORT_DIRECTORY: return __WASI_FILETYPE_DIRECTORY;
    case PORT_FILE: return __WASI_FILETYPE_REGULAR_FILE;
    case PORT_LISTENER:
    case PORT_CONNECTION: return __WASI_FILETYPE_SOCKET_STREAM;
    default: return __WASI_FILETYPE_CHARACTER_DEVICE;
    }
}

/* Standard streams, clock, chance, the end */

__wasi_errno_t __wasi_args_sizes_get(__wasi_size_t *count, __wasi_size_t *bytes) {
    *count = *bytes = 0;
    return 0;
}

__wasi_errno_t __wasi_args_get(uint8_t **argv, uint8_t *bytes) {
    UNUSED(argv);
    UNUSED(bytes);
    return 0;
}

__wasi_errno_t __wasi_environ_sizes_get(__wasi_size_t *count, __wasi_size_t *bytes) {
    *count = *bytes = 0;
    return 0;
}

__wasi_errno_t __wasi_environ_get(uint8_t **variables, uint8_t *bytes) {
    UNUSED(variables);
    UNUSED(bytes);
    return 0;
}

__wasi_errno_t __wasi_clock_time_get(__wasi_clockid_t id, __wasi_timestamp_t precision, __wasi_timestamp_t *now) {
    UNUSED(id);
    UNUSED(precision);
    *now = port_clock_look();
    return 0;
}

__wasi_errno_t __wasi_clock_res_get(__wasi_clockid_t id, __wasi_timestamp_t *resolution) {
    UNUSED(id);
    *resolution = 1000;
    return 0;
}

/* Sleeping moves the clock and takes no time. */
__wasi_errno_t __wasi_poll_oneoff(const __wasi_subscription_t *in, __wasi_event_t *out, __wasi_size_t n,
                                  __wasi_size_t *happened) {
    *happened = 0;
    for (__wasi_size_t i = 0; i < n; i++) {
        if (in[i].u.tag != __WASI_EVENTTYPE_CLOCK) continue;
        const __wasi_subscription_clock_t *clock = &in[i].u.u.clock;
        bool absolute = clock->flags & __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME;
        if (!absolute) port_clock_advance(clock->timeout);
        else if (clock->timeout > port_clock_peek()) port_clock_advance(clock->timeout - port_clock_peek());
        memset(out, 0, sizeof *out);
        out->userdata = in[i].userdata;
        out->type = __WASI_EVENTTYPE_CLOCK;
        *happened = 1;
        break;
    }
    return 0;
}

__wasi_errno_t __wasi_random_get(uint8_t *to, __wasi_size_t n) {
    port_random_bytes(to, n);
    return 0;
}

__wasi_errno_t __wasi_sched_yield(void) { return 0; }

_Noreturn void __wasi_proc_exit(__wasi_exitcode_t code) { port_exit((int)code); }

/* Descriptors */

__wasi_errno_t __wasi_fd_prestat_get(__wasi_fd_t fd, __wasi_prestat_t *directory) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it || it->kind != PORT_DIRECTORY) return __WASI_ERRNO_BADF;
    directory->tag = __WASI_PREOPENTYPE_DIR;
    directory->u.dir.pr_name_len = 1;
    return 0;
}

__wasi_errno_t __wasi_fd_prestat_dir_name(__wasi_fd_t fd, uint8_t *name, __wasi_size_t n) {
    UNUSED(fd);
    if (n > 0) name[0] = '/';
    return 0;
}

__wasi_errno_t __wasi_fd_fdstat_get(__wasi_fd_t fd, __wasi_fdstat_t *status) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it) return __WASI_ERRNO_BADF;
    *status = (__wasi_fdstat_t){
        .fs_filetype = type_of(it->kind), .fs_rights_base = ~0ull, .fs_rights_inheriting = ~0ull};
    return 0;
}

__wasi_errno_t __wasi_fd_fdstat_set_flags(__wasi_fd_t fd, __wasi_fdflags_t flags) {
    UNUSED(flags);
    return port_descriptor(fd) ? 0 : __WASI_ERRNO_BADF;
}

static size_t read_file(struct port_descriptor *it, void *to, size_t n) {
    if (it->position >= it->file->length) return 0;
    size_t left = it->file->length - (size_t)it->position;
    if (n > left) n = left;
    memcpy(to, it->file->data + it->position, n);
    it->position += n;
    return n;
}

__wasi_errno_t __wasi_fd_read(__wasi_fd_t fd, const __wasi_iovec_t *vectors, size_t count, __wasi_size_t *read) {
    struct port_descriptor *it = port_descriptor(fd);
    *read = 0;
    if (!it) return __WASI_ERRNO_BADF;
    switch (it->kind) {
    case PORT_STANDARD:
    case PORT_NOTHING: return 0;
    case PORT_PIPE: return __WASI_ERRNO_AGAIN;
    case PORT_RANDOM:
        for (size_t i = 0; i < count; i++) {
            port_random_bytes(vectors[i].buf, vectors[i].buf_len);
            *read += vectors[i].buf_len;
        }
        return 0;
    case PORT_FILE:
        for (size_t i = 0; i < count; i++) *read += read_file(it, vectors[i].buf, vectors[i].buf_len);
        return 0;
    default: return __WASI_ERRNO_INVAL;
    }
}

static __wasi_errno_t write_file(struct port_descriptor *it, const void *data, size_t n) {
    struct port_file *file = it->file;
    if (n == 0) return 0; /* does not even reach to the position */
    if (it->append) it->position = file->length;
    if (it->position + n > UINT32_MAX) return __WASI_ERRNO_FBIG;
    size_t end = (size_t)it->position + n;
    if (!port_file_reserve(file, end)) return __WASI_ERRNO_NOSPC;
    if (it->position > file->length && !port_file_resize(file, (size_t)it->position)) return __WASI_ERRNO_NOSPC;
    memcpy(file->data + it->position, data, n);
    if (end > file->length) file->length = end;
    it->position = end;
    return 0;
}

static __wasi_errno_t write_one(struct port_descriptor *it, const void *data, size_t n) {
    switch (it->kind) {
    case PORT_STANDARD: port_log(data, n); return 0;
    case PORT_NOTHING:
    case PORT_PIPE: return 0;
    case PORT_FILE: return write_file(it, data, n);
    case PORT_CONNECTION: return (__wasi_errno_t)port_connection_write(it->connection, data, n);
    default: return __WASI_ERRNO_INVAL;
    }
}

__wasi_errno_t __wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *vectors, size_t count, __wasi_size_t *written) {
    struct port_descriptor *it = port_descriptor(fd);
    *written = 0;
    if (!it) return __WASI_ERRNO_BADF;
    for (size_t i = 0; i < count; i++) {
        __wasi_errno_t error = write_one(it, vectors[i].buf, vectors[i].buf_len);
        /* As POSIX: what was written before the failure counts; the next call will say why. */
        if (error) return *written ? 0 : error;
        *written += vectors[i].buf_len;
    }
    return 0;
}

__wasi_errno_t __wasi_fd_pread(__wasi_fd_t fd, const __wasi_iovec_t *vectors, size_t count, __wasi_filesize_t offset,
                               __wasi_size_t *read) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it || it->kind != PORT_FILE) return __WASI_ERRNO_SPIPE;
    uint64_t before = it->position;
    it->position = offset;
    __wasi_errno_t error = __wasi_fd_read(fd, vectors, count, read);
    it->position = before;
    return error;
}

__wasi_errno_t __wasi_fd_pwrite(__wasi_fd_t fd, const __wasi_ciovec_t *vectors, size_t count,
                                __wasi_filesize_t offset, __wasi_size_t *written) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it || it->kind != PORT_FILE) return __WASI_ERRNO_SPIPE;
    uint64_t before = it->position;
    it->position = offset;
    __wasi_errno_t error = __wasi_fd_write(fd, vectors, count, written);
    it->position = before;
    return error;
}

__wasi_errno_t __wasi_fd_seek(__wasi_fd_t fd, __wasi_filedelta_t delta, __wasi_whence_t whence,
                              __wasi_filesize_t *position) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it) return __WASI_ERRNO_BADF;
    if (it->kind != PORT_FILE) return __WASI_ERRNO_SPIPE;
    int64_t base = 0;
    if (whence == __WASI_WHENCE_CUR) base = (int64_t)it->position;
    if (whence == __WASI_WHENCE_END) base = (int64_t)it->file->length;
    if (base + delta < 0) return __WASI_ERRNO_INVAL;
    *position = it->position = (uint64_t)(base + delta);
    return 0;
}

__wasi_errno_t __wasi_fd_tell(__wasi_fd_t fd, __wasi_filesize_t *position) {
    return __wasi_fd_seek(fd, 0, __WASI_WHENCE_CUR, position);
}

__wasi_errno_t __wasi_fd_close(__wasi_fd_t fd) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it) return __WASI_ERRNO_BADF;
    if (it->kind == PORT_CONNECTION) port_connection_closed(it->connection);
    if (it->kind == PORT_FILE) {
        it->file->descriptors--;
        port_file_release(it->file);
    }
    port_descriptor_close(fd);
    return 0;
}

static __wasi_errno_t known(__wasi_fd_t fd) { return port_descriptor(fd) ? 0 : __WASI_ERRNO_BADF; }

/* Memory is as safe as it gets here. */
__wasi_errno_t __wasi_fd_sync(__wasi_fd_t fd) { return known(fd); }

__wasi_errno_t __wasi_fd_datasync(__wasi_fd_t fd) { return known(fd); }

__wasi_errno_t __wasi_fd_advise(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t length,
                                __wasi_advice_t advice) {
    UNUSED(offset);
    UNUSED(length);
    UNUSED(advice);
    return known(fd);
}

__wasi_errno_t __wasi_fd_allocate(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t length) {
    UNUSED(offset);
    UNUSED(length);
    return known(fd);
}

__wasi_errno_t __wasi_fd_filestat_set_size(__wasi_fd_t fd, __wasi_filesize_t size) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it || it->kind != PORT_FILE) return __WASI_ERRNO_BADF;
    if (size > UINT32_MAX) return __WASI_ERRNO_FBIG;
    return port_file_resize(it->file, (size_t)size) ? 0 : __WASI_ERRNO_NOSPC;
}

static void describe(__wasi_filestat_t *status, __wasi_filetype_t type, uint64_t size) {
    *status = (__wasi_filestat_t){.filetype = type, .nlink = 1, .size = size};
    status->atim = status->mtim = status->ctim = port_clock_peek();
}

__wasi_errno_t __wasi_fd_filestat_get(__wasi_fd_t fd, __wasi_filestat_t *status) {
    struct port_descriptor *it = port_descriptor(fd);
    if (!it) return __WASI_ERRNO_BADF;
    describe(status, type_of(it->kind), it->kind == PORT_FILE ? it->file->length : 0);
    return 0;
}

__wasi_errno_t __wasi_fd_filestat_set_times(__wasi_fd_t fd, __wasi_timestamp_t accessed, __wasi_timestamp_t modified,
                                            __wasi_fstflags_t flags) {
    UNUSED(accessed);
    UNUSED(modified);
    UNUSED(flags);
    return known(fd);
}

__wasi_errno_t __wasi_fd_fdstat_set_rights(__wasi_fd_t fd, __wasi_rights_t base, __wasi_rights_t inheriting) {
    UNUSED(base);
    UNUSED(inheriting);
    return known(fd);
}

__wasi_errno_t __wasi_fd_renumber(__wasi_fd_t from, __wasi_fd_t to) {
    UNUSED(from);
    UNUSED(to);
    return __WASI_ERRNO_NOTSUP;
}

/* Paths */

static bool is_root(const char *path) {
    while (*path == '/' || *path == '.') path++;
    return *path == 0;
}

static __wasi_errno_t open_as(enum port_kind kind, struct port_file *file, __wasi_fdflags_t flags, __wasi_fd_t *fd) {
    int opened = port_descriptor_open(kind);
    if (opened < 0) return __WASI_ERRNO_NOMEM;
    if (file) {
        struct port_descriptor *it = port_descriptor(opened);
        it->file = file;
        it->append = flags & __WASI_FDFLAGS_APPEND;
        file->descriptors++;
    }
    *fd = opened;
    return 0;
}

__wasi_errno_t __wasi_path_open(__wasi_fd_t directory, __wasi_lookupflags_t lookup, const char *path,
                                __wasi_oflags_t how, __wasi_rights_t base, __wasi_rights_t inheriting,
                                __wasi_fdflags_t flags, __wasi_fd_t *fd) {
    UNUSED(directory);
    UNUSED(lookup);
    UNUSED(base);
    UNUSED(inheriting);
    const char *device = path + (*path == '/');
    if (strcmp(device, "dev/urandom") == 0) return open_as(PORT_RANDOM, NULL, 0, fd);
    if (strcmp(device, "dev/null") == 0) return open_as(PORT_NOTHING, NULL, 0, fd);
    if (is_root(path)) return open_as(PORT_DIRECTORY, NULL, 0, fd);
    struct port_file *file = port_file_find(path);
    if (file && (how & __WASI_OFLAGS_CREAT) && (how & __WASI_OFLAGS_EXCL)) return __WASI_ERRNO_EXIST;
    if (file && file->directory) return open_as(PORT_DIRECTORY, NULL, 0, fd);
    if (how & __WASI_OFLAGS_DIRECTORY) return file ? __WASI_ERRNO_NOTDIR : __WASI_ERRNO_NOENT;
    if (!file && !(how & __WASI_OFLAGS_CREAT)) return __WASI_ERRNO_NOENT;
    if (!file) file = port_file_create(path, false);
    if (!file) return __WASI_ERRNO_NOSPC;
    if (how & __WASI_OFLAGS_TRUNC) file->length = 0;
    return open_as(PORT_FILE, file, flags, fd);
}

__wasi_errno_t __wasi_path_filestat_get(__wasi_fd_t directory, __wasi_lookupflags_t lookup, const char *path,
                                        __wasi_filestat_t *status) {
    UNUSED(directory);
    UNUSED(lookup);
    struct port_file *file = port_file_find(path);
    if (is_root(path) || (file && file->directory)) describe(status, __WASI_FILETYPE_DIRECTORY, 0);
    else if (file) describe(status, __WASI_FILETYPE_REGULAR_FILE, file->length);
    else return __WASI_ERRNO_NOENT;
    return 0;
}

__wasi_errno_t __wasi_path_filestat_set_times(__wasi_fd_t directory, __wasi_lookupflags_t lookup, const char *path,
                                              __wasi_timestamp_t accessed, __wasi_timestamp_t modified,
                                              __wasi_fstflags_t flags) {
    UNUSED(directory);
    UNUSED(lookup);
    UNUSED(accessed);
    UNUSED(modified);
    UNUSED(flags);
    return port_file_find(path) ? 0 : __WASI_ERRNO_NOENT;
}

__wasi_errno_t __wasi_path_unlink_file(__wasi_fd_t directory, const char *path) {
    UNUSED(directory);
    struct port_file *file = port_file_find(path);
    if (!file) return __WASI_ERRNO_NOENT;
    if (file->directory) return __WASI_ERRNO_ISDIR;
    port_file_delete(file);
    return 0;
}

__wasi_errno_t __wasi_path_rename(__wasi_fd_t directory, const char *from, __wasi_fd_t directory_to, const char *to) {
    UNUSED(directory);
    UNUSED(directory_to);
    struct port_file *file = port_file_find(from);
    if (!file) return __WASI_ERRNO_NOENT;
    return port_file_rename(file, to) ? 0 : __WASI_ERRNO_NOSPC;
}

__wasi_errno_t __wasi_path_create_directory(__wasi_fd_t directory, const char *path) {
    UNUSED(directory);
    if (port_file_find(path)) return __WASI_ERRNO_EXIST;
    return port_file_create(path, true) ? 0 : __WASI_ERRNO_NOSPC;
}

__wasi_errno_t __wasi_path_remove_directory(__wasi_fd_t directory, const char *path) {
    UNUSED(directory);
    struct port_file *file = port_file_find(path);
    if (!file) return __WASI_ERRNO_NOENT;
    if (!file->directory) return __WASI_ERRNO_NOTDIR;
    port_file_delete(file);
    return 0;
}

/* What Redis never does: links, and listing directories (only to clean up after crashes of a disk's). */

__wasi_errno_t __wasi_path_readlink(__wasi_fd_t directory, const char *path, uint8_t *to, __wasi_size_t n,
                                    __wasi_size_t *used) {
    UNUSED(directory);
    UNUSED(path);
    UNUSED(to);
    UNUSED(n);
    *used = 0;
    return __WASI_ERRNO_INVAL;
}

__wasi_errno_t __wasi_path_link(__wasi_fd_t directory, __wasi_lookupflags_t lookup, const char *path,
                                __wasi_fd_t directory_to, const char *to) {
    UNUSED(directory);
    UNUSED(lookup);
    UNUSED(path);
    UNUSED(directory_to);
    UNUSED(to);
    return __WASI_ERRNO_NOTSUP;
}

__wasi_errno_t __wasi_path_symlink(const char *path, __wasi_fd_t directory, const char *to) {
    UNUSED(path);
    UNUSED(directory);
    UNUSED(to);
    return __WASI_ERRNO_NOTSUP;
}

__wasi_errno_t __wasi_fd_readdir(__wasi_fd_t fd, uint8_t *to, __wasi_size_t n, __wasi_dircookie_t cookie,
                                 __wasi_size_t *used) {
    UNUSED(fd);
    UNUSED(to);
    UNUSED(n);
    UNUSED(cookie);
    *used = 0;
    return 0;
}
