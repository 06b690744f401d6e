/** @typedef {import('vscode').NotebookCell} NotebookCell */
/** @typedef {import('./cellOutputs').CellOutputs} CellOutputs */
/** @typedef {import('./recordedOutputs').OtherOutput<import('./cellOutputs').Content>} Output */

/** The values of a notebook that are shown and may change: a cell updates what it has displayed, or what another one has, also after that one has ended. */
class DisplayedValues {
  /** @type {Map<string, { outputs: CellOutputs, output: Output }>} */
  #places = new Map();

  /** Whether some are shown no longer, since too much came after them. */
  hasForgotten = false;

  /**
   * Takes note of where a value is shown.
   * @param {string} id What the kernel calls it.
   * @param {CellOutputs} outputs
   * @param {Output} output
   */
  show(id, outputs, output) {
    this.#places.set(id, { outputs, output });
  }

  /** Where a value is shown; undefined if nowhere. @param {string | undefined} id */
  find(id) {
    const place = id === undefined ? undefined : this.#places.get(id);
    return place && place.outputs.cell.index >= 0 ? place : undefined;
  }

  /** @param {string} id @param {CellOutputs} outputs */
  forgetValue(id, outputs) {
    this.hasForgotten = true;
    if (this.#places.get(id)?.outputs === outputs) this.#places.delete(id);
  }

  /** Forgets what a cell has shown, which is run again. @param {NotebookCell} cell */
  forget(cell) {
    for (const [id, { outputs }] of this.#places) if (outputs.cell === cell) this.#places.delete(id);
  }

  clear() {
    this.#places.clear();
    this.hasForgotten = false;
  }
}

module.exports = { DisplayedValues };
