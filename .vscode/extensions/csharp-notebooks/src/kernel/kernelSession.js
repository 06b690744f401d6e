const { EventEmitter } = require('node:events');
const { KernelProcess, KernelEndedError } = require('./kernelProcess');

/** @typedef {import('./kernelProcess').Launch} Launch */
/** @typedef {import('./protocol').Command} Command */
/** @typedef {import('./protocol').EventEnvelope} EventEnvelope */

/** @typedef {'off' | 'starting' | 'idle' | 'busy' | 'interrupting' | 'ended'} SessionState */

/**
 * @typedef {object} CellRun A cell that is to be run, or runs.
 * @property {string} code
 * @property {() => boolean} isWanted Asked when its turn comes: whether it is still to be run.
 * @property {(order: number, token: string) => void} onStart Called when it begins, with its number in this kernel and what its events call it.
 * @property {(event: EventEnvelope) => void} onEvent
 * @property {(outcome: CellOutcome) => void} [onEnd] Called before the next cell is asked whether it is still wanted.
 */

/**
 * @typedef {object} CellOutcome How a cell ended.
 * @property {boolean} succeeded
 * @property {string} [message] Why it failed.
 * @property {boolean} isInterrupted Whether the user has stopped it.
 * @property {boolean} [runsOn] Whether code that it has called runs on all the same, which the kernel says on a second line.
 * @property {KernelEndedError} [ended] The end of the kernel, which has ended the cell, too.
 * @property {boolean} isAbandoned Whether the user has ended the kernel.
 */

// A kernel answers a cancellation within a second, even if the cell's code runs on; on a busy machine it may first have much to say. One that says nothing is beyond help.
const interruptTimeout = 3000;
const longestInterrupt = 15_000;

/**
 * What a notebook has of a kernel: the process of the moment, and the next one when that has ended. Cells run one after another; what an editor asks is answered meanwhile. Events:
 * - `state`: the state has changed;
 * - `cellEnded`: a cell has ended;
 * - `late` (EventEnvelope): what a cell that has ended has left running prints or shows;
 * - `stderr` (string): a line for the log;
 * - `ended` (KernelEndedError): the kernel has ended unasked, and its variables are gone.
 */
class KernelSession extends EventEmitter {
  #getLaunch;
  #askUser;
  // What is asked of the user at a start may be answered when nobody wants that start any more.
  #startNumber = 0;
  /** @type {KernelProcess | undefined} */
  #kernel;
  /** @type {Promise<KernelProcess> | undefined} */
  #starting;
  /** @type {SessionState} */
  #state = 'off';
  #order = 0;
  /** What has to be through before the next cell begins. @type {Promise<unknown>} */
  #queue = Promise.resolve();
  // Counts how often the cells that wait were taken back.
  #generation = 0;
  /** @type {Promise<unknown> | undefined} */
  #running;
  #isInterrupted = false;
  /** The newest thing that the kernel waits for: what is older is through before it. @type {PromiseLike<unknown> | undefined} */
  #heldBackBy;
  /** The kernel that has ended unasked. @type {KernelProcess | undefined} */
  #dead;
  #isDisposed = false;

  /**
   * @param {() => Promise<Launch>} getLaunch Finds out how to start a kernel; may take its time, and ask.
   * @param {import('./kernelProcess').AskUser} askUser
   */
  constructor(getLaunch, askUser) {
    super();
    this.#getLaunch = getLaunch;
    this.#askUser = askUser;
  }

  get state() {
    return this.#state;
  }

  /** The number of the cell that was begun last. */
  get order() {
    return this.#order;
  }

  get pid() {
    return this.#kernel?.pid;
  }

  get isRunning() {
    return this.#kernel !== undefined && !this.#kernel.hasEnded;
  }

