package dev.wasmscope.engine.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// The C library's functions behind [LinuxFiles]. Constants, so that a call is compiled into its caller.
final class LinuxFileCalls {
    private static final MemoryLayout I = ValueLayout.JAVA_INT;
    private static final MemoryLayout L = ValueLayout.JAVA_LONG;
    private static final MemoryLayout P = ValueLayout.ADDRESS;

    static final MethodHandle SYSCALL =
            handle("syscall", FunctionDescriptor.of(L, L, I, P, P, L), Linker.Option.firstVariadicArg(1));
    static final MethodHandle READ = handle("read", FunctionDescriptor.of(L, I, P, L));
    static final MethodHandle WRITE = handle("write", FunctionDescriptor.of(L, I, P, L));
    static final MethodHandle PREAD = handle("pread", FunctionDescriptor.of(L, I, P, L, L));
    static final MethodHandle PWRITE = handle("pwrite", FunctionDescriptor.of(L, I, P, L, L));
    static final MethodHandle LSEEK = handle("lseek", FunctionDescriptor.of(L, I, L, I));
    static final MethodHandle GETDENTS = handle("getdents64", FunctionDescriptor.of(L, I, P, L));
    static final MethodHandle READLINKAT = handle("readlinkat", FunctionDescriptor.of(L, I, P, P, L));
    static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(I, I));
    static final MethodHandle FSYNC = handle("fsync", FunctionDescriptor.of(I, I));
    static final MethodHandle FDATASYNC = handle("fdatasync", FunctionDescriptor.of(I, I));
    static final MethodHandle FTRUNCATE = handle("ftruncate", FunctionDescriptor.of(I, I, L));
    static final MethodHandle FALLOCATE = handle("posix_fallocate", FunctionDescriptor.of(I, I, L, L));
    static final MethodHandle STATX = handle("statx", FunctionDescriptor.of(I, I, P, I, I, P));
    static final MethodHandle UTIMENSAT = handle("utimensat", FunctionDescriptor.of(I, I, P, P, I));
    static final MethodHandle MKDIRAT = handle("mkdirat", FunctionDescriptor.of(I, I, P, I));
    static final MethodHandle UNLINKAT = handle("unlinkat", FunctionDescriptor.of(I, I, P, I));
    static final MethodHandle RENAMEAT = handle("renameat", FunctionDescriptor.of(I, I, P, I, P));
    static final MethodHandle LINKAT = handle("linkat", FunctionDescriptor.of(I, I, P, I, P, I));
    static final MethodHandle SYMLINKAT = handle("symlinkat", FunctionDescriptor.of(I, P, I, P));

    private static final List<String> NAMES = List.of(
            "syscall",
            "read",
            "write",
            "pread",
            "pwrite",
            "lseek",
            "getdents64",
            "readlinkat",
            "close",
            "fsync",
            "fdatasync",
            "ftruncate",
            "posix_fallocate",
            "statx",
            "utimensat",
            "mkdirat",
            "unlinkat",
            "renameat",
            "linkat",
            "symlinkat");

    private LinuxFileCalls() {}

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... more) {
        var linker = Linker.nativeLinker();
        var options = new Linker.Option[more.length + 1];
        System.arraycopy(more, 0, options, 0, more.length);
        options[more.length] = Linker.Option.captureCallState("errno");
        var address = linker.defaultLookup().find(name).orElse(MemorySegment.NULL);
        // One that is missing is never called: complete() says so before.
        return address.equals(MemorySegment.NULL)
                ? linker.downcallHandle(type, options)
                : linker.downcallHandle(address, type, options);
    }

    /// Whether this C library has them all.
    static boolean complete() {
        var lookup = Linker.nativeLinker().defaultLookup();
        return NAMES.stream().allMatch(name -> lookup.find(name).isPresent());
    }
}
