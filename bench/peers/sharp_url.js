#!/usr/bin/env node
// Resizing on request with Node.js and sharp, in the usual style: GET /WIDTHx/KEY gets the thumbnail from S3, or makes and stores it. Clients and
// libraries load during init.
'use strict';

const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
const sharp = require('sharp');
const { serve } = require('./runtime.js');

sharp.concurrency(1);
sharp.cache(false);
const s3 = new S3Client({ forcePathStyle: true });
const Bucket = process.env.INPUT_BUCKET;

const image = (bytes) => ({
  statusCode: 200, headers: { 'content-type': 'image/jpeg', 'cache-control': 'public, max-age=14400' }, isBase64Encoded: true, body: Buffer.from(bytes).toString('base64'),
});

async function handler(event) {
  const [, width, path] = /^\/(\d+)x\/(.+)$/.exec(decodeURIComponent(event.rawPath)) ?? [];
  if (!path) return { statusCode: 404, body: 'not found' };
  const Key = `output/${width}x/${path}`;
  try {
    const stored = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return image(await stored.Body.transformToByteArray());
  } catch (error) {
    if (error.name !== 'NoSuchKey') throw error;
  }
  const photo = await s3.send(new GetObjectCommand({ Bucket, Key: `input/${path}` }));
  const thumbnail = await sharp(await photo.Body.transformToByteArray())
    .rotate().resize({ width: Number(width), withoutEnlargement: true }).jpeg({ quality: 80 }).toBuffer();
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: thumbnail, ContentType: 'image/jpeg' }));
  return image(thumbnail);
}

serve(handler);
