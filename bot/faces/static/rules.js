// The part of JSON Schema in which it is written when a question is needed (bot/faces/conditions.py).

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Whether `value` fits `rule`. */
export function fits(rule, value) {
  if (typeof rule === "boolean") return rule;
  if ("const" in rule && !same(rule.const, value)) return false;
  if (rule.enum && !rule.enum.some((one) => same(one, value))) return false;
  if (rule.not !== undefined && fits(rule.not, value)) return false;
  if (rule.allOf && !rule.allOf.every((one) => fits(one, value))) return false;
  if (rule.type === "array" && !Array.isArray(value)) return false;
  if (rule.contains && !(Array.isArray(value) && value.some((one) => fits(rule.contains, one)))) return false;
  if (rule.required && !rule.required.every((key) => value !== null && typeof value === "object" && key in value)) return false;
  const parts = rule.properties ?? {};
  return Object.keys(parts).every((key) => value === null || typeof value !== "object" || !(key in value) || fits(parts[key], value[key]));
}
