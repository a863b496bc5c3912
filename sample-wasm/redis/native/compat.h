/* In place of ../include/compat.h: natively there is all of it. */
