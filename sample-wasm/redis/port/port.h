/* What the files of the port layer offer each other. */
#ifndef PORT_H
#define PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* clock.c: nanoseconds since 1970. Looking at the clock moves it. */
void port_clock_start(uint64_t us);
void port_clock_set(uint64_t us);
void port_clock_set_step(uint64_t ns);
void port_clock_advance(uint64_t ns);
uint64_t port_clock_peek(void);
uint64_t port_clock_look(void);

/* seed.c */
void port_seed(uint64_t seed);
void port_random_bytes(void *to, size_t length);

/* digest.c: SHA-256 */
enum { PORT_DIGEST = 32 };
void port_digest(const void *data, size_t length, unsigned char *to);

/* tables.c: Redis's hash tables, until the first client comes. */
void port_tables_seed(void); /* gives them a hash seed of their own, drawn from the seed */
void port_tables_begun(void); /* from now on they are let alone */

/* log.c */
void port_log(const void *text, size_t length);

/* files.c */
struct port_file {
    char *name; /* null once deleted; the file lives until the last descriptor on it is closed */
    unsigned char *data;
    size_t length, capacity;
    unsigned descriptors;
    bool directory;
};
struct port_file *port_file_find(const char *path);
struct port_file *port_file_create(const char *path, bool directory);
bool port_file_reserve(struct port_file *file, size_t length);
bool port_file_resize(struct port_file *file, size_t length);
void port_file_delete(struct port_file *file);
bool port_file_rename(struct port_file *file, const char *path);
void port_file_release(struct port_file *file);

/* descriptors.c */
enum port_kind {
    PORT_FREE,
    PORT_STANDARD, /* reads nothing, writes the log */
    PORT_DIRECTORY,
    PORT_RANDOM,
    PORT_NOTHING, /* /dev/null */
    PORT_FILE,
    PORT_LISTENER,
    PORT_CONNECTION,
    PORT_PIPE,
    PORT_POLL
};
struct port_connection;
struct port_descriptor {
    enum port_kind kind;
    uint32_t interest; /* EPOLLIN, EPOLLOUT: what Redis wants to hear of */
    bool append;
    uint64_t position;
    union {
        struct port_file *file;
        struct port_connection *connection;
    };
};
int port_descriptor_open(enum port_kind kind); /* -1: out of memory */
struct port_descriptor *port_descriptor(int fd);
void port_descriptor_close(int fd);

/* connections.c */
struct port_connection {
    uint32_t id; /* Redis's client id; 0 until Redis has accepted */
    int fd;
    const unsigned char *input; /* what Redis has not read yet: the host's bytes, or in `held` */
    size_t input_length;
    unsigned char *held;
    uint32_t replied; /* number of the call that has last left an entry for it */
    bool gone; /* the peer has left: Redis reads an end of file */
    bool stalled; /* the host takes no more for it at present: Redis keeps its replies */
    bool ready; /* in the list of those that epoll_wait looks at */
    struct port_connection *next_ready, *previous_ready;
    struct port_connection *next_in_bucket;
};
struct port_connection *port_connection_open(void);
struct port_connection *port_connection_find(uint32_t id);
void port_connection_name(struct port_connection *connection, uint32_t id);
void port_connection_closed(struct port_connection *connection);
void port_connection_append(struct port_connection *connection, const void *data, size_t length);
void port_connection_refresh(struct port_connection *connection);
struct port_connection *port_connections_ready(void);
uint32_t port_connection_any(void); /* the id of one that is open, or 0 */
int port_connection_write(struct port_connection *connection, const void *data, size_t length); /* 0, or an errno */

/* mailbox.c */
void port_mailbox_begin(void);
void port_mailbox_look(void);
void port_mailbox_look_ended(void);
bool port_mailbox_write(uint32_t client, const void *data, size_t length);
bool port_mailbox_closed(uint32_t client);

/* abi.c */
uint32_t port_accept(void);
_Noreturn void port_no_memory(size_t bytes); /* leaves the host's call */

/* sockets.c: what accept() is to find. */
void port_accept_next(struct port_connection *connection);

/* replies.c */
void port_replies_clear(void);
uint32_t port_replies_call(void); /* which call this is */
bool port_reply(uint32_t client, const void *data, size_t length);
void port_reply_closed(uint32_t client);
int32_t port_replies_finish(void);

/* options.c: what redis-server gets as its command line. */
struct port_arguments {
    int count;
    char **values;
};
struct port_arguments port_arguments(const char *options, size_t length);
void port_arguments_end(struct port_arguments *all);

/* memory.c */
void port_memory_limit(size_t bytes);
void port_memory_reserve(size_t bytes);
bool port_memory_ran_short(void); /* growing has failed since this was last asked: Redis lives on a reserve */
bool port_memory_scarce(size_t in_use);

/* scripts.c */
void port_scripts_limit(size_t bytes);

/* refused.c */
void port_refuse_commands(void);

/* process.c */
_Noreturn void port_exit(int code);

#endif
