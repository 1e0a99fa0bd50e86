// Reads a CloudFormation template and finds its references.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The folder in which .ci/run installs the npm packages. */
export const toolsFolder = fileURLToPath(new URL("../../artifacts/tools/", import.meta.url));

/** Loads a package from that folder. */
export const requireTool = createRequire(toolsFolder);

/** The template, with short forms such as !Ref written out. Ends the process if the file is not YAML. */
export function load(file) {
  try {
    return requireTool("yaml-cfn").yamlParse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    process.exit(1);
  }
}

/** The intrinsic function that a value is, as [name, argument]; null for a plain value. */
export function intrinsic(value) {
  const names = value !== null && typeof value === "object" ? Object.keys(value) : [];
  return names.length === 1 && (names[0].startsWith("Fn::") || names[0] === "Ref" || names[0] === "Condition") ? [names[0], value[names[0]]] : null;
}

/**
 * All references inside a value: { kind: "ref" | "attribute" | "condition", name, attribute }. What holds tells of a condition which branch
 * of Fn::If is looked at; without it, both are.
 */
export function* references(value, holds) {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === "Ref") {
    yield { kind: "ref", name: argument };
  } else if (name === "Condition") {
    yield { kind: "condition", name: argument };
  } else if (name === "Fn::GetAtt") {
    yield { kind: "attribute", name: argument[0], attribute: argument[1] };
  } else if (name === "Fn::Sub") {
    const [text, variables = {}] = [argument].flat();
    for (const [, found] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      const [resource, attribute] = found.split(/\.(.*)/s);
      if (!(found in variables)) {
        yield attribute ? { kind: "attribute", name: resource, attribute } : { kind: "ref", name: found };
      }
    }
    yield* references(Object.values(variables), holds);
  } else if (name === "Fn::If") {
    yield { kind: "condition", name: argument[0] };
    yield* references(holds ? argument[holds(argument[0]) ? 1 : 2] : argument.slice(1), holds);
  } else if (value !== null && typeof value === "object") {
    for (const part of Object.values(value)) {
      yield* references(part, holds);
    }
  }
}
