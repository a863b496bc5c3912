/* A step through a list. quicklistNext takes it through a pointer to lpNext or lpPrev: an indirect call, which a JIT
 * neither inlines nor makes cheap, for each element of a range. */
#include "port.h"
#include "server.h"

#include "listpack.h"

int port_quicklist_next(quicklistIter *iter, quicklistEntry *entry);

/* In place of quicklistNext: the same within one listpack; all else is the original's. */
int port_quicklist_next(quicklistIter *iter, quicklistEntry *entry) {
    quicklistNode *node = iter ? iter->current : NULL;
    if (!node || !iter->zi || QL_NODE_IS_PLAIN(node)) return quicklistNext(iter, entry);
    bool forward = iter->direction == AL_START_HEAD;
    unsigned char *at = forward ? lpNext(node->entry, iter->zi) : lpPrev(node->entry, iter->zi);
    if (!at) return quicklistNext(iter, entry);
    iter->zi = at;
    iter->offset += forward ? 1 : -1;
    unsigned int size = 0;
    entry->quicklist = iter->quicklist;
    entry->node = node;
    entry->zi = at;
    entry->offset = (int)iter->offset;
    entry->longval = -123456789; /* as the original leaves it where the value is text */
    entry->value = lpGetValue(at, &size, &entry->longval);
    entry->sz = size;
    return 1;
}
