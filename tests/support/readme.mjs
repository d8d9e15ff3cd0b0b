// SPDX-License-Identifier: Apache-2.0
// README.md as a script: its ```sh blocks run in one shell session, and what they print is held against the block that
// follows. `node tests/support/readme.mjs --write` puts today's output there.
import {spawnSync} from 'node:child_process';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {binary, root, startServer, temporaryDirectory} from './server.mjs';
import {startSecond} from './shopper.mjs';

const file = path.join(root, 'README.md');
const marker = '@@@@ end of block';

/** Ids, digests, times and counts that differ from run to run. */
export const normalise = text => text
  .replace(/\b(chk|ord|dec|req)_[0-9a-z]{26}\b/g, '$1_…')
  .replace(/\b[0-9a-f]{64}\b/g, '<digest>')
  .replace(/#\d+/g, '#N')
  .replace(/\b\d+ (entries|checkpoints)\b/g, 'N $1')
  .replace(/tree of size \d+/g, 'tree of size N')
  .replace(/\b20\d\d-\d\d-\d\d\b/g, '<day>')
  .replace(/"label":"[^"]*"/g, '"label":"…"')
  .replace(/data\/[\w./-]*|\/tmp\/\S+/g, '<path>')
  .trim();

export function blocks() {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```\n```(?:json|text)\n([\s\S]*?)```/g)].map(m => ({code: m[1], expected: m[2]}));
}

/** Runs all blocks against a fresh sandbox, and a second shop beside it; answers what each printed. */
export async function run(list) {
  const [server, second] = await Promise.all([startServer(), startSecond()]);
  const directory = temporaryDirectory();
  try {
    const script = ['set -euo pipefail', ...list.map(({code}) => code
      .replaceAll('http://127.0.0.1:8080', server.agents)
      .replaceAll('http://127.0.0.1:8081', second.agents)
      .replaceAll('build/release/bin/b2a', binary)
      .replaceAll('--data data', `--data ${server.data}`)
      .replaceAll('config/selling.jsonl', path.join(root, 'config/selling.jsonl')) + `\necho '${marker}'`)].join('\n');
    const done = spawnSync('bash', ['-c', script], {cwd: directory, encoding: 'utf8'});
    if (done.status !== 0) throw new Error(`a README block failed:\n${done.stdout}\n${done.stderr}`);
    return done.stdout.split(marker + '\n').slice(0, -1)
      .map(out => out.replaceAll(path.join(root, 'config/'), 'config/').replaceAll(server.agents, 'http://127.0.0.1:8080'));
  } finally {
    await Promise.all([server.stop(), second.stop()]);
    rmSync(directory, {recursive: true, force: true});
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === '--write') {
  const outputs = await run(blocks());
  let i = 0;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(```sh\n[\s\S]*?```\n```(?:json|text)\n)[\s\S]*?```/g, (_, head) => head + outputs[i++] + '```'));
}
