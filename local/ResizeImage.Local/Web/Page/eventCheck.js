const count = (list, one, many) => `${list.length} ${list.length === 1 ? one : many}`;

/** The kind of an event that the function accepts; null for others. */
function kindOf(json) {
  if (Array.isArray(json)) return json.length > 0 ? `An array of ${count(json, 'event', 'events')}, as EventBridge Pipes sends it` : null;
  if (json === null || typeof json !== 'object') return null;
  const records = json.Records;
  if (Array.isArray(records)) {
    if (records[0]?.s3) return `An S3 event with ${count(records, 'record', 'records')}`;
    if (records[0]?.Sns) return `An SNS event with ${count(records, 'record', 'records')}`;
    if (records[0]?.body !== undefined) return `An SQS event with ${count(records, 'message', 'messages')}`;
    return null;
  }
  if (json.Event === 's3:TestEvent') return "S3's test event";
  if (json['detail-type'] === 'Scheduled Event') return 'A schedule';
  if (json.source === 'aws.s3') return `An EventBridge event: ${json['detail-type']}`;
  if (json.invocationSchemaVersion) return `A task of S3 Batch Operations, schema ${json.invocationSchemaVersion}`;
  return null;
}

/**
 * Checks an event before it is sent: whether it is JSON, and which trigger's.
 * @returns {{ok: boolean, message: string}} an unknown event is ok: the function says what it thinks of it
 */
export function checkEvent(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `This is not JSON: ${error.message}` };
  }
  return { ok: true, message: kindOf(json) ?? 'JSON, but no event that the function knows: the invocation will fail.' };
}
