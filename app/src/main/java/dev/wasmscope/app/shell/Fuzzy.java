package dev.wasmscope.app.shell;

/// Scores how well typed letters fit a name: all of them must occur in order; runs, word starts and short names win.
final class Fuzzy {
    static final int NO_MATCH = Integer.MIN_VALUE;

    private static final int RUN = 8;
    private static final int WORD_START = 13;
    private static final int START = 15;

    private Fuzzy() {}

    /// @param query lower case
    /// @return higher is better; [#NO_MATCH] where a letter is missing
    static int score(String query, String name) {
        if (query.isEmpty()) {
            return 0;
        }
        var whole = wholeScore(query, name);
        if (whole != NO_MATCH) {
            return whole;
        }
        var score = 0;
        var at = 0;
        var previous = -2;
        for (var i = 0; i < query.length(); i++) {
            var wanted = query.charAt(i);
            if (wanted == ' ') {
                continue;
            }
            while (at < name.length() && Character.toLowerCase(name.charAt(at)) != wanted) {
                at++;
            }
            if (at == name.length()) {
                return NO_MATCH;
            }
            score += 1 + (at == previous + 1 ? RUN : 0) + (wordStart(name, at) ? WORD_START : 0);
            previous = at++;
        }
        return score - name.length() / 4;
    }

    /// The query as one piece beats letters scattered over a name.
    private static int wholeScore(String query, String name) {
        var limit = name.length() - query.length();
        var best = NO_MATCH;
        for (var at = 0; at <= limit; at++) {
            if (name.regionMatches(true, at, query, 0, query.length())) {
                var place = at == 0 ? START : wordStart(name, at) ? WORD_START : 0;
                best = Math.max(best, query.length() * (RUN + 3) + place * 2 - name.length() / 4);
            }
        }
        return best;
    }

    private static boolean wordStart(String name, int at) {
        if (at == 0) {
            return true;
        }
        var before = name.charAt(at - 1);
        return !Character.isLetterOrDigit(before)
                || (Character.isLowerCase(before) && Character.isUpperCase(name.charAt(at)));
    }
}
