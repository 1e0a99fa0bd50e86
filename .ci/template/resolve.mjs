// Resolves a template with parameters, as CloudFormation does: node .ci/template/resolve.mjs TEMPLATE [NAME=VALUE...]
// prints JSON without the resources whose condition is false. Ids and ARNs that AWS assigns are invented, except for buckets.
import { pathToFileURL } from "node:url";
import { intrinsic, load } from "./load.mjs";

const pseudo = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-central-1",
  "AWS::AccountId": "123456789012",
  "AWS::StackName": "thumbnails",
  "AWS::URLSuffix": "amazonaws.com",
};

const nothing = Symbol("AWS::NoValue");

/** The template with every intrinsic function replaced by its value. */
export function resolve(template, given = {}) {
  const parameters = Object.fromEntries(Object.entries(template.Parameters).map(([name, { Default }]) => [name, given[name] ?? Default]));
  const missing = Object.keys(parameters).filter((name) => parameters[name] === undefined);
  const unknown = Object.keys(given).filter((name) => !(name in template.Parameters));
  if (missing.length + unknown.length > 0) {
    throw new Error(`Parameters without a value: ${missing.join(", ") || "none"}; given, but not in the template: ${unknown.join(", ") || "none"}.`);
  }

  const holds = (condition) => value(template.Conditions[condition]);
  const isThere = ({ Condition }) => Condition === undefined || holds(Condition);
  const only = (entries) => Object.fromEntries(Object.entries(entries).filter(([, entry]) => isThere(entry)).map(([id, entry]) => [id, value(entry)]));

  function value(from) {
    const [name, argument] = intrinsic(from) ?? [];
    switch (name) {
      case undefined:
        return plain(from);
      case "Ref":
        return reference(argument);
      case "Condition":
        return holds(argument);
      case "Fn::GetAtt":
        return attribute(...argument);
      case "Fn::Equals":
        return String(value(argument[0])) === String(value(argument[1]));
      case "Fn::Not":
        return !value(argument[0]);
      case "Fn::And":
        return argument.every((part) => value(part));
      case "Fn::Select":
        return value(argument[1])[argument[0]];
      case "Fn::Join":
        return value(argument[1]).join(argument[0]);
      case "Fn::Split":
        return value(argument[1]).split(argument[0]);
      case "Fn::If":
        return value(argument[holds(argument[0]) ? 1 : 2]);
      case "Fn::Sub":
        return substitute(...[argument].flat());
      default:
        throw new Error(`${name} is not resolved here yet.`);
    }
  }

  function plain(from) {
    if (Array.isArray(from)) {
      return from.map(value).filter((item) => item !== nothing);
    }
    return from !== null && typeof from === "object"
      ? Object.fromEntries(Object.entries(from).map(([key, item]) => [key, value(item)]).filter(([, item]) => item !== nothing))
      : from;
  }

  function reference(name) {
    const [function_, made] = name.split(".");
    if (made === "Alias" || made === "Version") {
      return `${attribute(function_, "Arn")}:${made === "Alias" ? template.Resources[function_].Properties.AutoPublishAlias : 1}`;
    }
    const { Type, Properties } = template.Resources[name] ?? {};
    if (Type === "AWS::Lambda::Alias") {
      return `${attribute(Properties.FunctionName.Ref, "Arn")}:${Properties.Name}`;
    }
    return name === "AWS::NoValue" ? nothing : parameters[name] ?? pseudo[name] ?? `${name}-id`;
  }

  function attribute(resource, name) {
    const { Type, Properties } = template.Resources[resource];
    if (Type === "AWS::S3::Bucket" && name === "Arn") {
      return `arn:aws:s3:::${value(Properties.BucketName)}`;
    }
    if (name === "FunctionUrl") {
      return `https://${resource.toLowerCase()}.lambda-url.eu-central-1.on.aws/`;
    }
    if (name === "Arn" && ["AWS::Serverless::Function", "AWS::Lambda::Function"].includes(Type)) {
      return `arn:aws:lambda:eu-central-1:123456789012:function:${resource}`;
    }
    return name === "Arn" ? `arn:aws:made-up:eu-central-1:123456789012:${resource}` : `${resource}-${name}`;
  }

  function substitute(text, variables = {}) {
    return text.replace(/\$\{([^!}][^}]*)\}/g, (_, found) => {
      const [resource, name] = found.split(/\.(.*)/s);
      return found in variables ? value(variables[found]) : name ? attribute(resource, name) : reference(found);
    });
  }

  return { Resources: only(template.Resources), Outputs: only(template.Outputs) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , file, ...given] = process.argv;
  console.log(JSON.stringify(resolve(load(file), Object.fromEntries(given.map((pair) => pair.split(/=(.*)/s))))));
}
