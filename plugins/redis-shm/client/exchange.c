#define _GNU_SOURCE
#include "exchange.h"

#include "reply.h"
#include "socket.h"

#include <errno.h>
#include <sys/socket.h>
#include <time.h>

#define LOOKS 32
#define PARK_NANOS 50000
/* The other side's life is looked at this often while this side spins. */
#define LIFE_EVERY_NANOS 10000000u
/* Sleeping as well: a request is under way whenever this side sleeps. */
#define SLEEP_NANOS 10000000L
#define AT_ONCE 65536

static bool ready(struct shm_client *client, bool reading) {
    return reading ? ring_readable(&client->ring.in) != 0 : ring_room(&client->ring.out) != 0;
}

/* Of a wait that lasts, not of each: the look costs more than an answer. */
static bool life_due(uint64_t *looked_at, uint64_t now) {
    if (now - *looked_at < LIFE_EVERY_NANOS) {
        return false;
    }
    *looked_at = now;
    return true;
}

/* 0 when it is ready, also for the news that the server has written nonsense; -1 with errno EPIPE when it has gone. */
static int await(struct shm_client *client, bool reading) {
    uint64_t begin = 0, looked_at = 0;
    for (;;) {
        for (int i = 0; i < LOOKS; i++) {
            if (ready(client, reading)) {
                spin_hit(&client->budget);
                return 0;
            }
            cpu_relax();
        }
        uint64_t now = now_nanos();
        if (begin == 0) {
            begin = looked_at = now;
        }
        if (life_due(&looked_at, now) && !socket_lives(client->socket)) {
            errno = EPIPE;
            return -1;
        }
        if (client->wait != SHM_SPIN && now - begin > client->budget.nanos) {
            break;
        }
    }
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
                ring_sleep(word, SLEEP_NANOS);
            }
            atomic_store(word, RING_AWAKE);
        }
        if (!ready(client, reading) && life_due(&looked_at, now_nanos()) && !socket_lives(client->socket)) {
            errno = EPIPE;
            return -1;
        }
    }
    spin_slept(&client->budget, now_nanos() - begin);
    return 0;
}

/* At least one byte; else -1 with errno set. */
static long read_some(struct shm_client *client, enum path path, char *target) {
    if (path == SOCKET) {
        ssize_t got;
        do {
            got = recv(client->socket, target, AT_ONCE, 0);
        } while (got < 0 && errno == EINTR);
        if (got > 0) {
            return got;
        }
        errno = EPIPE;
        return -1;
    }
    if (await(client, true) != 0) {
        return -1;
    }
    long got = ring_read(&client->ring.in, target, AT_ONCE);
    if (got <= 0) {
        errno = EBADMSG;
        return -1;
    }
    if (ring_wake_producer(&client->ring.in) == RING_BELL) {
        socket_send(client->socket, "\n", 1);
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
        if (got < 0) {
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
            errno = EBADMSG;
            return -1;
        }
        if (written == 0) {
            if (await(client, false) != 0) {
                return -1;
            }
            continue;
        }
        data += written;
        length -= (size_t)written;
        if (ring_wake_consumer(&client->ring.out) == RING_BELL && socket_send(client->socket, "\n", 1) != 0) {
            return -1;
        }
    }
    return 0;
}

long exchange(struct shm_client *client, enum path path, const char *data, size_t length) {
    int failed = path == RING ? write_ring(client, data, length) : socket_send(client->socket, data, length);
    return failed != 0 ? -1 : read_reply(client, path);
}

int exchange_and_drop(struct shm_client *client, const char *data, size_t length, long replies) {
    if (socket_send(client->socket, data, length) != 0) {
        return -1;
    }
    size_t at = 0;
    client->reply.length = 0;
    for (long left = replies; left > 0;) {
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
        if (got < 0) {
            return -1;
        }
        client->reply.length += (size_t)got;
    }
    return 0;
}
