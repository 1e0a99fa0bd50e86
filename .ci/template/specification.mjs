// AWS's specification of resource types: those of CloudFormation's registry as TypeScript types with enumerations
// (@awboost/cfn-resource-types), and those of SAM, which is not in the registry, from @aws-cdk/aws-service-spec.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { requireTool, toolsFolder } from "./load.mjs";

const specification = await requireTool("@aws-cdk/aws-service-spec").loadAwsServiceSpec();

// SAM passes these on to the resource of that type; they are newer than SAM's list in the package.
const handedOn = { "AWS::Serverless::Function": { type: "AWS::Lambda::Function", properties: ["LoggingConfig"] } };

// Properties that are newer than SAM's list in the package: "AWS::Serverless::Function" in the SAM Developer Guide.
const younger = { "AWS::Serverless::Function": { AutoPublishAliasAllProperties: "boolean" } };

// The resources that SAM makes have the attributes of that type.
const madeFrom = { "AWS::Serverless::Function": "AWS::Lambda::Function" };

/** Names of the attributes that !GetAtt knows. */
export function attributesOf(type) {
  return Object.keys(find(madeFrom[type] ?? type)?.attributes ?? {});
}

/** TypeScript declarations of the properties of these resource types, and each type's name in them; null for one that AWS does not have. */
export function declare(types) {
  const lines = new Set();
  const names = {};
  for (const type of types) {
    names[type] = type.startsWith("AWS::Serverless::") ? declareSam(type, lines) : declareRegistered(type, lines);
  }
  return { text: [...lines].join("\n"), names };
}

function declareRegistered(type, lines) {
  const [, service, resource] = type.split("::");
  const file = type.replaceAll("::", "-");
  if (!existsSync(join(toolsFolder, `node_modules/@awboost/cfn-resource-types/lib/${file}.d.ts`))) {
    return null;
  }
  const name = `${service}${resource}Properties`;
  lines.add(`import type { ${name} } from "@awboost/cfn-resource-types/${file}";`);
  return name;
}

function declareSam(type, lines) {
  const found = find(type);
  if (!found) {
    return null;
  }
  const extra = handedOn[type];
  const more = extra ? ` & Pick<${declareRegistered(extra.type, lines)}, ${extra.properties.map((name) => `"${name}"`).join(" | ")}>` : "";
  const later = Object.entries(younger[type] ?? {}).map(([name, kind]) => `${name}?: ${kind}`).join("; ");
  const name = type.replaceAll("::", "");
  lines.add(`type ${name} = ${properties(found.properties)} & { ${later} }${more};`);
  return name;
}

// Nothing is required: SAM's list marks some properties as required that its documentation marks as optional.
function properties(list) {
  return `{ ${Object.entries(list).map(([name, { type }]) => `${name}?: ${typescript(type)}`).join("; ")} }`;
}

function typescript(type) {
  switch (type.type) {
    case "ref":
      return properties(specification.get("typeDefinition", type.reference.$ref).properties);
    case "array":
      return `(${typescript(type.element)})[]`;
    case "map":
      return `Record<string, ${typescript(type.element)}>`;
    case "union":
      return type.types.map(typescript).join(" | ");
    case "string":
      return type.allowedValues?.map((value) => JSON.stringify(value)).join(" | ") ?? "string";
    case "number":
    case "boolean":
      return type.type;
    case "integer":
      return "number";
    default:
      return "unknown";
  }
}

function find(type) {
  return specification.lookup("resource", "cloudFormationType", "equals", type)[0];
}
