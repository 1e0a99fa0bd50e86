#!/usr/bin/env node
// The same function with Node.js and sharp (https://sharp.pixelplumbing.com), in the usual style: it gets an S3 event and puts a thumbnail
// under output/. Clients and libraries load during init. After the function: a minimal Lambda runtime.
'use strict';

const http = require('node:http');
const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
const sharp = require('sharp');

sharp.concurrency(1);
sharp.cache(false);
const s3 = new S3Client({ forcePathStyle: true });

async function handler(event) {
  for (const { s3: { bucket, object } } of event.Records) {
    const key = decodeURIComponent(object.key.replace(/\+/g, ' '));
    const photo = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
    const thumbnail = await sharp(await photo.Body.transformToByteArray())
      .rotate().resize(200, 200, { fit: 'cover' }).jpeg({ quality: 80 }).toBuffer();
    await s3.send(new PutObjectCommand({
      Bucket: bucket.name, Key: key.replace(/^input\//, 'output/'), Body: thumbnail, ContentType: 'image/jpeg',
    }));
  }
}

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

async function run() {
  for (;;) {
    const { headers, body } = await call('GET', 'next');
    const id = headers['lambda-runtime-aws-request-id'];
    try {
      await handler(JSON.parse(body));
      await call('POST', `${id}/response`, 'null');
    } catch (error) {
      await call('POST', `${id}/error`, JSON.stringify({ errorType: error.name, errorMessage: error.message }));
    }
  }
}

run().catch(() => process.exit(1));
