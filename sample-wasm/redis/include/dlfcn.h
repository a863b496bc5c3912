/* A module cannot load code into itself. */
#ifndef PORT_DLFCN_H
#define PORT_DLFCN_H

#define RTLD_LOCAL 0
#define RTLD_LAZY 1
#define RTLD_NOW 2

typedef struct {
    const char *dli_fname;
    void *dli_fbase;
    const char *dli_sname;
    void *dli_saddr;
} Dl_info;

static inline void *dlopen(const char *file, int mode) { return (void)file, (void)mode, (void *)0; }
static inline void *dlsym(void *library, const char *name) { return (void)library, (void)name, (void *)0; }
static inline int dlclose(void *library) { return (void)library, -1; }
static inline char *dlerror(void) { return "a WebAssembly module cannot load native code"; }
static inline int dladdr(const void *address, Dl_info *info) { return (void)address, (void)info, 0; }

#endif