  /** Starts a kernel, if there is none, and waits until it takes commands. @returns {Promise<KernelProcess>} */
  start() {
    if (this.#isDisposed) return Promise.reject(new KernelEndedError({ kind: 'notWanted' }));
    this.#starting ??= this.#startKernel();
    return this.#starting;
  }

  /**
   * Runs a cell when those before it have ended.
   * @param {CellRun} run
   * @returns {Promise<CellOutcome | undefined>} How it ended; undefined if it was taken back before it began.
   */
  execute(run) {
    const generation = this.#generation;
    const result = this.#queue.then(() => (generation === this.#generation ? this.#executeNow(run, generation) : undefined));
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Takes back the cells that wait. */
  clearQueue() {
    this.#generation++;
    this.#queue = Promise.resolve(this.#running);
  }

  /** Ends the running cell, and takes back those that wait. A kernel that does not react is ended. */
  async interrupt() {
    this.clearQueue();
    const kernel = this.#kernel;
    if (!kernel || kernel.hasEnded || this.#state !== 'busy') return;
    this.#setState('interrupting');
    this.#isInterrupted = true;
    kernel.resume();
    const running = this.#running;
    const cancelled = kernel.send('Cancel', {}).catch(() => {});
    const ended = Promise.all([cancelled, running]);
    const start = Date.now();
    // Not by the clock: when this process was held up, what the kernel has said meanwhile waits in the pipe.
    let silence = 0;
    for (let isDone = false; !isDone && !kernel.hasEnded; ) {
      if (silence > interruptTimeout || Date.now() - start > longestInterrupt) {
        this.emit('stderr', `The kernel did not react to the interrupt within ${(Date.now() - start) / 1000} s, and is ended.`);
        await kernel.kill();
        return;
      }
      const { lastHeard } = kernel;
      isDone = await Promise.race([ended.then(() => true), new Promise((resolve) => setTimeout(resolve, 100, false))]);
      silence = kernel.lastHeard === lastHeard ? silence + 100 : 0;
    }
  }

  /** Ends the kernel with all its variables, and starts another one. */
  async restart() {
    this.#detach();
    await this.start();
  }

  /** Ends the kernel with all its variables. */
  async stop() {
    const kernel = this.#detach();
    this.#setState('off');
    await kernel;
  }

  async dispose() {
    this.#isDisposed = true;
    // Nobody listens any more, and what they would write to may be closed.
    this.removeAllListeners();
    await this.stop();
  }

  /**
   * Asks the kernel for something. Never starts one.
   * @param {string} commandType
   * @param {Command} command
   * @returns {Promise<EventEnvelope[]>} What it says; nothing if there is no kernel, or it does not know.
   */
  async request(commandType, command) {
    const kernel = this.#kernel;
    if (!kernel || kernel.hasEnded) return [];
    /** @type {EventEnvelope[]} */
    const events = [];
    try {
      await kernel.ready;
      await kernel.send(commandType, command, (event) => events.push(event));
    } catch (error) {
      if (!(error instanceof KernelEndedError)) throw error;
    }
    return events;
  }

  /** Stops reading the kernel's output for as long as a promise takes. @param {PromiseLike<unknown>} work */
  async holdBack(work) {
    const kernel = this.#kernel;
    // One that is being stopped has to be heard.
    if (!kernel || this.#isInterrupted) return;
    this.#heldBackBy = work;
    kernel.pause();
    try {
      await work;
    } finally {
      if (this.#heldBackBy === work) kernel.resume();
    }
  }

  /** @returns {Promise<KernelProcess>} */
  async #startKernel() {
    const number = ++this.#startNumber;
    this.#setState('starting');
    try {
      const launch = await this.#getLaunch();
      if (number !== this.#startNumber) throw new KernelEndedError({ kind: 'notWanted' });
      const kernel = new KernelProcess(launch, this.#askUser);
      this.#kernel = kernel;
      this.#order = 0;
      kernel.on('stderr', (line) => this.emit('stderr', line));
      kernel.on('late', (event) => {
        if (this.#kernel === kernel) this.emit('late', event);
      });
      kernel.on('exit', (error) => this.#onExit(kernel, error));
      await kernel.ready;
      if (this.#kernel === kernel) this.#setState('idle');
      return kernel;
    } catch (error) {
      // Whoever waits for a start that another one has replaced gets what that one starts.
      if (number !== this.#startNumber && this.#starting) return await this.#starting;
      if (number === this.#startNumber) {
        this.#kernel = undefined;
        this.#starting = undefined;
        this.#setState('off');
      }
      throw error;
    }
  }

  /** @param {CellRun} run @param {number} generation @returns {Promise<CellOutcome | undefined>} */
  async #executeNow(run, generation) {
    if (!run.isWanted()) return undefined;
    const kernel = await this.start().catch((error) => {
      if (generation === this.#generation) throw error;
    });
    if (!kernel || generation !== this.#generation || !run.isWanted()) return undefined;
    this.#order++;
    this.#isInterrupted = false;
    this.#setState('busy');
    const token = kernel.nextToken();
    run.onStart(this.#order, token);
    const onEvent = (/** @type {EventEnvelope} */ event) => {
      // Whoever has stopped a cell does not want to read what it has still to say.
      if (!this.#isInterrupted || !event.eventType.startsWith('Standard')) run.onEvent(event);
    };
    const work = kernel.send('SubmitCode', { code: run.code }, onEvent, token);
    this.#running = work.catch(() => {});
    const outcome = await this.#outcomeOf(work, kernel);
    run.onEnd?.(outcome);
    if (this.#kernel === kernel && !kernel.hasEnded) this.#setState('idle');
    this.emit('cellEnded');
    return outcome;
  }

  /** @param {Promise<import('./kernelProcess').Outcome>} work @param {KernelProcess} kernel @returns {Promise<CellOutcome>} */
  async #outcomeOf(work, kernel) {
    try {
      const outcome = await work;
      const runsOn = this.#isInterrupted && !outcome.succeeded && /^Command cancelled\.\r?\n./.test(outcome.message ?? '');
      return { ...outcome, isInterrupted: this.#isInterrupted, runsOn, isAbandoned: false };
    } catch (error) {
      if (!(error instanceof KernelEndedError)) throw error;
      return { succeeded: false, ended: error, isInterrupted: this.#isInterrupted, isAbandoned: this.#kernel !== kernel && kernel !== this.#dead };
    }
  }

  /** Lets go of the kernel, which ends by itself. */
  #detach() {
    this.clearQueue();
    this.#queue = Promise.resolve();
    const kernel = this.#kernel;
    this.#order = 0;
    this.#startNumber++;
    this.#kernel = undefined;
    this.#starting = undefined;
    return kernel?.end();
  }

  /** @param {KernelProcess} kernel @param {KernelEndedError} error */
  #onExit(kernel, error) {
    if (this.#kernel !== kernel) return;
    const wasReady = this.#state !== 'starting';
    this.#dead = kernel;
    this.#kernel = undefined;
    this.#starting = undefined;
    if (!wasReady) return;
    this.clearQueue();
    this.#setState('ended');
    this.emit('ended', error);
  }

  /** @param {SessionState} state */
  #setState(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.emit('state');
  }
}

module.exports = { KernelSession };
