// Checks a CloudFormation template with SAM resources, without an AWS account: node .ci/template/check.mjs [TEMPLATE]
// It checks every resource type and property by name, type and allowed value against AWS's specification; every reference, in every combination
// of parameters; every action of the policies; no circles; no lifecycle rule that deletes photos or thumbnails.
// .ci/run installs the packages that it needs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkConditions } from "./conditions.mjs";
import { checkLifecycle } from "./lifecycle.mjs";
import { load, requireTool, toolsFolder } from "./load.mjs";
import { checkPolicies } from "./policies.mjs";
import { checkReferences } from "./references.mjs";
import { attributesOf } from "./specification.mjs";
import { program } from "./typescript.mjs";

const file = process.argv[2] ?? "template.yaml";
const template = load(file);
const { text, unknown } = program(template);
const problems = [
  ...unknown.map((type) => `AWS has no resource type ${type}.`),
  ...checkReferences(template, attributesOf),
  ...checkConditions(template),
  ...await checkPolicies(template),
];
// These checks take longer, or need a template with valid references.
if (problems.length === 0) {
  problems.push(...checkLifecycle(template), ...compile(text));
}
if (problems.length > 0) {
  console.error(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  process.exit(1);
}
console.log(`${file}: ${Object.keys(template.Resources).length} resources, as AWS specifies them`);

function compile(text) {
  const folder = mkdtempSync(join(toolsFolder, "template-"));
  try {
    const source = join(folder, "template.ts");
    writeFileSync(source, text);
    const options = "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --module esnext --moduleResolution bundler --target esnext".split(" ");
    const { stdout, status, error } = spawnSync(process.execPath, [requireTool.resolve("typescript/bin/tsc"), ...options, source], { encoding: "utf8" });
    if (error) {
      throw error;
    }
    const lines = text.split("\n");
    const messages = [...stdout.matchAll(/template\.ts\((\d+),\d+\): error \w+: (.*(?:\n {2}.*)*)/g)]
      .map(([, line, message]) => `${lines[line - 1].split("// ").at(-1)}: ${message}`);
    return status === 0 || messages.length > 0 ? messages : [stdout];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
