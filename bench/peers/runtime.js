// A minimal Lambda runtime for the functions of this folder.
'use strict';

const http = require('node:http');

const agent = new http.Agent({ keepAlive: true });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    // HOST:PORT, and in the local cloud a path, where it serves the Runtime API for the function that it starts.
    const { hostname, port, pathname } = new URL(`http://${process.env.AWS_LAMBDA_RUNTIME_API}`);
    const request = http.request({ hostname, port, method, agent, path: `${pathname.replace(/\/$/, '')}/2018-06-01/runtime/invocation/${path}` }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function run(handler) {
  for (;;) {
    const { headers, body } = await call('GET', 'next');
    const id = headers['lambda-runtime-aws-request-id'];
    try {
      const answer = await handler(JSON.parse(body));
      await call('POST', `${id}/response`, JSON.stringify(answer ?? null));
    } catch (error) {
      await call('POST', `${id}/error`, JSON.stringify({ errorType: error.name, errorMessage: error.message }));
    }
  }
}

/** Answers invocations with a handler, for as long as the process lives. */
exports.serve = (handler) => run(handler).catch(() => process.exit(1));
