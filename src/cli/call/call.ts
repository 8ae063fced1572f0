import { callByName, describeRpcs } from '../../python/index';
import { clientOf } from '../shell/connect';
import { resolveConnection } from '../shell/connection';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { tellFailure } from '../shell/failure';
import type { Given } from '../shell/given';
import { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import { UsageError } from '../shell/usage-error';
import { manyRequests, oneRequest } from './requests';

/** For an RPC with one answer; streams may be without an end. */
const defaultTimeoutMs = 300_000;

export async function call(given: Given, terminal: Terminal): Promise<ExitCode> {
  const print = new Print(given, terminal);
  const rpcs = describeRpcs();
  if (given.flag('list')) {
    await print.list(rpcs, (rpc) => ({ ...rpc }));
    return exitCode.ok;
  }
  const [name, json] = given.arguments;
  if (name === undefined) throw new UsageError('Expected the name of an RPC; --list prints them');
  const { kind } = rpcs.find((rpc) => rpc.name === name) ?? { kind: 'unary' };
  const requests = kind === 'bidi' ? manyRequests(json, terminal) : oneRequest(json, terminal);
  const seconds = given.number('timeout', { min: 0.001 });
  const timeoutMs = seconds === undefined ? undefined : Math.round(seconds * 1000);
  const connection = await resolveConnection(given, terminal);
  await using clarifai = clientOf(connection, given, terminal);
  const { userId, appId } = connection.fields;
  const calling = {
    userAppId: { userId, appId },
    timeoutMs: timeoutMs ?? (kind === 'unary' ? defaultTimeoutMs : undefined),
  };
  let ended: ExitCode = exitCode.ok;
  for await (const { answer, error } of callByName(clarifai.rpc, name, requests, calling)) {
    // A stream has a line an answer.
    await print.item(answer, () => JSON.stringify(answer, undefined, kind === 'unary' ? 2 : undefined));
    if (error === undefined) continue;
    const failed = tellFailure(error, terminal, print.json);
    ended = error.code === 'MIXED_STATUS' ? exitCode.partial : failed;
  }
  return ended;
}
