// Fetches the upstream archive of a Debian source package, without touching the system's apt: its own list of sources,
// made from the machine's (`deb` becomes `deb-src`), with its own state and cache below one folder.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

function lines(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/// The one-line format: `deb [options] where suite components`.
function fromOneLine(text) {
  return text
    .split('\n')
    .filter((line) => /^deb\s/.test(line))
    .map((line) => line.replace(/^deb/, 'deb-src'))
    .join('\n');
}

/// The stanzas of `.sources` files. Those that are switched off stay off.
function fromStanzas(text) {
  return text
    .split(/\n\s*\n/)
    .map((stanza) => stanza.replace(/^#.*\n?/gm, ''))
    .filter((stanza) => /^Types:.*\bdeb\b/m.test(stanza) && !/^Enabled:\s*(no|false|0)/im.test(stanza))
    .map((stanza) => stanza.replace(/^Types:.*$/m, 'Types: deb-src'))
    .join('\n\n');
}

function writeSources(folder) {
  const parts = '/etc/apt/sources.list.d';
  const names = fs.existsSync(parts) ? fs.readdirSync(parts).sort() : [];
  const read = (ending) => names.filter((name) => name.endsWith(ending)).map((name) => lines(path.join(parts, name)));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'one-line.list'),
    `${fromOneLine([lines('/etc/apt/sources.list'), ...read('.list')].join('\n'))}\n`,
  );
  fs.writeFileSync(path.join(folder, 'stanzas.sources'), `${fromStanzas(read('.sources').join('\n\n'))}\n`);
}

/// The archive's file, or undefined where this machine's Debian does not offer it. What apt says is in apt.log.
exports.fetchArchive = (name, archive, folder) => {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const needed of ['lists/partial', 'cache/archives/partial']) {
    fs.mkdirSync(path.join(folder, needed), { recursive: true });
  }
  writeSources(path.join(folder, 'sources'));
  const options = [
    `Dir::Etc::sourcelist=/dev/null`,
    `Dir::Etc::sourceparts=${path.join(folder, 'sources')}`,
    `Dir::State::lists=${path.join(folder, 'lists')}`,
    `Dir::Cache=${path.join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  const log = fs.openSync(path.join(folder, 'apt.log'), 'w');
  const apt = (...args) => spawnSync('apt-get', [...options, ...args], { cwd: folder, stdio: ['ignore', log, log] });
  // One source among several may fail to answer; whether the archive came is what counts.
  apt('update');
  apt('source', '--download-only', '--tar-only', name);
  fs.closeSync(log);
  const fetched = path.join(folder, archive);
  return fs.existsSync(fetched) ? fetched : undefined;
};
