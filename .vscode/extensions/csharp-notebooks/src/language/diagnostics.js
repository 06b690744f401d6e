const vscode = require('vscode');
const { toRange } = require('./cellRequests');
const { isCSharpCell } = require('../notebooks');

/** @typedef {import('../kernel/protocol').Diagnostic} KernelDiagnostic */

// After the last key.
const typingPause = 350;

/** A name that is not known: it may be declared in a cell above that has not been run yet, which the compiler cannot know. */
const unknownNames = new Set(['CS0103', 'CS0234', 'CS0246', 'CS1061']);

/** Underlines errors and warnings in a cell while it is being written, and those that stopped it when it was run. */
class Diagnostics {
  #requests;
  #collection = vscode.languages.createDiagnosticCollection('csharp-notebooks');
  /** @type {Map<string, NodeJS.Timeout>} */
  #timers = new Map();
  #disposables;

  /** @param {import('./cellRequests').CellRequests} requests */
  constructor(requests) {
    this.#requests = requests;
    this.#disposables = [
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && this.#onChanged(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    ];
  }

  dispose() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Shows what was found in a cell. @param {vscode.NotebookCell} cell @param {KernelDiagnostic[]} found */
  show(cell, found) {
    if (!cell.document.isClosed) this.#collection.set(cell.document.uri, found.map(toDiagnostic));
  }

  /** Forgets what was found in a notebook. @param {vscode.NotebookDocument} notebook */
  clear(notebook) {
    for (const cell of notebook.getCells()) this.#forget(cell.document);
  }

  /** @param {vscode.TextDocument} document */
  #onChanged(document) {
    const cell = this.#requests.cellOf(document);
    if (!cell) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        this.#look(cell);
      }, typingPause),
    );
  }

  /** @param {vscode.NotebookCell} cell */
  async #look(cell) {
    const event = await this.#requests.ask(cell.document, undefined, 'RequestDiagnostics', 'DiagnosticsProduced');
    if (!event?.diagnostics) return;
    const isWholeStory = this.#wereCellsAboveRun(cell);
    this.show(cell, isWholeStory ? event.diagnostics : event.diagnostics.filter((diagnostic) => !unknownNames.has(diagnostic.code)));
  }

  /** @param {vscode.NotebookCell} cell */
  #wereCellsAboveRun(cell) {
    const cellsRun = this.#requests.sessionOf(cell)?.cellsRun;
    return cell.notebook
      .getCells()
      .slice(0, cell.index)
      .every((above) => !isCSharpCell(above) || above.document.getText().trim() === '' || cellsRun?.has(above));
  }

  /** @param {vscode.TextDocument} document */
  #forget(document) {
    clearTimeout(this.#timers.get(document.uri.toString()));
    this.#timers.delete(document.uri.toString());
    this.#collection.delete(document.uri);
  }
}

/** @param {KernelDiagnostic} found */
function toDiagnostic({ linePositionSpan, message, severity, code }) {
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(toRange(linePositionSpan), message, level);
  diagnostic.code = code;
  diagnostic.source = 'C#';
  return diagnostic;
}

module.exports = { Diagnostics };
