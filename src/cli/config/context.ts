/** What a context says: a name for an account, an app and an endpoint. */
export interface Context {
  readonly pat?: string;
  readonly sessionToken?: string;
  readonly apiKey?: string;
  readonly userId?: string;
  readonly appId?: string;
  readonly base?: string;
  /** Path of a file in PEM. */
  readonly rootCertificates?: string;
}

/** Whoever a context calls as; of several the first counts. */
export type CredentialField = 'pat' | 'sessionToken' | 'apiKey';

export const credentialFields: readonly CredentialField[] = ['pat', 'sessionToken', 'apiKey'];

export const contextFields: readonly (keyof Context)[] = [
  ...credentialFields,
  'userId',
  'appId',
  'base',
  'rootCertificates',
];

/** The variables that say the same; Clarifai's Python SDK has them as names in its contexts. */
export const variableOfField: Readonly<Record<keyof Context, string>> = {
  pat: 'CLARIFAI_PAT',
  sessionToken: 'CLARIFAI_SESSION_TOKEN',
  apiKey: 'CLARIFAI_API_KEY',
  userId: 'CLARIFAI_USER_ID',
  appId: 'CLARIFAI_APP_ID',
  base: 'CLARIFAI_API_BASE',
  rootCertificates: 'CLARIFAI_ROOT_CERTIFICATES_PATH',
};

/** A context from texts, of which those that are empty count as not given. */
export function toContext(textOf: (field: keyof Context) => string | undefined): Context {
  const texts = contextFields.map((field) => [field, textOf(field)?.trim()] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined && text !== ''));
}

/** A secret as it may be shown: enough to tell two apart, and nothing to use. */
export function masked(secret: string): string {
  return secret.length >= 16 ? `****${secret.slice(-4)}` : '****';
}
