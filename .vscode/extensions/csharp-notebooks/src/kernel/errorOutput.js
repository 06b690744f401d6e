const { StringDecoder } = require('node:string_decoder');

/** What the runtime's report of a crash begins with. */
const crashBeginnings = ['Unhandled exception', 'Stack overflow', 'Process terminated', 'Fatal error', 'Out of memory'];

const maxLines = 40;
const longestLine = 10_000;
const longestMark = 100;
const mostHeld = 1024 * 1024;

// A process that floods the stream must not keep the cell from ending.
const patience = 1000;

/**
 * A kernel's standard error: what native code and child processes of its cells write, marks of where cells have ended (a text between two zeros), and, when it dies, what its runtime has to say. (What
 * the runner has in `KernelErrors.cs`.)
 */
class ErrorOutput {
  #decoder = new StringDecoder('utf8');
  #isMark;
  #onText;
  /** What has come since the last zero, if that may begin a mark. @type {string | undefined} */
  #mark;
  /** The line that has no end yet. */
  #line = '';
  /** What can be passed on, but for that line. */
  #ready = '';
  /** Whether a part of that line has been passed on. */
  #isLineKnown = false;
  /** What may be the report of the kernel's own death, or of a child's: the next mark tells. */
  #held = '';
  /** @type {string[]} */
  #lines = [];
  /** @type {Set<string>} */
  #seen = new Set();
  /** @type {Map<string, () => void>} */
  #waiting = new Map();
  #hasEnded = false;

  /**
   * @param {(text: string) => boolean} isMark
   * @param {(text: string) => void} onText Takes what belongs to the cells.
   */
  constructor(isMark, onText) {
    this.#isMark = isMark;
    this.#onText = onText;
  }

  /** The last lines; from the report of a crash on, if there is one. */
  get lastLines() {
    const start = this.#lines.findLastIndex((line) => isCrash(line));
    return start < 0 ? this.#lines.slice(-maxLines) : this.#lines.slice(start, start + maxLines);
  }

  /** What has not been passed on when the kernel has ended. */
  get unsaid() {
    return this.#held + this.#line;
  }

  /** @param {Buffer} bytes */
  push(bytes) {
    this.#take(this.#decoder.write(bytes));
    this.#passOn();
  }

  /** The stream, or its process, has ended. */
  end() {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (this.#line) this.#remember(this.#line);
    this.#passOn();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const action of waiting) action();
  }

  /** Does something when a mark has come by, and with it all that was written before it. @param {string} mark @param {() => void} action */
  after(mark, action) {
    if (this.#seen.delete(mark) || this.#hasEnded) {
      action();
      return;
    }
    this.#waiting.set(mark, action);
    setTimeout(() => {
      const isWaiting = this.#waiting.delete(mark);
      if (isWaiting) action();
    }, patience);
  }

  /** @param {string} text */
  #take(text) {
    const [first, ...others] = text.split('\0');
    this.#add(first);
    for (const other of others) {
      const mark = this.#mark;
      if (mark !== undefined && this.#isMark(mark)) {
        this.#mark = undefined;
        this.#onMark(mark);
      } else {
        // It was none. This zero may be the first one of a mark.
        if (mark !== undefined) {
          this.#mark = undefined;
          this.#add('\0' + mark);
        }
        this.#mark = '';
      }
      this.#add(other);
    }
  }

  /** @param {string} text */
  #add(text) {
    if (this.#mark !== undefined) {
      this.#mark += text;
      if (this.#mark.length <= longestMark) return;
      text = '\0' + this.#mark;
      this.#mark = undefined;
    }
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) {
      for (const line of (this.#line + text.slice(0, end - 1)).split('\n')) this.#endLine(line);
      this.#line = '';
    }
    this.#line += text.slice(end);
  }

  /** @param {string} line */
  #endLine(line) {
    this.#remember(line);
    if (this.#held || (!this.#isLineKnown && isCrash(line))) {
      this.#held += line + '\n';
    } else {
      this.#ready += line + '\n';
    }
    this.#isLineKnown = false;
  }

  #passOn() {
    // A line that has just begun waits for its rest, if it may be the first one of a report.
    if (this.#held.length + this.#line.length > mostHeld) this.#release();
    if (!this.#held && this.#line && (this.#isLineKnown || !mayBeCrash(this.#line) || this.#line.length > longestLine)) {
      this.#ready += this.#line;
      this.#line = '';
      this.#isLineKnown = true;
    }
    const ready = this.#ready;
    this.#ready = '';
    if (ready) this.#onText(ready);
  }

  /** The kernel lives, and what it has passed on tells nothing about its end any more. @param {string} mark */
  #onMark(mark) {
    this.#release();
    this.#ready += this.#line;
    this.#line = '';
    this.#isLineKnown = false;
    this.#passOn();
    this.#lines = [];
    const action = this.#waiting.get(mark);
    this.#waiting.delete(mark);
    if (action) action();
    else this.#seen.add(mark);
  }

  #release() {
    this.#ready += this.#held;
    this.#held = '';
  }

  /** @param {string} line */
  #remember(line) {
    if (line.trim() === '') return;
    this.#lines.push(line.slice(0, longestLine));
    if (this.#lines.length > 10 * maxLines) this.#lines.splice(maxLines, maxLines);
  }
}

/** @param {string} line */
function isCrash(line) {
  return crashBeginnings.some((beginning) => line.startsWith(beginning));
}

/** Whether a line may be the first one of a report, when the rest of it has come. @param {string} line */
function mayBeCrash(line) {
  return isCrash(line) || crashBeginnings.some((beginning) => beginning.startsWith(line));
}

module.exports = { ErrorOutput };
