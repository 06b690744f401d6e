const os = require('node:os');
const path = require('node:path');
const vscode = require('vscode');
const { describeEnd } = require('./kernelEnd');
const { KernelSession } = require('./kernel/kernelSession');
const { DisplayedValues } = require('./execution/displayedValues');
const { rootOf } = require('./kernel/protocol');
const { isEditable } = require('./notebooks');
const { spelled } = require('./paths');

/** @typedef {import('./kernel/kernelProcess').Launch} Launch */
/** @typedef {import('./kernel/kernelProcess').KernelEndedError} KernelEndedError */
/** @typedef {import('./kernel/protocol').Command} Command */
/** @typedef {import('./kernel/protocol').EventEnvelope} EventEnvelope */

// A notebook that is renamed or saved under another name is closed and opened again, one shortly after the other.
const renameGrace = 3000;

/** An open notebook, and the kernel that runs it. */
class NotebookSession {
  /** @param {vscode.NotebookDocument} notebook @param {(folder: string) => Promise<Launch>} getLaunch */
  constructor(notebook, getLaunch) {
    this.notebook = notebook;
    this.kernel = new KernelSession(
      () => getLaunch(folderOf(this.notebook)),
      (request, signal) => askUser(this.notebook, request, signal),
    );
    this.begun = Date.now();
    this.displays = new DisplayedValues();
    /** The last run of each cell since the kernel was started. @type {Map<vscode.NotebookCell, { token: string, outputs: import('./execution/cellOutputs').CellOutputs }>} */
    this.runs = new Map();
    /** Since the kernel was started. @type {Set<vscode.NotebookCell>} */
    this.cellsRun = new Set();
  }

  /**
   * Takes note of a run of a cell. What an earlier one has left running is heard no more: it would be taken for a part of this one.
   * @param {string} token
   * @param {import('./execution/cellOutputs').CellOutputs} outputs
   */
  begin(token, outputs) {
    for (const cell of this.runs.keys()) if (cell.index < 0) this.runs.delete(cell);
    this.displays.forget(outputs.cell);
    this.runs.set(outputs.cell, { token, outputs });
  }

  /** The outputs of the run that an event belongs to, if they are still those of its cell. @param {EventEnvelope} envelope */
  outputsOf({ eventType, event, command }) {
    if (eventType === 'DisplayedValueUpdated') return this.displays.find(event.valueId)?.outputs;
    const token = rootOf(command?.token ?? '');
    for (const run of this.runs.values()) if (run.token === token) return run.outputs;
    return undefined;
  }

  /** Whether outputs are those of the last run of their cell, in this kernel. @param {import('./execution/cellOutputs').CellOutputs} outputs */
  isLastRun(outputs) {
    return outputs.cell.index >= 0 && this.runs.get(outputs.cell)?.outputs === outputs;
  }

  /** Forgets all that cells have done. */
  forget() {
    this.displays.clear();
    this.runs.clear();
    this.cellsRun.clear();
  }

  /**
   * Says in a cell that the kernel has ended with it.
   * @param {import('./execution/cellOutputs').CellOutputs} outputs
   * @param {KernelEndedError} error
   */
  explainEnd(outputs, error) {
    const message = `${describeEnd(error)} ${vscode.l10n.t('Its variables are gone: run the cells again from the top.')}`;
    outputs.addError(vscode.l10n.t('Kernel ended'), message, error.errorLines);
  }
}

/** The kernels of the notebooks that are open, one for each. */
class Sessions {
  #getLaunch;
  #log;
  /** @type {Map<vscode.NotebookDocument, NotebookSession>} */
  #sessions = new Map();
  /** Sessions of notebooks that were closed a moment ago. @type {Map<NotebookSession, NodeJS.Timeout>} */
  #closing = new Map();
  #changed = new vscode.EventEmitter();
  #lateEvent = new vscode.EventEmitter();
  #disposables;

  /** Fired when something about a session has changed: its state, or a cell has ended. @type {vscode.Event<NotebookSession>} */
  onDidChange = this.#changed.event;

