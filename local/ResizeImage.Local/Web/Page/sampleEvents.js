import { getEvent } from './api.js';
import { store } from './store.js';

const account = '123456789012';
const region = 'us-east-1';
const now = () => new Date().toISOString();
const id = () => crypto.randomUUID();

/** The notification of S3 for a photo; without one, S3's test event. */
async function notification(key) {
  return key ? JSON.parse(await getEvent(key)) : { Service: 'Amazon S3', Event: 's3:TestEvent', Time: now(), Bucket: store.cloud.bucket, RequestId: 'local', HostId: 'local' };
}

function renamed(event, eventName) {
  return { Records: (event.Records ?? []).map((record) => ({ ...record, eventName })) };
}

const sns = (event) => ({
  Type: 'Notification', MessageId: id(), TopicArn: `arn:aws:sns:${region}:${account}:photos`, Subject: 'Amazon S3 Notification', Message: JSON.stringify(event), Timestamp: now(),
});

const sqs = (event) => ({
  Records: [{
    messageId: id(), receiptHandle: 'local', body: JSON.stringify(event), attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) }, messageAttributes: {},
    eventSource: 'aws:sqs', eventSourceARN: `arn:aws:sqs:${region}:${account}:photos`, awsRegion: region,
  }],
});

function eventBridge({ Records: [record] }, key) {
  const { bucket, object } = record.s3;
  return {
    version: '0', id: id(), 'detail-type': 'Object Created', source: 'aws.s3', account, time: now(), region, resources: [bucket.arn],
    detail: { version: '0', bucket: { name: bucket.name }, object: { key, size: object.size, etag: object.eTag, sequencer: object.sequencer }, 'request-id': 'local', requester: account, reason: 'PutObject' },
  };
}

const batch = (key) => ({
  invocationSchemaVersion: '2.0', invocationId: id(), job: { id: id(), userArguments: {} },
  tasks: [{ taskId: id(), s3Key: encodeURIComponent(key), s3VersionId: null, s3Bucket: store.cloud.bucket }],
});

const schedule = () => ({
  version: '0', id: id(), 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account, time: now(), region, resources: [`arn:aws:scheduler:${region}:${account}:schedule/default/thumbnails`], detail: '{}',
});

/** An event of each trigger, about a photo that is in the bucket. Those that name none need no photo. */
export const sampleEvents = [
  { name: 'S3: photo put', make: notification },
  { name: 'S3: photo deleted', make: async (key) => renamed(await notification(key), 'ObjectRemoved:Delete'), needsPhoto: true },
  { name: 'SQS with an S3 event', make: async (key) => sqs(await notification(key)) },
  { name: 'SNS with an S3 event', make: async (key) => ({ Records: [{ EventVersion: '1.0', EventSource: 'aws:sns', EventSubscriptionArn: `arn:aws:sns:${region}:${account}:photos:local`, Sns: sns(await notification(key)) }] }) },
  { name: 'SNS through SQS', make: async (key) => sqs(sns(await notification(key))) },
  { name: 'EventBridge: Object Created', make: async (key) => eventBridge(await notification(key), key), needsPhoto: true },
  { name: 'S3 Batch Operations', make: async (key) => batch(key), needsPhoto: true },
  { name: 'Schedule: all missing and outdated thumbnails', make: async () => schedule() },
  { name: "S3's test event", make: () => notification(null) },
];
