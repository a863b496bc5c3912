#define _GNU_SOURCE
#include "ring.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

_Static_assert(offsetof(struct ring_header, server_state) == 0x80, "as the protocol says");
_Static_assert(offsetof(struct ring_header, client_state) == 0xC0, "as the protocol says");
_Static_assert(offsetof(struct ring_header, requests) == 0x200, "as the protocol says");
_Static_assert(offsetof(struct ring_header, replies) == 0x400, "as the protocol says");
_Static_assert(offsetof(struct ring_control, head) == 0x80, "as the protocol says");
_Static_assert(offsetof(struct ring_control, consumer_waiting) == 0x100, "as the protocol says");
_Static_assert(offsetof(struct ring_control, producer_waiting) == 0x180, "as the protocol says");

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

static struct ring_end end_of(struct ring_header *header, struct ring_control *control, uint64_t data,
                              uint32_t capacity) {
    return (struct ring_end){control, (unsigned char *)header + data, capacity, 0, 0};
}

static void begin(struct ring *ring, struct ring_header *header, uint64_t nonce) {
    header->version = RING_VERSION;
    header->byte_order = RING_BYTE_ORDER;
    header->size = RING_SIZE;
    header->nonce = nonce;
    header->request_capacity = RING_CAPACITY;
    header->reply_capacity = RING_CAPACITY;
    header->request_data = RING_DATA;
    header->reply_data = RING_DATA + RING_CAPACITY;
    atomic_store_explicit(&header->server_state, RING_PRESENT, memory_order_relaxed);
    atomic_store_explicit(&header->magic, RING_MAGIC, memory_order_release);
    ring->header = header;
    ring->size = RING_SIZE;
    ring->in = end_of(header, &header->requests, RING_DATA, RING_CAPACITY);
    ring->out = end_of(header, &header->replies, RING_DATA + RING_CAPACITY, RING_CAPACITY);
}

int ring_make(struct ring *ring, uint64_t nonce) {
    int descriptor = memfd_create("wasmscope-ring", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) {
        return -1;
    }
    /* Sealed before anybody else can open it: who reads it can never be killed by a truncation. */
    if (fchmod(descriptor, 0600) != 0 || ftruncate(descriptor, RING_SIZE) != 0 ||
        fcntl(descriptor, F_ADD_SEALS, SEALS) != 0) {
        close(descriptor);
        return -1;
    }
    void *map = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (map == MAP_FAILED) {
        close(descriptor);
        return -1;
    }
    /* A child that saves the data has no use for it. */
    madvise(map, RING_SIZE, MADV_DONTFORK);
    begin(ring, map, nonce);
    return descriptor;
}

int ring_make_own(struct ring *ring, struct ring *other) {
    void *map = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED) {
        return -1;
    }
    begin(ring, map, 0);
    *other = (struct ring){ring->header, ring->size, ring->out, ring->in};
    atomic_store_explicit(&ring->header->client_state, RING_PRESENT, memory_order_relaxed);
    return 0;
}

static bool possible(uint64_t data, uint32_t capacity, uint64_t size) {
    return capacity >= 64 && (capacity & (capacity - 1)) == 0 && capacity <= size && data >= RING_DATA &&
           data <= size - capacity;
}

/* Read once: the other side may change it between two looks. */
#define READ_ONCE(field) (*(volatile __typeof__(field) *)&(field))

static const char *check(struct ring *ring, uint64_t size, uint64_t nonce) {
    struct ring_header *header = ring->header;
    if (atomic_load_explicit(&header->magic, memory_order_acquire) != RING_MAGIC ||
        READ_ONCE(header->size) != size || READ_ONCE(header->nonce) != nonce) {
        return "the path leads to another file: the server runs in another container";
    }
    if (READ_ONCE(header->byte_order) != RING_BYTE_ORDER || READ_ONCE(header->version) != RING_VERSION) {
        return "the server speaks another version, or has another byte order";
    }
    uint64_t request_data = READ_ONCE(header->request_data), reply_data = READ_ONCE(header->reply_data);
    uint32_t request_capacity = READ_ONCE(header->request_capacity), reply_capacity = READ_ONCE(header->reply_capacity);
    if (!possible(request_data, request_capacity, size) || !possible(reply_data, reply_capacity, size)) {
        return "the shared memory claims rings that cannot be";
    }
    ring->out = end_of(header, &header->requests, request_data, request_capacity);
    ring->in = end_of(header, &header->replies, reply_data, reply_capacity);
    return NULL;
}

const char *ring_open(struct ring *ring, const char *path, uint64_t size, uint64_t nonce) {
    if (size < RING_DATA || size > (UINT64_C(1) << 30)) {
        return "the server offers a size that cannot be";
    }
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        return errno == EACCES || errno == EPERM ? "the shared memory belongs to another user: run both as the same one"
               : errno == ENOENT ? "the server's memory is not to be found: it runs in another container or on another "
                                   "machine"
                                 : "what the server offers cannot be opened to read and write";
    }
    int seals = fcntl(descriptor, F_GET_SEALS);
    if (seals < 0 || (seals & SEALS) != SEALS) {
        close(descriptor);
        return "what the server offers is not sealed: it could be cut off while it is in use";
    }
    struct stat status;
    void *map = MAP_FAILED;
    if (fstat(descriptor, &status) == 0 && (uint64_t)status.st_size == size) {
        map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    }
    close(descriptor);
    if (map == MAP_FAILED) {
        return "the shared memory has another size than was announced";
    }
    ring->header = map;
    ring->size = size;
    const char *problem = check(ring, size, nonce);
    if (problem != NULL) {
        ring_unmap(ring);
    }
    return problem;
}

