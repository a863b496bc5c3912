package dev.wasmscope.engine.wasi;

import dev.wasmscope.engine.platform.LinuxFiles;
import dev.wasmscope.engine.spi.WasiGrants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files and directories of one guest by their descriptors, the lowest free one for each, as guests expect.
final class GuestFiles implements AutoCloseable {
    static final int FIRST = 3;
    private static final int MOST = 1024;

    private final LinuxFiles system;
    private final List<@Nullable GuestFile> files = new ArrayList<>();
    private final BitSet used = new BitSet();
    private final List<GuestFile.Grant> grants = new ArrayList<>();

    /// Opens what was granted.
    ///
    /// @throws IOException with a sentence
    GuestFiles(LinuxFiles system, List<WasiGrants.Directory> granted) throws IOException {
        this.system = system;
        for (var directory : granted) {
            var real = directory.host().toRealPath();
            var number = system.openDirectory(real.toString());
            if (number < 0) {
                close();
                throw new IOException("%s cannot be granted to the guest: it cannot be opened (errno %d)."
                        .formatted(directory.host(), -number));
            }
            var grant = new GuestFile.Grant(number, real, directory.readOnly());
            grants.add(grant);
            add(GuestFile.preopened(grant, directory.guest().getBytes(StandardCharsets.UTF_8)));
        }
    }

    boolean owns(long descriptor) {
        var number = (int) descriptor;
        return number >= 0 && number < files.size() && files.get(number) != null;
    }

    /// @throws WasiFailure EBADF when there is none
    GuestFile get(long descriptor) throws WasiFailure {
        var number = (int) descriptor;
        var found = number >= 0 && number < files.size() ? files.get(number) : null;
        if (found == null) {
            throw new WasiFailure(Errno.BADF, "Descriptor %d is not open.".formatted(number));
        }
        return found;
    }

    GuestFile file(long descriptor) throws WasiFailure {
        var found = get(descriptor);
        if (found.directory()) {
            throw new WasiFailure(Errno.ISDIR, "Descriptor %d is a directory.".formatted((int) descriptor));
        }
        return found;
    }

    GuestFile directory(long descriptor) throws WasiFailure {
        var found = get(descriptor);
        if (!found.directory()) {
            throw new WasiFailure(Errno.NOTDIR, "Descriptor %d is no directory.".formatted((int) descriptor));
        }
        return found;
    }

    /// @throws WasiFailure EMFILE when the guest has too many
    void checkRoom() throws WasiFailure {
        if (used.cardinality() >= MOST) {
            throw new WasiFailure(Errno.MFILE, "The guest has %d files open.".formatted(MOST));
        }
    }

    int add(GuestFile file) {
        var number = used.nextClearBit(FIRST);
        put(number, file);
        return number;
    }

    private void put(int number, GuestFile file) {
        while (files.size() <= number) {
            files.add(null);
        }
        files.set(number, file);
        used.set(number);
    }

    void close(long descriptor) throws WasiFailure {
        var closed = get(descriptor);
        files.set((int) descriptor, null);
        used.clear((int) descriptor);
        LinuxErrno.check(closed.preopened() == null ? system.close(closed.number()) : 0, "close");
    }

    /// Gives a file another descriptor, which may be one of the standard streams'; what that was is closed.
    void move(long from, long to) throws WasiFailure {
        var moved = get(from);
        if ((int) from == (int) to) {
            return;
        }
        if (owns(to)) {
            close(to);
        }
        files.set((int) from, null);
        used.clear((int) from);
        put((int) to, moved);
    }

    /// Also what was granted, which outlives the guest's descriptor of it: what is below is found through it.
    @Override
    public void close() {
        files.stream()
                .filter(file -> file != null && file.preopened() == null)
                .forEach(file -> system.close(file.number()));
        grants.forEach(grant -> system.close(grant.number()));
        files.clear();
        grants.clear();
        used.clear();
    }
}
