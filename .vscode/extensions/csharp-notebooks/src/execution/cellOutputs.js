const vscode = require('vscode');
const { describeLarge } = require('./outputBounds');
const { RecordedOutputs } = require('./recordedOutputs');
const { parseFailure, toLinkedStack } = require('../kernel/failure');

/** @typedef {import('../kernel/protocol').Event} KernelEvent */
/** @typedef {import('../kernel/protocol').EventEnvelope} EventEnvelope */
/** @typedef {import('../kernel/protocol').FormattedValue} FormattedValue */
/** @typedef {import('./recordedOutputs').TextOutput} TextOutput */
/** @typedef {import('./recordedOutputs').OtherOutput<Content>} OtherOutput */

/** @typedef {'stdout' | 'stderr'} StreamName */

/**
 * What shows an output that is no text.
 * @typedef {object} Content
 * @property {vscode.NotebookCellOutputItem[]} items
 * @property {{ [key: string]: any }} metadata
 */

/** Something to be done to the outputs that the editor shows. @typedef {(execution: vscode.NotebookCellExecution) => Thenable<void>} Change */

// What a cell prints is shown at once, but not more often than this: each time costs the editor some milliseconds.
const flushInterval = 40;

// When something is left out, all that is kept has to be shown anew each time.
const rebuildInterval = 500;
const longRebuildInterval = 5000;
const shortOutputs = 500_000;

// What comes when the cell has ended waits until it can be shown. That much may wait.
const mostWaiting = 1_000_000;

/**
 * Turns what the kernel says of one run of a cell into the cell's outputs, in order; also what the cell has left running says when it has ended. What never ends is not shown whole.
 */
class CellOutputs {
  #cell;
  #order;
  #displays;
  #holdBack;
  #showLater;
  /** By which the outputs can be changed; undefined when the cell has ended. @type {vscode.NotebookCellExecution | undefined} */
  #execution;
  /** @type {RecordedOutputs<Content>} */
  #recorded;
  /** How the outputs are shown. @type {WeakMap<TextOutput | OtherOutput, vscode.NotebookCellOutput>} */
  #shownAs = new WeakMap();
  /** What has been printed and is not shown yet. @type {{ name: StreamName, text: string } | undefined} */
  #waiting;
  /** What is to be shown as soon as there is an execution. @type {Change[]} */
  #changes = [];
  #waitingSize = 0;
  /** Whether what is shown is not what is kept. */
  #isStale = false;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #lastFlush = 0;
  #lastRebuild = 0;
  #hasFailed = false;
  /** @type {Promise<unknown>} */
  #shown = Promise.resolve();

  /**
   * @param {vscode.NotebookCellExecution} execution
   * @param {number} order The number of the cell in its kernel.
   * @param {import('./displayedValues').DisplayedValues} displays Where values are shown that may change.
   * @param {(work: PromiseLike<unknown>) => void} holdBack Has the kernel wait until the editor has shown something.
   * @param {(outputs: CellOutputs) => void} showLater Called when there is something to show and the cell has ended: see {@link showLate}.
   */
  constructor(execution, order, displays, holdBack, showLater) {
    this.#execution = execution;
    this.#cell = execution.cell;
    this.#order = order;
    this.#displays = displays;
    this.#holdBack = holdBack;
    this.#showLater = showLater;
    this.#recorded = new RecordedOutputs((id) => displays.forgetValue(id, this));
  }

  get cell() {
    return this.#cell;
  }

  /** Whether an error is among them. */
  get hasFailed() {
    return this.#hasFailed;
  }

  /** Whether so much waits to be shown that the kernel should wait, too. */
  get isFull() {
    return this.#waitingSize > mostWaiting;
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
        this.#show(event);
        break;
      case 'DisplayedValueUpdated':
        this.#update(event);
        break;
      case 'ReturnValueProduced':
        this.#append({ items: toItems(event), metadata: { outputType: 'execute_result', executionCount: this.#order, metadata: {} } }, sizeOf(event));
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
    const items = [vscode.NotebookCellOutputItem.error({ name, message, stack })];
    const originalError = { output_type: 'error', ename: name, evalue: message, traceback: trace };
    this.#append({ items, metadata: { outputType: 'error', originalError } }, message.length + trace.join('').length, { isError: true });
  }

