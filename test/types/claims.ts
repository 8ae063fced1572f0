/** Claims about types, for code that is held to compile and never run. */

export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Compiles only for a claim that is true. */
export declare function holds<Claim extends true>(value?: unknown): Claim;

/** Whether `any` stands anywhere in a type, to a depth at which the messages have repeated themselves. */
export type HasAny<T, Depth extends readonly unknown[] = []> =
  IsAny<T> extends true
    ? true
    : Depth['length'] extends 4
      ? false
      : T extends readonly (infer Item)[]
        ? HasAny<Item, [...Depth, 0]>
        : T extends Uint8Array | Date | ((...args: never[]) => unknown)
          ? false
          : T extends object
            ? true extends { [Key in keyof T]-?: HasAny<T[Key], [...Depth, 0]> }[keyof T]
              ? true
              : false
            : false;
