const { StringDecoder } = require('node:string_decoder');

/** Cuts what a pipe gives into lines. A line may come in a thousand pieces: none is looked at twice. */
class LineReader {
  #decoder = new StringDecoder('utf8');
  /** @type {string[]} */
  #pieces = [];
  #onLine;

  /** @param {(line: string) => void} onLine Called for each whole line, without its end. */
  constructor(onLine) {
    this.#onLine = onLine;
  }

  /** @param {Buffer} bytes */
  push(bytes) {
    const text = this.#decoder.write(bytes);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#pieces.push(text.slice(start, end));
      start = end + 1;
      this.#endLine();
    }
    if (start < text.length) this.#pieces.push(text.slice(start));
  }

  /** Says what is left when the pipe has ended in the middle of a line. */
  end() {
    this.#pieces.push(this.#decoder.end());
    if (this.#pieces.some((piece) => piece.length > 0)) this.#endLine();
  }

  #endLine() {
    const line = this.#pieces.join('');
    this.#pieces = [];
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}

module.exports = { LineReader };
