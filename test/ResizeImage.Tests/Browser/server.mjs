import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The local cloud as ./run.sh starts it, on a folder of its own. LOCAL and FUNCTION name the programs. */
export class Server {
  #folder = mkdtempSync(join(tmpdir(), 'resizeimage-page-'));
  #process = null;
  #ports = ['--port', '0', '--page-port', '0', '--lambda-port', '0'];

  /** The page's address. */
  url = null;

  /** The address of its S3. */
  s3 = null;

  /** The address of its Lambda. */
  lambda = null;

  /** Starts it; again, on the same ports. */
  async start() {
    const options = ['--function', process.env.FUNCTION, ...this.#ports, '--data', join(this.#folder, 'data')];
    this.#process = spawn('dotnet', [process.env.LOCAL, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const found = {};
    await new Promise((resolve, reject) => {
      createInterface(this.#process.stdout).on('line', (line) => {
        found.page ??= /See it in a browser: (\S+)/.exec(line)?.[1];
        found.s3 ??= /S3 serves .* at (http:\S+)/.exec(line)?.[1];
        found.lambda ??= /(http:\S+)\/2015-03-31\//.exec(line)?.[1];
        if (found.page && found.s3 && found.lambda) resolve();
      });
      this.#process.on('exit', (code) => reject(new Error(`The local cloud ended with exit code ${code}.`)));
    });
    this.url = found.page;
    this.s3 = found.s3;
    this.lambda = found.lambda;
    this.#ports = ['--port', new URL(found.s3).port, '--page-port', new URL(found.page).port, '--lambda-port', '0'];
  }

  /** Ends it as Ctrl-C does. */
  async stop() {
    if (this.#process.exitCode !== null) return;
    const exited = new Promise((resolve) => this.#process.on('exit', resolve));
    this.#process.kill('SIGTERM');
    await exited;
  }

  async dispose() {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }
}
