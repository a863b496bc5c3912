package dev.wasmscope.engine.platform;

/// Numbers of Linux's system calls for files: they differ between processors.
final class LinuxCallNumbers {
    static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    static final long READ = ARM ? 63 : 0;
    static final long WRITE = ARM ? 64 : 1;
    static final long CLOSE = ARM ? 57 : 3;
    static final long LSEEK = ARM ? 62 : 8;
    static final long PREAD = ARM ? 67 : 17;
    static final long PWRITE = ARM ? 68 : 18;
    static final long FSYNC = ARM ? 82 : 74;
    static final long FDATASYNC = ARM ? 83 : 75;
    static final long FTRUNCATE = ARM ? 46 : 77;
    static final long FALLOCATE = ARM ? 47 : 285;
    static final long GETDENTS = ARM ? 61 : 217;
    static final long MKDIRAT = ARM ? 34 : 258;
    static final long UNLINKAT = ARM ? 35 : 263;
    static final long RENAMEAT = ARM ? 38 : 264;
    static final long LINKAT = ARM ? 37 : 265;
    static final long SYMLINKAT = ARM ? 36 : 266;
    static final long READLINKAT = ARM ? 78 : 267;
    static final long UTIMENSAT = ARM ? 88 : 280;
    static final long STATX = ARM ? 291 : 332;
    static final long OPENAT2 = 437;

    private LinuxCallNumbers() {}
}
