import { toFinding } from '../pictures/finding';
import { colorDepthOf } from '../pictures/terminal/color-depth';
import { legendOf } from '../pictures/terminal/legend';
import { printable } from '../pictures/terminal/printable';
import type { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import type { Predicted, View } from './predicted';

/** Prints each prediction: a line of JSON, or what was found, below the name of the input. */
export function printed(print: Print, terminal: Terminal): View {
  return {
    async add(predicted) {
      const { name, outcome } = predicted;
      if (print.json) await print.item(outcomeJson(predicted), () => '');
      else if (outcome.ok) await print.item(undefined, () => wordsOf(predicted, print, terminal));
      else print.problem(`${printable(name)}: ${outcome.error.message}`);
    },
    close: async () => undefined,
  };
}

/** The names are an interface: they are added to, and never changed. */
function outcomeJson({ name, outcome }: Predicted): object {
  const { index, id } = outcome;
  const head = { index, input: name, id: id === '' ? undefined : id, ok: outcome.ok };
  return outcome.ok ? { ...head, value: outcome.value } : { ...head, error: outcome.error };
}

function wordsOf({ name, outputs }: Predicted, print: Print, terminal: Terminal): string {
  const depth = colorDepthOf(terminal);
  let regions = 0;
  const lines = outputs.map(toFinding).flatMap((finding) => {
    const legend = legendOf(finding, regions, depth);
    regions += finding.regions.length;
    return legend;
  });
  return [print.style('bold', printable(name)), ...lines, ''].join('\n');
}
