// As in a web application: its server signs with S3's own client for JavaScript, its page uploads.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { card, run } from './browser.mjs';
import { photo, thumbnail } from './pictures.mjs';

const require = createRequire(`${process.env.NODE_MODULES}/`);
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');

await run(async (page, server) => {
  const s3 = new S3Client({
    endpoint: server.s3, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { buffer } = photo('orientation/portrait_6.jpg', 'signed.jpg');
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'photos', Key: 'input/signed.jpg' }), { expiresIn: 600 });
  const put = (target) => page.evaluate(async ([address, bytes]) => {
    const body = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    return (await fetch(address, { method: 'PUT', body })).status;
  }, [target, buffer.toString('base64')]);

  assert.equal(await put(url), 200);
  const { width, height } = await thumbnail(card(page, 'signed.jpg'));
  assert.deepEqual([width, height], [200, 200]);
  assert.equal(await put(url.replace('signed.jpg', 'other.jpg')), 403);
}, { allowed: /status of 403/ });
