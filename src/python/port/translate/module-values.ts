import { float, listOf, number, string } from '../type';
import { level, type Value, value } from '../value';

/** Values of Python's own modules. */
export const moduleValues: Readonly<Record<string, Value>> = {
  'math.pi': value('Math.PI', float, level.member),
  'math.inf': value('Infinity', float),
  'math.nan': value('NaN', float),
  'os.sep': value("'/'", string),
  'sys.argv': value('process.argv.slice(1)', listOf(string), level.member),
  'logging.DEBUG': value('10', number, level.number),
  'logging.INFO': value('20', number, level.number),
  'logging.WARNING': value('30', number, level.number),
  'logging.ERROR': value('40', number, level.number),
};
