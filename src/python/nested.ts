import { reflection } from '../../generated/reflection';
import { enumType } from './enum-type';

/** What is inside of a message: its messages, its enums and their values, made when they are asked for. */
export function nestedIn(fullName: string, messageOf: (fullName: string) => unknown): PropertyDescriptorMap {
  const { messages, enums } = reflection();
  const members: PropertyDescriptorMap = {};
  const inside = (name: string): string | undefined =>
    name.startsWith(`${fullName}.`) && !name.includes('.', fullName.length + 1)
      ? name.slice(fullName.length + 1)
      : undefined;
  for (const name of Object.keys(messages)) {
    const inner = inside(name);
    if (inner !== undefined) members[inner] = { get: () => messageOf(name), enumerable: true };
  }
  for (const [name, values] of Object.entries(enums)) {
    const inner = inside(name);
    if (inner === undefined) continue;
    members[inner] = { get: () => enumType(name), enumerable: true };
    for (const [value, number] of values) members[value] = { value: number, enumerable: true };
  }
  return members;
}
