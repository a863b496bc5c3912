package dev.wasmscope.plugins.gateway.proxy;

import dev.wasmscope.engine.spi.ModuleSource;
import dev.wasmscope.engine.spi.metrics.PrometheusPage;
import dev.wasmscope.plugins.gateway.filter.Filter;
import dev.wasmscope.plugins.gateway.filter.FilterRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The gateway's own pages, for this machine: `GET /metrics`, `GET /status`, `POST /reload`, `PUT /filter`,
/// `GET /data`, and `GET`, `PUT` and `DELETE` of `/data/KEY`.
///
/// Web pages have no business here: a request that a browser sends for one has an Origin, or names a host that is not
/// this machine.
final class AdminHandler extends Handler.Abstract {
    private static final int LARGEST_MODULE = 64 << 20;
    private static final int LARGEST_VALUE = 1 << 20;

    private final Traffic traffic;
    private final @Nullable Filter filter;
    private final ModuleSupply reread;

    /// @param reread gives the module's present bytes
    AdminHandler(Traffic traffic, @Nullable Filter filter, ModuleSupply reread) {
        this.traffic = traffic;
        this.filter = filter;
        this.reread = reread;
    }

    private record Answer(int status, String type, String text) {
        static Answer plain(int status, String sentence) {
            return new Answer(status, "text/plain; charset=utf-8", sentence + "\n");
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var answer = answer(request);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        Content.Sink.write(response, true, answer.text(), callback);
        return true;
    }

    private Answer answer(Request request) {
        if (!fromHere(request)) {
            return Answer.plain(403, "This page is for programs on this machine.");
        }
        var path = Request.getPathInContext(request);
        var what = request.getMethod() + " " + path;
        try {
            return switch (what) {
                case "GET /metrics" -> new Answer(200, PrometheusPage.TYPE, PrometheusText.of(traffic, filter));
                case "GET /status" -> new Answer(200, "application/json", StatusJson.of(traffic, filter));
                case "POST /reload" -> swapped(reread.read());
                case "PUT /filter" ->
                    swapped(new ModuleSource("uploaded.wasm", Optional.empty(), body(request, LARGEST_MODULE)));
                case "GET /data" -> data();
                default ->
                    path.startsWith("/data/") && filter != null
                            ? value(filter, request, path.substring("/data/".length()))
                            : Answer.plain(404, "There are /metrics, /status, /reload, /filter and /data.");
            };
        } catch (FilterRefusedException e) {
            return Answer.plain(422, e.getMessage() + " The version before it stays.");
        } catch (BodyTooLargeException e) {
            return Answer.plain(413, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answer.plain(422, e.getMessage() + " The version before it stays.");
        } catch (Exception e) {
            return Answer.plain(500, "That failed: " + e);
        }
    }

    private static boolean fromHere(Request request) {
        var host = Request.getServerName(request);
        var known = host == null
                || host.equals("127.0.0.1")
                || host.equals("[::1]")
                || host.equals("::1")
                || host.toLowerCase(Locale.ROOT).equals("localhost");
        return known && !request.getHeaders().contains(HttpHeader.ORIGIN);
    }

    private Answer swapped(ModuleSource module) throws FilterRefusedException {
        if (filter == null) {
            return Answer.plain(409, "This gateway runs without a filter: start it with --filter.");
        }
        return Answer.plain(200, "%s is version %d.".formatted(module.name(), filter.swap(module)));
    }

    private Answer data() {
        return filter == null
                ? Answer.plain(404, "This gateway runs without a filter, so there is no shared data.")
                : new Answer(
                        200, "application/json", StatusJson.object(filter.data().all()));
    }

    private static Answer value(Filter filter, Request request, String key) throws IOException {
        return switch (request.getMethod()) {
            case "GET" -> {
                var value = filter.data().get(key);
                yield value == null
                        ? Answer.plain(404, "Nothing is kept under \"%s\".".formatted(key))
                        : new Answer(200, "text/plain; charset=utf-8", value);
            }
            case "PUT" -> {
                filter.data().put(key, new String(body(request, LARGEST_VALUE), StandardCharsets.UTF_8));
                yield Answer.plain(200, "Kept.");
            }
            case "DELETE" ->
                filter.data().remove(key)
                        ? Answer.plain(200, "Removed.")
                        : Answer.plain(404, "Nothing is kept under \"%s\".".formatted(key));
            default -> Answer.plain(405, "A value is got, put or deleted.");
        };
    }

    private static byte[] body(Request request, int most) throws IOException {
        try (var in = Content.Source.asInputStream(request)) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new BodyTooLargeException(most);
            }
            return bytes;
        }
    }
}
