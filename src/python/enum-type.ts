import { reflection } from '../../generated/reflection';
import { invalidRequest } from '../base/assert';
import { nearestName } from '../base/nearest-name';

/** An enum as Python has it: its values as properties, and its two ways between names and numbers. */
export class EnumType {
  readonly fullName: string;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #names: ReadonlyMap<number, string>;

  constructor(fullName: string) {
    const rows = reflection().enums[fullName] ?? [];
    this.fullName = fullName;
    this.#numbers = new Map(rows);
    // Of two names with one number, the first is the one that Python says.
    this.#names = new Map([...rows].reverse().map(([name, number]) => [number, name]));
    Object.assign(this, Object.fromEntries(rows));
  }

  /** The name of a number; of aliases, the first. @throws InvalidRequestError when there is none */
  Name(number: number): string {
    const name = this.#names.get(number);
    if (name === undefined) throw invalidRequest(`Enum ${this.fullName} has no name for the number ${number}`);
    return name;
  }

  /** The number of a name. @throws InvalidRequestError that names the nearest when there is none */
  Value(name: string): number {
    const number = this.#numbers.get(name);
    if (number !== undefined) return number;
    const nearest = nearestName(name, this.#numbers.keys());
    const hint = nearest === undefined ? '' : `: did you mean \`${nearest}\`?`;
    throw invalidRequest(`Enum ${this.fullName} has no value \`${name}\`${hint}`);
  }

  keys(): string[] {
    return [...this.#numbers.keys()];
  }

  values(): number[] {
    return [...this.#numbers.values()];
  }

  items(): [name: string, number: number][] {
    return [...this.#numbers];
  }

  /** The name of a number, or the number itself, which may come from a newer service. */
  show(number: number): string | number {
    return this.#names.get(number) ?? number;
  }
}

const types = new Map<string, EnumType>();

export function enumType(fullName: string): EnumType {
  const known = types.get(fullName) ?? new EnumType(fullName);
  types.set(fullName, known);
  return known;
}
