/* Included by original files, which use nothing of it here. */
#ifndef PORT_PWD_H
#define PORT_PWD_H
#endif