  /** Shows a value anew that is among these. @param {OtherOutput} output @param {KernelEvent} event @param {vscode.NotebookCellExecution} [execution] Of the cell that runs; this one may have ended. */
  update(output, event, execution = this.#execution) {
    this.#flush();
    const isKept = this.#recorded.tryResize(output, sizeOf(event));
    const items = isKept ? toItems(event) : [vscode.NotebookCellOutputItem.text(describeLarge(sizeOf(event)), 'text/plain')];
    output.content.items = items;
    if (this.#recorded.isCut) {
      this.#rebuildSoon();
      return;
    }
    this.#change((execution) => {
      const shownAs = this.#shownAs.get(output);
      return shownAs ? execution.replaceOutputItems(output.content.items, shownAs) : Promise.resolve();
    }, execution);
  }

  /** Shows what is left, when the cell has ended. */
  async end() {
    this.#showAll();
    await this.#shown;
    this.#showAll();
    this.#execution = undefined;
    await this.#shown;
  }

  /** Shows what has come since the cell has ended. @param {vscode.NotebookCellExecution} execution One that can change the cell's outputs now, and that may end at any time. */
  async showLate(execution) {
    this.#execution = execution;
    for (const change of this.#changes.splice(0)) this.#change(change);
    this.#showAll();
    this.#execution = undefined;
    await this.#shown;
  }

  #showAll() {
    this.#flush();
    if (this.#isStale) this.#rebuild();
    this.#waitingSize = 0;
  }

  /** @param {KernelEvent} event */
  #show(event) {
    const output = this.#append({ items: toItems(event), metadata: { outputType: 'display_data', metadata: {} } }, sizeOf(event), { id: event.valueId });
    if (event.valueId !== undefined) this.#displays.show(event.valueId, this, output);
  }

  /** @param {KernelEvent} event */
  #update(event) {
    this.#flush();
    const place = this.#displays.find(event.valueId);
    if (place) place.outputs.update(place.output, event, this.#execution);
    // One that is nowhere may have been left out.
    else if (!this.#displays.hasForgotten) this.#show(event);
  }

  /** @param {Content} content @param {number} size @param {{ id?: string, isError?: boolean }} [options] */
  #append(content, size, options) {
    this.#flush();
    const output = this.#recorded.add(content, size, options);
    if (!this.#execution) this.#waitingSize += size + 100;
    if (this.#recorded.isCut) this.#rebuildSoon();
    else this.#change((execution) => execution.appendOutput(this.#toShown(output), this.#cell));
    return output;
  }

  /** @param {StreamName} name @param {string} text */
  #write(name, text) {
    if (text.length === 0) return;
    if (this.#waiting && (this.#waiting.name !== name || this.#waiting.text.length > mostWaiting)) this.#flush();
    this.#waiting = { name, text: (this.#waiting?.text ?? '') + text };
    if (!this.#execution) this.#waitingSize += text.length;
    if (!this.#execution) {
      this.#showLater(this);
      return;
    }
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

    const { output, isNew, added } = this.#recorded.addText(waiting.name, waiting.text);
    if (this.#recorded.isCut) {
      this.#rebuildSoon();
      return;
    }
    if (isNew) {
      // As it is now: it may have grown when it is shown.
      const shownAs = this.#toShown(output);
      this.#change((execution) => execution.appendOutput(shownAs, this.#cell));
      return;
    }
    if (added === '') return;
    const item = toTextItem(waiting.name, added ?? output.text.text);
    this.#change((execution) => {
      const shownAs = this.#shownAs.get(output);
      if (!shownAs) return Promise.resolve();
      return added === undefined ? execution.replaceOutputItems([item], shownAs) : execution.appendOutputItems([item], shownAs);
    });
  }

  /** Has everything shown anew, now and then. */
  #rebuildSoon() {
    this.#isStale = true;
    this.#changes = [];
    if (!this.#execution) {
      this.#showLater(this);
      return;
    }
    const interval = this.#recorded.size < shortOutputs ? rebuildInterval : longRebuildInterval;
    if (Date.now() - this.#lastRebuild >= interval) this.#rebuild();
  }

  #rebuild() {
    this.#isStale = false;
    this.#lastRebuild = Date.now();
    const all = this.#recorded.all().map((output) => this.#toShown(output));
    this.#change((execution) => execution.replaceOutput(all, this.#cell));
  }

  /** @param {TextOutput | OtherOutput | string} output */
  #toShown(output) {
    if (typeof output === 'string') {
      return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(output, 'text/plain')], { outputType: 'display_data', metadata: {} });
    }
    const shownAs =
      'stream' in output
        ? new vscode.NotebookCellOutput([toTextItem(/** @type {StreamName} */ (output.stream), output.text.text)], { outputType: 'stream' })
        : new vscode.NotebookCellOutput(output.content.items, output.content.metadata);
    this.#shownAs.set(output, shownAs);
    return shownAs;
  }

  /** @param {Change} change @param {vscode.NotebookCellExecution} [execution] */
  #change(change, execution = this.#execution) {
    // What waits comes first.
    if (!execution || (this.#changes.length > 0 && !this.#execution)) {
      this.#changes.push(change);
      this.#showLater(this);
      return;
    }
    try {
      // The cell may have been deleted.
      this.#shown = Promise.resolve(change(execution)).catch(() => {});
    } catch {
      // What is to be changed is gone, since the reader has cleared it, or is about to be: its cell waits to be run again.
      return;
    }
    if (this.#execution) this.#holdBack(this.#shown);
  }
}

/** @param {StreamName} name @param {string} text */
function toTextItem(name, text) {
  return vscode.NotebookCellOutputItem[name](text);
}

/** @param {KernelEvent} event */
function textOf(event) {
  return (event.formattedValues ?? []).map((value) => value.value ?? '').join('');
}

/** How many characters a value is. @param {KernelEvent} event */
function sizeOf(event) {
  return (event.formattedValues ?? []).reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
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

module.exports = { CellOutputs };
