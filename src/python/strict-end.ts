import { type MessageType, unknownField } from './descriptor';

/** Names that others look for on any object, to find out what it is. */
const probes = new Set(['then', 'asymmetricMatch', 'nodeType', 'tagName', 'inspect', 'length']);

/**
 * What ends the chain of prototypes of messages: a name that comes as far is of no field, and raises, as in Python, whether
 * it is read or written. Names that are found before pay nothing for it.
 */
export function strictEnd(typeOf: (receiver: object) => MessageType | undefined): object {
  const refuse = (name: string | symbol, receiver: object): void => {
    if (typeof name !== 'string' || !/^[a-z]\w*$/i.test(name) || probes.has(name)) return;
    const type = typeOf(receiver);
    if (type !== undefined) throw unknownField(type, name);
  };
  return new Proxy(
    {},
    {
      get: (target, name, receiver: object) => {
        if (!(name in target)) refuse(name, receiver);
        return Reflect.get(target, name, receiver) as unknown;
      },
      set: (target, name, value, receiver: object) => {
        refuse(name, receiver);
        return Reflect.set(target, name, value, receiver);
      },
    },
  );
}
