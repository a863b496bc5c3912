/* Included by original files, which use nothing of it here. */
#ifndef PORT_TERMIOS_H
#define PORT_TERMIOS_H
#endif
