/**
 * Makes `instanceof` hold across copies of this package: two copies of a class share the symbol, not the prototype.
 * A class that a user derives from a branded one keeps ordinary `instanceof`.
 */
export function brand(errorClass: { readonly prototype: Error }, name: string): void {
  const mark = Symbol.for(`clarifai.${name}`);
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true });
  Object.defineProperty(errorClass.prototype, mark, { value: true });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === 'object' && value !== null && mark in value;
    },
  });
}
