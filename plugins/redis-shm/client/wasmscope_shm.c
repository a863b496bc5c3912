#include "wasmscope_shm.h"

#include "client.h"
#include "route.h"
#include "socket.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Without snprintf, whose code is cold when a request comes now and then. */
static int add_header(struct bytes *bytes, char type, size_t number) {
    char text[24];
    size_t at = sizeof text;
    text[--at] = '\n';
    text[--at] = '\r';
    do {
        text[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    text[--at] = type;
    return bytes_add(bytes, text + at, sizeof text - at);
}

static int encode(struct shm_client *client, int count, const char *const *words, const size_t *lengths) {
    client->request.length = 0;
    int failed = add_header(&client->request, '*', (size_t)count);
    for (int i = 0; i < count; i++) {
        failed |= add_header(&client->request, '$', lengths[i]);
        failed |= bytes_add(&client->request, words[i], lengths[i]);
        failed |= bytes_add(&client->request, "\r\n", 2);
    }
    if (failed) {
        errno = ENOMEM;
    }
    return failed;
}

static void let_go(struct shm_client *client) {
    if (client->ring.header != NULL) {
        atomic_store_explicit(&client->ring.header->client_state, RING_GONE, memory_order_release);
        ring_unmap(&client->ring);
    }
}

long shm_command(struct shm_client *client, int count, const char *const *words, const size_t *lengths,
                 const char **reply) {
    if (count < 1) {
        errno = EINVAL;
        return -1;
    }
    if (client->over != 0) {
        errno = client->over;
        return -1;
    }
    if (encode(client, count, words, lengths) != 0) {
        return -1;
    }
    long length = route(client, count, words, lengths);
    if (length < 0) {
        client->over = errno;
        let_go(client);
        shutdown(client->socket, SHUT_RDWR);
        errno = client->over;
        return -1;
    }
    *reply = client->reply.data;
    return length;
}

struct shm_client *shm_connect(const char *address, enum shm_wait wait) {
    int fd = socket_connect(address);
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
    } else if (!client_open_ring(client)) {
        close(client->socket);
        client->socket = socket_connect(address);
        if (client->socket < 0) {
            int problem = errno;
            shm_close(client);
            errno = problem;
            return NULL;
        }
    }
    return client;
}

const char *shm_refusal(const struct shm_client *client) {
    return client->refusal;
}

int shm_descriptor(const struct shm_client *client) {
    return client->socket;
}

void shm_close(struct shm_client *client) {
    let_go(client);
    if (client->socket >= 0) {
        close(client->socket);
    }
    bytes_free(&client->request);
    bytes_free(&client->reply);
    bytes_free(&client->queued);
    free(client->commands);
    free(client);
}
