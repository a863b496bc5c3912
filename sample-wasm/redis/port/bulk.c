/* A bulk string of a reply at once. Redis adds its length, its bytes and its line end one after the other and looks each
 * time whether and where it may: of a reply with hundreds of elements, that was most of the time. */
#include "port.h"
#include "server.h"

#include <string.h>

/* "$", up to ten digits, two line ends. */
enum { AROUND = 16 };

void port_add_reply_bulk(client *c, const void *bytes, size_t length);

/* Writes the digits in front of `end`; returns where they begin. */
static char *digits(size_t number, char *end) {
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

/* In place of addReplyBulkCBuffer: the same bytes in the same places, when all of them go to where the next one goes. */
void port_add_reply_bulk(client *c, const void *bytes, size_t length) {
    clientReplyBlock *tail = listLength(c->reply) > 0 ? listNodeValue(listLast(c->reply)) : NULL;
    size_t room = 0;
    char *to = NULL;
    if (tail) {
        to = tail->buf + tail->used;
        room = tail->size - tail->used;
    } else if (listLength(c->reply) == 0) {
        to = c->buf + c->bufpos;
        room = c->buf_usable_size - (size_t)c->bufpos;
    }
    if (room < AROUND || room - AROUND < length || getClientType(c) == CLIENT_TYPE_SLAVE) {
        addReplyBulkCBuffer(c, bytes, length);
        return;
    }
    if (prepareClientToWrite(c) != C_OK || c->flags & CLIENT_CLOSE_AFTER_REPLY) return;
    char text[AROUND], *number = digits(length, text + AROUND);
    char *at = to;
    *at++ = '$';
    while (number < text + AROUND) *at++ = *number++;
    *at++ = '\r';
    *at++ = '\n';
    memcpy(at, bytes, length);
    at += length;
    *at++ = '\r';
    *at++ = '\n';
    size_t added = (size_t)(at - to);
    if (tail) {
        tail->used += added;
        return;
    }
    c->bufpos += (int)added;
    if (c->buf_peak < (size_t)c->bufpos) c->buf_peak = (size_t)c->bufpos;
}
