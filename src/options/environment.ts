/** What the environment says; a variable that is empty is as good as not set. */
export interface Environment {
  readonly pat: string | undefined;
  readonly sessionToken: string | undefined;
  readonly apiKey: string | undefined;
  readonly userId: string | undefined;
  readonly appId: string | undefined;
  readonly apiBase: string | undefined;
  readonly grpcBase: string | undefined;
  readonly rootCertificatesPath: string | undefined;
  /** Whether what clients do is to be told on standard error. */
  readonly debug: boolean;
}

/** The only function of this package that reads environment variables. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const read = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  return {
    pat: read('CLARIFAI_PAT'),
    sessionToken: read('CLARIFAI_SESSION_TOKEN'),
    apiKey: read('CLARIFAI_API_KEY'),
    userId: read('CLARIFAI_USER_ID'),
    appId: read('CLARIFAI_APP_ID'),
    apiBase: read('CLARIFAI_API_BASE'),
    grpcBase: read('CLARIFAI_GRPC_BASE'),
    rootCertificatesPath: read('CLARIFAI_ROOT_CERTIFICATES_PATH'),
    debug: !['0', 'false', 'off', undefined].includes(read('CLARIFAI_DEBUG')?.toLowerCase()),
  };
}
