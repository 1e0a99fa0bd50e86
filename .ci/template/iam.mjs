// Simulates which requests IAM would allow, with @cloud-copilot/iam-simulate: node .ci/template/iam.mjs < INPUT
// INPUT:  { "role": policy, "bucket": policy, "account": id, "requests": [{ "action", "resource", "context": { "s3:prefix": … } }] }
// or      { "service": principal, "source": ARN, "bucket": policy, "requests": … } for an AWS service that acts for a resource
// prints: { "allowed": [true, …], "unneeded": ["SID ACTION", …] }; unneeded lists permissions of the role's policy that no request needs.
import { readFileSync } from "node:fs";
import { requireTool } from "./load.mjs";

const { runSimulation } = requireTool("@cloud-copilot/iam-simulate");
const own = "123456789012";
const { role, service, source, bucket, account = null, requests } = JSON.parse(readFileSync(0, "utf8"));

const allowed = await simulate(role);
const unneeded = [];
for (const [i, statement] of role?.Statement.entries() ?? []) {
  for (const action of [statement.Action].flat()) {
    const without = { ...statement, Action: [statement.Action].flat().filter((other) => other !== action) };
    const Statement = role.Statement.with(i, without).filter((other) => other.Action.length > 0);
    const stillAllowed = await simulate({ ...role, Statement });
    if (allowed.every((was, request) => was === stillAllowed[request])) {
      unneeded.push(`${statement.Sid} ${action}`);
    }
  }
}
console.log(JSON.stringify({ allowed, unneeded }));

async function simulate(policy) {
  return Promise.all(requests.map(async ({ action, resource, context = {} }) => {
    const result = await runSimulation({
      request: {
        principal: service ?? `arn:aws:sts::${own}:assumed-role/thumbnails/function`,
        action,
        resource: { resource, accountId: account ?? own },
        contextVariables: { "aws:SecureTransport": "true", ...(source && { "aws:SourceArn": source }), ...context },
      },
      identityPolicies: policy ? [{ name: "role", policy }] : [],
      resourcePolicy: bucket ?? undefined,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    }, {});
    if (result.resultType === "error") {
      throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
    }
    return result.overallResult === "Allowed";
  }));
}
