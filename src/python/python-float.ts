/** A double as Python writes it: `1.0`, `1e+16`, `1e-05`, `nan`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  // Both languages write the fewest digits that read back as the same double; they differ in where an exponent begins.
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const sign = Object.is(value, -0) ? '-' : '';
  const text = power < 0 ? value.toFixed(digits.replace(/[-.]/g, '').length - 1 - power) : String(value);
  return `${sign}${text}${text.includes('.') ? '' : '.0'}`;
}

/** The double with the fewest digits, of 6 to 9, that is the same float of 32 bits. */
export function shortestFloat(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = rounded(value, digits);
    if (Object.is(Math.fround(short), value)) return short;
  }
  return rounded(value, 9);
}

/** Rounds to significant digits, and what lies halfway to the even one, as C does; `toPrecision` rounds that up. */
function rounded(value: number, digits: number): number {
  const [mantissa = '', exponent = ''] = value.toExponential(digits).split('e');
  const halfway = mantissa.endsWith('5') && /^0*e/.test(value.toExponential(60).slice(mantissa.length));
  if (halfway && /[02468]5$/.test(mantissa)) return Number(`${mantissa.slice(0, -1)}e${exponent}`);
  return Number(value.toPrecision(digits));
}
