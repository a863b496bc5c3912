/* The memory that a client and a server share: docs/shm-protocol.md has the same offsets. */
#ifndef WASMSCOPE_RING_H
#define WASMSCOPE_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RING_VERSION = 1,
    RING_BYTE_ORDER = 0x01020304,
    RING_CAPACITY = 0x10000,
    RING_DATA = 0x1000,
    RING_SIZE = RING_DATA + 2 * RING_CAPACITY
};
#define RING_MAGIC UINT64_C(0x474E49524D534157)

/* Values of a state. */
enum { RING_ABSENT = 0, RING_PRESENT = 1, RING_GONE = 2 };
/* Values of a waiting word: how the side that sleeps wants to be woken. */
enum { RING_AWAKE = 0, RING_FUTEX = 1, RING_BELL = 2 };

/* One direction. Each word that two sides touch has a pair of cache lines of its own. */
struct ring_control {
    _Alignas(128) _Atomic uint64_t tail;
    _Alignas(128) _Atomic uint64_t head;
    _Alignas(128) _Atomic uint32_t consumer_waiting;
    _Alignas(128) _Atomic uint32_t producer_waiting;
};

struct ring_header {
    _Atomic uint64_t magic;
    uint32_t version;
    uint32_t byte_order;
    uint64_t size;
    uint64_t nonce;
    uint32_t request_capacity;
    uint32_t reply_capacity;
    uint64_t request_data;
    uint64_t reply_data;
    _Alignas(128) _Atomic uint32_t server_state;
    _Alignas(64) _Atomic uint32_t client_state;
    _Alignas(512) struct ring_control requests;
    _Alignas(512) struct ring_control replies;
};

/* One end of a ring. Its own position is only published: what the other side does to it in the file has no effect. */
struct ring_end {
    struct ring_control *control;
    unsigned char *data;
    uint32_t capacity;
    uint64_t own;
    uint64_t other;
};

struct ring {
    struct ring_header *header;
    size_t size;
    struct ring_end in;
    struct ring_end out;
};

/* A new, sealed file, mapped for a server. Returns its descriptor, or -1 with errno set. */
int ring_make(struct ring *ring, uint64_t nonce);

/* Memory of this process, seen from both sides: `other` is the client. Returns -1 with errno set, else 0. */
int ring_make_own(struct ring *ring, struct ring *other);

/* Maps what a server offers, for a client, unless the server could still change its size. Returns NULL, or why it cannot
 * be had. */
const char *ring_open(struct ring *ring, const char *path, uint64_t size, uint64_t nonce);

void ring_unmap(struct ring *ring);

/* Bytes that can be read; -1 when the other side has written nonsense. */
long ring_readable(struct ring_end *in);

/* Takes at most `length` bytes. Returns how many, or -1 as above. */
long ring_read(struct ring_end *in, void *target, size_t length);

/* Puts in at most `length` bytes. Returns how many, or -1 as above. */
long ring_write(struct ring_end *out, const void *source, size_t length);

/* Room for bytes; -1 as above. */
long ring_room(struct ring_end *out);

/* Wakes the other side by its futex, if it sleeps on it. Returns RING_BELL when it wants the bell instead. */
int ring_wake_consumer(struct ring_end *out);
int ring_wake_producer(struct ring_end *in);

/* Sleeps while the word is RING_FUTEX, at most so long, which is less than a second. */
void ring_sleep(_Atomic uint32_t *word, long nanos);
void ring_wake(_Atomic uint32_t *word);

/* How long a side spins before it sleeps, learned as KVM learns how long to poll a halted processor's queue: what came
 * while it spun, or would have within 200 us, makes it longer; what took longer halves it. Where spinning longer does
 * not help, as both sides have one processor and each keeps the other from it, it is halved, too. */
struct spin_budget {
    uint64_t nanos;
    /* Short waits that ended in sleep since the last that did not. */
    uint32_t in_vain;
};
#define SPIN_BUDGET_FIRST ((struct spin_budget){20000, 0})
void spin_hit(struct spin_budget *budget);
/* `waited` from when it began to spin until there was something. */
void spin_slept(struct spin_budget *budget, uint64_t waited);

uint64_t now_nanos(void);
void cpu_relax(void);

#endif
