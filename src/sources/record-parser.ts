import type { CsvError, CsvErrorCode } from 'csv-parse';
import { optionalPackage } from '../base/optional-package';
import { CsvFault, type ParseRecord } from './csv-records';

/** The part of csv-parse that is used here. */
interface CsvParse {
  readonly parse: (text: string, options: typeof asItIs & { readonly delimiter: string }) => string[][];
  readonly CsvError: typeof CsvError;
}

/** How many cells a record has is for the reader of the header to judge; a line break between records is gone. */
const asItIs = { relax_column_count: true, record_delimiter: ['\r\n', '\n'] } as const;

const faults: { readonly [Code in CsvErrorCode]?: string } = {
  CSV_INVALID_CLOSING_QUOTE: 'has text behind a closing quote',
  INVALID_OPENING_QUOTE: 'has a quote in the middle of a cell without quotes',
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is not closed',
};

/** Splits single records by csv-parse. */
export function recordParser(delimiter: string): ParseRecord {
  const { parse, CsvError } = optionalPackage(
    'csv-parse',
    'CSV files need',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the client
    () => require('csv-parse/sync') as CsvParse,
  );
  return (text) => {
    // Most records have no quotes, and need no parser.
    if (!text.includes('"')) return text.replace(/\r$/, '').split(delimiter);
    try {
      const [cells, ...others] = parse(text.replace(/\r$/, ''), { ...asItIs, delimiter });
      if (cells !== undefined && others.length === 0) return cells;
      throw new CsvFault('has a quote too many');
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const cell: unknown = error['column'];
      const message = faults[error.code] ?? error.message;
      throw new CsvFault(message, typeof cell === 'number' ? cell : undefined, { cause: error });
    }
  };
}
