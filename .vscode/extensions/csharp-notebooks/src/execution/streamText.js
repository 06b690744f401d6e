const { amountOf } = require('./outputBounds');

/**
 * The text of a stream as a terminal would show it: a carriage return goes back to the beginning of the line, and what follows is written over what stands there.
 */
class StreamText {
  // What cannot change any more, and the line that still can.
  #lines = '';
  #line = '';
  #column = 0;
  #lineEnds = 0;

  /** All of it. */
  get text() {
    return this.#lines + this.#line;
  }

  /** How long it is. */
  get length() {
    return this.#lines.length + this.#line.length;
  }

  /** How many lines of it have come to their ends. */
  get lines() {
    return this.#lineEnds;
  }

  /** Forgets its beginning. @param {(text: string) => string} toEnd What is kept of it. */
  keepEnd(toEnd) {
    const kept = toEnd(this.text);
    const line = kept.slice(Math.max(0, kept.length - this.#line.length));
    this.#lines = kept.slice(0, kept.length - line.length);
    this.#column = Math.max(0, this.#column - (this.#line.length - line.length));
    this.#line = line;
    this.#lineEnds = amountOf(kept).lines;
  }

  /**
   * Writes on.
   * @param {string} text
   * @returns {string | undefined} What has come to the end of what was there; undefined if that itself has changed.
   */
  write(text) {
    text = text.replaceAll('\r\n', '\n');
    if (!/[\r\b]/.test(text) && this.#column === this.#line.length) {
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) {
        this.#lineEnds += amountOf(text).lines;
        this.#lines += this.#line + text.slice(0, end);
        this.#line = '';
      }
      this.#line += text.slice(end);
      this.#column = this.#line.length;
      return text;
    }

    const before = this.text;
    for (const part of text.split(/([\r\n\b])/)) this.#writePart(part);
    return this.text.startsWith(before) ? this.text.slice(before.length) : undefined;
  }

  /** @param {string} part */
  #writePart(part) {
    if (part === '\n') {
      this.#lineEnds++;
      this.#lines += this.#line + '\n';
      this.#line = '';
      this.#column = 0;
    } else if (part === '\r') {
      this.#column = 0;
    } else if (part === '\b') {
      this.#column = Math.max(0, this.#column - 1);
    } else {
      this.#line = this.#line.slice(0, this.#column) + part + this.#line.slice(this.#column + part.length);
      this.#column += part.length;
    }
  }
}

module.exports = { StreamText };
