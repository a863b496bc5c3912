/* The in-memory file system: a flat list, since Redis keeps a handful of files. A directory is a file that holds
 * nothing; names are paths from the root, without leading "/" and "./". */
#include "port.h"
#include "redis_wasm.h"

#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

static struct port_file **files;
static size_t count, capacity;

static const char *from_root(const char *path) {
    for (;;) {
        if (*path == '/') path++;
        else if (path[0] == '.' && (path[1] == '/' || path[1] == 0)) path++;
        else return path;
    }
}

struct port_file *port_file_find(const char *path) {
    path = from_root(path);
    for (size_t i = 0; i < count; i++)
        if (files[i]->name && strcmp(files[i]->name, path) == 0) return files[i];
    return NULL;
}

static bool room_for_one_more(void) {
    if (count < capacity) return true;
    size_t wanted = capacity ? 2 * capacity : 16;
    struct port_file **more = realloc(files, wanted * sizeof *files);
    if (!more) return false;
    files = more;
    capacity = wanted;
    return true;
}

struct port_file *port_file_create(const char *path, bool directory) {
    struct port_file *file = calloc(1, sizeof *file);
    char *name = strdup(from_root(path));
    if (!file || !name || !room_for_one_more()) {
        free(file);
        free(name);
        return NULL;
    }
    file->name = name;
    file->directory = directory;
    return files[count++] = file;
}

bool port_file_reserve(struct port_file *file, size_t length) {
    if (length <= file->capacity) return true;
    size_t wanted = file->capacity + file->capacity / 2;
    if (wanted < length) wanted = length;
    if (wanted < 4096) wanted = 4096;
    unsigned char *data = realloc(file->data, wanted);
    if (!data && wanted > length) data = realloc(file->data, wanted = length);
    if (!data) return false;
    file->data = data;
    file->capacity = wanted;
    return true;
}

/* What is new reads as zeros, as POSIX has it for holes. */
bool port_file_resize(struct port_file *file, size_t length) {
    if (!port_file_reserve(file, length)) return false;
    if (length > file->length) memset(file->data + file->length, 0, length - file->length);
    file->length = length;
    return true;
}

void port_file_release(struct port_file *file) {
    if (file->name || file->descriptors) return;
    for (size_t i = 0; i < count; i++) {
        if (files[i] != file) continue;
        files[i] = files[--count];
        break;
    }
    free(file->data);
    free(file);
}

void port_file_delete(struct port_file *file) {
    free(file->name);
    file->name = NULL;
    port_file_release(file);
}

bool port_file_rename(struct port_file *file, const char *path) {
    struct port_file *replaced = port_file_find(path);
    if (replaced == file) return true;
    char *name = strdup(from_root(path));
    if (!name) return false;
    if (replaced) port_file_delete(replaced);
    free(file->name);
    file->name = name;
    return true;
}

/* The host's side. */

__attribute__((export_name("redis_file"))) redis_address redis_file(redis_address name) {
    static struct redis_file found;
    struct port_file *file = port_file_find((const char *)name);
    if (!file || file->directory) return 0;
    found.data = (redis_address)file->data;
    found.length = (uint32_t)file->length;
    return (redis_address)&found;
}

__attribute__((export_name("redis_file_put"))) int32_t redis_file_put(redis_address name, redis_address data, uint32_t length) {
    struct port_file *file = port_file_find((const char *)name);
    if (!file) file = port_file_create((const char *)name, false);
    if (!file) return __WASI_ERRNO_NOMEM;
    if (file->directory) return __WASI_ERRNO_ISDIR;
    if (!port_file_reserve(file, length)) return __WASI_ERRNO_NOSPC;
    if (length > 0) memcpy(file->data, (const void *)data, length);
    file->length = length;
    return 0;
}

__attribute__((export_name("redis_file_delete"))) int32_t redis_file_delete(redis_address name) {
    struct port_file *file = port_file_find((const char *)name);
    if (!file) return __WASI_ERRNO_NOENT;
    port_file_delete(file);
    return 0;
}
