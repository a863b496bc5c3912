package dev.wasmscope.engine.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant by a name that does not exist.
public final class NearestName {
    /// Names from a module may be kilobytes long; nobody mistypes those.
    private static final int LONGEST = 200;

    private NearestName() {}

    /// The candidate with the fewest typing errors, or nothing when all are too far from it to be meant: more than a
    /// third of the letters differ and neither is the beginning of the other. Upper and lower case count as equal.
    public static Optional<String> of(String typed, Collection<String> candidates) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(name -> name.length() <= LONGEST)
                .map(name -> Candidate.of(wanted, name))
                .filter(Candidate::plausible)
                .min(Comparator.comparingInt(Candidate::errors).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /// ` Did you mean X?` with a space in front, to end a sentence with; empty when nothing is near.
    public static String question(String typed, Collection<String> candidates) {
        return of(typed, candidates).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private record Candidate(String name, int errors, boolean plausible) {
        static Candidate of(String wanted, String name) {
            var lower = name.toLowerCase(Locale.ROOT);
            var errors = distance(wanted, lower);
            var allowed = Math.max(1, Math.max(wanted.length(), lower.length()) / 3);
            var beginning = Math.min(wanted.length(), lower.length()) >= 2
                    && (lower.startsWith(wanted) || wanted.startsWith(lower));
            return new Candidate(name, errors, beginning || errors <= allowed);
        }
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swapped neighbours count one each.
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            rows[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(rows[i - 1][j - 1] + substitution, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, rows[i - 2][j - 2] + 1);
                }
                rows[i][j] = best;
            }
        }
        return rows[a.length()][b.length()];
    }
}
