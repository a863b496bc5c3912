#define _GNU_SOURCE
#include "exchange.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    if (bytes < 0 || begin > answer + length || bytes > answer + length - begin) {
        return -1;
    }
    *value = begin;
    return bytes;
}

bool client_open_ring(struct shm_client *client) {
    static const char open_request[] = "*2\r\n$8\r\nSHM.OPEN\r\n$1\r\n1\r\n";
    long length = exchange(client, SOCKET, open_request, sizeof open_request - 1);
    const char *answer = client->reply.data, *path, *size, *nonce, *commands;
    client->refusal = client->problem;
    if (length < 0) {
        snprintf(client->problem, sizeof client->problem, "the server %s when it was asked for shared memory",
                 errno == EPIPE ? "ended the connection" : "spoke nonsense");
        return false;
    }
    if (answer[0] != '*') {
        snprintf(client->problem, sizeof client->problem, "the server offers no shared memory%s%.*s",
                 length > 1 ? ": " : "", length > 3 ? (int)(length < 160 ? length : 160) - 3 : 0, answer + 1);
        return true;
    }
    long path_length = value_of(answer, (size_t)length, "path", &path);
    char file[256];
    if (path_length < 0 || path_length >= (long)sizeof file || memchr(path, '\0', (size_t)path_length) != NULL ||
        value_of(answer, (size_t)length, "size", &size) < 0 || value_of(answer, (size_t)length, "nonce", &nonce) < 0) {
        snprintf(client->problem, sizeof client->problem, "the server's offer has no path that can be, or no size or nonce");
        return true;
    }
    memcpy(file, path, (size_t)path_length);
    file[path_length] = '\0';
    const char *problem = ring_open(&client->ring, file, strtoull(size, NULL, 10), strtoull(nonce, NULL, 16));
    if (problem != NULL) {
        client->refusal = problem;
        return true;
    }
    long commands_length = value_of(answer, (size_t)length, "commands", &commands);
    if (commands_length >= 0) {
        client->commands = malloc((size_t)commands_length + 3);
        if (client->commands == NULL) {
            snprintf(client->problem, sizeof client->problem, "there is no memory");
            ring_unmap(&client->ring);
            return true;
        }
        client->commands[0] = ' ';
        memcpy(client->commands + 1, commands, (size_t)commands_length);
        client->commands[commands_length + 1] = ' ';
        client->commands[commands_length + 2] = '\0';
    }
    client->refusal = NULL;
    atomic_store_explicit(&client->ring.header->client_state, RING_PRESENT, memory_order_release);
    return true;
}
