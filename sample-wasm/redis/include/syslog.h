/* There is no system log: syslog-enabled is taken and writes nothing. */
#ifndef PORT_SYSLOG_H
#define PORT_SYSLOG_H

enum { LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG };
#define LOG_PID 1
#define LOG_NDELAY 8
#define LOG_USER (1 << 3)
#define LOG_LOCAL0 (16 << 3)
#define LOG_LOCAL1 (17 << 3)
#define LOG_LOCAL2 (18 << 3)
#define LOG_LOCAL3 (19 << 3)
#define LOG_LOCAL4 (20 << 3)
#define LOG_LOCAL5 (21 << 3)
#define LOG_LOCAL6 (22 << 3)
#define LOG_LOCAL7 (23 << 3)
#define openlog(identity, option, facility) ((void)0)
#define syslog(priority, ...) ((void)0)
#define closelog() ((void)0)

#endif