  /**
   * @param {(folder: string) => Promise<Launch>} getLaunch Finds out how to start a kernel in a folder; may take its time, and ask.
   * @param {vscode.LogOutputChannel} log
   */
  constructor(getLaunch, log) {
    this.#getLaunch = getLaunch;
    this.#log = log;
    this.#disposables = [
      this.#changed,
      this.#lateEvent,
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#onClosed(notebook)),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#onTabsChanged()),
    ];
  }

  /** The session of a notebook, if it has one. @param {vscode.NotebookDocument} notebook */
  find(notebook) {
    return this.#sessions.get(notebook);
  }

  get all() {
    return [...this.#sessions.values()];
  }

  /** @param {(session: NotebookSession, event: EventEnvelope) => void} listener */
  onLateEvent(listener) {
    return this.#lateEvent.event(({ session, event }) => listener(session, event));
  }

  /** The session of a notebook, made if it has none. @param {vscode.NotebookDocument} notebook @returns {NotebookSession} */
  open(notebook) {
    const session = this.#sessions.get(notebook) ?? this.#adopt(notebook) ?? this.#create(notebook);
    this.#sessions.set(notebook, session);
    return session;
  }

  /** Starts a notebook's kernel before it is needed. If that cannot be, the first cell says why. @param {vscode.NotebookDocument} notebook */
  async prepare(notebook) {
    const { kernel } = this.open(notebook);
    if (kernel.state === 'off') await kernel.start().catch((error) => this.#log.info(describeEnd(error)));
  }

  /** Ends a notebook's kernel. @param {vscode.NotebookDocument} notebook */
  close(notebook) {
    const session = this.#sessions.get(notebook);
    if (!session) return;
    this.#keepOpen(session);
    this.#sessions.delete(notebook);
    session.kernel.dispose();
    this.#changed.fire(session);
  }

  async dispose() {
    for (const timer of this.#closing.values()) clearTimeout(timer);
    const sessions = [...this.#sessions.values(), ...this.#closing.keys()];
    for (const disposable of this.#disposables) disposable.dispose();
    await Promise.all(sessions.map((session) => session.kernel.dispose()));
  }

  /** @param {vscode.NotebookDocument} notebook */
  #create(notebook) {
    const session = new NotebookSession(notebook, this.#getLaunch);
    const { kernel } = session;
    kernel.on('state', () => {
      if (kernel.state === 'starting') session.forget();
      this.#changed.fire(session);
    });
    kernel.on('cellEnded', () => this.#changed.fire(session));
    kernel.on('late', (event) => this.#lateEvent.fire({ session, event }));
    kernel.on('stderr', (line) => this.#log.info(`[${path.basename(session.notebook.uri.path)}] ${line}`));
    kernel.on('ended', (error) => this.#tellEnd(session, error));
    return session;
  }

  /** @param {NotebookSession} session @param {KernelEndedError} error */
  async #tellEnd(session, error) {
    const name = path.basename(session.notebook.uri.path);
    this.#log.error(`[${name}] ${describeEnd(error)}`);
    const restart = vscode.l10n.t('Restart');
    const text = vscode.l10n.t('{0}: {1} Its variables are gone.', name, describeEnd(error));
    const choice = await vscode.window.showWarningMessage(text, restart);
    if (choice !== restart || this.#sessions.get(session.notebook) !== session) return;
    await session.kernel.start().catch((failure) => vscode.window.showErrorMessage(describeEnd(failure)));
  }

  /** @param {vscode.NotebookDocument} notebook */
  #onClosed(notebook) {
    const session = this.#sessions.get(notebook);
    if (!session) return;
    this.#sessions.delete(notebook);
    this.#leave(session);
    this.#changed.fire(session);
  }

  /** VS Code may keep a notebook open whose tab has been closed, for ever. A notebook without a tab is closed for its reader. */
  #onTabsChanged() {
    const shown = new Set(vscode.window.tabGroups.all.flatMap((group) => group.tabs).flatMap(notebooksOf));
    for (const session of this.all) {
      if (shown.has(session.notebook.uri.toString())) this.#keepOpen(session);
      else this.#leave(session);
    }
  }

  /** Moves a session to the notebook that its own one has become, if there is one, and else ends it soon. @param {NotebookSession} session */
  #leave(session) {
    if (this.#closing.has(session)) return;
    const heir = vscode.workspace.notebookDocuments.find((candidate) => this.#isSuccessor(candidate, session.notebook));
    if (heir) this.#moveTo(session, heir);
    else this.#closeSoon(session);
  }

  /** Ends a session, unless its notebook comes back at once. @param {NotebookSession} session */
  #closeSoon(session) {
    this.#closing.set(
      session,
      setTimeout(() => {
        this.#closing.delete(session);
        this.#sessions.delete(session.notebook);
        session.kernel.dispose();
        this.#changed.fire(session);
      }, renameGrace),
    );
  }

  /** @param {NotebookSession} session */
  #keepOpen(session) {
    clearTimeout(this.#closing.get(session));
    this.#closing.delete(session);
  }

  /** The session of a notebook that was this one a moment ago, under another name. @param {vscode.NotebookDocument} notebook */
  #adopt(notebook) {
    for (const session of this.#closing.keys()) {
      if (!isEditable(notebook) || !hasSameCells(session.notebook, notebook)) continue;
      this.#moveTo(session, notebook);
      return session;
    }
    return undefined;
  }

  /** @param {vscode.NotebookDocument} candidate @param {vscode.NotebookDocument} closed */
  #isSuccessor(candidate, closed) {
    if (candidate === closed || candidate.isClosed || !isEditable(candidate) || !hasSameCells(candidate, closed)) return false;
    const session = this.#sessions.get(candidate);
    return !session || (session.kernel.order === 0 && Date.now() - session.begun < renameGrace);
  }

  /** @param {NotebookSession} session @param {vscode.NotebookDocument} notebook */
  #moveTo(session, notebook) {
    this.#keepOpen(session);
    if (this.#sessions.get(session.notebook) === session) this.#sessions.delete(session.notebook);
    const idle = this.#sessions.get(notebook);
    if (idle && idle !== session) idle.kernel.dispose();
    session.notebook = notebook;
    session.forget();
    this.#sessions.set(notebook, session);
    this.#log.info(`The kernel goes on as that of ${path.basename(notebook.uri.path)}.`);
    this.#changed.fire(session);
  }
}

/** @param {vscode.NotebookDocument} one @param {vscode.NotebookDocument} other */
function hasSameCells(one, other) {
  const [cells, others] = [one.getCells(), other.getCells()];
  return cells.length > 0 && cells.length === others.length && cells.every((cell, i) => cell.document.getText() === others[i].document.getText());
}

/** The notebooks that a tab shows. @param {vscode.Tab} tab @returns {string[]} */
function notebooksOf({ input }) {
  if (input instanceof vscode.TabInputNotebook) return [input.uri.toString()];
  if (input instanceof vscode.TabInputNotebookDiff) return [input.original.toString(), input.modified.toString()];
  return [];
}

/** The folder in which a notebook's cells run: its own; of one that was never saved, the folder that is open. @param {vscode.NotebookDocument} notebook */
function folderOf(notebook) {
  if (notebook.uri.scheme === 'file') return spelled(path.dirname(notebook.uri.fsPath));
  return spelled(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.homedir());
}

/** @param {vscode.NotebookDocument} notebook @param {Command} request @param {AbortSignal} signal @returns {Promise<string | undefined>} */
async function askUser(notebook, request, signal) {
  const cancellation = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => cancellation.cancel());
  const options = {
    title: path.basename(notebook.uri.path),
    prompt: request.prompt || vscode.l10n.t('The cell reads a line.'),
    password: request.isPassword === true,
    ignoreFocusOut: true,
  };
  try {
    return await vscode.window.showInputBox(options, cancellation.token);
  } finally {
    cancellation.dispose();
  }
}

module.exports = { Sessions, NotebookSession, folderOf };
