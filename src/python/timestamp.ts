import { invalidRequest } from '../base/assert';
import { systemClock } from '../base/clock';

/** What the methods of a Timestamp see of it. */
interface Instant {
  seconds: bigint;
  nanos: number;
}

const million = 1_000_000n;
const billion = 1_000_000_000n;
const year1 = Date.parse('0001-01-01T00:00:00Z');
const year10000 = Date.parse('+010000-01-01T00:00:00Z');

/** The methods of a Timestamp that other messages do not have. */
export const timestampMethods = {
  ToDatetime(this: Instant): Date {
    return new Date(Number(toMilliseconds(this)));
  },
  FromDatetime(this: Instant, date: Date): void {
    Object.assign(this, fieldsOfDate(date));
  },
  GetCurrentTime(this: Instant): void {
    setNanoseconds(this, BigInt(systemClock.now()) * million);
  },
  ToSeconds(this: Instant): number {
    return Number(this.seconds);
  },
  ToMilliseconds(this: Instant): number {
    return Number(toMilliseconds(this));
  },
  ToMicroseconds(this: Instant): bigint {
    return this.seconds * million + BigInt(this.nanos) / 1000n;
  },
  ToNanoseconds(this: Instant): bigint {
    return toNanoseconds(this);
  },
  FromSeconds(this: Instant, seconds: number | bigint): void {
    setNanoseconds(this, BigInt(seconds) * billion);
  },
  FromMilliseconds(this: Instant, milliseconds: number | bigint): void {
    setNanoseconds(this, BigInt(milliseconds) * million);
  },
  FromMicroseconds(this: Instant, microseconds: number | bigint): void {
    setNanoseconds(this, BigInt(microseconds) * 1000n);
  },
  FromNanoseconds(this: Instant, nanoseconds: bigint): void {
    setNanoseconds(this, nanoseconds);
  },
  ToJsonString(this: Instant): string {
    const { seconds, nanos } = normal(toNanoseconds(this));
    const milliseconds = Number(seconds) * 1000;
    if (milliseconds < year1 || milliseconds >= year10000) {
      throw invalidRequest(`Expected a timestamp of the years 1 to 9999, got ${seconds} seconds since 1970`);
    }
    return `${new Date(milliseconds).toISOString().slice(0, 19)}${fractionOfSecond(nanos)}Z`;
  },
  FromJsonString(this: Instant, text: string): void {
    const [, whole = '', fraction = '', offset = ''] =
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
    const milliseconds = Date.parse(`${whole}${offset}`);
    if (Number.isNaN(milliseconds)) {
      throw invalidRequest(`Expected a timestamp such as 2024-01-15T16:38:49.5Z, got ${JSON.stringify(text)}`);
    }
    this.seconds = BigInt(milliseconds / 1000);
    this.nanos = Number(fraction.padEnd(9, '0'));
  },
};

/** The fields of a Timestamp for a date. @throws InvalidRequestError for an invalid date */
export function fieldsOfDate(date: Date): Instant {
  const milliseconds = date.getTime();
  if (Number.isNaN(milliseconds)) throw invalidRequest('Expected a valid date, got Invalid Date');
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds: BigInt(seconds), nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

/** The fraction of a second with 0, 3, 6 or 9 digits, as many as it needs. */
export function fractionOfSecond(nanos: number): string {
  if (nanos === 0) return '';
  return `.${String(nanos)
    .padStart(9, '0')
    .replace(/(000){1,2}$/, '')}`;
}

function toMilliseconds({ seconds, nanos }: Instant): bigint {
  return seconds * 1000n + BigInt(nanos) / million;
}

function toNanoseconds({ seconds, nanos }: Instant): bigint {
  return seconds * billion + BigInt(nanos);
}

function setNanoseconds(instant: Instant, nanoseconds: bigint): void {
  Object.assign(instant, normal(nanoseconds));
}

function normal(nanoseconds: bigint): Instant {
  const nanos = ((nanoseconds % billion) + billion) % billion;
  return { seconds: (nanoseconds - nanos) / billion, nanos: Number(nanos) };
}
