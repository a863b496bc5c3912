/* Where natively there is a libc of its own: the port's names beside it. */
#define read port_posix_read
#define write port_posix_write
#define gettimeofday port_gettimeofday
#define clock_gettime port_clock_gettime
#define tzset port_tzset
#define epoll_create port_epoll_create
#define epoll_ctl port_epoll_ctl
#define epoll_wait port_epoll_wait
#define memcpy port_memcpy
#define memmove port_memmove
#define memset port_memset
