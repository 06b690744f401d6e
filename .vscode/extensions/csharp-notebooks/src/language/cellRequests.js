const vscode = require('vscode');
const { isCSharpCell } = require('../notebooks');

/** @typedef {import('../kernel/protocol').Event} KernelEvent */
/** @typedef {import('../kernel/protocol').LinePositionSpan} LinePositionSpan */

/** What an editor asks the kernel about a cell while it is being written. */
class CellRequests {
  #sessions;
  #isOurs;

  /**
   * @param {import('../sessions').Sessions} sessions
   * @param {(notebook: vscode.NotebookDocument) => boolean} isOurs
   */
  constructor(sessions, isOurs) {
    this.#sessions = sessions;
    this.#isOurs = isOurs;
  }

  /** The C# cell that a document is; undefined if it is none of ours. @param {vscode.TextDocument} document */
  cellOf(document) {
    if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
    const cells = vscode.workspace.notebookDocuments.filter(this.#isOurs).flatMap((notebook) => notebook.getCells());
    return cells.find((cell) => cell.document === document && isCSharpCell(cell));
  }

  /** @param {vscode.NotebookCell} cell */
  sessionOf(cell) {
    return this.#sessions.find(cell.notebook);
  }

  /**
   * Asks about a cell as it is now.
   * @param {vscode.TextDocument} document
   * @param {vscode.Position | undefined} position
   * @param {string} commandType
   * @param {string} eventType
   * @param {vscode.CancellationToken} [token]
   * @returns {Promise<KernelEvent | undefined>} Undefined if the kernel has nothing to say, or the document has changed meanwhile.
   */
  async ask(document, position, commandType, eventType, token) {
    const cell = this.cellOf(document);
    const session = cell && this.sessionOf(cell);
    if (!session) return undefined;
    const { version } = document;
    const linePosition = position && { line: position.line, character: position.character };
    const events = await session.kernel.request(commandType, { code: document.getText(), linePosition });
    if (token?.isCancellationRequested || document.version !== version) return undefined;
    return events.find((event) => event.eventType === eventType)?.event;
  }
}

/** @param {LinePositionSpan} span */
function toRange({ start, end }) {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

module.exports = { CellRequests, toRange };
