#ifndef DISK_H
#define DISK_H

/* Does something to one of a few files, and compares it with what should be in it. */
void use_file(void);
void forget_files(void);

#endif
