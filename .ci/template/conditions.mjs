// Checks that every reference of a template exists for all values of its parameters: CloudFormation does not create a resource whose condition
// is false, and refuses a reference to it, also in DependsOn.
import { intrinsic, references } from "./load.mjs";

/** The errors, one sentence each. */
export function checkConditions({ Parameters = {}, Conditions = {}, Resources = {}, Outputs = {} }) {
  const problems = new Set();
  for (const parameters of combinations({ Parameters, Conditions })) {
    const holds = (condition) => value(Conditions[condition]);
    const value = (from) => {
      const [name, argument] = intrinsic(from) ?? [];
      switch (name) {
        case undefined:
          return from;
        case "Ref":
          return parameters[argument] ?? argument;
        case "Condition":
          return holds(argument);
        case "Fn::Equals":
          return String(value(argument[0])) === String(value(argument[1]));
        case "Fn::Not":
          return !value(argument[0]);
        case "Fn::And":
          return argument.every((part) => value(part));
        default:
          throw new Error(`${name} is not known in conditions yet.`);
      }
    };
    const isThere = (entry) => entry.Condition === undefined || (entry.Condition in Conditions && holds(entry.Condition));
    const visit = (where, from) => {
      for (const { kind, name } of references(from, (condition) => condition in Conditions && holds(condition))) {
        const [resource] = name.split(".");
        if (kind !== "condition" && resource in Resources && !isThere(Resources[resource])) {
          problems.add(`${where} refers to ${resource}, which is not made where its condition ${Resources[resource].Condition} is false.`);
        }
      }
    };
    for (const [id, resource] of Object.entries(Resources).filter(([, resource]) => isThere(resource))) {
      visit(id, [resource.Properties, resource.Metadata]);
      visit(`DependsOn of ${id}`, [resource.DependsOn ?? []].flat().map((name) => ({ Ref: name })));
    }
    for (const [name, output] of Object.entries(Outputs).filter(([, output]) => isThere(output))) {
      visit(`output ${name}`, output.Value);
    }
  }
  return [...problems];
}

/** Values of the parameters that conditions depend on, in every combination that makes a difference. */
export function* combinations({ Parameters = {}, Conditions = {} }) {
  const names = [...new Set([...references(Object.values(Conditions))].filter(({ kind }) => kind === "ref").map(({ name }) => name))]
    .filter((name) => name in Parameters);
  const choose = function* (chosen, [name, ...rest]) {
    if (name === undefined) {
      yield chosen;
      return;
    }
    for (const value of Parameters[name].AllowedValues ?? ["", "something"]) {
      yield* choose({ ...chosen, [name]: value }, rest);
    }
  };
  yield* choose({}, names);
}
