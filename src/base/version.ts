/** Version of this package; a test holds it to package.json, which is not read at run time so that bundlers need not carry it. */
export const version = '0.1.0';
