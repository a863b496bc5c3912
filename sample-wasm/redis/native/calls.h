#ifndef CALLS_H
#define CALLS_H

/* One of the calls of WASI's and POSIX's that the port layer answers and Redis rarely makes or never, with any descriptor. */
void use_other_call(void);

#endif
