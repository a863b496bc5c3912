// The results as a table, for the terminal and as Markdown.
'use strict';

/// What native has and Redis in Wasm did not pass, each name as often as it is missing.
function notPassed({ expected, actual }) {
  const left = [...actual.ok];
  return expected.ok.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) {
      left.splice(at, 1);
    }
    return at < 0;
  });
}

function counts(row) {
  const missing = notPassed(row);
  return {
    unit: row.unit.replace('unit/', ''),
    tests: row.expected.ok.length,
    passed: row.expected.ok.length - missing.length,
    missing,
    skipped: row.expected.skipped.length,
    seconds: row.actual.seconds,
  };
}

function total(all) {
  const sum = (name) => all.reduce((number, row) => number + row[name], 0);
  const tests = sum('tests');
  const passed = sum('passed');
  return { tests, passed, skipped: sum('skipped'), share: tests === 0 ? 0 : (100 * passed) / tests };
}

exports.table = (rows) => {
  const all = rows.map(counts);
  const { tests, passed, share } = total(all);
  return [
    ...all.map(
      (row) =>
        `${row.unit.padEnd(22)} ${String(row.passed).padStart(4)} of ${String(row.tests).padStart(4)}  ${row.seconds.toFixed(0).padStart(4)} s  ${row.missing.join(' | ')}`,
    ),
    `${'all'.padEnd(22)} ${String(passed).padStart(4)} of ${String(tests).padStart(4)}  ${share.toFixed(1)} %`,
  ].join('\n');
};

exports.markdown = (rows, cannotApply) => {
  const all = rows.map(counts);
  const { tests, passed, skipped, share } = total(all);
  return `# Redis's own test suite on Redis in Wasm

Redis 7.0.15's Tcl suite against \`wasmscope serve\`, run by \`sample-wasm/redis/suite/run --out docs/redis-suite.md\`. A
test counts when the native server passes it on the same machine. ${skipped} tests cannot apply and are left out
(\`sample-wasm/redis/suite/cannot-apply.txt\`: ${cannotApply.length} names and patterns, with the reasons).

**${passed} of ${tests} tests pass: ${share.toFixed(1)} %.**

| unit | tests | pass | cannot apply | not passed |
|---|--:|--:|--:|---|
${all
  .map((row) => `| ${row.unit} | ${row.tests} | ${row.passed} | ${row.skipped} | ${row.missing.join('; ').replaceAll('|', '\\|')} |`)
  .join('\n')}
`;
};
