const vscode = require('vscode');
const { CellOutputs } = require('./cellOutputs');
const { describeEnd } = require('../kernelEnd');
const { KernelEndedError } = require('../kernel/kernelProcess');
const { isCSharpCell, isCSharpNotebook, isEditable, languageIds, notebookType, tagsOf } = require('../notebooks');

/** @typedef {import('../sessions').Sessions} Sessions */
/** @typedef {import('../sessions').NotebookSession} NotebookSession */
/** @typedef {import('../kernel/protocol').EventEnvelope} EventEnvelope */

const controllerId = 'csharp-notebooks';
const maxRemembered = 200;
const lateInterval = 400;

/**
 * What others want to know.
 * @typedef {object} Listener
 * @property {(cell: vscode.NotebookCell, found: import('../kernel/protocol').Diagnostic[]) => void} onDiagnostics What the compiler finds fault with.
 * @property {(error: Error) => void} onNoKernel Why it could not be run at all.
 * @property {(session: NotebookSession, text: string) => void} onRunsOn A cell was stopped, but code that it has called runs on.
 * @property {(notebook: vscode.NotebookDocument) => void} onDeselected A notebook is to be run by another kernel from now on.
 */

const runsOn = () => vscode.l10n.t('The cell was stopped, but code of .NET or of a library that it has called still runs: nothing can end that safely. Restart the kernel to end it.');

/** What VS Code asks to run the cells of C# notebooks. */
class Controller {
  #controller;
  #extensionId;
  #sessions;
  #memento;
  #listener;
  /** @type {vscode.Disposable[]} */
  #disposables = [];
  /** Executions that wait or run, by cell: VS Code allows one a cell. @type {Map<vscode.NotebookCell, vscode.NotebookCellExecution>} */
  #executions = new Map();
  /** Those that run, by notebook. @type {Map<vscode.NotebookDocument, vscode.NotebookCellExecution>} */
  #running = new Map();
  /** Outputs of cells that have ended, which are about to be shown. @type {Set<CellOutputs>} */
  #late = new Set();
  /** Cells that look as if they ran while that is done, until it is. @type {Map<vscode.NotebookCell, Promise<void>>} */
  #showing = new Map();
  /** Notebooks for which this kernel has been chosen, by VS Code or by their reader. @type {Set<vscode.NotebookDocument>} */
  #selected = new Set();

