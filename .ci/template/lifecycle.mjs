// Checks that no lifecycle rule can delete objects that the function reads or keeps, for all parameter values that AllowedPattern accepts.
import { combinations } from "./conditions.mjs";
import { references } from "./load.mjs";
import { resolve } from "./resolve.mjs";

/** The errors, one sentence each. */
export function checkLifecycle(template) {
  const problems = new Set();
  for (const [id, resource] of Object.entries(template.Resources).filter(([, { Type }]) => Type === "AWS::S3::Bucket")) {
    const rules = resource.Properties.LifecycleConfiguration ?? {};
    const names = [...new Set([...references(rules)].filter(({ kind, name }) => kind === "ref" && name in template.Parameters).map(({ name }) => name))];
    const given = [{}, ...names.flatMap((name) => samples(template, name).map((value) => ({ [name]: value })))];
    for (const combination of combinations(template)) {
      given.flatMap((sample) => [...expiring(template, id, combination, sample)]).forEach((problem) => problems.add(problem));
    }
  }
  return [...problems];
}

/** Prefixes that the function's role may read: of photos, and of thumbnails, whose origin it reads. */
function readPrefixes(resources) {
  const statements = Object.values(resources).filter(({ Type }) => Type === "AWS::IAM::Role")
    .flatMap(({ Properties }) => Properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  return statements.filter(({ Action }) => [Action].flat().includes("s3:GetObject"))
    .flatMap(({ Resource }) => [Resource].flat()).map((arn) => /^arn:[^:]*:s3:::[^/]*\/(.*)\*$/.exec(arn)?.[1]).filter((prefix) => prefix !== undefined);
}

function* expiring(template, id, combination, given) {
  const parameters = { ...placeholders(template), ...combination, ...given };
  const { Resources } = resolve(template, parameters);
  const kept = readPrefixes(Resources);
  for (const rule of Resources[id]?.Properties.LifecycleConfiguration?.Rules ?? []) {
    const prefix = rule.Prefix ?? "";
    const lost = "ExpirationInDays" in rule || "ExpirationDate" in rule ? kept.filter((other) => prefix.startsWith(other) || other.startsWith(prefix)) : [];
    if (lost.length > 0) {
      const how = Object.entries(given).map(([name, value]) => ` with ${name}=${value}`).join();
      yield `${id} has a lifecycle rule (${rule.Id}) that${how} deletes what is below ${lost.join(" and ")}.`;
    }
  }
}

/** Harmful values that the template accepts. */
function samples(template, name) {
  const { AllowedPattern = "", AllowedValues, Default } = template.Parameters[name];
  const harmful = readPrefixes(resolve(template, placeholders(template)).Resources)
    .flatMap((prefix) => [prefix, `${prefix}x/`, `${prefix}2026/11/`, `${prefix}/`, prefix.replace(/\/$/, ""), prefix[0], `./${prefix}`]);
  return AllowedValues ?? ["", "/", ".", Default, ...harmful].filter((value) => value !== undefined && new RegExp(AllowedPattern).test(value));
}

/** Any value for each parameter without a default. */
function placeholders({ Parameters }) {
  return Object.fromEntries(Object.entries(Parameters).filter(([, { Default }]) => Default === undefined).map(([name]) => [name, "placeholder"]));
}
