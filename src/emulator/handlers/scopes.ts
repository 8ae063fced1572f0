import { reflection } from '../../../generated/reflection';
import type { Call, Handlers } from '../service/call';
import { readableApp } from '../service/scope';
import type { Grant } from '../state/keys';
import { allScopes, appKeyType, endpointOf, everything, patType, scopesBelow } from '../state/keys';

/** What keys may do. */
export const scopeHandlers: Handlers = {
  MyScopes({ userAppId }, call) {
    const { principal } = call;
    const namesApp = principal.kind === 'appKey' || (userAppId !== undefined && userAppId.appId !== '');
    return { ...mine(call), ...(namesApp && { app: readableApp(call, userAppId).message }) };
  },

  MyScopesUser(_request, call) {
    return mine(call);
  },

  MyScopesRoot(_request, call) {
    return mine(call);
  },

  ListScopes({ keyType }) {
    const credential = keyType === patType ? [patAuth, keyAuth] : [keyAuth];
    const { methods } = reflection();
    const endpoints = Object.entries(methods).filter(([, [, , , , kind]]) => credential.includes(kind));
    const needed = new Set(endpoints.flatMap(([, [, , , , , scopes]]) => scopes));
    const scopes =
      keyType === '' || keyType === appKeyType ? allScopes().filter((one) => needed.has(one)) : allScopes();
    return {
      scopeDeps: scopes.map((scope) => ({ scope, dependingScopes: scopesBelow(scope) })),
      endpointDeps: endpoints.map(([name, [, , , , , dependingScopes]]) => ({
        endpoint: endpointOf(name),
        dependingScopes,
      })),
    };
  },
};

/** Kinds of credentials that RPCs want, as the protos call them. */
const keyAuth = 'KeyAuth';
const patAuth = 'PATAuth';

function mine({ principal }: Call): Grant {
  const { scopes, endpoints } = 'scopes' in principal ? principal : everything;
  return { scopes, endpoints };
}
