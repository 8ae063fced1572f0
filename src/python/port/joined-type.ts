import { isScalar, type Type, unknown } from './type';

/** What is known of something that is one or the other. */
export function joinedType(a: Type, b: Type): Type {
  if (a.kind === 'unknown' || a.kind === 'none') return b;
  if (b.kind === 'unknown' || b.kind === 'none') return a;
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: joinedType(a.of, b.of) };
  if (a.kind === 'set' && b.kind === 'set') return { kind: 'set', of: joinedType(a.of, b.of) };
  if (a.kind === 'stream' && b.kind === 'list') return joinedType(b, { kind: 'list', of: a.of });
  if (isScalar(a, 'number') && isScalar(b, 'float')) return b;
  if (isScalar(b, 'number') && isScalar(a, 'float')) return a;
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  const messages = [...messagesOf(a), ...messagesOf(b)];
  if (messagesOf(a).length === 0 || messagesOf(b).length === 0) return unknown;
  const kept = messages.filter(
    (one, index) => messages.findIndex((other) => other.name === one.name && other.partial === one.partial) === index,
  );
  const [only, more] = kept;
  if (only !== undefined && more === undefined) return only;
  return { kind: 'oneOf', of: kept };
}

function messagesOf(type: Type): readonly (Type & { readonly kind: 'message' })[] {
  if (type.kind === 'message') return [type];
  return type.kind === 'oneOf' ? type.of : [];
}
