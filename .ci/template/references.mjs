// Checks that every reference of a template exists, that every definition is used, and that there are no circles.
import { references } from "./load.mjs";

/** The errors, one sentence each. */
export function checkReferences({ Parameters = {}, Conditions = {}, Resources = {}, Outputs = {} }, attributesOf) {
  const problems = [];
  const used = new Set();
  const edges = new Map(Object.keys(Resources).map((id) => [id, new Set()]));

  const visit = (where, value, from) => {
    for (const { kind, name, attribute } of references(value)) {
      used.add(`${kind === "condition" ? "condition" : "name"} ${name}`);
      const made = kind === "ref" ? madeBySam(name) : null;
      if (made) {
        from && edges.get(from).add(made);
      } else if (kind === "condition" ? !(name in Conditions) : !(name in Resources || (kind === "ref" && (name in Parameters || name.startsWith("AWS::"))))) {
        problems.push(`${where} refers to ${name}, which the template does not have.`);
      } else if (kind === "attribute" && attribute === "Arn" && Resources[name].Properties.AutoPublishAlias) {
        problems.push(`${where} refers to ${name}.Arn, which is not what the alias points to: a version that was gone back to would not run. It is !Ref ${name}.Alias.`);
      } else if (kind === "attribute" && !attributesOf(Resources[name].Type).includes(attribute)) {
        problems.push(`${where} refers to ${name}.${attribute}; ${Resources[name].Type} has ${attributesOf(Resources[name].Type).join(", ")}.`);
      } else if (from && name in Resources) {
        edges.get(from).add(name);
      }
    }
  };

  // SAM makes an alias and a version of a function, which are !Ref Function.Alias and !Ref Function.Version.
  const madeBySam = (name) => {
    const [id, part] = name.split(".");
    return ["Alias", "Version"].includes(part) && Resources[id]?.Properties.AutoPublishAlias ? id : null;
  };

  for (const [name, condition] of Object.entries(Conditions)) {
    visit(`condition ${name}`, condition);
  }
  for (const [id, { Properties, Metadata, DependsOn = [], Condition }] of Object.entries(Resources)) {
    visit(id, [Properties, Metadata, [DependsOn].flat().map((name) => ({ Ref: name })), Condition && { Condition }], id);
  }
  for (const [name, { Value, Condition }] of Object.entries(Outputs)) {
    visit(`output ${name}`, [Value, Condition && { Condition }]);
  }

  for (const name of Object.keys(Parameters).filter((name) => !used.has(`name ${name}`))) {
    problems.push(`The parameter ${name} is not used.`);
  }
  for (const name of Object.keys(Conditions).filter((name) => !used.has(`condition ${name}`))) {
    problems.push(`The condition ${name} is not used.`);
  }
  const circle = findCircle(edges);
  return circle ? [...problems, `Circular dependency: ${circle.join(" -> ")}.`] : problems;
}

/** A path from a resource to itself, or null. CloudFormation would refuse the template. */
function findCircle(edges) {
  const done = new Set();
  const search = (id, path) => {
    if (path.includes(id)) {
      return [...path.slice(path.indexOf(id)), id];
    }
    if (!done.has(id)) {
      for (const next of edges.get(id)) {
        const circle = search(next, [...path, id]);
        if (circle) {
          return circle;
        }
      }
      done.add(id);
    }
    return null;
  };
  return [...edges.keys()].reduce((found, id) => found ?? search(id, []), null);
}
