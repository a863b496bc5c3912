/* The host: clients, calls, and what comes back, all of it looked at. */
#ifndef HOST_H
#define HOST_H

#include "redis_wasm.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLIENTS = 64, MOST_CLIENTS = 40 };

/* What was asked and answered, for a person to see that a run did something. */
struct tally {
    uint64_t calls, requests, bytes, answered, errors, closed, mail, looks;
    uint64_t shut_down, out_of_memory, trapped;
};
extern struct tally *tally;

/* False: Redis has ended, or there is no memory left; then there is nothing more to call. */
bool host_lives(void);
/* From now on with an error, too: a file of Redis's has been spoilt. */
void host_may_exit(void);
void host_connect(void);
void host_disconnect(uint32_t client);
void host_send(uint32_t client, const void *bytes, size_t length);
void host_tick(void);
void host_stall(uint32_t client, bool stalls);

/* A client that is connected, or 0; now and then one that is not. */
uint32_t host_any_client(void);
/* Not RESP from now on: a replica gets a copy of the data. */
void host_expects_anything(uint32_t client);

/* mail.c: puts records into the mailbox, for a script of the next call to find. */
void mail_post(void);
/* Takes out what the last call has left there. */
void mail_collect(void);
void host_met(uint32_t client);
void host_left(uint32_t client); /* its peer is gone */
void host_gets(uint32_t client, const unsigned char *bytes, size_t length);
void host_loses(uint32_t client);

#endif
