import { invalidRequest } from '../base/assert';
import { nearestName } from '../base/nearest-name';

/** What a module offers, each made when it is first asked for. */
export type Members = ReadonlyMap<string, () => unknown>;

/**
 * A Python module: an object whose members are looked up when they are first asked for, so that importing it costs nothing.
 * A name that it does not have raises.
 */
export function pythonModule<Module>(name: string, list: () => Members): Module {
  const made = new Map<string, unknown>();
  let members: Members | undefined;
  const lookUp = (member: string): unknown => {
    if (made.has(member)) return made.get(member);
    members ??= list();
    const make = members.get(member);
    if (make === undefined) {
      // Names that others look for on any object, to find out what it is.
      if (!/^[a-z]\w*$/i.test(member) || ['then', 'toJSON', 'constructor', 'default'].includes(member))
        return undefined;
      const nearest = nearestName(member, members.keys());
      const hint = nearest === undefined ? '' : `: did you mean \`${nearest}\`?`;
      throw invalidRequest(`Module ${name} has no \`${member}\`${hint}`);
    }
    const value = make();
    made.set(member, value);
    return value;
  };
  return new Proxy(Object.create(null) as object, {
    get: (_target, member) => (typeof member === 'string' ? lookUp(member) : undefined),
    has: (_target, member) => typeof member === 'string' && (members ??= list()).has(member),
    ownKeys: () => [...(members ??= list()).keys()],
    getOwnPropertyDescriptor: (_target, member) =>
      typeof member === 'string' && (members ??= list()).has(member)
        ? { value: lookUp(member), enumerable: true, configurable: true }
        : undefined,
    set: () => false,
  }) as Module;
}
