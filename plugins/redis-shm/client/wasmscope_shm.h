/* A client of RESP servers on this machine, over shared memory where the server offers it and over the socket where it
 * does not. One thread at a time.
 *
 *     struct shm_client *client = shm_connect("127.0.0.1:6379", SHM_ADAPTIVE);
 *     const char *words[] = {"GET", "key"};
 *     size_t lengths[] = {3, 3};
 *     const char *reply;
 *     long length = shm_command(client, 2, words, lengths, &reply);
 */
#ifndef WASMSCOPE_SHM_H
#define WASMSCOPE_SHM_H

#include <stddef.h>

struct shm_client;

/* What the client does while no reply is there (docs/shm-protocol.md); SHM_NEVER stays on the socket, to compare. */
enum shm_wait { SHM_ADAPTIVE, SHM_SPIN, SHM_PARK, SHM_NEVER };

/* `address` is HOST:PORT, or the path of a Unix socket. NULL when there is no server: errno says why. A server without
 * shared memory is no error: see shm_refusal. */
struct shm_client *shm_connect(const char *address, enum shm_wait wait);

/* Why commands go over the socket; NULL when they go through shared memory. */
const char *shm_refusal(const struct shm_client *client);

/* Sends a command and waits for its reply.
 *
 * `reply` is set to the reply as it came, in RESP, valid until the next command. Returns its length; -1 when the
 * connection is over: errno is EPIPE when the server has gone, EPROTO when it spoke nonsense, EBADMSG when the positions
 * of its rings are impossible, ENOMEM. So it stays: the ring is let go of, and every further command fails the same way.
 *
 * Commands that the ring does not take go over the socket, each path drained before the other is used; so does a
 * transaction that watches keys, or has such a command in it, as a whole. */
long shm_command(struct shm_client *client, int count, const char *const *words, const size_t *lengths,
                 const char **reply);

/* The control connection, to be polled for POLLRDHUP while no command is under way: whether the server is still there.
 * What comes over it is the client's. */
int shm_descriptor(const struct shm_client *client);

void shm_close(struct shm_client *client);

#endif
