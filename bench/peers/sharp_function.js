#!/usr/bin/env node
// The same function with Node.js and sharp (https://sharp.pixelplumbing.com), in the usual style: it gets an S3 event and puts a thumbnail
// under output/. Clients and libraries load during init.
'use strict';

const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
const sharp = require('sharp');
const { serve } = require('./runtime.js');

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

serve(handler);
