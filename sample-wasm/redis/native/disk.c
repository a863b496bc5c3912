/* The in-memory files by WASI's calls and by the host's, against a plain model of them. */
#include "disk.h"

#include "chance.h"
#include "redis_wasm.h"

#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

enum { NAMES = 6 };

static struct {
    unsigned char *bytes;
    size_t length;
    bool exists;
} model[NAMES];
static const char *const names[NAMES] = {"model-a", "./a", "/b", "dir/c", "temp-x", "d"};

static void model_write(int i, size_t at, const unsigned char *data, size_t n) {
    size_t end = at + n > model[i].length ? at + n : model[i].length;
    model[i].bytes = realloc(model[i].bytes, end + 1);
    if (at > model[i].length) memset(model[i].bytes + model[i].length, 0, at - model[i].length);
    if (n > 0) memcpy(model[i].bytes + at, data, n);
    model[i].length = end;
}

static void write_somewhere(int i) {
    __wasi_fd_t fd;
    unsigned char data[500];
    __wasi_filesize_t position;
    __wasi_size_t written;
    size_t n = below(sizeof data), at = below(3000);
    memset(data, (int)below(256), sizeof data);
    require(__wasi_path_open(3, 0, names[i], __WASI_OFLAGS_CREAT, 0, 0, 0, &fd) == 0, "open");
    require(__wasi_fd_seek(fd, (int64_t)at, __WASI_WHENCE_SET, &position) == 0 && position == at, "seek");
    __wasi_ciovec_t vectors[2] = {{data, n / 2}, {data + n / 2, n - n / 2}};
    require(__wasi_fd_write(fd, vectors, 2, &written) == 0 && written == n, "write");
    if (n > 0) model_write(i, at, data, n);
    model[i].exists = true;
    if (below(10) == 0) {
        size_t size = below(4000);
        require(__wasi_fd_filestat_set_size(fd, size) == 0, "truncate");
        if (size > model[i].length) model_write(i, size, NULL, 0);
        model[i].length = size;
    }
    require(__wasi_fd_close(fd) == 0, "close");
}

static void forget(int i) {
    free(model[i].bytes);
    model[i].bytes = NULL;
    model[i].length = 0;
    model[i].exists = false;
}

static void compare(int i) {
    const struct redis_file *file = (const struct redis_file *)redis_file((redis_address)names[i]);
    require((file != NULL) == model[i].exists, "a file is there that should not be, or the other way round");
    if (!file) return;
    require(file->length == model[i].length, "a file's length");
    require(file->length == 0 || memcmp((const void *)file->data, model[i].bytes, file->length) == 0, "a file's bytes");
}

void use_file(void) {
    int i = (int)below(NAMES), k = (int)below(NAMES);
    switch (below(5)) {
    case 0:
        require((__wasi_path_unlink_file(3, names[i]) == 0) == model[i].exists, "unlink");
        forget(i);
        break;
    case 1:
        require((__wasi_path_rename(3, names[i], 3, names[k]) == 0) == model[i].exists, "rename");
        if (!model[i].exists || i == k) break;
        forget(k);
        model[k] = model[i];
        memset(&model[i], 0, sizeof model[i]);
        break;
    case 2: {
        unsigned char data[300];
        memset(data, (int)below(256), sizeof data);
        require(redis_file_put((redis_address)names[i], (redis_address)data, sizeof data) == 0, "put");
        forget(i);
        model_write(i, 0, data, sizeof data);
        model[i].exists = true;
        break;
    }
    default: write_somewhere(i);
    }
    compare(i);
    compare(k);
}

void forget_files(void) {
    for (int i = 0; i < NAMES; i++) forget(i);
}
