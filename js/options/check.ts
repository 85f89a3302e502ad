import { FramereelError } from "../model/errors.js";

/**
 * The one way an option is refused. `path` is what the user wrote (`options.fps`), `wanted` completes
 * "must be ...", `got` is the value itself.
 */
export function invalidOption(path: string, wanted: string, got: unknown): FramereelError {
  return new FramereelError("invalid-option", `${path} must be ${wanted}, but is ${describe(got)}.`);
}

/** Names a value in a sentence: short, and never its whole content. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return name && name !== "Object" ? `a ${name}` : "an object";
}

/** An options object: an object of any kind but an array, with no key outside `keys`. `undefined` counts as empty. */
export function checkKeys<Key extends string>(
  value: unknown,
  path: string,
  keys: readonly Key[],
): Partial<Record<Key, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidOption(path, "an object", value);
  for (const key of Object.keys(value)) {
    if ((keys as readonly string[]).includes(key)) continue;
    const near = keys.find((known) => known.toLowerCase() === key.toLowerCase() || distanceIsOne(known, key));
    const hint = near ? `Did you mean ${near}?` : `It may have ${keys.join(", ")}.`;
    throw new FramereelError("invalid-option", `${path}.${key} is not an option. ${hint}`);
  }
  return value as Partial<Record<Key, unknown>>;
}

/** A default stands in for what was not given; `null` was given, and is for the checks to refuse. */
export function orDefault(value: unknown, fallback: unknown): unknown {
  return value === undefined ? fallback : value;
}

export interface NumberRange {
  min?: number;
  max?: number;
  /** The smallest value is itself refused. */
  above?: number;
  integer?: boolean;
  /** Unit in the message, such as "seconds". */
  unit?: string;
}

/** A finite number within `range`. */
export function checkNumber(value: unknown, path: string, range: NumberRange): number {
  const { min = -Infinity, max = Infinity, above = -Infinity, integer = false } = range;
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    value >= min &&
    value <= max &&
    value > above &&
    (!integer || Number.isInteger(value));
  if (!fits) throw invalidOption(path, rangeInWords(range), value);
  return value;
}

function rangeInWords({ min, max, above, integer, unit }: NumberRange): string {
  const kind = `${integer ? "a whole number" : "a number"}${unit ? ` of ${unit}` : ""}`;
  if (above !== undefined)
    return max === undefined ? `${kind} above ${above}` : `${kind} above ${above} and at most ${max}`;
  if (min !== undefined && max !== undefined && max < Number.MAX_SAFE_INTEGER) return `${kind} from ${min} to ${max}`;
  if (min !== undefined) return `${kind} from ${min}`;
  return kind;
}

/** One of a few names. */
export function checkChoice<Name extends string>(value: unknown, path: string, names: readonly Name[]): Name {
  if (!(names as readonly unknown[]).includes(value)) {
    throw invalidOption(path, names.map((name) => JSON.stringify(name)).join(" or "), value);
  }
  return value as Name;
}

export function checkBoolean(value: unknown, path: string): boolean {
  if (typeof value !== "boolean") throw invalidOption(path, "true or false", value);
  return value;
}

/** At most one of several options that exclude each other; an option set to `undefined` is not given. */
export function checkExclusive(
  given: Record<string, unknown>,
  path: string,
  keys: readonly string[],
): string | undefined {
  const set = keys.filter((key) => given[key] !== undefined);
  if (set.length > 1) {
    throw new FramereelError(
      "invalid-option",
      `${set.map((key) => `${path}.${key}`).join(" and ")} exclude each other. Give one of them.`,
    );
  }
  return set[0];
}

/** Whether one letter was added, dropped or changed: enough to catch a slip such as `qualty`. */
function distanceIsOne(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  const rest = short.length === long.length ? short.slice(start + 1) : short.slice(start);
  return rest === long.slice(start + 1);
}
