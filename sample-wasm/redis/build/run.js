// Running other programs; a failure is an error that says which and what it printed.
'use strict';

const { spawn, spawnSync } = require('node:child_process');

function failure(program, args, why, output) {
  return new Error(`${program} ${args.join(' ')}\n${why}\n${output}`);
}

exports.run = (program, args, options = {}) => {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (result.error || result.status !== 0) {
    throw failure(program, args, result.error ?? `ended with ${result.status}`, `${result.stdout}${result.stderr}`);
  }
  return result.stdout;
};

/// Resolves once the program has ended well.
exports.start = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => reject(failure(program, args, error.message, output)));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(failure(program, args, `ended with ${code}`, output)),
    );
  });
