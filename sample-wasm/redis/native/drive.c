/* The port layer natively, under the sanitizers, without Redis: an event loop that echoes lines takes Redis's place, and
 * random clients, files, log lines and mail go through it. A seed on the command line; the same seed, the same run. */
#include "port.h"
#include "pure.h"
#include "redis_wasm.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <unistd.h>
#include <wasi/api.h>

enum { ROUNDS = 20000, CLIENTS = 40, NAMES = 6 };

static uint64_t chance;
static uint32_t clients[CLIENTS], last_id;
static long echoed, taken;

static uint32_t below(uint32_t n) {
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(chance >> 33) % n;
}

static void require(bool is, const char *what) {
    if (is) return;
    fprintf(stderr, "drive: %s\n", what);
    exit(1);
}

static void close_it(int fd) { require(__wasi_fd_close(fd) == 0, "close"); }

/* In place of abi.c and of Redis */

_Noreturn void port_exit(int code) { exit(code); }

uint32_t port_accept(void) {
    struct port_connection *connection = port_connection_open();
    require(connection != NULL, "no connection");
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(0, EPOLL_CTL_ADD, connection->fd, &event);
    port_connection_name(connection, ++last_id);
    return last_id;
}

/* Answers what was read; an 'x' in it ends the connection. */
static void serve(int fd) {
    char bytes[100];
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n < 0) return;
    if (n == 0) {
        close_it(fd);
        return;
    }
    echoed += n;
    struct epoll_event event = {.events = EPOLLIN};
    if (write(fd, bytes, (size_t)n) < 0) event.events |= EPOLLOUT;
    epoll_ctl(0, EPOLL_CTL_MOD, fd, &event);
    if (memchr(bytes, 'x', (size_t)n)) close_it(fd);
}

static void settle(void) {
    struct epoll_event events[8];
    for (int turns = 0; turns < 10000; turns++) {
        int n = epoll_wait(0, events, 8, 0);
        if (n == 0) return;
        for (int i = 0; i < n; i++) {
            /* An earlier event may have closed it. */
            if (!port_descriptor(events[i].data.fd)) continue;
            if (events[i].events & EPOLLIN) serve(events[i].data.fd);
            else epoll_ctl(0, EPOLL_CTL_MOD, events[i].data.fd, &(struct epoll_event){.events = EPOLLIN});
        }
    }
    require(false, "the event loop does not come to rest");
}

static void read_replies(int32_t count) {
    const struct redis_reply *replies = (const struct redis_reply *)redis_replies();
    uint32_t sum = 0;
    for (int32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < replies[i].length; k++) sum += ((const unsigned char *)replies[i].data)[k];
        require(replies[i].client != 0, "a reply for nobody");
    }
    chance ^= sum;
}

/* Mail: right, torn and absurd */

static uint32_t check_of(const struct redis_record *record, const unsigned char *bytes) {
    const unsigned char *header = (const unsigned char *)record;
    uint32_t hash = 2166136261u;
    for (size_t i = 4; i < sizeof *record; i++) hash = (hash ^ header[i]) * 16777619u;
    for (uint32_t i = 0; i < record->length; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

static void post(struct redis_mailbox *box) {
    unsigned char *in = (unsigned char *)box->in;
    uint32_t at = 0;
    for (uint32_t n = below(20); n > 0; n--) {
        unsigned char bytes[400];
        struct redis_record record = {.kind = below(6), .client = below(last_id + 3), .length = below(400), .look = below(6)};
        for (uint32_t i = 0; i < record.length; i++) bytes[i] = (unsigned char)below(256);
        record.check = check_of(&record, bytes);
        uint32_t size = (uint32_t)sizeof record + ((record.length + 3) & ~3u);
        if (at + size > box->in_capacity) break;
        if (below(30) == 0) record.length = below(2) ? UINT32_MAX : box->in_capacity;
        memcpy(in + at, &record, sizeof record);
        memcpy(in + at + sizeof record, bytes, size - sizeof record < 400 ? size - sizeof record : 400);
        at += size;
    }
    box->in_length = below(40) ? at : UINT32_MAX - below(8);
}

static void run_script(struct redis_mailbox *box) {
    post(box);
    for (uint32_t looks = below(8); looks > 0; looks--) {
        port_mailbox_look();
        settle();
        port_mailbox_look_ended();
    }
    require(box->out_length <= box->out_capacity, "out has overflowed");
    taken += box->in_taken;
    box->in_length = 0;
}

static void call(void) {
    uint32_t *client = &clients[below(CLIENTS)];
    struct port_connection *connection = port_connection_find(*client);
    if (!connection) {
        *client = port_accept();
        return;
    }
    port_replies_clear();
    port_mailbox_begin();
    unsigned char *bytes = NULL;
    switch (below(6)) {
    case 0: connection->gone = true; break;
    case 1: connection->stalled = !connection->stalled; break;
    case 2: run_script((struct redis_mailbox *)redis_mailbox()); break;
    default: {
        uint32_t length = below(below(20) ? 300 : 200000) + 1;
        bytes = malloc(length);
        for (uint32_t i = 0; i < length; i++) bytes[i] = (unsigned char)(below(2000) ? 'a' : 'x');
        port_connection_append(connection, bytes, length);
    }
    }
    connection = port_connection_find(*client);
    if (connection) port_connection_refresh(connection);
    settle();
    free(bytes);
    read_replies(port_replies_finish());
}

/* Files against a plain model */

static struct {
    unsigned char *bytes;
    size_t length;
    bool exists;
} model[NAMES];
static const char *const names[NAMES] = {"dump.rdb", "./a", "/b", "dir/c", "temp-1.rdb", "d"};

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
    close_it(fd);
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

static void use_file(void) {
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

/* In place of digest.c, which is Redis's. */
void port_digest(const void *data, size_t length, unsigned char *to) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < length; i++) hash = (hash ^ ((const unsigned char *)data)[i]) * 0x100000001B3u;
    for (size_t i = 0; i < PORT_DIGEST; i++) {
        hash = (hash ^ i) * 0x100000001B3u;
        to[i] = (unsigned char)(hash >> 56);
    }
}

int main(int argc, char **argv) {
    chance = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    port_seed(chance);
    port_clock_start(1700000000000000u);
    for (int round = 0; round < ROUNDS; round++) {
        call();
        use_file();
        char line[300];
        port_random_bytes(line, sizeof line);
        port_log(line, below(sizeof line));
        port_clock_set(below(UINT32_MAX));
        use_pure_functions(below);
    }
    require(((struct redis_log *)redis_log())->written > ((struct redis_log *)redis_log())->capacity, "the log did not turn");
    require(echoed > 0 && taken > 0, "nothing was served");
    for (int i = 0; i < CLIENTS; i++) {
        struct port_connection *connection = port_connection_find(clients[i]);
        if (connection) close_it(connection->fd);
    }
    for (int i = 0; i < NAMES; i++) forget(i);
    printf("drive: %d rounds, %ld bytes echoed, %ld bytes of mail taken\n", ROUNDS, echoed, taken);
    return 0;
}
