import { assertArray, assertString, invalidArgument } from '../base/assert';

/** Hosts that may see the client's credential. */
export class TrustedHosts {
  readonly #hosts: ReadonlySet<string>;

  /**
   * @param base address of the service that the client talks to: where it hosts files itself, as the emulator does, it is
   * trusted
   * @param named what the caller names besides, such as `data.example.com`
   */
  constructor(base: string, named: readonly string[] = []) {
    assertArray(named, 'trustedHosts', 'an array of host names');
    named.forEach((host, index) => {
      assertString(host, `trustedHosts[${index}]`, { nonEmpty: true });
      if (/[/:\s]/.test(host))
        throw invalidArgument(`trustedHosts[${index}]`, 'a host name without scheme or port', host);
    });
    this.#hosts = new Set([hostOf(base), ...named.map((host) => host.toLowerCase())]);
  }

  /** Whether the credential may go with a request of this URL: to a host that is trusted, over TLS or to this machine. */
  maySee(url: URL): boolean {
    const host = url.hostname;
    if (!this.#hosts.has(host) && host !== 'clarifai.com' && !host.endsWith('.clarifai.com')) return false;
    return url.protocol === 'https:' || isLoopback(host);
  }
}

function hostOf(base: string): string {
  const address = base.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/s, '');
  return address.replace(/:\d+$/, '').toLowerCase();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
