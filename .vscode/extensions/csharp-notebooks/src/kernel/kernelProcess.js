const { spawn } = require('node:child_process');
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const { LineReader } = require('./lineReader');
const { ErrorOutput } = require('./errorOutput');
const { kernelName, editorInfo, rootOf } = require('./protocol');

/** @typedef {import('./protocol').Command} Command */
/** @typedef {import('./protocol').CommandEnvelope} CommandEnvelope */
/** @typedef {import('./protocol').EventEnvelope} EventEnvelope */

/**
 * @typedef {object} Launch How a kernel is started.
 * @property {string} command The program.
 * @property {string[]} args Its arguments.
 * @property {string} cwd The folder in which the cells run.
 */

/** @typedef {{ succeeded: boolean, message?: string }} Outcome */

/**
 * Asks the user for a line that a cell wants to read.
 * @callback AskUser
 * @param {Command} request What is asked.
 * @param {AbortSignal} signal Aborted when nobody waits for the answer any more.
 * @returns {Promise<string | undefined>} Undefined if the user gives none.
 */

const startTimeout = 60_000;
const quitGrace = 300;

// Long paths of Windows are for files alone.
const longestFolderOfWindows = 258;

/**
 * Why there is no kernel: it has exited, was killed, cannot be started, has not got ready, or nobody wants it any more.
 * @typedef {{ kind: 'exited', code: number | null } | { kind: 'killed', signal: string } | { kind: 'notStarted', text: string } | { kind: 'notReady' } | { kind: 'notWanted' }} EndReason
 */

/** The kernel has ended, or could not be started. */
class KernelEndedError extends Error {
  /**
   * @param {EndReason} reason
   * @param {string[]} [errorLines] What the kernel said last on its standard error.
   */
  constructor(reason, errorLines = []) {
    super(JSON.stringify(reason));
    this.name = 'KernelEnded';
    this.reason = reason;
    this.errorLines = errorLines;
  }
}

/**
 * A kernel in a process of its own. Events:
 * - `late` (EventEnvelope): what a command has still to say after it has ended;
 * - `stderr` (string): a line of the kernel's own for the log;
 * - `exit` (KernelEndedError): the process has ended, asked or not.
 */
class KernelProcess extends EventEmitter {
  #child;
  /** @type {Map<string, { onEvent: (event: EventEnvelope) => void, end: (outcome: Outcome) => void, fail: (error: Error) => void }>} */
  #pending = new Map();
  #lastToken = 0;
  #errors;
  /** @type {KernelEndedError | undefined} */
  #ended;
  /** What the user is being asked, by the token of the cell that asks. @type {Map<string, AbortController>} */
  #questions = new Map();
  /** The command of the cell that runs or has run last: text that came past the kernel is its. @type {string | undefined} */
  #cellToken;
  #isEnding = false;
  /** @type {AskUser} */
  #askUser;

  /** When the kernel last said something, in milliseconds since 1970. */
  lastHeard = 0;

  /** Completes when the kernel takes commands. @type {Promise<void>} */
  ready;

  /** Completes when the process is gone. @type {Promise<void>} */
  exited;

