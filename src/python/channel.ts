import { assertInteger, assertObject, assertString } from '../base/assert';
import type { StubOptions } from '../options/client-options';
import { readEnvironment } from '../options/environment';
import { V2Stub } from '../rpc/v2-stub';

/** Where a channel leads, by the names that Python has for it. */
export interface ChannelArguments {
  /** `host`, `host:port` or an http(s) URL. @default `CLARIFAI_API_BASE`, then `CLARIFAI_GRPC_BASE`, then `api.clarifai.com` */
  readonly base?: string | undefined;
  /** File of root certificates in PEM. @default `CLARIFAI_ROOT_CERTIFICATES_PATH`, then Node's own */
  readonly root_certificates_path?: string | undefined;
}

/** Where a channel without TLS leads. */
export interface InsecureChannelArguments {
  /** @default `CLARIFAI_GRPC_BASE`, then `api-grpc.clarifai.com` */
  readonly base?: string | undefined;
  /** @default 18080 */
  readonly port?: number | undefined;
}

/** One connection to the service, which any number of stubs share. Made by ClarifaiChannel. */
export class Channel {
  /** @internal */
  readonly stub: V2Stub;

  /** @internal */
  constructor(options: StubOptions) {
    const { pat, apiKey, sessionToken } = readEnvironment();
    // Python sends a call without a credential, too: the service says what it thinks of that.
    const nobody = (pat ?? apiKey ?? sessionToken) === undefined;
    this.stub = new V2Stub(nobody ? { ...options, pat: null } : options);
  }

  /** Refuses new calls, and resolves when those in flight have ended. A program ends when its channels are idle, closed or not. */
  close(): Promise<void> {
    return this.stub.close();
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Makes channels, as the class of that name does in Python. */
export const ClarifaiChannel = {
  /** A channel with TLS; without for a loopback address with a port, such as the emulator's. */
  get_grpc_channel(base?: string | ChannelArguments, root_certificates_path?: string): Channel {
    const given = base === undefined || typeof base === 'string' ? { base, root_certificates_path } : base;
    assertObject(given, 'arguments', ['base', 'root_certificates_path']);
    return new Channel({ base: given.base, rootCertificates: given.root_certificates_path });
  },

  /** A channel without TLS to any host: what is sent on it, the credential included, can be read on the way. */
  get_insecure_grpc_channel(base?: string | InsecureChannelArguments, port?: number): Channel {
    const given = base === undefined || typeof base === 'string' ? { base, port } : base;
    assertObject(given, 'arguments', ['base', 'port']);
    const { base: host = readEnvironment().grpcBase ?? 'api-grpc.clarifai.com', port: at = 18080 } = given;
    assertString(host, 'base', { nonEmpty: true });
    assertInteger(at, 'port', { min: 1, max: 65535 });
    return new Channel({ base: `http://${host}:${at}`, allowInsecure: true });
  },

  /** As `get_grpc_channel`: every call here is asynchronous. */
  get_aio_grpc_channel(base?: string | ChannelArguments, root_certificates_path?: string): Channel {
    return ClarifaiChannel.get_grpc_channel(base, root_certificates_path);
  },

  /** As `get_insecure_grpc_channel`. */
  get_aio_insecure_grpc_channel(base?: string | InsecureChannelArguments, port?: number): Channel {
    return ClarifaiChannel.get_insecure_grpc_channel(base, port);
  },
} as const;
