import { credentialOf, isCredential, publicBase } from '../shell/connection';
import type { Cells } from '../shell/print';
import { type Context, masked, toContext } from './context';
import type { NamedContext } from './contexts';

/** A context as programs get it, its secrets masked; the names are an interface. */
export function contextJson({ name, file, context }: NamedContext, current: boolean): object {
  return { name, current, ...withMaskedSecrets(context), file };
}

/** A context as people get it. */
export function contextCells({ name, file, context }: NamedContext): Cells {
  const { userId, appId, base = publicBase } = context;
  return { name, user: userId ?? '', app: appId ?? '', base, credential: shownCredential(context) ?? 'none', file };
}

/** Which credential there is, and its end. */
export function shownCredential(context: Context): string | undefined {
  const field = credentialOf(context);
  return field === undefined ? undefined : `${field} ${masked(context[field] ?? '')}`;
}

function withMaskedSecrets(context: Context): Context {
  return toContext((field) => {
    const value = context[field];
    return value !== undefined && isCredential(field) ? masked(value) : value;
  });
}
