/* Included by original files, which use nothing of it here. */
#ifndef PORT_GRP_H
#define PORT_GRP_H
#endif
