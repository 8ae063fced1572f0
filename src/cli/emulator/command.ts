import type { Command } from '../shell/command';

export const emulatorCommand: Command = {
  name: 'emulator',
  summary: 'run the emulator of the service, until SIGINT or SIGTERM or the end of the process that started it',
  arguments: [],
  options: [
    { flags: '--host <host>', summary: 'address to listen on (default: "127.0.0.1")' },
    { flags: '--port <port>', summary: 'port to listen on (default: a free one)' },
    { flags: '--tls', summary: 'serve TLS with a CA of its own; needs the package selfsigned' },
    { flags: '--seed <file>', summary: 'JSON file with what the app holds from the start' },
    { flags: '--persist <file>', summary: 'file that keeps the state and the keys, to go on with after a restart' },
    { flags: '--strict', summary: 'refuse what the service refuses and the emulator is lenient about' },
    { flags: '--store-bytes', summary: 'keep what inputs are sent as, and host it over HTTP' },
    { flags: '--fetch-hosts <hosts>', summary: 'hosts whose URLs are fetched, with commas between (default: none)' },
    { flags: '--json', summary: 'print address and keys as one line of JSON' },
    { flags: '--allow-remote', summary: 'let --host be an address that other machines reach' },
    { flags: '--background', summary: 'end as soon as it runs, and leave it running until it is killed' },
    { flags: '--detached', summary: 'keep running when the process that started it ends' },
  ],
  load: async () => (await import('./emulator')).emulator,
};