  /**
   * @param {string} extensionId
   * @param {Sessions} sessions
   * @param {vscode.Memento} memento Keeps in which notebooks the user has chosen another kernel.
   * @param {Listener} listener
   */
  constructor(extensionId, sessions, memento, listener) {
    this.#extensionId = extensionId;
    this.#sessions = sessions;
    this.#memento = memento;
    this.#listener = listener;
    this.#controller = vscode.notebooks.createNotebookController(controllerId, notebookType, 'C#');
    this.#controller.description = vscode.l10n.t('the kernel of NotebookRunner');
    this.#controller.supportedLanguages = languageIds;
    this.#controller.supportsExecutionOrder = true;
    this.#controller.executeHandler = (cells, notebook) => this.#execute(cells, notebook);
    this.#controller.interruptHandler = (notebook) => this.#sessions.find(notebook)?.kernel.interrupt();
    this.#disposables.push(
      this.#controller,
      sessions.onLateEvent((session, event) => this.#onLateEvent(session, event)),
      this.#controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => this.#onSelected(notebook, selected)),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#onOpened(notebook)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#selected.delete(notebook)),
      vscode.window.onDidChangeActiveNotebookEditor((editor) => this.#onActive(editor)),
    );
    for (const notebook of vscode.workspace.notebookDocuments) this.#onOpened(notebook);
    this.#onActive(vscode.window.activeNotebookEditor);
  }

  dispose() {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Whether a notebook is ours to run: this kernel has been chosen for it. @param {vscode.NotebookDocument} notebook */
  isOurs(notebook) {
    return this.#selected.has(notebook);
  }

  /** @returns {string[]} */
  #otherKernels() {
    return this.#memento.get('otherKernels', []);
  }

  /** @param {vscode.NotebookDocument} notebook */
  #onOpened(notebook) {
    if (isCSharpNotebook(notebook)) this.#controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  }

  /**
   * Chooses this kernel for a C# notebook that has none, and for which its reader has never chosen another one. Where there are kernels of other extensions, VS Code would wait for its user to choose.
   * @param {vscode.NotebookEditor | undefined} editor
   */
  async #onActive(editor) {
    const notebook = editor?.notebook;
    if (!notebook || !isCSharpNotebook(notebook) || !isEditable(notebook)) return;
    if (this.#selected.has(notebook)) {
      // VS Code may have kept it when its tab was closed; its kernel has ended then.
      if (!this.#sessions.find(notebook)) this.#sessions.prepare(notebook);
      return;
    }
    if (this.#otherKernels().includes(notebook.uri.toString())) return;
    const choice = { id: controllerId, extension: this.#extensionId, skipIfAlreadySelected: true };
    // Where that cannot be, VS Code asks its user when a cell is run.
    await vscode.commands.executeCommand('notebook.selectKernel', choice).then(undefined, () => {});
  }

  /** @param {vscode.NotebookDocument} notebook @param {boolean} isSelected */
  #onSelected(notebook, isSelected) {
    const uri = notebook.uri.toString();
    const others = this.#otherKernels().filter((other) => other !== uri);
    // VS Code forgets the kernel of a notebook that is closed and was never saved, which is no choice of its reader.
    if (!isSelected && !notebook.isClosed && !notebook.isUntitled) others.push(uri);
    this.#memento.update('otherKernels', others.slice(-maxRemembered));
    if (isSelected) {
      this.#selected.add(notebook);
      // Before it is needed: who opens a notebook reads first.
      this.#sessions.prepare(notebook);
    } else {
      this.#selected.delete(notebook);
      this.#listener.onDeselected(notebook);
      if (!notebook.isClosed) this.#sessions.close(notebook);
    }
  }

  /** @param {vscode.NotebookCell[]} cells @param {vscode.NotebookDocument} notebook */
  async #execute(cells, notebook) {
    const session = this.#sessions.open(notebook);
    await Promise.all(cells.map((cell) => this.#showing.get(cell)));
    const runs = cells.filter((cell) => isCSharpCell(cell) && !this.#executions.has(cell)).map((cell) => ({ cell, execution: this.#begin(cell) }));
    // Each waits for the one before it; that all wait shows at once. What fails stops those behind it, unless it should fail.
    const series = { isStopped: false };
    await Promise.all(
      runs.map(async ({ cell, execution }) => {
        try {
          await this.#run(session, execution, series);
        } finally {
          if (this.#running.get(notebook) === execution) this.#running.delete(notebook);
          this.#executions.delete(cell);
        }
      }),
    );
  }

  /** @param {vscode.NotebookCell} cell */
  #begin(cell) {
    const execution = this.#controller.createNotebookCellExecution(cell);
    this.#executions.set(cell, execution);
    return execution;
  }

  /**
   * @param {NotebookSession} session
   * @param {vscode.NotebookCellExecution} execution
   * @param {{ isStopped: boolean }} series What is run together: whether a cell of it has failed.
   */
  async #run(session, execution, series) {
    const { cell } = execution;
    /** @type {CellOutputs | undefined} */
    let outputs;
    const start = (/** @type {number} */ order, /** @type {string} */ token) => {
      execution.executionOrder = order;
      execution.start(Date.now());
      this.#running.set(cell.notebook, execution);
      execution.clearOutput().then(undefined, () => {});
      const holdBack = (/** @type {PromiseLike<unknown>} */ work) => session.kernel.holdBack(work);
      outputs = new CellOutputs(execution, order, session.displays, holdBack, (late) => this.#showLater(session, late));
      session.begin(token, outputs);
    };
    try {
      const outcome = await session.kernel.execute({
        get code() {
          return cell.document.getText();
        },
        isWanted: () => !series.isStopped && cell.index >= 0,
        onStart: start,
        onEvent: (event) => {
          if (event.eventType === 'DiagnosticsProduced') this.#listener.onDiagnostics(cell, event.event.diagnostics ?? []);
          else outputs?.add(event);
        },
        onEnd: ({ succeeded }) => {
          if (!succeeded && !tagsOf(cell).includes('raises-exception')) series.isStopped = true;
        },
      });
      if (!outcome || !outputs) {
        execution.end(undefined);
        return;
      }
      session.cellsRun.add(cell);
      if (outcome.ended && !outcome.isAbandoned) session.explainEnd(outputs, outcome.ended);
      else if (outcome.isInterrupted && !outcome.succeeded) outputs.addError(vscode.l10n.t('Interrupted'), outcome.runsOn ? runsOn() : vscode.l10n.t('The cell was stopped.'), []);
      else if (!outcome.succeeded && !outputs.hasFailed && !outcome.isAbandoned) outputs.addFailure(outcome.message ?? '');
      await outputs.end();
      // Whoever has stopped a cell does not want to read what it has left running has still to say.
      if (outcome.isInterrupted) session.runs.delete(cell);
      execution.end(outcome.isAbandoned ? undefined : outcome.succeeded, Date.now());
      if (outcome.runsOn) this.#listener.onRunsOn(session, runsOn());
    } catch (error) {
      // There is no kernel, and the cell says why.
      series.isStopped = true;
      if (!outputs) {
        execution.start(Date.now());
        execution.clearOutput().then(undefined, () => {});
        outputs = new CellOutputs(execution, 0, session.displays, () => {}, () => {});
      }
      const reason = /** @type {Error} */ (error);
      this.#listener.onNoKernel(reason);
      outputs.addError(vscode.l10n.t('No kernel'), describeEnd(reason), reason instanceof KernelEndedError ? reason.errorLines : []);
      await outputs.end();
      execution.end(false, Date.now());
    }
  }

  /** What a cell that has ended has left running prints or shows. @param {NotebookSession} session @param {EventEnvelope} event */
  #onLateEvent(session, event) {
    session.outputsOf(event)?.add(event);
  }

  /**
   * Shows what has come of a cell since it has ended. That may take an execution, in which the cell looks as if it ran; so it is not done at once for each line.
   * @param {NotebookSession} session
   * @param {CellOutputs} outputs
   */
  #showLater(session, outputs) {
    if (!this.#late.has(outputs)) {
      this.#late.add(outputs);
      setTimeout(() => {
        this.#late.delete(outputs);
        // The notebook may be closed in between.
        this.#showLate(session, outputs).catch(() => {});
      }, lateInterval);
    }
    if (outputs.isFull) session.kernel.holdBack(new Promise((resolve) => setTimeout(resolve, lateInterval)));
  }

  /** @param {NotebookSession} session @param {CellOutputs} outputs */
  async #showLate(session, outputs) {
    const { cell } = outputs;
    if (!session.isLastRun(outputs) || cell.notebook.isClosed || !this.#selected.has(cell.notebook)) return;
    if (this.#executions.has(cell)) {
      // It is to be run again, which makes an end of this; unless that is taken back.
      this.#showLater(session, outputs);
      return;
    }
    const running = this.#running.get(cell.notebook);
    const shown = running ? outputs.showLate(running) : this.#showBy(outputs);
    if (!running) this.#showing.set(cell, shown);
    try {
      await shown;
    } finally {
      if (this.#showing.get(cell) === shown) this.#showing.delete(cell);
    }
  }

  /** Shows outputs by an execution that leaves everything else of their cell as it was. @param {CellOutputs} outputs */
  async #showBy(outputs) {
    const { cell } = outputs;
    const { timing, executionOrder, success } = cell.executionSummary ?? {};
    const execution = this.#controller.createNotebookCellExecution(cell);
    try {
      execution.executionOrder = executionOrder;
      execution.start(timing?.startTime);
      await outputs.showLate(execution);
    } finally {
      execution.end(success, timing?.endTime);
    }
  }
}

module.exports = { Controller };
