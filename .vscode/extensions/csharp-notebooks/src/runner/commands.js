const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');
const { spelled } = require('../paths');
const { runInTerminal } = require('./terminal');

/** What the runner does with a notebook besides running it: a handout, a check. */
class RunnerCommands {
  #locator;
  #builder;

  /**
   * @param {import('./runnerLocator').RunnerLocator} locator
   * @param {import('./builder').Builder} builder
   */
  constructor(locator, builder) {
    this.#locator = locator;
    this.#builder = builder;
  }

  /** Exports a notebook, as it is now, to one HTML file, and opens that. @param {vscode.NotebookDocument} notebook */
  async exportHandout(notebook) {
    const file = await savedFile(notebook);
    if (!file) return;
    const folder = path.join(outputFolder(notebook), 'out');
    const name = vscode.l10n.t('export as handout');
    if ((await this.#run(name, notebook, ['export', file, '--out', folder])) !== 0) {
      vscode.window.showErrorMessage(vscode.l10n.t('The handout could not be written: the terminal says why.'));
      return;
    }
    await open(path.join(folder, 'handouts', `${path.parse(file).name}.html`));
  }

  /** Runs a notebook in a kernel of its own and compares with what is stored. @param {vscode.NotebookDocument} notebook */
  async check(notebook) {
    const file = await savedFile(notebook);
    if (!file) return;
    const exitCode = await this.#run(vscode.l10n.t('check'), notebook, ['check', file]);
    const base = path.basename(file);
    if (exitCode === 0) vscode.window.showInformationMessage(vscode.l10n.t('{0}: everything is as it should be.', base));
    else vscode.window.showWarningMessage(vscode.l10n.t('{0}: something is not as it should be; the terminal says what.', base));
  }

  /** @param {string} name @param {vscode.NotebookDocument} notebook @param {string[]} args */
  async #run(name, notebook, args) {
    const folder = spelled(path.dirname(notebook.uri.fsPath));
    const program = await this.#builder.getProgram(this.#locator.find(folder));
    return await runInTerminal(name, this.#locator.findDotnet(), [program, ...args], folder);
  }
}

/** A notebook's file, with what is in the editor. @param {vscode.NotebookDocument} notebook @returns {Promise<string | undefined>} */
async function savedFile(notebook) {
  if (notebook.isUntitled || notebook.uri.scheme !== 'file') {
    vscode.window.showErrorMessage(vscode.l10n.t('Save the notebook first.'));
    return undefined;
  }
  if (notebook.isDirty && !(await notebook.save())) return undefined;
  return spelled(notebook.uri.fsPath);
}

/** @param {vscode.NotebookDocument} notebook */
function outputFolder(notebook) {
  return spelled(vscode.workspace.getWorkspaceFolder(notebook.uri)?.uri.fsPath ?? path.dirname(notebook.uri.fsPath));
}

/** Opens a page: in the reader's browser, or here, where VS Code runs on another machine than the page. @param {string} page */
async function open(page) {
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    if (await vscode.env.openExternal(vscode.Uri.file(page))) return;
  }
  const panel = vscode.window.createWebviewPanel('csharpNotebooks.handout', path.basename(page), vscode.ViewColumn.Active, { enableScripts: true });
  panel.webview.html = await fs.promises.readFile(page, 'utf8');
}

module.exports = { RunnerCommands };
