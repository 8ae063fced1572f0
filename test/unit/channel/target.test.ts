import { resolveTarget } from '../../../src/channel/target';

describe('a base', () => {
  it.each([
    ['api.clarifai.com', 'api.clarifai.com:443', true],
    ['api.clarifai.com:443', 'api.clarifai.com:443', true],
    ['dev.clarifai.com:18080', 'dev.clarifai.com:18080', true],
    ['https://api.clarifai.com', 'api.clarifai.com:443', true],
    ['HTTPS://api.clarifai.com/', 'api.clarifai.com:443', true],
    ['https://10.0.0.7:8443', '10.0.0.7:8443', true],
    ['http://grpc.example', 'grpc.example:80', false],
    ['http://grpc.example:443', 'grpc.example:443', false],
    ['grpc.example:50051', 'grpc.example:50051', true],
    ['[2001:db8::1]:9000', '[2001:db8::1]:9000', true],
  ])('%s leads to %s (TLS: %s)', (base, address, secure) => {
    expect(resolveTarget(base)).toEqual({ address, secure, loopback: false });
  });

  it.each([
    ['localhost:50051', 'localhost:50051', false],
    ['127.0.0.1:50051', '127.0.0.1:50051', false],
    ['127.1:50051', '127.0.0.1:50051', false],
    ['[::1]:50051', '[::1]:50051', false],
    ['[::ffff:127.0.0.1]:50051', '[::ffff:7f00:1]:50051', false],
    ['localhost:443', 'localhost:443', true],
    ['https://localhost:50051', 'localhost:50051', true],
    ['http://localhost', 'localhost:80', false],
  ])('%s is loopback at %s (TLS: %s)', (base, address, secure) => {
    expect(resolveTarget(base)).toEqual({ address, secure, loopback: true });
  });

  it.each(['localhost.example:1', '127.0.0.1.example:1', 'http://127.0.0.1.nip.example:1'])(
    '%s is not loopback',
    (base) => {
      expect(resolveTarget(base).loopback).toBe(false);
    },
  );

  it.each([
    '',
    ' api.clarifai.com',
    'api.clarifai.com\n',
    'https://',
    'https:///api.clarifai.com',
    'https://api.clarifai.com/v2',
    'api.clarifai.com/v2',
    'grpc://api.clarifai.com',
    'dns:///api.clarifai.com',
    'unix:/tmp/socket',
    'host:',
    'host:0',
    'host:65536',
    'host:port',
    '::1',
    'a b',
    '%00',
  ])('%j is refused with what was expected and given', (base) => {
    expect(() => resolveTarget(base, 'CLARIFAI_API_BASE')).toThrow(
      expect.objectContaining({
        name: 'InvalidRequestError',
        message: `Expected \`CLARIFAI_API_BASE\` to be a host, host:port or http(s) URL without a path, got \`${JSON.stringify(base)}\` (string)`,
      }),
    );
  });
});