  /**
   * @param {Launch} launch
   * @param {AskUser} askUser
   */
  constructor(launch, askUser) {
    super();
    this.#askUser = askUser;
    this.#child = spawn(launch.command, launch.args, {
      cwd: launch.cwd,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const child = this.#child;
    child.stdin.on('error', () => {
      // The kernel is gone or going, which its exit tells better.
    });

    const lines = new LineReader((line) => this.#onLine(line));
    child.stdout.on('data', (bytes) => {
      this.lastHeard = Date.now();
      lines.push(bytes);
    });
    child.stdout.on('end', () => lines.end());
    this.#errors = new ErrorOutput(
      (text) => /^vscode-\d+$/.test(text),
      (text) => this.#onTextPast('StandardErrorValueProduced', text),
    );
    child.stderr.on('data', (bytes) => this.#errors.push(bytes));
    child.stderr.on('end', () => this.#errors.end());

    this.exited = new Promise((resolve) => {
      child.once('error', (error) => {
        if (child.pid === undefined) this.#onExit(new KernelEndedError({ kind: 'notStarted', text: describeFolder(launch.cwd) ?? error.message }), resolve);
      });
      child.once('exit', (code, signal) => {
        // A process that a cell has started may hold the pipes open: do not wait for their end for ever.
        const closed = new Promise((close) => child.once('close', close));
        Promise.race([closed, delay(500)]).then(() => this.#onExit(new KernelEndedError(signal ? { kind: 'killed', signal } : { kind: 'exited', code }, this.#errors.lastLines), resolve));
      });
    });
    this.ready = this.#waitUntilReady();
    // Whoever waits for it is told; nobody need wait.
    this.ready.catch(() => {});
  }

  get pid() {
    return this.#child.pid;
  }

  get hasEnded() {
    return this.#ended !== undefined;
  }

  /** A name for a command that is to be sent. */
  nextToken() {
    return `vscode-${++this.#lastToken}`;
  }

  /**
   * Sends a command, and hands its events on until it has ended.
   * @param {string} commandType
   * @param {Command} command
   * @param {(event: EventEnvelope) => void} [onEvent]
   * @param {string} [token] What its events call it.
   * @returns {Promise<Outcome>} How it ended; rejected with a KernelEndedError if the kernel has.
   */
  send(commandType, command, onEvent = () => {}, token = this.nextToken()) {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#pending.set(token, { onEvent, end: resolve, fail: reject });
      if (commandType === 'SubmitCode') this.#cellToken = token;
      this.#write({ token, commandType, command: { targetKernelName: kernelName, ...command } });
    });
  }

  /** Stops reading what the kernel says, so that it waits, until {@link resume}. */
  pause() {
    this.#child.stdout.pause();
  }

  resume() {
    this.#child.stdout.resume();
  }

  /** Ends the process, by force if need be. What its cells have started ends with it. */
  async end() {
    if (this.#ended) return;
    this.#isEnding = true;
    this.#write({ token: 'quit', commandType: 'Quit', command: {} });
    this.#child.stdin.end();
    this.resume();
    await Promise.race([this.exited, delay(quitGrace)]);
    await this.kill();
  }

  /** Ends the process at once, and what its cells have started. */
  async kill() {
    if (this.#ended || this.#child.pid === undefined) return;
    killGroup(this.#child.pid);
    this.#child.kill('SIGKILL');
    await Promise.race([this.exited, delay(3000)]);
  }

  /** @returns {Promise<void>} */
  #waitUntilReady() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new KernelEndedError({ kind: 'notReady' }, this.#errors.lastLines));
        this.kill();
      }, startTimeout);
      this.once('ready', () => {
        clearTimeout(timer);
        this.#write(editorInfo);
        resolve();
      });
      this.once('exit', (error) => {
        clearTimeout(timer);
        reject(error);
      });
    });
  }

  /** @param {object} envelope */
  #write(envelope) {
    if (this.#child.stdin.writable) this.#child.stdin.write(JSON.stringify(envelope) + '\n');
  }

  /** @param {string} line */
  #onLine(line) {
    // Somebody else may have written half a line before one of the kernel's.
    const start = line.search(/\{"(event|token|eventType|commandType)":/);
    const envelope = start < 0 ? undefined : parse(line.slice(start));
    const isEvent = typeof envelope?.eventType === 'string' && typeof envelope.event === 'object';
    if (!isEvent && typeof envelope?.commandType !== 'string') {
      this.#onStrayText(line + '\n');
      return;
    }
    if (start > 0) this.#onStrayText(line.slice(0, start));
    if (isEvent) this.#onEvent(envelope);
    else this.#onCommand(envelope);
  }

  /** @param {EventEnvelope} envelope */
  #onEvent(envelope) {
    if (envelope.eventType === 'KernelReady') {
      this.emit('ready');
      return;
    }
    const token = envelope.command?.token ?? '';
    const pending = this.#pending.get(token);
    if (!pending) {
      // Of a command within a command (7.1 belongs to 7), or of one that has ended.
      const outer = this.#pending.get(rootOf(token));
      if (outer) outer.onEvent(envelope);
      else this.emit('late', envelope);
      return;
    }
    const isEnd = envelope.eventType === 'CommandSucceeded' || envelope.eventType === 'CommandFailed';
    if (!isEnd) {
      pending.onEvent(envelope);
      return;
    }
    const end = () => {
      this.#pending.delete(token);
      this.#questions.get(token)?.abort();
      pending.end({ succeeded: envelope.eventType === 'CommandSucceeded', message: envelope.event.message });
    };
    const mark = envelope.event.standardErrorMark;
    if (mark === undefined) end();
    else this.#errors.after(mark, end);
  }

  /** @param {CommandEnvelope} envelope */
  async #onCommand(envelope) {
    const answer = (/** @type {string} */ eventType, /** @type {object} */ event) =>
      this.#write({ eventType, event, command: envelope, routingSlip: ['kernel://vscode'] });
    if (envelope.commandType !== 'RequestInput') {
      answer('CommandFailed', { message: `This editor does not know the command '${envelope.commandType}'.` });
      return;
    }
    const cell = rootOf(envelope.token ?? '');
    const question = new AbortController();
    this.#questions.set(cell, question);
    const value = await this.#askUser(envelope.command ?? {}, question.signal).catch(() => undefined);
    this.#questions.delete(cell);
    if (value === undefined) {
      answer('CommandFailed', { message: 'No input was given.' });
    } else {
      answer('InputProduced', { value });
      answer('CommandSucceeded', {});
    }
  }

  /** @param {string} text */
  #log(text) {
    for (const line of text.trimEnd().split('\n')) this.emit('stderr', line);
  }

  /** @param {string} text */
  #onStrayText(text) {
    if (this.#cellToken === undefined) this.#log(text);
    else this.#onTextPast('StandardOutputValueProduced', text);
  }

  /**
   * What came past the kernel, from native code or from a process that a cell has started, is the running cell's, or that of the last one. What is said when all that is ended is nobody's.
   * @param {string} eventType
   * @param {string} text
   */
  #onTextPast(eventType, text) {
    const token = this.#cellToken;
    if (token === undefined) this.#log(text);
    else if (!this.#isEnding) this.#onEvent({ eventType, event: { formattedValues: [{ mimeType: 'text/plain', value: text }] }, command: { token } });
  }

  /**
   * @param {KernelEndedError} error
   * @param {() => void} resolve
   */
  #onExit(error, resolve) {
    this.#ended = error;
    this.#errors.end();
    if (this.#errors.unsaid) this.#log(this.#errors.unsaid);
    killGroup(this.#child.pid);
    for (const question of this.#questions.values()) question.abort();
    for (const pending of this.#pending.values()) pending.fail(error);
    this.#pending.clear();
    this.emit('exit', error);
    resolve();
  }
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a folder that a program cannot be started in, where the system says only that something was not found. @param {string} folder @returns {string | undefined} */
function describeFolder(folder) {
  if (process.platform === 'win32' && folder.length > longestFolderOfWindows) {
    return `on Windows the path of the folder that a program runs in has at most ${longestFolderOfWindows} characters, and this one has ${folder.length}: ${folder}`;
  }
  return fs.existsSync(folder) ? undefined : `there is no folder ${folder}`;
}

/** The kernel leads a group of processes, by which what its cells have started is found even when the kernel is gone; on Windows it leads a job, which ends with it by itself, and which a browser that a cell has opened can leave. @param {number | undefined} pid */
function killGroup(pid) {
  if (process.platform === 'win32' || pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left.
  }
}

/** @param {number} milliseconds @returns {Promise<void>} */
function delay(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

module.exports = { KernelProcess, KernelEndedError };
