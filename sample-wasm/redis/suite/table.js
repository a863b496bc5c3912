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
    nativeSeconds: row.expected.seconds,
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

/// Reasons by name, out of a file like known.txt.
exports.reasons = (text) => {
  const found = [];
  let reason = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('# ')) {
      reason = line.slice(2);
    } else if (line !== '') {
      found.push({ matches: matcher(line), reason });
    }
  }
  return (name) => found.find((each) => each.matches(name))?.reason ?? 'Not explained yet.';
};

function matcher(line) {
  if (!line.startsWith('/')) {
    return (name) => name === line;
  }
  const pattern = new RegExp(line.slice(1));
  return (name) => pattern.test(name);
}

function failures(all, reasonOf) {
  const lines = all.flatMap(({ unit, missing }) => missing.map((name) => ({ unit, name, reason: reasonOf(name) })));
  const reasons = [...new Set(lines.map(({ reason }) => reason))];
  return reasons
    .map((reason) => {
      const names = lines.filter((line) => line.reason === reason).map(({ unit, name }) => `- ${unit}: ${name}`);
      return `${reason}\n\n${names.join('\n')}\n`;
    })
    .join('\n');
}

exports.markdown = (rows, cannotApply, reasonOf) => {
  const all = rows.map(counts);
  const { tests, passed, skipped, share } = total(all);
  return `# Redis's own test suite on Redis in Wasm

Redis 7.0.15's Tcl suite against \`wasmscope serve\`, run by \`sample-wasm/redis/suite/run --out docs/redis-suite.md\`. A
test counts when the native server passes it on the same machine. ${skipped} tests cannot apply and are left out
(\`sample-wasm/redis/suite/cannot-apply.txt\`: ${cannotApply.length} names and patterns, with the reasons). One block of
unit/scripting that is not a test, and would end the unit where it fails, is made one.

**${passed} of ${tests} tests pass: ${share.toFixed(1)} %.**

| unit | tests | pass | fail | cannot apply | seconds | native's seconds |
|---|--:|--:|--:|--:|--:|--:|
${all
  .map(
    (row) =>
      `| ${row.unit} | ${row.tests} | ${row.passed} | ${row.missing.length} | ${row.skipped} | ${row.seconds.toFixed(0)} | ${row.nativeSeconds.toFixed(0)} |`,
  )
  .join('\n')}

## What fails, and why

${failures(all, reasonOf)}`;
};
