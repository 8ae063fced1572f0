import { invalidRequest } from '../base/assert';
import { fractionOfSecond } from './timestamp';

/** What the methods of a Duration see of it. */
interface Span {
  seconds: bigint;
  nanos: number;
}

/** The methods of a Duration that other messages do not have. */
export const durationMethods = {
  ToSeconds(this: Span): number {
    return Number(this.seconds);
  },
  ToMilliseconds(this: Span): number {
    return Number(this.seconds) * 1000 + Math.trunc(this.nanos / 1_000_000);
  },
  ToJsonString(this: Span): string {
    const negative = this.seconds < 0n || this.nanos < 0;
    const seconds = negative ? -this.seconds : this.seconds;
    return `${negative ? '-' : ''}${seconds}${fractionOfSecond(Math.abs(this.nanos))}s`;
  },
  FromJsonString(this: Span, text: string): void {
    const [, sign = '', seconds, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,9}))?s$/.exec(text) ?? [];
    if (seconds === undefined) throw invalidRequest(`Expected a duration such as 1.5s, got ${JSON.stringify(text)}`);
    this.seconds = BigInt(`${sign}${seconds}`);
    this.nanos = Number(`${sign}${fraction.padEnd(9, '0')}`);
  },
};
