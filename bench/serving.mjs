// What bench/serving.sh runs: node serving.mjs PHOTOS MEMORY NAME=FUNCTION...
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const autocannon = createRequire(`${process.env.NODE_PATH}/`)('autocannon');
const [, , photos, memory, ...functions] = process.argv;
const files = readdirSync(photos).filter((name) => name.endsWith('.jpg')).map((name) => readFileSync(join(photos, name)));
const keys = Array.from({ length: 100 }, (_, i) => `${i}.jpg`);
const stored = 10_000;

console.log('function | missing: p50 | p99 | stored: p50 | p99 | errors | decoded');
for (const pair of functions) {
  const [name, path] = pair.split('=');
  console.log(await measure(name, path));
}

async function measure(name, path) {
  const folder = mkdtempSync(join(tmpdir(), 'serving-'));
  const cloud = spawn('dotnet', [
    'local/ResizeImage.Local/bin/Release/net10.0/ResizeImage.Local.dll', '--port', '0', '--lambda-port', '0', '--data', folder, '--function', path, '--memory-size', memory === '0' ? '1769' : memory,
  ], { env: { ...process.env, THUMBNAIL_SIZE: '400x?,800x?' }, stdio: ['ignore', 'pipe', 'inherit'] });
  let made = 0;
  try {
    const found = await new Promise((resolve, reject) => {
      const addresses = {};
      cloud.on('exit', () => reject(new Error('The local cloud ended.')));
      createInterface(cloud.stdout).on('line', (line) => {
        made += / 200: made /.test(line) ? 1 : 0;
        addresses.s3 ??= /S3 serves .* at (http:\S+)/.exec(line)?.[1];
        addresses.url ??= /answers at its URL, (http:\S+)/.exec(line)?.[1];
        if (line.startsWith('Ctrl-C')) resolve(addresses);
      });
    });
    for (const [i, key] of keys.entries()) {
      const { status } = await fetch(`${found.s3}/photos/input/${key}`, { method: 'PUT', body: files[i % files.length] });
      if (status !== 200) throw new Error(`S3 answered ${status}.`);
    }
    await settle(found.url);
    const limit = memory === '0' ? null : new Share(Number(memory), cloud.pid);
    const requests = keys.map((key) => ({ path: `/400x/${key}` }));
    // One after the other, so that each is requested once.
    const missing = await autocannon({ url: found.url, connections: 1, amount: keys.length, requests, timeout: 60 });
    const again = await autocannon({ url: found.url, connections: 4, amount: stored, requests, timeout: 60 });
    limit?.end();
    const errors = missing.errors + missing.non2xx + again.errors + again.non2xx;
    return [name, missing.latency.p50, missing.latency.p99, again.latency.p50, again.latency.p99, errors, name === 'ours' ? made : '?'].join(' | ');
  } finally {
    cloud.removeAllListeners('exit');
    cloud.kill('SIGTERM');
    await new Promise((resolve) => cloud.on('exit', resolve));
    rmSync(folder, { recursive: true });
  }
}

/** Waits until the events of the uploads are done: the function answers one request at a time. */
async function settle(url) {
  await fetch(`${url}400x/none.jpg`);
}

/** The share of a processor that Lambda gives for a memory size, for the function's process. */
class Share {
  #folder;

  constructor(megabytes, parent) {
    const [child] = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
    const isOld = existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us');
    this.#folder = isOld ? '/sys/fs/cgroup/cpu/serving-bench' : '/sys/fs/cgroup/serving-bench';
    mkdirSync(this.#folder, { recursive: true });
    const quota = Math.round(20_000 * megabytes / 1769);
    if (isOld) {
      writeFileSync(join(this.#folder, 'cpu.cfs_period_us'), '20000');
      writeFileSync(join(this.#folder, 'cpu.cfs_quota_us'), `${quota}`);
    } else {
      writeFileSync(join(this.#folder, 'cpu.max'), `${quota} 20000`);
    }
    appendFileSync(join(this.#folder, 'cgroup.procs'), child);
  }

  end() {
    for (const process of readFileSync(join(this.#folder, 'cgroup.procs'), 'utf8').trim().split('\n')) {
      if (process) appendFileSync(join(this.#folder, '..', 'cgroup.procs'), process);
    }
    rmdirSync(this.#folder);
  }
}
