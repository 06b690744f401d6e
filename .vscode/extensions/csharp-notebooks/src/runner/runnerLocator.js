const path = require('node:path');
const vscode = require('vscode');
const { findDotnet } = require('./dotnet');
const { settingOf } = require('../paths');
const { runnerAbove, runnerAt } = require('./runner');

/** @typedef {import('./runner').Runner} Runner */

/** What a notebook needs is not on this machine, or not found. */
class NotFoundError extends Error {
  /**
   * @param {string} message What is missing and what to do.
   * @param {'runner' | 'dotnet'} what
   */
  constructor(message, what) {
    super(message);
    this.name = 'NotFound';
    this.what = what;
  }
}

/** Finds the programs that run a notebook. */
class RunnerLocator {
  #memento;
  #extensionFolder;

  /**
   * @param {vscode.Memento} memento Keeps which runner was used last, for notebooks that have none near them.
   * @param {string} extensionFolder Where this extension lies: in the repository of the runner, if it was installed from there.
   */
  constructor(memento, extensionFolder) {
    this.#memento = memento;
    this.#extensionFolder = extensionFolder;
  }

  /** The runner for the notebooks of a folder. @param {string} folder @returns {Runner} */
  find(folder) {
    const setting = settingOf(vscode.workspace.getConfiguration('csharpNotebooks').get('runner', ''));
    if (setting) {
      const set = runnerAt(this.#absolute(setting));
      if (set) return set;
      throw new NotFoundError(vscode.l10n.t("The setting csharpNotebooks.runner names '{0}', where there is no NotebookRunner.", setting), 'runner');
    }
    const folders = vscode.workspace.workspaceFolders?.map((workspace) => workspace.uri.fsPath) ?? [];
    const last = this.#memento.get('runner', '');
    const found = [folder, ...folders, this.#extensionFolder].map(runnerAbove).find(Boolean) ?? (last ? runnerAt(last) : undefined);
    if (!found) {
      throw new NotFoundError(
        vscode.l10n.t('There is no kernel for this notebook: no folder above it has helpers/NotebookRunner. Name one in the setting csharpNotebooks.runner.'),
        'runner',
      );
    }
    this.#memento.update('runner', found.source ?? found.program);
    return found;
  }

  /** The program `dotnet`. @returns {string} */
  findDotnet() {
    const setting = settingOf(vscode.workspace.getConfiguration('csharpNotebooks').get('dotnet', ''));
    const dotnet = findDotnet(setting);
    if (dotnet) return dotnet;
    throw new NotFoundError(
      setting
        ? vscode.l10n.t("The setting csharpNotebooks.dotnet names '{0}', where there is no program.", setting)
        : vscode.l10n.t('The program dotnet was not found. Install the .NET SDK, and start VS Code anew.'),
      'dotnet',
    );
  }

  /** Lets the user show where what was not found is. @param {NotFoundError} error */
  async offerHelp(error) {
    const settings = vscode.l10n.t('Open Settings');
    const action = error.what === 'runner' ? vscode.l10n.t('Choose...') : vscode.l10n.t('Download .NET');
    const choice = await vscode.window.showErrorMessage(error.message, action, settings);
    if (choice === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'csharpNotebooks');
    else if (choice === action && error.what === 'dotnet') await vscode.env.openExternal(vscode.Uri.parse('https://dotnet.microsoft.com/download'));
    else if (choice === action) await this.#chooseRunner();
  }

  async #chooseRunner() {
    const title = vscode.l10n.t('The folder that has helpers/NotebookRunner, or NotebookRunner.dll');
    const [choice] = (await vscode.window.showOpenDialog({ title, canSelectFiles: true, canSelectFolders: true })) ?? [];
    if (!choice) return;
    if (runnerAt(choice.fsPath)) await vscode.workspace.getConfiguration('csharpNotebooks').update('runner', choice.fsPath, vscode.ConfigurationTarget.Global);
    else vscode.window.showErrorMessage(vscode.l10n.t("There is no NotebookRunner in '{0}'.", choice.fsPath));
  }

  /** @param {string} place What a setting says: a relative path starts from the folder that is open. */
  #absolute(place) {
    return path.resolve(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', place);
  }
}

module.exports = { RunnerLocator, NotFoundError };
