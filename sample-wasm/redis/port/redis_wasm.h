/* The interface of redis.wasm, version 1. docs/redis-wasm.md explains it.
 *
 * Redis as a function of its inputs: the module imports nothing, runs on one thread, and does something only while one
 * of the calls below runs. Addresses are offsets into the exported `memory`; integers in it are little endian. Between
 * calls nothing moves, not even the clock. */
#ifndef REDIS_WASM_H
#define REDIS_WASM_H

#include <stdint.h>

#define REDIS_WASM_ABI 1

/* Instead of what a call returns: there was no memory left in the middle of it. What `memory` holds is of no use any more
 * then; the host puts back a copy from before the call, and does not make this call again. */
#define REDIS_OUT_OF_MEMORY (-2)

/* An offset into `memory`, 32 bits. */
typedef uintptr_t redis_address;

/* Bytes for one client. `data` is valid until the next handle, tick or disconnect. One call may leave several entries
 * for a client; they are to be sent in this order. */
struct redis_reply {
    uint32_t client;
    redis_address data;
    uint32_t length, flags;
};
/* After these bytes, which may be none, the server has closed this client; its id is gone. */
#define REDIS_REPLY_CLOSED 1

/* A file of the in-memory file system. */
struct redis_file {
    redis_address data;
    uint32_t length;
};

/* The log's text is at data[(written - n) % capacity], for the last n <= capacity bytes. */
struct redis_log {
    redis_address data;
    uint32_t capacity;
    uint64_t written;
};

uint32_t redis_abi(void);

/* Memory for the host's use. 0: out of memory. */
redis_address redis_alloc(uint32_t n);
void redis_free(redis_address address);

/* Starts the server, once. `options`: NUL-terminated strings as on redis-server's command line, `length` bytes of them.
 * Returns 0, or the code Redis would have exited with; its log says why. REDIS_OUT_OF_MEMORY: the limit is too low. */
int32_t redis_init(redis_address options, uint32_t length, uint64_t seed, uint64_t now_us);
/* Makes a server that redis_init left, with no client yet, one that started now: for hosts that put back a copy of the
 * memory instead of calling redis_init again. It gets a hash seed of its own. A time before redis_init's is ignored. */
void redis_begin(uint64_t seed, uint64_t now_us);
/* The code Redis has exited with (SHUTDOWN does that), or -1 while it runs. */
int32_t redis_exit_code(void);

/* A client's id, which is also its CLIENT ID; never used again. 0: refused (maxclients, memory). Also
 * REDIS_OUT_OF_MEMORY. */
uint32_t redis_connect(void);
/* The peer is gone. Like handle and tick: returns the number of reply entries, for any client. -1: no such client. All
 * of them may return REDIS_OUT_OF_MEMORY. */
int32_t redis_disconnect(uint32_t client);
/* Bytes of a client, any number. All of them are taken; none is needed after the call. */
int32_t redis_handle(uint32_t client, redis_address data, uint32_t length);
/* Whether the host takes bytes for this client. While it does not, Redis keeps the replies, and closes the client when
 * they exceed client-output-buffer-limit or maxmemory-clients. Returns as redis_handle. */
int32_t redis_set_writable(uint32_t client, uint32_t writable);
/* Timers: Redis's cron, expiry, blocked clients' time-outs. */
int32_t redis_tick(void);
/* The clock (us) at which the next tick is wanted. */
uint64_t redis_next_timer(void);
/* Address of 64 bits that say so without a call: kept by all that return a number of entries, and by redis_init and
 * redis_begin. */
redis_address redis_timer(void);
/* The entries of the last call that returned a number of them. */
redis_address redis_replies(void);

/* The clock stands still between calls and advances by a step at each look at it; it never goes backwards. */
void redis_set_clock(uint64_t us);
void redis_set_clock_step(uint64_t ns);
uint64_t redis_clock(void);
/* Random numbers from here on. */
void redis_set_seed(uint64_t seed);

/* In-memory files (dump.rdb and others). `name` is NUL-terminated. */
redis_address redis_file(redis_address name);                                 /* address of a struct redis_file, or 0 */
int32_t redis_file_put(redis_address name, redis_address data, uint32_t length); /* 0, or an errno of WASI */
int32_t redis_file_delete(redis_address name);                                /* 0, or an errno of WASI */

redis_address redis_log(void);                                                /* address of a struct redis_log */

/* The mailbox: the other clients while a script keeps a call from returning.
 *
 * Every 10,000 instructions of Lua the script *looks*: the clock advances by 0.1 ms and the guest takes the records that
 * the host, on another thread, has put in. From busy-reply-threshold on Redis answers them (-BUSY, SCRIPT KILL), and the
 * guest puts the answers out while the call is still running. A replay that puts the same records in before the call,
 * each with the look at which it was taken, gets the same answers and the same memory.
 *
 * Both areas hold whole records, one after the other, and start empty at each call: out_length, in_taken and looks are
 * reset by the guest when a call begins; in_length, and the bytes below it, are zeroed by the host after a call. What is
 * left out because there is no room waits for the call's end: replies among redis_replies', bytes at the host.
 *
 * No order of stores is relied upon: a record counts once its check is right. When memory grows on a host that replaces
 * its array then, a store of the host's may be lost: the host repeats them until in_taken has passed them. */
struct redis_mailbox {
    redis_address in;
    uint32_t in_capacity;
    uint32_t in_length; /* bytes of records; the host's */
    uint32_t in_taken;  /* bytes of records, taken in their order; the guest's */
    redis_address out;
    uint32_t out_capacity;
    uint32_t out_length; /* bytes of records; the guest's */
    uint32_t looks;      /* during this call */
};

/* Followed by `length` bytes and zeros up to a multiple of 4. */
struct redis_record {
    uint32_t check; /* FNV-1a of 32 bits over the rest of the header and the bytes */
    uint32_t kind, client, length;
    uint32_t look; /* in: not to be taken before this look (0: at the next). out: when it was written */
};
enum redis_record_in {
    REDIS_IN_BYTES = 1, /* of a client */
    REDIS_IN_GONE,      /* the client's peer */
    REDIS_IN_CONNECT,   /* a new client; its id is in the answer */
    REDIS_IN_CLOCK      /* 8 bytes: us, as redis_set_clock */
};
enum redis_record_out {
    REDIS_OUT_TAKEN = 1, /* the next record of in's, at this look. client: after REDIS_IN_CONNECT its id, 0 if refused */
    REDIS_OUT_BYTES,     /* for a client; they come before those of redis_replies */
    REDIS_OUT_CLOSED     /* the server has closed this client */
};

redis_address redis_mailbox(void); /* address of the struct redis_mailbox, always the same */

#endif
