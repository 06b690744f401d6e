const vscode = require('vscode');

/** Says what the kernel of the notebook is doing that the user is at. */
class StatusBar {
  #sessions;
  #activeNotebook;
  #isBuilding;
  #item = vscode.window.createStatusBarItem('csharpNotebooks.status', vscode.StatusBarAlignment.Left, 10);

  /**
   * @param {import('../sessions').Sessions} sessions
   * @param {() => vscode.NotebookDocument | undefined} activeNotebook
   * @param {() => boolean} isBuilding
   */
  constructor(sessions, activeNotebook, isBuilding) {
    this.#sessions = sessions;
    this.#activeNotebook = activeNotebook;
    this.#isBuilding = isBuilding;
    this.#item.name = vscode.l10n.t('C# kernel');
  }

  dispose() {
    this.#item.dispose();
  }

  refresh() {
    const notebook = this.#activeNotebook();
    if (!notebook) {
      this.#item.hide();
      return;
    }
    const kernel = this.#sessions.find(notebook)?.kernel;
    const { icon, text, command, isWarning } = this.#describe(kernel?.state ?? 'off', kernel?.order ?? 0);
    this.#item.text = `${icon} C#: ${text}`;
    this.#item.tooltip = vscode.l10n.t('The kernel that runs this notebook: {0}', text);
    this.#item.command = command;
    this.#item.backgroundColor = isWarning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  /**
   * @param {import('../kernel/kernelSession').SessionState} state
   * @param {number} order
   * @returns {{ icon: string, text: string, command: string, isWarning?: boolean }}
   */
  #describe(state, order) {
    const interrupt = 'csharpNotebooks.interrupt';
    const restart = 'csharpNotebooks.restart';
    if (this.#isBuilding()) return { icon: '$(sync~spin)', text: vscode.l10n.t('building the kernel'), command: 'csharpNotebooks.showLog' };
    switch (state) {
      case 'starting':
        return { icon: '$(sync~spin)', text: vscode.l10n.t('starting'), command: 'csharpNotebooks.showLog' };
      case 'busy':
        return { icon: '$(sync~spin)', text: vscode.l10n.t('running cell {0}', order), command: interrupt };
      case 'interrupting':
        return { icon: '$(sync~spin)', text: vscode.l10n.t('stopping cell {0}', order), command: interrupt };
      case 'ended':
        return { icon: '$(error)', text: vscode.l10n.t('kernel ended, variables are gone'), command: restart, isWarning: true };
      case 'idle':
        return { icon: '$(pass)', text: vscode.l10n.t('ready'), command: restart };
      default:
        return { icon: '$(circle-outline)', text: vscode.l10n.t('no kernel'), command: restart };
    }
  }
}

module.exports = { StatusBar };
