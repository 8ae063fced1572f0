import type { JsonObject } from '../../index';
import { NotJson, parseJson } from './parse-json';
import { UsageError } from './usage-error';

/** The arguments and options that a command was given. */
export class Given {
  readonly #arguments: readonly string[];
  readonly #options: Readonly<Record<string, unknown>>;

  /** @param options by their names in camelCase, the program's own among them */
  constructor(given: readonly string[], options: Readonly<Record<string, unknown>>) {
    this.#arguments = given;
    this.#options = options;
  }

  /** All arguments in their order; those of a variadic one are the last. */
  get arguments(): readonly string[] {
    return this.#arguments;
  }

  /** The argument at this place, which the command requires. */
  argument(index: number): string {
    const value = this.#arguments[index];
    if (value === undefined) throw new UsageError(`Expected an argument at place ${index + 1}`);
    return value;
  }

  flag(name: string): boolean {
    return this.#options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#options[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** The values of an option that may be given several times. */
  texts(name: string): readonly string[] {
    const value = this.#options[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  }

  /** @throws UsageError for anything but an object in JSON */
  json(name: string): JsonObject | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : jsonObject(text, flagOf(name));
  }

  /** @throws UsageError for anything but a number within the bounds */
  number(name: string, { min, max, integer = false }: NumberBounds = {}): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = text.trim() === '' ? NaN : Number(text);
    const fits =
      Number.isFinite(value) &&
      (!integer || Number.isInteger(value)) &&
      (min === undefined || value >= min) &&
      (max === undefined || value <= max);
    if (fits) return value;
    const bounds = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`];
    const wanted = [integer ? 'a whole number' : 'a number', bounds.filter((bound) => bound !== '').join(' and ')];
    throw new UsageError(`Expected ${flagOf(name)} to be ${wanted.join(' ').trim()}, got "${text}"`);
  }
}

interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** @param name what errors call it */
export function jsonObject(text: string, name: string): JsonObject {
  try {
    const value = parseJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new UsageError(`Expected ${name} to be JSON: ${error.message}`);
  }
  throw new UsageError(`Expected ${name} to be an object in JSON, as in '{"name": 1}'`);
}
