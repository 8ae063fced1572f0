import type { DataSourceCredentials, InputsDataSource } from '../../generated/proto/clarifai/api/resources';
import { InputIDConflictResolution } from '../../generated/proto/clarifai/api/resources';
import { assertObject, assertOneOf, assertString, invalidArgument } from '../base/assert';
import { assertId } from '../base/id';
import { type InputTemplate, toInputTemplate } from '../inputs/input-template';
import type { JsonObject } from '../inputs/json';
import type { DeepPartial } from '../wire/codec';

/** What lets the service read a place in a cloud: of AWS, Azure or Google. Errors never show it. */
export type CloudCredentials =
  | {
      readonly s3: {
        readonly region: string;
        readonly id: string;
        readonly secret: string;
        readonly token?: string | undefined;
      };
    }
  | { readonly azure: { readonly accountName: string; readonly accountKey: string } }
  /** The key of a service account, as its JSON file holds it. */
  | { readonly gcp: Uint8Array | JsonObject };

/** How inputs are made that the service finds by itself. */
export interface FoundInputsOptions {
  /** Id of the job that counts the inputs. @default the service makes one */
  readonly jobId?: string | undefined;
  /**
   * What becomes of a file whose id, made from its name, an input has already: `'skip'` passes it over, `'suffix'` gives it
   * another id, `-1` to `-9` and then a random one. @default 'skip'
   */
  readonly conflicts?: 'skip' | 'suffix' | undefined;
  /** What all inputs get. */
  readonly template?: InputTemplate | undefined;
}

/** A place in a cloud, or an archive there. */
export interface CloudSource extends FoundInputsOptions {
  /** Address of a file, an archive, or everything that begins with it: of AWS S3, Azure Blob or Google Cloud Storage. */
  readonly url: string;
  /** @default none, for what anyone may read */
  readonly credentials?: CloudCredentials | undefined;
}

const fields = [
  'url',
  'credentials',
  'jobId',
  'conflicts',
  'template',
] as const satisfies readonly (keyof CloudSource)[];
const hidden = { hideValue: true };

/** @throws InvalidRequestError naming the argument, and never showing a credential */
export function toDataSource(source: CloudSource, name: string): DeepPartial<InputsDataSource> {
  assertObject(source, name, fields, hidden);
  const { url, credentials } = source;
  // A signed address is a credential, too.
  assertString(url, `${name}.url`, { nonEmpty: true, ...hidden });
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    throw invalidArgument(`${name}.url`, 'a URL, such as s3://bucket/folder/', url, hidden);
  }
  return {
    ...toFoundInputs(source, `${name}.`),
    url: {
      url,
      ...(credentials !== undefined && { credentials: toCredentials(credentials, `${name}.credentials`) }),
    },
  };
}

/** What of a source is not to be seen, wherever it is repeated. */
export function secretsOf({ credentials }: CloudSource): string[] {
  if (credentials === undefined) return [];
  if ('s3' in credentials) return [credentials.s3.secret, credentials.s3.token ?? ''];
  if ('azure' in credentials) return [credentials.azure.accountKey];
  const { gcp } = credentials;
  if (gcp instanceof Uint8Array) return [Buffer.from(gcp).toString()];
  return ['private_key', 'private_key_id'].flatMap((name) => (typeof gcp[name] === 'string' ? gcp[name] : []));
}

/** What uploads and places in a cloud have in common. */
export function toFoundInputs(
  { jobId, conflicts = 'skip', template }: FoundInputsOptions,
  prefix: string,
): Pick<DeepPartial<InputsDataSource>, 'inputsAddJobId' | 'inputIdConflictResolution' | 'inputTemplate'> {
  if (jobId !== undefined) assertId(jobId, `${prefix}jobId`);
  assertOneOf(conflicts, `${prefix}conflicts`, ['skip', 'suffix']);
  return {
    inputIdConflictResolution: InputIDConflictResolution[conflicts === 'skip' ? 'SKIP' : 'SUFFIX'],
    ...(jobId !== undefined && { inputsAddJobId: jobId }),
    ...(template !== undefined && { inputTemplate: toInputTemplate(template, `${prefix}template`) }),
  };
}

function toCredentials(given: CloudCredentials, name: string): DeepPartial<DataSourceCredentials> {
  assertObject(given, name, ['s3', 'azure', 'gcp'], hidden);
  if (Object.keys(given).length !== 1) throw invalidArgument(name, 'one of s3, azure and gcp', given, hidden);
  if ('s3' in given) {
    const { s3 } = given;
    assertObject(s3, `${name}.s3`, ['region', 'id', 'secret', 'token'], hidden);
    const { region, id, secret, token } = s3;
    assertSecrets({ region, id, secret, ...(token !== undefined && { token }) }, `${name}.s3`);
    return { s3Creds: s3 };
  }
  if ('azure' in given) {
    const { azure } = given;
    assertObject(azure, `${name}.azure`, ['accountName', 'accountKey'], hidden);
    const { accountName, accountKey } = azure;
    assertSecrets({ accountName, accountKey }, `${name}.azure`);
    return { azureBlobCreds: azure };
  }
  const { gcp } = given;
  if (gcp instanceof Uint8Array) return { gcpCreds: gcp };
  assertObject(gcp, `${name}.gcp`, undefined, hidden);
  return { gcpCreds: Buffer.from(JSON.stringify(gcp)) };
}

function assertSecrets(secrets: Readonly<Record<string, string>>, name: string): void {
  for (const [key, value] of Object.entries(secrets)) {
    assertString(value, `${name}.${key}`, { nonEmpty: true, ...hidden });
  }
}
