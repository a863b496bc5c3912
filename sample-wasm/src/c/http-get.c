// A command that gets a page: http-get ADDRESS PORT PATH. Denied unless it was granted the address.
#include <stdlib.h>

#include "http.h"

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "Usage: http-get ADDRESS PORT PATH\n");
        return 2;
    }
    if (get(arguments[1], (uint32_t)atoi(arguments[2]), arguments[3]) != 0) {
        fprintf(stderr, "%s:%s: %s\n", arguments[1], arguments[2], strerror(errno));
        return 1;
    }
    return 0;
}
