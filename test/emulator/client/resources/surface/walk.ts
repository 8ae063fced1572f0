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
 * A handle of each class that can be reached from the client; those that methods make are made as the rows of these methods
 * say.
 */
export function reachableHandles(world: World, rows: Readonly<Record<string, Row>>): ReadonlyMap<string, object> {
  const found = new Map<string, object>();
  const visit = (value: unknown): void => {
    const constructor = constructorOf(value);
    if (constructor === undefined || !handleClasses.has(constructor) || found.has(constructor.name)) return;
    const handle = value as Readonly<Record<string, unknown>>;
    found.set(constructor.name, handle);
    for (const name of Object.keys(handle)) visit(handle[name]);
    for (const [name, property] of propertiesOf(constructor)) {
      const row = rows[`${constructor.name}.${name}`];
      if (property.get !== undefined) visit(handle[name]);
      else if (row?.kind === 'handle') visit(row.make(world));
    }
  };
  visit(world.clarifai);
  return found;
}

/** The public methods of handles as `Class.method`: read off the prototypes, so that one without a row is found, too. */
export function methodsOf(handles: ReadonlyMap<string, object>): string[] {
  return [...handles].flatMap(([name, handle]) =>
    propertiesOf(handle.constructor).flatMap(([method, property]) =>
      property.get === undefined ? [`${name}.${method}`] : [],
    ),
  );
}

function propertiesOf(constructor: { readonly prototype: unknown }): [string, PropertyDescriptor][] {
  const properties = Object.getOwnPropertyDescriptors(constructor.prototype as object);
  return Object.entries(properties).filter(([name]) => name !== 'constructor');
}

function constructorOf(value: unknown): { readonly name: string; readonly prototype: unknown } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return value.constructor;
}
