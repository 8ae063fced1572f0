import { Clarifai } from '../../../src/client';
import type { SdkCalls } from './sdk-calls';

export const authCalls: SdkCalls = {
  'auth/pat-and-token': ({ credentials }) =>
    withClient({ ...credentials, sessionToken: 'token-1' }, (both) => both.user('user-1').app('app-1').get()),
  'auth/none': ({ credentials: { base } }) => withClient({ base }, (nobody) => nobody.user('user-1').get()),
  'auth/env-pat': ({ credentials: { base } }) =>
    withEnvironment({ CLARIFAI_PAT: 'pat-from-env' }, () =>
      withClient({ base }, (client) => client.user('user-1').app('app-1').get()),
    ),
  'auth/env-user-id-does-not-reach-id': ({ credentials }) =>
    withEnvironment({ CLARIFAI_USER_ID: 'user-from-env' }, () =>
      withClient(credentials, (client) => client.user().app('app-1').get()),
    ),
  'auth/base-without-scheme': ({ credentials: { pat, base } }) =>
    withClient({ pat, base: base.replace('http://', '') }, (client) => client.user('user-1').app('app-1').get()),
};

/** Makes a client for one use. */
export async function withClient<T>(
  options: ConstructorParameters<typeof Clarifai>[0],
  use: (client: Clarifai) => Promise<T>,
): Promise<T> {
  await using client = new Clarifai(options);
  return await use(client);
}

async function withEnvironment<T>(values: Readonly<Record<string, string>>, use: () => Promise<T>): Promise<T> {
  Object.assign(process.env, values);
  try {
    return await use();
  } finally {
    for (const name of Object.keys(values)) Reflect.deleteProperty(process.env, name);
  }
}
