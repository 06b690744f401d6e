/**
 * The text of a stream as a terminal would show it: a carriage return goes back to the beginning of the line, and what follows is written over what stands there.
 */
class StreamText {
  // What cannot change any more, and the line that still can.
  #lines = '';
  #line = '';
  #column = 0;

  /** All of it. */
  get text() {
    return this.#lines + this.#line;
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
