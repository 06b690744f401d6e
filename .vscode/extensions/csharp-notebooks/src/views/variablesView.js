const vscode = require('vscode');

/** @typedef {import('../kernel/protocol').ValueInfo} ValueInfo */
/** @typedef {import('../sessions').Sessions} Sessions */

/** The variables of the notebook that the user is at: name, type, value, and how many elements there are. @implements {vscode.TreeDataProvider<ValueInfo>} */
class VariablesView {
  #sessions;
  #activeNotebook;
  #changed = new vscode.EventEmitter();
  #disposables;

  onDidChangeTreeData = this.#changed.event;

  /**
   * @param {Sessions} sessions
   * @param {() => vscode.NotebookDocument | undefined} activeNotebook
   */
  constructor(sessions, activeNotebook) {
    this.#sessions = sessions;
    this.#activeNotebook = activeNotebook;
    this.#disposables = [this.#changed, vscode.window.createTreeView('csharpNotebooks.variables', { treeDataProvider: this })];
  }

  dispose() {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  refresh() {
    this.#changed.fire(undefined);
  }

  /** @param {ValueInfo} info */
  getTreeItem(info) {
    const item = new vscode.TreeItem(info.name);
    const value = valueOf(info);
    const size = info.size === undefined ? '' : ` (${info.size.toLocaleString('en-US')})`;
    item.description = `${info.typeName ?? ''}${size}${value ? ` = ${value}` : ''}`;
    item.iconPath = new vscode.ThemeIcon('symbol-variable');
    item.contextValue = 'variable';
    item.accessibilityInformation = { label: `${info.name}, ${info.typeName ?? ''}${size}, ${value}` };
    return item;
  }

  /** The whole value, when the mouse rests on it. @param {vscode.TreeItem} item @param {ValueInfo} info */
  async resolveTreeItem(item, info) {
    const [event] = (await this.#kernel()?.request('RequestValue', { name: info.name, mimeType: 'text/plain' })) ?? [];
    const text = event?.event.formattedValue?.value ?? info.formattedValue?.value ?? '';
    item.tooltip = new vscode.MarkdownString().appendCodeblock(`${info.typeName ?? ''} ${info.name}`, 'csharp').appendCodeblock(text.slice(0, 2000), 'text');
    return item;
  }

  /** @param {ValueInfo} [parent] @returns {Promise<ValueInfo[]>} */
  async getChildren(parent) {
    const kernel = this.#kernel();
    const isKnown = parent === undefined && kernel !== undefined && kernel.order > 0;
    const [event] = isKnown ? await kernel.request('RequestValueInfos', { mimeType: 'text/plain+summary' }) : [];
    return event?.event.valueInfos ?? [];
  }

  #kernel() {
    const notebook = this.#activeNotebook();
    return notebook && this.#sessions.find(notebook)?.kernel;
  }
}

/** What there is to say of a value beyond its type. @param {ValueInfo} info */
function valueOf({ typeName = '', formattedValue }) {
  const value = formattedValue?.value ?? '';
  return value === typeName || value === typeName.replace(/<.*/, '') ? '' : value;
}

module.exports = { VariablesView };
