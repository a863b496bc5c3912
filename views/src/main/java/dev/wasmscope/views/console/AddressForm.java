package dev.wasmscope.views.console;

import dev.wasmscope.engine.redis.RedisLogin;
import dev.wasmscope.engine.spi.Transport;
import dev.wasmscope.engine.transport.TcpTransport;
import dev.wasmscope.engine.transport.Tls;
import dev.wasmscope.engine.transport.UnixTransport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What is typed to reach a server of one's own.
final class AddressForm {
    final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.TCP);
    final StringProperty host = new SimpleStringProperty("127.0.0.1");
    final StringProperty port = new SimpleStringProperty("6379");
    final StringProperty path = new SimpleStringProperty("");
    final StringProperty user = new SimpleStringProperty("");
    final StringProperty password = new SimpleStringProperty("");
    final StringProperty database = new SimpleStringProperty("0");
    final ObjectProperty<Security> security = new SimpleObjectProperty<>(Security.NONE);
    final StringProperty authority = new SimpleStringProperty("");
    final BooleanProperty shown = new SimpleBooleanProperty(false);

    enum Kind {
        TCP,
        UNIX
    }

    enum Security {
        NONE("No TLS"),
        SYSTEM("TLS, system trust"),
        AUTHORITY("TLS, own authority"),
        INSECURE("TLS, trust anybody");

        final String title;

        Security(String title) {
            this.title = title;
        }
    }

    /// What the fields say.
    sealed interface Outcome {
        record Valid(TargetChoice.Address address) implements Outcome {}

        /// @param sentence with the value that is wrong
        record Invalid(String sentence) implements Outcome {}
    }

    Outcome read() {
        try {
            return new Outcome.Valid(new TargetChoice.Address(transport(), login()));
        } catch (InvalidPathException e) {
            return new Outcome.Invalid("'%s' is no path: %s.".formatted(e.getInput(), e.getReason()));
        } catch (NumberFormatException e) {
            return new Outcome.Invalid(
                    "Port '%s' or database '%s' is no number.".formatted(port.get(), database.get()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private Transport transport() {
        if (kind.get() == Kind.TCP) {
            return new TcpTransport(
                    host.get().strip(), Integer.parseInt(port.get().strip()), tls());
        }
        if (path.get().isBlank()) {
            throw new IllegalArgumentException("Give the path of the server's Unix socket.");
        }
        return new UnixTransport(Path.of(path.get().strip()));
    }

    private Optional<Tls> tls() {
        return switch (security.get()) {
            case NONE -> Optional.empty();
            case SYSTEM -> Optional.of(new Tls.SystemTrust());
            case INSECURE -> Optional.of(new Tls.Insecure());
            case AUTHORITY -> {
                if (authority.get().isBlank()) {
                    throw new IllegalArgumentException("Give the PEM file with the authority's certificate.");
                }
                yield Optional.of(new Tls.Authority(Path.of(authority.get().strip())));
            }
        };
    }

    private RedisLogin login() {
        return new RedisLogin(
                Optional.of(user.get().strip()).filter(u -> !u.isEmpty()),
                Optional.of(password.get()).filter(p -> !p.isEmpty()),
                Integer.parseInt(database.get().strip()),
                RedisLogin.NONE.timeout());
    }
}
