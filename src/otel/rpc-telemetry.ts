import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Counter, Histogram, Meter, Span, Tracer } from '@opentelemetry/api';
import { callStart } from '../diagnostics/channels';
import type { AttemptMessage, CallMessage, RetryMessage } from '../diagnostics/messages';
import { observe } from '../diagnostics/observe';
import type { OpenTelemetryApi } from './api';
import { endAttributes, errorDetails, errorType, rpcAttributes, rpcMethod } from './attributes';

/** A call or an attempt under way. */
interface Underway {
  readonly span: Span;
  /** With the span. */
  readonly context: Context;
  /** Whether it is a whole call, and not one attempt of several. */
  readonly isCall: boolean;
}

interface CallUnderway extends Underway {
  readonly method: string;
  /** The context that was active when it started. */
  readonly outer: Context;
  attempts: number;
}

/** In seconds: what the RPC conventions advise. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Spans and durations of calls and attempts. */
export class RpcTelemetry {
  readonly stop: () => void;
  readonly #api: OpenTelemetryApi;
  readonly #tracer: Tracer;
  readonly #duration: Histogram;
  readonly #retries: Counter;
  /** The call that the code at hand belongs to. */
  readonly #call = new AsyncLocalStorage<CallUnderway>();
  readonly #underway = new WeakMap<CallMessage | AttemptMessage, Underway>();

  constructor(api: OpenTelemetryApi, tracer: Tracer, meter: Meter) {
    this.#api = api;
    this.#tracer = tracer;
    this.#duration = meter.createHistogram('rpc.client.call.duration', {
      unit: 's',
      description: 'Duration of outbound remote procedure calls, with their retries',
      advice: { explicitBucketBoundaries: durationBuckets },
    });
    this.#retries = meter.createCounter('clarifai.client.retries', {
      unit: '{retry}',
      description: 'Attempts that failed and were followed by another',
    });
    callStart.bindStore(this.#call, (message) => this.#callStarts(message));
    const stops = [
      observe('clarifai-grpc:attempt:start', (message) => this.#attemptStarts(message)),
      observe('clarifai-grpc:attempt:end', (message) => this.#ends(message)),
      observe('clarifai-grpc:retry', (message) => this.#retried(message)),
      observe('clarifai-grpc:call:end', (message) => this.#ends(message)),
    ];
    this.stop = () => {
      callStart.unbindStore(this.#call);
      for (const stop of stops) stop();
    };
  }

  #callStarts(message: CallMessage): CallUnderway {
    const { method } = message;
    const outer = this.#api.context.active();
    const call = { ...this.#start(message, rpcMethod(method)), isCall: true, method, outer, attempts: 0 };
    this.#underway.set(message, call);
    return call;
  }

  #attemptStarts(message: AttemptMessage): void {
    const { method, metadata } = message;
    const call = this.#call.getStore();
    // A raw call that a credential source makes runs within the call that asked for the credential.
    const isCall = call?.method !== method;
    const attempt = { ...this.#start(message, isCall ? rpcMethod(method) : `Attempt ${rpcMethod(method)}`), isCall };
    if (call !== undefined && !isCall) attempt.span.setAttribute('clarifai.attempt', (call.attempts += 1));
    this.#underway.set(message, attempt);
    this.#api.propagation.inject(attempt.context, metadata);
  }

  #start({ method, client }: CallMessage | AttemptMessage, name: string): Pick<Underway, 'span' | 'context'> {
    const parent = this.#parent();
    const attributes = rpcAttributes(method, client);
    const span = this.#tracer.startSpan(name, { kind: this.#api.SpanKind.CLIENT, attributes }, parent);
    return { span, context: this.#api.trace.setSpan(parent, span) };
  }

  /** The innermost: a span that was begun within the call, by an interceptor say, or else the call's own. */
  #parent(): Context {
    const active = this.#api.context.active();
    const call = this.#call.getStore();
    return call !== undefined && active === call.outer ? call.context : active;
  }

  #retried({ client, method, attempt, delayMs, error }: RetryMessage): void {
    const attributes = { 'clarifai.attempt': attempt, 'clarifai.retry.delay_ms': delayMs, ...errorType(error) };
    this.#call.getStore()?.span.addEvent('clarifai.retry', attributes);
    this.#retries.add(1, { ...rpcAttributes(method, client), ...errorType(error) });
  }

  #ends(message: CallMessage | AttemptMessage): void {
    const underway = this.#underway.get(message);
    if (underway === undefined) return;
    const { span, context, isCall } = underway;
    const { client, method, durationMs = 0, ending, error } = message;
    const ended = endAttributes(ending, error);
    if (isCall) this.#duration.record(durationMs / 1000, { ...rpcAttributes(method, client), ...ended }, context);
    span.setAttributes({ ...ended, ...errorDetails(error) });
    if (ending === 'failed') span.setStatus({ code: this.#api.SpanStatusCode.ERROR });
    span.end();
  }
}
