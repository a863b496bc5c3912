#define _GNU_SOURCE
#include "wasmscope_shm.h"

#include "../ring/request.h"
#include "../ring/ring.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define LOOKS 32
#define PARK_NANOS 50000
/* The other side's life is looked at this often while this side spins. */
#define LIFE_EVERY_NANOS 10000000u

enum path { RING, SOCKET };

struct shm_client {
    int socket;
    struct ring ring;
    const char *refusal;
    char problem[256];
    enum shm_wait wait;
    struct spin_budget budget;
    uint64_t looked_at;
    /* Blank-separated, with a blank before and behind; NULL when the ring takes everything. */
    char *commands;

    struct bytes request;
    struct bytes reply;
    /* Of the transaction under way: what would have to be said again on the other path. */
    struct bytes queued;
    long queued_count;
    bool resp3;
    bool multi;
    bool watching;
    enum path multi_path;
};

/* ---- the socket ---- */

static int connect_unix(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static int connect_tcp(const char *address) {
    const char *colon = strrchr(address, ':');
    char host[256];
    if (colon == NULL || (size_t)(colon - address) >= sizeof host) {
        errno = EINVAL;
        return -1;
    }
    memcpy(host, address, (size_t)(colon - address));
    host[colon - address] = '\0';
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    if (getaddrinfo(host[0] == '\0' ? "127.0.0.1" : host, colon + 1, &hints, &found) != 0) {
        errno = EHOSTUNREACH;
        return -1;
    }
    int fd = -1;
    for (struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next) {
        fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    int yes = 1;
    if (fd >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    return fd;
}

static int send_all(int fd, const char *data, size_t length) {
    while (length > 0) {
        ssize_t sent = send(fd, data, length, MSG_NOSIGNAL);
        if (sent <= 0) {
            if (sent < 0 && errno == EINTR) {
                continue;
            }
            errno = EPIPE;
            return -1;
        }
        data += sent;
        length -= (size_t)sent;
    }
    return 0;
}

static bool server_lives(struct shm_client *client) {
    char byte;
    ssize_t got = recv(client->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* ---- waiting ---- */

static bool ready(struct shm_client *client, bool reading) {
    return reading ? ring_readable(&client->ring.in) != 0 : ring_room(&client->ring.out) != 0;
}

static bool life_due(struct shm_client *client, uint64_t now) {
    if (now - client->looked_at < LIFE_EVERY_NANOS) {
        return false;
    }
    client->looked_at = now;
    return true;
}

/* 0 when it is ready, -1 when the server has gone. */
static int await(struct shm_client *client, bool reading) {
    uint64_t begin = now_nanos();
    for (;;) {
        for (int i = 0; i < LOOKS; i++) {
            if (ready(client, reading)) {
                spin_hit(&client->budget);
                return 0;
            }
            cpu_relax();
        }
        uint64_t now = now_nanos();
        if (life_due(client, now) && !server_lives(client)) {
            return -1;
        }
        if (client->wait != SHM_SPIN && now - begin > client->budget.nanos) {
            break;
        }
    }
    spin_miss(&client->budget);
    _Atomic uint32_t *word =
        reading ? &client->ring.in.control->consumer_waiting : &client->ring.out.control->producer_waiting;
    while (!ready(client, reading)) {
        if (client->wait == SHM_PARK) {
            struct timespec nap = {0, PARK_NANOS};
            nanosleep(&nap, NULL);
        } else {
            atomic_store(word, RING_FUTEX);
            atomic_thread_fence(memory_order_seq_cst);
            if (!ready(client, reading)) {
                ring_sleep(word);
            }
            atomic_store(word, RING_AWAKE);
        }
        if (!ready(client, reading) && life_due(client, now_nanos()) && !server_lives(client)) {
            return -1;
        }
    }
    return 0;
}

/* ---- replies ---- */

/* The length of the whole reply that `data` begins with; 0 when more has to come, -1 when it is none. */
static long reply_length(const char *data, size_t length) {
    size_t at = 0;
    for (long open = 1; open > 0; open--) {
        const char *end = at < length ? memchr(data + at, '\n', length - at) : NULL;
        if (end == NULL) {
            return 0;
        }
        char type = data[at];
        long number = strchr("$=!*~>%|", type) != NULL ? strtol(data + at + 1, NULL, 10) : 0;
        at = (size_t)(end - data) + 1;
        switch (type) {
        case '+': case '-': case ':': case '_': case '#': case ',': case '(':
            break;
        case '$': case '=': case '!':
            at += number < 0 ? 0 : (size_t)number + 2;
            break;
        case '*': case '~': case '>':
            open += number < 0 ? 0 : number;
            break;
        case '%':
            open += 2 * number;
            break;
        case '|':
            open += 2 * number + 1;
            break;
        default:
            return -1;
        }
        if (at > length) {
            return 0;
        }
    }
    return (long)at;
}

#define AT_ONCE 65536

static long read_some(struct shm_client *client, enum path path, char *target) {
    if (path == SOCKET) {
        ssize_t got;
        do {
            got = recv(client->socket, target, AT_ONCE, 0);
        } while (got < 0 && errno == EINTR);
        return got;
    }
    if (await(client, true) != 0) {
        return -1;
    }
    long got = ring_read(&client->ring.in, target, AT_ONCE);
    if (got > 0 && ring_wake_producer(&client->ring.in) == RING_BELL) {
        send_all(client->socket, "\n", 1);
    }
    return got;
}

static long read_reply(struct shm_client *client, enum path path) {
    client->reply.length = 0;
    for (;;) {
        if (bytes_reserve(&client->reply, AT_ONCE) != 0) {
            errno = ENOMEM;
            return -1;
        }
        long got = read_some(client, path, client->reply.data + client->reply.length);
        if (got <= 0) {
            errno = EPIPE;
            return -1;
        }
        client->reply.length += (size_t)got;
        long whole = reply_length(client->reply.data, client->reply.length);
        if (whole != 0) {
            if (whole < 0) {
                errno = EPROTO;
            }
            return whole;
        }
    }
}

static int write_ring(struct shm_client *client, const char *data, size_t length) {
    while (length > 0) {
        long written = ring_write(&client->ring.out, data, length);
        if (written < 0) {
            errno = EPROTO;
            return -1;
        }
        if (written == 0) {
            if (await(client, false) != 0) {
                errno = EPIPE;
                return -1;
            }
            continue;
        }
        data += written;
        length -= (size_t)written;
        if (ring_wake_consumer(&client->ring.out) == RING_BELL && send_all(client->socket, "\n", 1) != 0) {
            return -1;
        }
    }
    return 0;
}

static long exchange(struct shm_client *client, enum path path, const char *data, size_t length) {
    int failed = path == RING ? write_ring(client, data, length) : send_all(client->socket, data, length);
    return failed != 0 ? -1 : read_reply(client, path);
}

/* ---- which way ---- */

static void lower(const char *word, size_t length, char name[40]) {
    size_t kept = length < 37 ? length : 37;
    name[0] = ' ';
    for (size_t i = 0; i < kept; i++) {
        name[i + 1] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
    }
    name[kept + 1] = ' ';
    name[kept + 2] = '\0';
}

static bool is(const char *name, const char *word) {
    size_t length = strlen(word);
    return strncmp(name + 1, word, length) == 0 && name[length + 1] == ' ';
}

static bool ring_takes(const struct shm_client *client, const char *name) {
    return client->commands == NULL || is(name, "multi") || is(name, "exec") || is(name, "discard") ||
           strstr(client->commands, name) != NULL;
}

/* The control connection's user, database or protocol has changed: the ring follows. */
static int follow(struct shm_client *client, const char *name, int count, const char *const *words) {
    static const char two[] = "*2\r\n$11\r\nSHM.SESSION\r\n$1\r\n2\r\n";
    static const char three[] = "*2\r\n$11\r\nSHM.SESSION\r\n$1\r\n3\r\n";
    if (is(name, "hello") && count > 1) {
        client->resp3 = words[1][0] == '3';
    } else if (is(name, "reset")) {
        client->resp3 = false;
    }
    struct bytes kept = client->reply;
    client->reply = (struct bytes){0};
    long length = exchange(client, RING, client->resp3 ? three : two, sizeof two - 1);
    bytes_free(&client->reply);
    client->reply = kept;
    return length < 0 ? -1 : 0;
}

static bool changes_session(const char *name) {
    return is(name, "auth") || is(name, "select") || is(name, "hello") || is(name, "reset");
}

/* Says the transaction again over the socket, because what comes now is not for the ring. */
static int move_transaction(struct shm_client *client) {
    static const char discard[] = "*1\r\n$7\r\nDISCARD\r\n";
    if (exchange(client, RING, discard, sizeof discard - 1) < 0 ||
        send_all(client->socket, client->queued.data, client->queued.length) != 0) {
        return -1;
    }
    size_t at = 0;
    client->reply.length = 0;
    for (long left = client->queued_count; left > 0;) {
        long whole = reply_length(client->reply.data + at, client->reply.length - at);
        if (whole > 0) {
            at += (size_t)whole;
            left--;
            continue;
        }
        if (whole < 0 || bytes_reserve(&client->reply, AT_ONCE) != 0) {
            errno = EPROTO;
            return -1;
        }
        long got = read_some(client, SOCKET, client->reply.data + client->reply.length);
        if (got <= 0) {
            errno = EPIPE;
            return -1;
        }
        client->reply.length += (size_t)got;
    }
    client->multi_path = SOCKET;
    return 0;
}

static int choose(struct shm_client *client, const char *name, enum path *path) {
    if (client->refusal != NULL) {
        *path = SOCKET;
        return 0;
    }
    if (client->multi && client->multi_path == RING && !ring_takes(client, name) && move_transaction(client) != 0) {
        return -1;
    }
    if (client->multi) {
        *path = client->multi_path;
    } else {
        *path = ring_takes(client, name) && !(is(name, "multi") && client->watching) ? RING : SOCKET;
    }
    return 0;
}

static void remember(struct shm_client *client, const char *name, enum path path, bool good) {
    if (is(name, "multi") && good && !client->multi) {
        client->multi = true;
        client->multi_path = path;
        client->queued.length = 0;
        client->queued_count = 0;
    } else if (is(name, "exec") || is(name, "discard") || is(name, "reset")) {
        client->multi = false;
        client->watching = false;
    } else if (is(name, "watch") && good) {
        client->watching = true;
    } else if (is(name, "unwatch") && !client->multi) {
        client->watching = false;
    }
    if (client->multi && good) {
        bytes_add(&client->queued, client->request.data, client->request.length);
        client->queued_count++;
    }
}

static int encode(struct shm_client *client, int count, const char *const *words, const size_t *lengths) {
    char header[32];
    client->request.length = 0;
    int failed = bytes_add(&client->request, header, (size_t)snprintf(header, sizeof header, "*%d\r\n", count));
    for (int i = 0; i < count; i++) {
        failed |= bytes_add(&client->request, header, (size_t)snprintf(header, sizeof header, "$%zu\r\n", lengths[i]));
        failed |= bytes_add(&client->request, words[i], lengths[i]);
        failed |= bytes_add(&client->request, "\r\n", 2);
    }
    if (failed) {
        errno = ENOMEM;
    }
    return failed;
}

long shm_command(struct shm_client *client, int count, const char *const *words, const size_t *lengths,
                 const char **reply) {
    char name[40];
    enum path path;
    if (count < 1) {
        errno = EINVAL;
        return -1;
    }
    lower(words[0], lengths[0], name);
    if (choose(client, name, &path) != 0 || encode(client, count, words, lengths) != 0) {
        return -1;
    }
    long length = exchange(client, path, client->request.data, client->request.length);
    if (length > 4 && path == RING && !client->multi && strncmp(client->reply.data, "-OOM", 4) == 0) {
        /* A module's calls never make room by evicting; the socket's do. */
        length = exchange(client, SOCKET, client->request.data, client->request.length);
    }
    if (length < 0) {
        return -1;
    }
    bool good = client->reply.data[0] != '-';
    remember(client, name, path, good);
    if (client->refusal == NULL && client->commands != NULL && good && !client->multi && changes_session(name) &&
        follow(client, name, count, words) != 0) {
        return -1;
    }
    *reply = client->reply.data;
    return length;
}

/* ---- opening ---- */

/* The value behind a name in the answer to SHM.OPEN: its length, or -1. */
static long value_of(const char *answer, size_t length, const char *name, const char **value) {
    char pattern[64];
    int size = snprintf(pattern, sizeof pattern, "\r\n%s\r\n$", name);
    const char *found = memmem(answer, length, pattern, (size_t)size);
    if (found == NULL) {
        return -1;
    }
    char *end;
    long bytes = strtol(found + size, &end, 10);
    const char *begin = end + 2;
    if (bytes < 0 || begin + bytes > answer + length) {
        return -1;
    }
    *value = begin;
    return bytes;
}

static void open_ring(struct shm_client *client) {
    static const char open_request[] = "*2\r\n$8\r\nSHM.OPEN\r\n$1\r\n1\r\n";
    long length = exchange(client, SOCKET, open_request, sizeof open_request - 1);
    const char *answer = client->reply.data, *path, *size, *nonce, *commands;
    client->refusal = client->problem;
    if (length < 0 || answer[0] != '*') {
        snprintf(client->problem, sizeof client->problem, "the server offers no shared memory%s%.*s",
                 length > 1 ? ": " : "", length > 3 ? (int)(length < 160 ? length : 160) - 3 : 0, answer + 1);
        return;
    }
    long path_length = value_of(answer, (size_t)length, "path", &path);
    char file[256];
    if (path_length < 0 || path_length >= (long)sizeof file ||
        value_of(answer, (size_t)length, "size", &size) < 0 || value_of(answer, (size_t)length, "nonce", &nonce) < 0) {
        snprintf(client->problem, sizeof client->problem, "the server's offer has no path, size or nonce");
        return;
    }
    memcpy(file, path, (size_t)path_length);
    file[path_length] = '\0';
    const char *problem = ring_open(&client->ring, file, strtoull(size, NULL, 10), strtoull(nonce, NULL, 16));
    if (problem != NULL) {
        client->refusal = problem;
        return;
    }
    long commands_length = value_of(answer, (size_t)length, "commands", &commands);
    if (commands_length >= 0) {
        client->commands = malloc((size_t)commands_length + 3);
        if (client->commands == NULL) {
            snprintf(client->problem, sizeof client->problem, "there is no memory");
            ring_unmap(&client->ring);
            return;
        }
        client->commands[0] = ' ';
        memcpy(client->commands + 1, commands, (size_t)commands_length);
        client->commands[commands_length + 1] = ' ';
        client->commands[commands_length + 2] = '\0';
    }
    client->refusal = NULL;
    atomic_store_explicit(&client->ring.header->client_state, RING_PRESENT, memory_order_release);
}

struct shm_client *shm_connect(const char *address, enum shm_wait wait) {
    int fd = address[0] == '/' || address[0] == '.' ? connect_unix(address) : connect_tcp(address);
    if (fd < 0) {
        return NULL;
    }
    struct shm_client *client = calloc(1, sizeof *client);
    if (client == NULL) {
        close(fd);
        return NULL;
    }
    client->socket = fd;
    client->wait = wait;
    client->budget = SPIN_BUDGET_FIRST;
    if (wait == SHM_NEVER) {
        client->refusal = "it was told to";
    } else {
        open_ring(client);
    }
    return client;
}

const char *shm_refusal(const struct shm_client *client) {
    return client->refusal;
}

void shm_close(struct shm_client *client) {
    if (client->ring.header != NULL) {
        atomic_store_explicit(&client->ring.header->client_state, RING_GONE, memory_order_release);
        ring_unmap(&client->ring);
    }
    close(client->socket);
    bytes_free(&client->request);
    bytes_free(&client->reply);
    bytes_free(&client->queued);
    free(client->commands);
    free(client);
}
