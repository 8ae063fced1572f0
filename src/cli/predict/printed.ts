import { toFinding } from '../pictures/finding';
import { printable } from '../shell/printable';
import { show } from '../pictures/terminal/show';
import type { Print } from '../shell/print';
import type { Terminal } from '../shell/terminal';
import type { Predicted, View } from './predicted';
import type { Look } from './views';

/**
 * Prints each prediction: a line of JSON, or what was found, below the name of the input.
 *
 * @param look gets the pictures, for who wants to see them
 */
export function printed(print: Print, terminal: Terminal, look: Look | undefined): View {
  return {
    async add(predicted) {
      const { name, outcome, outputs } = predicted;
      if (print.json) await print.item(outcomeJson(predicted), () => '');
      else if (outcome.ok)
        await show({ name, findings: outputs.map(toFinding), medium: await look?.(predicted) }, terminal);
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
