const retryInfoType = /(^|\/)google\.rpc\.RetryInfo$/;

/** The delay of a google.rpc.RetryInfo inside the bytes of a google.rpc.Status; `undefined` when there is none to be read. */
export function retryInfoMs(statusBytes: Uint8Array): number | undefined {
  // Status.details = 3, each an Any { type_url = 1, value = 2 }; RetryInfo.retry_delay = 1 { seconds = 1, nanos = 2 }
  try {
    for (const detail of fieldsOf(statusBytes).get(3) ?? []) {
      const any = fieldsOf(bytesOf(detail));
      if (!retryInfoType.test(new TextDecoder().decode(bytesOf(any.get(1)?.at(-1))))) continue;
      const retryInfo = fieldsOf(bytesOf(any.get(2)?.at(-1)));
      const delay = fieldsOf(bytesOf(retryInfo.get(1)?.at(-1)));
      return Math.max(0, numberOf(delay.get(1)?.at(-1)) * 1000 + numberOf(delay.get(2)?.at(-1)) / 1e6);
    }
  } catch {
    // A detail that cannot be read is as good as none: the caller is handling another error.
  }
  return undefined;
}

type Field = number | Uint8Array;

const bytesOf = (field: Field | undefined): Uint8Array => (field instanceof Uint8Array ? field : new Uint8Array(0));
const numberOf = (field: Field | undefined): number => (typeof field === 'number' ? field : 0);

/**
 * The varint and length-delimited fields of one message, by number.
 *
 * @throws Error for anything else, so that every step leads forward: lengths come from whoever answered
 */
function fieldsOf(bytes: Uint8Array): Map<number, Field[]> {
  const fields = new Map<number, Field[]>();
  let position = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[position++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new Error('Truncated');
  };
  const delimited = (): Uint8Array => {
    const length = varint();
    const start = position;
    if (length < 0 || length > bytes.length - start) throw new Error('A length that does not fit');
    position += length;
    return bytes.subarray(start, position);
  };
  while (position < bytes.length) {
    const tag = varint();
    const wireType = tag & 7;
    if (wireType !== 0 && wireType !== 2) throw new Error('Not a message of this family');
    const field = wireType === 0 ? varint() : delimited();
    const number = Math.floor(tag / 8);
    const known = fields.get(number);
    if (known === undefined) fields.set(number, [field]);
    else known.push(field);
  }
  return fields;
}
