const vscode = require('vscode');
const { StreamText } = require('./streamText');
const { parseFailure, toLinkedStack } = require('../kernel/failure');

/** @typedef {import('../kernel/protocol').Event} KernelEvent */
/** @typedef {import('../kernel/protocol').EventEnvelope} EventEnvelope */
/** @typedef {import('../kernel/protocol').FormattedValue} FormattedValue */

/** @typedef {'stdout' | 'stderr'} StreamName */

// What a cell prints is shown at once, but not more often than this: each time costs the editor some milliseconds.
const flushInterval = 40;

/** Turns what the kernel says of one run of a cell into the cell's outputs, in order. */
class CellOutputs {
  #execution;
  #order;
  #displays;
  #holdBack;
  /** The stream output that still grows. @type {{ name: StreamName, output: vscode.NotebookCellOutput, text: StreamText } | undefined} */
  #stream;
  /** What has been printed and is not shown yet. @type {{ name: StreamName, text: string } | undefined} */
  #waiting;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #lastFlush = 0;
  #hasFailed = false;
  /** @type {Promise<unknown>} */
  #shown = Promise.resolve();

  /**
   * @param {vscode.NotebookCellExecution} execution
   * @param {number} order The number of the cell in its kernel.
   * @param {import('./displayedValues').DisplayedValues} displays Where values are shown that may change.
   * @param {(work: PromiseLike<unknown>) => void} holdBack Has the kernel wait until the editor has shown something.
   */
  constructor(execution, order, displays, holdBack) {
    this.#execution = execution;
    this.#order = order;
    this.#displays = displays;
    this.#holdBack = holdBack;
  }

  /** Whether an error is among them. */
  get hasFailed() {
    return this.#hasFailed;
  }

  /** @param {EventEnvelope} envelope */
  add({ eventType, event }) {
    switch (eventType) {
      case 'StandardOutputValueProduced':
        this.#write('stdout', textOf(event));
        break;
      case 'StandardErrorValueProduced':
        this.#write('stderr', textOf(event));
        break;
      case 'DisplayedValueProduced':
        this.#append(this.#displays.show(event.valueId, this.#execution.cell, toItems(event)));
        break;
      case 'DisplayedValueUpdated':
        this.#update(event);
        break;
      case 'ReturnValueProduced':
        this.#append(new vscode.NotebookCellOutput(toItems(event), { outputType: 'execute_result', executionCount: this.#order, metadata: {} }));
        break;
      case 'ErrorProduced':
      case 'CommandFailed':
        // A failure comes up to three times, of a command within the cell, as an error to show, and of the cell. The first one tells most.
        if (!this.#hasFailed) this.addFailure(event.message ?? '');
        break;
    }
  }

  /** Shows why the cell failed. @param {string} message What the kernel says: the text of an exception, or a list of compile errors. */
  addFailure(message) {
    const failure = parseFailure(message || vscode.l10n.t('The cell failed, and the kernel does not say why.'));
    this.addError(failure.name, failure.message, failure.trace, toLinkedStack(failure, this.#order));
  }

  /**
   * @param {string} name
   * @param {string} message
   * @param {string[]} trace What is stored in the file.
   * @param {string} stack What is shown.
   */
  addError(name, message, trace, stack = [`${name}: ${message}`, ...trace].join('\n')) {
    this.#hasFailed = true;
    const item = vscode.NotebookCellOutputItem.error({ name, message, stack });
    const originalError = { output_type: 'error', ename: name, evalue: message, traceback: trace };
    this.#append(new vscode.NotebookCellOutput([item], { outputType: 'error', originalError }));
  }

  /** Shows what is left. */
  async end() {
    this.#flush();
    await this.#shown;
  }

  /** @param {KernelEvent} event */
  #update(event) {
    this.#flush();
    const shown = this.#displays.update(event.valueId, toItems(event), this.#execution);
    if (shown) this.#show(shown);
    else this.#append(this.#displays.show(event.valueId, this.#execution.cell, toItems(event)));
  }

  /** @param {vscode.NotebookCellOutput} output */
  #append(output) {
    this.#flush();
    this.#stream = undefined;
    this.#show(this.#execution.appendOutput(output));
  }

  /** @param {StreamName} name @param {string} text */
  #write(name, text) {
    if (text.length === 0) return;
    if (this.#waiting && this.#waiting.name !== name) this.#flush();
    this.#waiting = { name, text: (this.#waiting?.text ?? '') + text };
    const due = this.#lastFlush + flushInterval - Date.now();
    if (due <= 0) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), due);
  }

  #flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    this.#lastFlush = Date.now();

    const toItem = (/** @type {string} */ text) => vscode.NotebookCellOutputItem[waiting.name](text);
    if (this.#stream?.name === waiting.name) {
      const added = this.#stream.text.write(waiting.text);
      if (added === undefined) this.#show(this.#execution.replaceOutputItems([toItem(this.#stream.text.text)], this.#stream.output));
      else if (added.length > 0) this.#show(this.#execution.appendOutputItems([toItem(added)], this.#stream.output));
      return;
    }
    const text = new StreamText();
    text.write(waiting.text);
    const output = new vscode.NotebookCellOutput([toItem(text.text)], { outputType: 'stream' });
    this.#stream = { name: waiting.name, output, text };
    this.#show(this.#execution.appendOutput(output));
  }

  /** @param {Thenable<void>} work */
  #show(work) {
    // The cell may have been deleted.
    this.#shown = Promise.resolve(work).catch(() => {});
    this.#holdBack(this.#shown);
  }
}

/** @param {KernelEvent} event */
function textOf(event) {
  return (event.formattedValues ?? []).map((value) => value.value ?? '').join('');
}

/** A value in each of its forms. @param {KernelEvent} event */
function toItems(event) {
  return (event.formattedValues ?? []).filter((value) => !value.suppressDisplay).map(toItem);
}

/** @param {FormattedValue} formatted */
function toItem({ mimeType, value = '' }) {
  const isBinary = mimeType.startsWith('image/') && mimeType !== 'image/svg+xml';
  return isBinary ? new vscode.NotebookCellOutputItem(Buffer.from(value, 'base64'), mimeType) : vscode.NotebookCellOutputItem.text(value, mimeType);
}

module.exports = { CellOutputs, toItems };
