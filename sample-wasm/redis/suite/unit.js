// One unit of the suite: what passed, what failed, what was skipped.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');

const LONGEST_MINUTES = 15;
const SILENT_SECONDS = 240;

/// Names can come twice (a test in a loop): each is counted.
function read(text) {
  const result = { ok: [], failed: [], skipped: [], ignored: [] };
  for (const line of text.split('\n')) {
    const match = /^\[(ok|err|skip|ignore|exception)\]: (.*)$/.exec(line);
    if (!match) {
      continue;
    }
    const [, status, rest] = match;
    if (status === 'ok') {
      result.ok.push(rest.replace(/ \(\d+ ms\)$/, ''));
    } else if (status === 'err') {
      result.failed.push(rest.replace(/ in tests\/\S+$/, ''));
    } else if (status === 'exception') {
      result.failed.push(`exception: ${rest}`);
    } else {
      (status === 'skip' ? result.skipped : result.ignored).push(rest);
    }
  }
  return result;
}

/// Ends what hangs: the suite by its own clock, and the suite itself by ours.
const logOf = (logs, unit) => path.join(logs, `${unit.replaceAll('/', '-')}.log`);

/// The results of the last run of a unit; undefined where there was none.
exports.lastRun = (logs, unit) => {
  const log = logOf(logs, unit);
  if (!fs.existsSync(log)) {
    return undefined;
  }
  const text = fs.readFileSync(log, 'utf8');
  const seconds = /^seconds: ([\d.]+)$/m.exec(text);
  return seconds ? { ...read(text), seconds: Number(seconds[1]) } : undefined;
};

exports.runUnit = ({ tclsh, folder, logs, unit, skip, port, environment }) =>
  new Promise((resolve) => {
    const started = Date.now();
    const log = logOf(logs, unit);
    const out = fs.openSync(log, 'w');
    const suite = spawn(
      tclsh,
      [
        ...['tests/test_helper.tcl', '--single', unit, '--clients', '1', '--durable'],
        ...['--skipfile', skip, '--timeout', String(SILENT_SECONDS), '--baseport', port],
      ],
      {
        cwd: folder,
        env: { ...process.env, TERM: 'dumb', ...environment },
        stdio: ['ignore', out, out],
        detached: true,
      },
    );
    const late = setTimeout(() => process.kill(-suite.pid, 'SIGKILL'), LONGEST_MINUTES * 60_000);
    suite.on('exit', () => {
      clearTimeout(late);
      fs.closeSync(out);
      try {
        // Servers that the suite lost sight of are in its process group.
        process.kill(-suite.pid, 'SIGKILL');
      } catch {
        // Nothing was left.
      }
      fs.appendFileSync(log, `\nseconds: ${((Date.now() - started) / 1000).toFixed(1)}\n`);
      resolve(exports.lastRun(logs, unit));
    });
  });
