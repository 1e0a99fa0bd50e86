// Compares the template that the CDK app makes with template.yaml: node .ci/template/compare.mjs CDK_TEMPLATE [NAME=VALUE...]
// NAME=VALUE are parameters of template.yaml. Names of resources differ, and what CDK adds for itself; everything else must be the same:
// the function, its permissions in S3, queues, alarms, the dashboard, the schedule, the URL, the distribution, and what S3 notifies of.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { load } from "./load.mjs";
import { resolve } from "./resolve.mjs";

const [, , file, ...given] = process.argv;
const ours = resolve(load("template.yaml"), { BucketName: "photos", ...Object.fromEntries(given.map((pair) => pair.split(/=(.*)/s))) }).Resources;
const theirs = cdk(JSON.parse(readFileSync(file, "utf8")));

const problems = [];
const compare = (what, expected, found) => isDeepStrictEqual(expected, found)
  || problems.push(`${what}: template.yaml has ${JSON.stringify(expected)}, the construct ${JSON.stringify(found)}.`);

compare("Function", samFunction(ours.Function.Properties), lambdaFunction(theirs.Function.Properties));
compare("EventInvokeConfig", invokeConfig(ours.Function.Properties.EventInvokeConfig), invokeConfig(theirs.AliasEventInvokeConfig.Properties));
compare("permissions in S3", permissions([ours.Role]), permissions(all(theirs, "AWS::IAM::Policy", "AWS::IAM::Role").filter(([id]) => id.startsWith("Function")).map(([, resource]) => resource)));
compare("notifications", notifications(ours.Photos.Properties.NotificationConfiguration), notifications(Object.values(theirs).find(({ Type }) => Type === "Custom::S3BucketNotifications").Properties.NotificationConfiguration));
compare("permissions of the URL", byUrl(ours), byUrl(theirs));
compare("permissions of CloudFront in S3", bucketPolicy(ours.PhotosPolicy), bucketPolicy(theirs.PhotosPolicy));
compare("lifecycle", lifecycle(ours.Photos), lifecycle(theirs.Photos));
for (const type of ["AWS::SQS::Queue", "AWS::CloudWatch::Alarm", "AWS::Scheduler::Schedule", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Url",
  "AWS::CloudFront::Distribution", "AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::CachePolicy", "AWS::CloudFront::ResponseHeadersPolicy", "AWS::CloudFront::Function"]) {
  const [expected, found] = [ours, theirs].map((resources) => all(resources, type));
  compare(`names of ${type}`, names(type, expected), names(type, found));
  for (const [id, { Properties }] of expected) {
    const other = found.find(([name]) => name === id || type === "AWS::Lambda::EventSourceMapping")?.[1].Properties;
    compare(id, plain(Properties), plain(other));
  }
}
compare("Dashboard", JSON.parse(ours.Dashboard.Properties.DashboardBody), JSON.parse(theirs.Dashboard.Properties.DashboardBody));
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${file}: as template.yaml${given.length > 0 ? ` with ${given.join(", ")}` : ""}`);

/** The resources of a CDK template, under the names that template.yaml gives them. */
function cdk({ Resources }) {
  const short = (id) => id.replace(/^Thumbnails(?=[A-Z])/, "").replace(/[0-9A-F]{8}$/, "");
  // A reference to the bucket is its name.
  const buckets = Object.keys(Resources).filter((id) => Resources[id].Type === "AWS::S3::Bucket");
  let text = JSON.stringify(resolve({ Parameters: {}, Conditions: {}, Resources, Outputs: {} }).Resources);
  for (const id of buckets) {
    text = text.replaceAll(`${id}-id`, Resources[id].Properties.BucketName);
  }
  for (const id of Object.keys(Resources).sort((a, b) => b.length - a.length)) {
    text = text.replaceAll(id, short(id)).replaceAll(`${id.toLowerCase()}.lambda-url`, `${short(id).toLowerCase()}.lambda-url`);
  }
  return JSON.parse(text);
}

function all(resources, ...types) {
  return Object.entries(resources).filter(([, { Type }]) => types.includes(Type));
}

// An event source mapping has no name of its own in CDK.
function names(type, entries) {
  return type === "AWS::Lambda::EventSourceMapping" ? entries.length : entries.map(([id]) => id).sort();
}

function samFunction({ Description, Handler, Runtime, Architectures, MemorySize, Timeout, Environment, Tracing, LoggingConfig }) {
  return { Description, Handler, Runtime, Architectures, MemorySize, Timeout, variables: variables(Environment), Tracing, logging: logging(LoggingConfig) };
}

function lambdaFunction({ TracingConfig, ...properties }) {
  return samFunction({ ...properties, Tracing: TracingConfig.Mode });
}

// template.yaml also passes parameters whose default is that of the function.
function variables({ Variables }) {
  return Object.entries(Variables).filter(([name, value]) => value !== "" && !(name === "DELETE_ORIGINAL" && value === "false")).sort();
}

function logging({ LogFormat, ApplicationLogLevel, SystemLogLevel }) {
  return { LogFormat, ApplicationLogLevel, SystemLogLevel };
}

function invokeConfig({ MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig }) {
  return { MaximumRetryAttempts, MaximumEventAgeInSeconds, Destination: DestinationConfig.OnFailure.Destination };
}

/** Each action on each resource, with its conditions. */
function permissions(resources) {
  return resources.flatMap(({ Properties }) => [Properties.PolicyDocument ?? [], ...(Properties.Policies ?? []).map(({ PolicyDocument }) => PolicyDocument)].flat())
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Effect, Action, Resource, Condition = {} }) => [Action].flat().map((action) => `${Effect} ${action} ${Resource} ${JSON.stringify(Condition)}`))
    .filter((line) => line.includes(" s3:")).sort();
}

function notifications({ LambdaConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] }) {
  return [...LambdaConfigurations, ...LambdaFunctionConfigurations, ...QueueConfigurations].flatMap(({ Event, Events, Function, LambdaFunctionArn, Queue, QueueArn, Filter }) => {
    const rules = Object.values(Filter)[0];
    return (Events ?? [Event]).map((name) => [name, Function ?? LambdaFunctionArn ?? Queue ?? QueueArn, (rules.Rules ?? rules.FilterRules)[0].Value].join(" "));
  }).sort();
}

function byUrl(resources) {
  return all(resources, "AWS::Lambda::Permission").filter(([id]) => id.endsWith("Url")).map(([id, { Properties }]) => [id, plain(Properties)]).sort();
}

function bucketPolicy({ Properties }) {
  return Properties.PolicyDocument.Statement.filter(({ Sid }) => Sid?.startsWith("CloudFront")).map((statement) => JSON.stringify(Object.entries(statement).sort())).sort();
}

function lifecycle({ Properties }) {
  return Properties.LifecycleConfiguration.Rules.map((rule) => JSON.stringify(Object.entries(rule).sort())).sort();
}

/** Properties without names and actions, in a fixed order. */
function plain(value, key) {
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item));
    return ["Metrics", "Dimensions"].includes(key) ? items.sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1) : items;
  }
  if (key === "FunctionName") {
    return value.split(":").slice(-2).join(":"); // As an ARN or by its name.
  }
  if (value !== null && typeof value === "object") {
    const isLeft = ([name, item]) => !["AlarmName", "AlarmActions", "RoleArn", "Tags"].includes(name) && !(name === "ReturnData" && item === false)
      && !(name === "Id" && "Expression" in value); // CDK names expressions itself.
    const left = Object.entries(value).filter(isLeft);
    return Object.fromEntries(left.map(([name, item]) => [name, plain(item, name)]).sort(([a], [b]) => a < b ? -1 : 1));
  }
  return value;
}