void ring_unmap(struct ring *ring) {
    if (ring->header != NULL) {
        munmap(ring->header, ring->size);
        ring->header = NULL;
    }
}

long ring_readable(struct ring_end *in) {
    if (in->other == in->own) {
        in->other = atomic_load_explicit(&in->control->tail, memory_order_acquire);
        if (in->other == in->own) {
            /* Asked for again as soon as the other side has written it, it comes while the tail still is on its way. */
            __builtin_prefetch(in->data + (in->own & (in->capacity - 1)));
        }
    }
    uint64_t there = in->other - in->own;
    return there > in->capacity ? -1 : (long)there;
}

long ring_read(struct ring_end *in, void *target, size_t length) {
    long there = ring_readable(in);
    if (there <= 0) {
        return there;
    }
    size_t count = (size_t)there < length ? (size_t)there : length;
    size_t at = in->own & (in->capacity - 1);
    size_t first = count < in->capacity - at ? count : in->capacity - at;
    memcpy(target, in->data + at, first);
    memcpy((char *)target + first, in->data, count - first);
    in->own += count;
    atomic_store_explicit(&in->control->head, in->own, memory_order_release);
    return (long)count;
}

long ring_room(struct ring_end *out) {
    uint64_t head = atomic_load_explicit(&out->control->head, memory_order_acquire);
    uint64_t used = out->own - head;
    if (used > out->capacity || (int64_t)(head - out->other) < 0) {
        return -1;
    }
    out->other = head;
    return (long)(out->capacity - used);
}

long ring_write(struct ring_end *out, const void *source, size_t length) {
    uint64_t free_bytes = out->capacity - (out->own - out->other);
    if (free_bytes < length) {
        long room = ring_room(out);
        if (room < 0) {
            return -1;
        }
        free_bytes = (uint64_t)room;
    }
    size_t count = free_bytes < length ? (size_t)free_bytes : length;
    if (count == 0) {
        return 0;
    }
    size_t at = out->own & (out->capacity - 1);
    size_t first = count < out->capacity - at ? count : out->capacity - at;
    memcpy(out->data + at, source, first);
    memcpy(out->data, (const char *)source + first, count - first);
    out->own += count;
    atomic_store_explicit(&out->control->tail, out->own, memory_order_release);
    return (long)count;
}

static int wake_waiting(_Atomic uint32_t *word) {
    /* Against the sleeper's own order: it says that it sleeps, and then looks once more. */
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load_explicit(word, memory_order_relaxed) == RING_AWAKE) {
        return RING_AWAKE;
    }
    uint32_t how = atomic_exchange(word, RING_AWAKE);
    if (how == RING_FUTEX) {
        ring_wake(word);
    }
    return how == RING_BELL ? RING_BELL : RING_AWAKE;
}

int ring_wake_consumer(struct ring_end *out) {
    return wake_waiting(&out->control->consumer_waiting);
}

int ring_wake_producer(struct ring_end *in) {
    return wake_waiting(&in->control->producer_waiting);
}

void ring_sleep(_Atomic uint32_t *word, long nanos) {
    struct timespec patience = {0, nanos};
    syscall(SYS_futex, word, FUTEX_WAIT, RING_FUTEX, &patience, NULL, 0);
}

void ring_wake(_Atomic uint32_t *word) {
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* More than one side's being woken takes: who waits for an answer need not be woken as well. */
#define MOST_NANOS 200000
#define LEAST_NANOS 500
/* So often spinning longer is tried without a hit; then not for so many waits. */
#define MOST_IN_VAIN 3
#define TRY_AGAIN_AFTER 256

static void at_least(struct spin_budget *budget, uint64_t nanos) {
    uint64_t most = nanos < MOST_NANOS ? nanos : MOST_NANOS;
    budget->nanos = budget->nanos > most ? budget->nanos : most;
}

void spin_hit(struct spin_budget *budget) {
    budget->in_vain = 0;
    at_least(budget, budget->nanos + budget->nanos / 4 + 50);
}

void spin_slept(struct spin_budget *budget, uint64_t waited) {
    bool soon = waited <= MOST_NANOS;
    if (soon && budget->in_vain < MOST_IN_VAIN) {
        at_least(budget, waited + waited / 4);
    } else {
        budget->nanos = budget->nanos / 2 > LEAST_NANOS ? budget->nanos / 2 : LEAST_NANOS;
    }
    budget->in_vain = soon ? (budget->in_vain + 1) % TRY_AGAIN_AFTER : 0;
}

uint64_t now_nanos(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void cpu_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
