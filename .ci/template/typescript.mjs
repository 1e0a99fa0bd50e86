// Writes a template as a TypeScript literal, so that the compiler checks every property by name, type and allowed value.
import { intrinsic } from "./load.mjs";
import { declare } from "./specification.mjs";

const envelope = `
type Parameter = { Type: "String" | "Number"; Default?: string | number; AllowedValues?: (string | number)[]; AllowedPattern?: string;
  MinValue?: number; MaxValue?: number; Description?: string };
type Policy = "Delete" | "Retain" | "RetainExceptOnCreate";
type Resource<Type, Properties> = { Type: Type; Properties: Properties; Condition?: string; DependsOn?: string | string[]; Metadata?: Record<string, unknown>;
  DeletionPolicy?: Policy; UpdateReplacePolicy?: Policy };
type Output = { Value: string; Description?: string; Condition?: string };
declare function either<T>(one: T, other: T): T;
`;

/** The program; a comment after each line has its position in the template. Resource types that AWS does not have are in unknown. */
export function program(template) {
  const types = [...new Set(Object.values(template.Resources).map((resource) => resource.Type))];
  const { text, names } = declare(types);
  const resources = Object.entries(template.Resources)
    .filter(([, { Type }]) => names[Type])
    .map(([id, { Type }]) => `${JSON.stringify(id)}: Resource<${JSON.stringify(Type)}, ${names[Type]}>`);
  const known = Object.fromEntries(Object.entries(template.Resources).filter(([, { Type }]) => names[Type]));
  const type = `{ AWSTemplateFormatVersion: "2010-09-09"; Transform: "AWS::Serverless-2016-10-31"; Description: string;
  Parameters: Record<string, Parameter>; Conditions: unknown; Resources: { ${resources.join("; ")} }; Outputs: Record<string, Output> }`;
  return {
    text: `${text}\n${envelope}\nexport const template: ${type} = ${literal({ ...template, Resources: known }, "", template.Parameters)};\n`,
    unknown: types.filter((type) => !names[type]),
  };
}

function literal(value, path, parameters) {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === "Ref" && argument in parameters) {
    return parameter(parameters[argument]);
  }
  if (name === "Fn::If") {
    const branches = argument.slice(1).filter((branch) => branch?.Ref !== "AWS::NoValue").map((branch) => literal(branch, path, parameters));
    return branches.length === 2 ? `either(${branches.join(", ")})` : branches[0];
  }
  if (name) {
    return "{} as string"; // Any other function returns text.
  }
  if (Array.isArray(value)) {
    return `[ // ${path}\n${value.map((item, i) => `${literal(item, `${path}[${i}]`, parameters)}, // ${path}[${i}]`).join("\n")}\n]`;
  }
  if (value !== null && typeof value === "object") {
    const lines = Object.entries(value).map(([key, item]) => {
      const place = path ? `${path}.${key}` : key;
      return `${JSON.stringify(key)}: ${literal(item, place, parameters)}, // ${place}`;
    });
    return `{ // ${path}\n${lines.join("\n")}\n}`;
  }
  return JSON.stringify(value);
}

// A parameter's allowed values must be allowed wherever it is used. Text without a list of values may also be a number.
function parameter({ Type, AllowedValues }) {
  const type = AllowedValues?.map((value) => JSON.stringify(value)).join(" | ") ?? (Type === "Number" ? "number" : "any");
  return `{} as unknown as ${type}`;
}
