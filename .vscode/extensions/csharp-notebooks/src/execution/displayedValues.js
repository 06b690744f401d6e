const vscode = require('vscode');

/** The values of a notebook that are shown and may change: a cell updates what it has displayed, or what another one has, also after that one has ended. */
class DisplayedValues {
  /** @type {Map<string, { cell: vscode.NotebookCell, output: vscode.NotebookCellOutput }>} */
  #places = new Map();

  /**
   * Makes the output that shows a value.
   * @param {string | undefined} id What the kernel calls the value, if it may change.
   * @param {vscode.NotebookCell} cell
   * @param {vscode.NotebookCellOutputItem[]} items
   */
  show(id, cell, items) {
    const output = new vscode.NotebookCellOutput(items, { outputType: 'display_data', metadata: {} });
    if (id !== undefined) this.#places.set(id, { cell, output });
    return output;
  }

  /**
   * Shows another value in the place of one.
   * @param {string | undefined} id
   * @param {vscode.NotebookCellOutputItem[]} items
   * @param {vscode.NotebookCellExecution} execution Of the cell that runs.
   * @returns {Thenable<void> | undefined} Completes when it is shown; undefined if the value is shown nowhere.
   */
  update(id, items, execution) {
    const place = id === undefined ? undefined : this.#places.get(id);
    if (!place || place.cell.index < 0) return undefined;
    try {
      // An execution can change outputs of other cells than its own.
      return execution.replaceOutputItems(items, place.output).then(undefined, () => {});
    } catch {
      // The output is gone, since the reader has cleared it, or is about to be: its cell waits to be run again.
      return Promise.resolve();
    }
  }

  /** The cell in which a value is shown. @param {string | undefined} id */
  cellOf(id) {
    return id === undefined ? undefined : this.#places.get(id)?.cell;
  }

  /** Forgets what a cell has shown, which is run again. @param {vscode.NotebookCell} cell */
  forget(cell) {
    for (const [id, place] of this.#places) if (place.cell === cell) this.#places.delete(id);
  }

  clear() {
    this.#places.clear();
  }
}

module.exports = { DisplayedValues };
