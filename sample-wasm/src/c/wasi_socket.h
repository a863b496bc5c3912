// TCP for WASI guests: the functions that WasmEdge added to preview 1. Addresses have 4 or 16 bytes, ports are in the
// host's order; functions return 0 or an errno. Sockets are descriptors: read, write and close take them.
#ifndef WASI_SOCKET_H
#define WASI_SOCKET_H

#include <stddef.h>
#include <stdint.h>

#define WASI_IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

enum { WASI_INET4 = 1, WASI_INET6 = 2, WASI_STREAM = 2 };

typedef struct {
    const uint8_t *bytes;
    size_t size;
} wasi_address;

WASI_IMPORT("sock_open") uint32_t wasi_sock_open(uint32_t family, uint32_t type, uint32_t *descriptor);
WASI_IMPORT("sock_connect") uint32_t wasi_sock_connect(uint32_t descriptor, const wasi_address *to, uint32_t port);

#endif
