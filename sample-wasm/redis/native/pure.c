/* The parts of the port layer that are functions of their arguments, against libc's or a plain model. */
#include "pure.h"

#include "chance.h"
#include "port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double port_strtod(const char *text, char **end);
int port_number_text(char *to, const char *format, ...);

void *guest_memcpy(void *restrict to, const void *restrict from, size_t n);
void *guest_memmove(void *to, const void *from, size_t n);
void *guest_memset(void *to, int value, size_t n);

static void read_number(void) {
    static const char characters[] = "0123456789012345678901234567890123456789..-+eEx in";
    char text[24], *end, *expected_end;
    uint32_t length = below(sizeof text);
    for (uint32_t i = 0; i < length; i++) text[i] = characters[below(i < 2 ? sizeof characters - 1 : 42)];
    text[length] = 0;
    double number = port_strtod(text, &end), expected = strtod(text, &expected_end);
    require(memcmp(&number, &expected, sizeof number) == 0 && end == expected_end, "strtod differs from libc's");
}

static void write_number(void) {
    double number = ((double)below(UINT32_MAX) - (double)below(UINT32_MAX)) * (below(2) ? 1 : below(100000));
    if (below(3) == 0) number /= below(100);
    char text[40], expected[40];
    int length = port_number_text(text, "%.14g", number), expected_length = snprintf(expected, sizeof expected, "%.14g", number);
    require(length == expected_length && strcmp(text, expected) == 0, "a number's text differs from libc's");
}

/* The copy is in exactly as many bytes as it needs: the sanitizer sees one too many. */
static void copy(void) {
    uint32_t length = below(80), from = below(40), to = below(40);
    unsigned char *bytes = malloc(40 + length), *model = malloc(40 + length), *moved = malloc(length);
    for (uint32_t i = 0; i < 40 + length; i++) bytes[i] = (unsigned char)below(256);
    for (uint32_t i = 0; i < 40 + length; i++) model[i] = bytes[i];
    guest_memcpy(moved, bytes + from, length);
    guest_memmove(bytes + to, bytes + from, length);
    for (uint32_t i = 0; i < length; i++)
        require(bytes[to + i] == model[from + i] && moved[i] == model[from + i], "a copy differs");
    guest_memset(moved, bytes[0], length);
    for (uint32_t i = 0; i < length; i++) require(moved[i] == bytes[0], "a memset differs");
    free(bytes);
    free(model);
    free(moved);
}

static void options(void) {
    char text[200], expected[40];
    size_t memory = ((size_t)below(1000) + 1) << 20;
    int length = snprintf(text, sizeof text, "--hz%c50%c--wasm-memory%c%zu%c--port", 0, 0, 0, memory, 0) + 1;
    /* The last one may lack its end. */
    struct port_arguments all = port_arguments(text, (size_t)length);
    require(strcmp(all.values[0], "redis-server") == 0, "the program's name");
    require(strcmp(all.values[all.count - 3], "--hz") == 0 && strcmp(all.values[all.count - 1], "--port") == 0, "an option");
    snprintf(expected, sizeof expected, "%zu", memory / 2);
    bool found = false;
    for (int i = 1; i < all.count; i++)
        found |= strcmp(all.values[i - 1], "--maxmemory") == 0 && strcmp(all.values[i], expected) == 0;
    require(found, "half of the memory is Redis's");
    port_arguments_end(&all);
}

void use_pure_functions(void) {
    read_number();
    write_number();
    copy();
    if (below(100) == 0) options();
}
