import type { Interceptor } from '@grpc/grpc-js';
import type { CallOptions } from './call-options';
import type { ConnectionOptions } from './connection-options';
import type { Logger } from './logger';

/** Who is calling. At most one of the four may be given; without any, the environment is asked. */
export interface CredentialOptions {
  /** Personal access token; `null` sends calls that carry no credential of their own without any. @default `CLARIFAI_PAT` */
  readonly pat?: string | null | undefined;
  /** Key of one app. @default `CLARIFAI_API_KEY`, when neither a PAT nor a session token is set */
  readonly apiKey?: string | undefined;
  /** Session token of a signed-in user. @default `CLARIFAI_SESSION_TOKEN`, when no PAT is set */
  readonly sessionToken?: string | undefined;
  /** Called before every attempt for the PAT or key to send; caching is the caller's. */
  readonly token?: (() => string | Promise<string>) | undefined;
}

/** Where the service is and how to reach it. */
export interface ChannelOptions {
  /**
   * Host, `host:port`, or an http(s) URL.
   * @default `CLARIFAI_API_BASE`, then `CLARIFAI_GRPC_BASE`, then `api.clarifai.com`
   */
  readonly base?: string | undefined;
  /** Root certificates in PEM, or the path of a file that holds them. @default `CLARIFAI_ROOT_CERTIFICATES_PATH`, then Node's own */
  readonly rootCertificates?: string | Uint8Array | undefined;
  /** Allows a credential to be sent without TLS to a host that is not loopback. @default false */
  readonly allowInsecure?: boolean | undefined;
  /** Largest answer that is accepted, in bytes. @default 134217728 + 1 MiB (the service's own limit is 128 MB) */
  readonly maxReceiveBytes?: number | undefined;
  /**
   * Milliseconds between keepalive pings while a call is open; `null` turns them off. A server may end a connection that is
   * pinged often: for single uploads that take longer than five minutes give 300000.
   * @default 90000
   */
  readonly keepaliveMs?: number | null | undefined;
  /** How many connections there are, and for how long. */
  readonly connections?: ConnectionOptions | undefined;
}

/** Options of the raw stub. */
export interface StubOptions extends CredentialOptions, ChannelOptions {
  /** Goes into `x-clarifai-request-id-prefix`, and so into the request ids the service makes. @default `sdk-nodejs-grpc-<version>` */
  readonly requestIdPrefix?: string | undefined;
  /**
   * grpc-js interceptors of your own, the outermost first. They run for every attempt, see the credential, and must not
   * wait in `start` when they change messages (grpc-js 1.14 would send the message unchanged).
   */
  readonly interceptors?: readonly Interceptor[] | undefined;
}

/** Options of the client. */
export interface ClientOptions extends StubOptions {
  /** Owner of the app that calls act on. @default `CLARIFAI_USER_ID` */
  readonly userId?: string | undefined;
  /** App that calls act on. @default `CLARIFAI_APP_ID` */
  readonly appId?: string | undefined;
  /**
   * Told what the client does: calls, attempts and chunks at `debug`, connections that are ready at `info`, retries, refused
   * inputs and connections in trouble at `warn`, calls that failed at `error`. Entries hold names, codes, counts and times:
   * never a credential, and nothing that was sent.
   * @default none; lines on standard error when `CLARIFAI_DEBUG` is set to anything but 0, false or off
   */
  readonly logger?: Logger | undefined;
  /** Defaults for every call. An option of a call replaces its default as a whole, except `retry`, whose fields are taken one by one. */
  readonly defaults?: Omit<CallOptions, 'signal'> | undefined;
}
