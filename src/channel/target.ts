import { invalidArgument } from '../base/assert';

/** Where a channel connects to. */
export interface Target {
  /** `host:port` */
  readonly address: string;
  readonly secure: boolean;
  /** Whether what is sent cannot leave this machine. */
  readonly loopback: boolean;
}

const expected = 'a host, host:port or http(s) URL without a path';

/**
 * Reads a base address; `source` names where it comes from, for the error about it.
 *
 * A scheme is taken at its word. Without one the connection is encrypted, so that a credential is never sent in plaintext
 * by accident; only a loopback host with a port other than 443 is taken for a local server without TLS. Nothing is probed.
 */
export function resolveTarget(base: string, source = 'base'): Target {
  const url = parse(base, source);
  const loopback = isLoopback(url.hostname);
  const secure = url.protocol === 'https:' && (hasScheme(base) || !loopback || url.port === '');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return { address: `${url.hostname}:${port}`, secure, loopback };
}

// URL drops white space, takes user info and skips slashes, so the shape is checked first.
const shape = /^(https?:\/\/)?[^\s@?#\\/]*[^\s@?#\\/:]\/?$/i;

function parse(base: unknown, source: string): URL {
  if (typeof base !== 'string' || !shape.test(base)) throw invalidArgument(source, expected, withoutSecrets(base));
  const text = hasScheme(base) ? base : `https://${base}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.port === '0') throw invalidArgument(source, expected, base);
  return url;
}

/** Cuts out where a URL carries a password or a token. */
function withoutSecrets(base: unknown): unknown {
  if (typeof base !== 'string') return base;
  return base.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, '$1[redacted]@').replace(/([?#]).*/s, '$1[redacted]');
}

function hasScheme(base: string): boolean {
  return base.includes('://');
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^(127\.\d+\.\d+\.\d+|\[::ffff:7f[0-9a-f]{2}:.*\])$/.test(hostname)
  );
}
