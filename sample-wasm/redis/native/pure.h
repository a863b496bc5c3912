#ifndef PURE_H
#define PURE_H

/* Once, before Redis starts: options are among them. */
void use_pure_functions(void);

#endif
