const bounds = require('./outputBounds');
const { StreamText } = require('./streamText');

/** @typedef {import('./outputBounds').Amount} Amount */

/**
 * Text of a stream, which can still grow.
 * @typedef {object} TextOutput
 * @property {string} stream
 * @property {StreamText} text
 * @property {Amount} amount
 */

/**
 * Anything else that a cell puts out, which can be shown anew if it has a name.
 * @template T
 * @typedef {object} OtherOutput
 * @property {T} content
 * @property {string} [id]
 * @property {boolean} [isError]
 * @property {Amount} amount
 */

/**
 * The outputs of one run of a cell as they come. Of more than a notebook is read for the beginning and the end are kept, and of errors all. (What the runner has in `RecordedOutputs.cs`.)
 * @template T What shows an output that is no text.
 */
class RecordedOutputs {
  #onLeftOut;
  /** @type {(TextOutput | OtherOutput<T>)[]} */
  #outputs = [];
  /** The beginning; undefined while everything is kept. @type {(TextOutput | OtherOutput<T>)[] | undefined} */
  #head;
  /** Those in what was left out. @type {OtherOutput<T>[]} */
  #errors = [];
  #headAmount = bounds.nothing;
  #amount = bounds.nothing;
  #total = bounds.nothing;

  /** @param {(id: string) => void} onLeftOut Told the names of what is kept no longer. */
  constructor(onLeftOut = () => {}) {
    this.#onLeftOut = onLeftOut;
  }

  /** Whether something has been left out. */
  get isCut() {
    return this.#head !== undefined;
  }

  /** How many characters are kept. */
  get size() {
    return this.#headAmount.characters + this.#amount.characters;
  }

  /**
   * Adds text.
   * @param {string} stream
   * @param {string} text
   * @returns {{ output: TextOutput, isNew: boolean, added: string | undefined }} The output that it is in, and what has come to the end of that; undefined if what was there has changed.
   */
  addText(stream, text) {
    const last = this.#outputs.at(-1);
    const isNew = !last || !('stream' in last) || last.stream !== stream;
    /** @type {TextOutput} */
    const output = isNew ? { stream, text: new StreamText(), amount: { characters: 0, lines: 0, outputs: 1 } } : last;
    if (isNew) this.#append(output);
    const added = output.text.write(text);
    const before = output.amount;
    output.amount = { characters: output.text.length, lines: output.text.lines, outputs: 1 };
    this.#grow(bounds.minus(output.amount, before));
    return { output, isNew, added };
  }

  /**
   * Adds any other output.
   * @param {T} content
   * @param {number} characters
   * @param {{ id?: string, isError?: boolean }} [options]
   */
  add(content, characters, { id, isError } = {}) {
    /** @type {OtherOutput<T>} */
    const output = { content, id, isError, amount: { characters, lines: 0, outputs: 1 } };
    this.#append(output);
    return output;
  }

  /**
   * Shows a value anew in its place.
   * @param {OtherOutput<T>} output
   * @param {number} characters
   * @returns {boolean} Whether there is room for that much.
   */
  tryResize(output, characters) {
    const growth = { characters: characters - output.amount.characters, lines: 0, outputs: 0 };
    // Which outputs there are does not depend on what becomes of one of them.
    if (growth.characters > 0 && !bounds.fits(bounds.plus(bounds.plus(this.#headAmount, this.#amount), growth), bounds.whole)) return false;
    output.amount = bounds.plus(output.amount, growth);
    this.#total = bounds.plus(this.#total, growth);
    if (this.#head?.includes(output)) this.#headAmount = bounds.plus(this.#headAmount, growth);
    else this.#amount = bounds.plus(this.#amount, growth);
    return true;
  }

  /** All that is kept; between beginning and end a sentence, if something has been left out. @returns {(TextOutput | OtherOutput<T> | string)[]} */
  all() {
    if (!this.#head) return [...this.#outputs];
    this.#keepEnd();
    const kept = this.#errors.reduce((sum, error) => bounds.plus(sum, error.amount), bounds.plus(this.#headAmount, this.#amount));
    return [...this.#head, bounds.describeGap(bounds.minus(this.#total, kept)), ...this.#errors, ...this.#outputs];
  }

  /** @param {TextOutput | OtherOutput<T>} output */
  #append(output) {
    this.#outputs.push(output);
    this.#grow(output.amount);
  }

  /** @param {Amount} growth */
  #grow(growth) {
    this.#amount = bounds.plus(this.#amount, growth);
    this.#total = bounds.plus(this.#total, growth);
    if (!this.#head && !bounds.fits(this.#total, bounds.whole)) this.#cut();
    if (this.#head && !bounds.fits(this.#amount, bounds.plus(bounds.end, bounds.end))) this.#keepEnd();
  }

  #cut() {
    this.#head = [];
    let left = bounds.end;
    while (this.#outputs.length > 0) {
      const output = this.#outputs[0];
      const isWhole = bounds.fits(output.amount, left);
      const first = isWhole ? output : 'stream' in output ? partOf(output, bounds.beginningOf(output.text.text, left)) : undefined;
      if (first) this.#head.push(first);
      left = bounds.minus(left, first?.amount ?? bounds.nothing);
      if (!isWhole) break;
      this.#outputs.shift();
    }
    this.#headAmount = bounds.minus(bounds.end, left);
    this.#amount = bounds.minus(this.#total, this.#headAmount);
  }

  #keepEnd() {
    let left = bounds.end;
    let at = this.#outputs.length - 1;
    for (; at >= 0 && bounds.fits(this.#outputs[at].amount, left); at--) left = bounds.minus(left, this.#outputs[at].amount);
    const output = this.#outputs[at];
    if (output && 'stream' in output && left.outputs > 0) {
      // The same one, since it may still grow.
      output.text.keepEnd((text) => bounds.endOf(text, left));
      output.amount = { characters: output.text.length, lines: output.text.lines, outputs: 1 };
      if (output.text.length > 0) {
        left = bounds.minus(left, output.amount);
        at--;
      }
    }
    for (const leftOut of this.#outputs.splice(0, at + 1)) {
      if (!('content' in leftOut)) continue;
      if (leftOut.id !== undefined) this.#onLeftOut(leftOut.id);
      if (leftOut.isError) this.#errors.push(leftOut);
    }
    this.#amount = bounds.minus(bounds.end, left);
  }
}

/** @param {TextOutput} output @param {string} text @returns {TextOutput | undefined} */
function partOf({ stream }, text) {
  if (text.length === 0) return undefined;
  const part = new StreamText();
  part.write(text);
  return { stream, text: part, amount: { ...bounds.amountOf(text), outputs: 1 } };
}

module.exports = { RecordedOutputs };
