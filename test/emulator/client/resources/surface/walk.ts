import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Clarifai } from '../../../../../src/client';
import type { Row } from './row';
import type { World } from './world';

const folder = join(__dirname, '../../../../../src/resources');

/** The classes of the handles: those that src/resources exports, and the client's own. */
export const handleClasses: ReadonlySet<unknown> = new Set([
  Clarifai,
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(join(folder, file))))
    .filter((value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))),
]);

/**
 * The public methods of the client and of every handle that can be reached from it, as `Class.method`: read off the
 * prototypes, so that a method without a row is found, too. Handles that methods make are made as their rows say.
 */
export function reachableMethods(world: World, rows: Readonly<Record<string, Row>>): string[] {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    const constructor = constructorOf(value);
    if (constructor === undefined || !handleClasses.has(constructor) || seen.has(constructor)) return;
    seen.add(constructor);
    const handle = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(handle)) visit(handle[name]);
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(constructor.prototype))) {
      if (name === 'constructor') continue;
      if (property.get !== undefined) {
        visit(handle[name]);
        continue;
      }
      const method = `${constructor.name}.${name}`;
      found.add(method);
      const row = rows[method];
      if (row?.kind === 'handle') visit(row.make(world));
    }
  };
  visit(world.clarifai);
  return [...found].sort();
}

function constructorOf(value: unknown): { readonly name: string; readonly prototype: object } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { constructor } = value;
  return typeof constructor === 'function' ? constructor : undefined;
}
