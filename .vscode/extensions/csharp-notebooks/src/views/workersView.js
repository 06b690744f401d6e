const vscode = require('vscode');

/** @typedef {import('../kernel/protocol').Worker} Worker */
/** @typedef {import('../sessions').Sessions} Sessions */

// What workers do changes while nothing else happens.
const interval = 1000;

/** The worker processes of the notebook that the user is at: which cell they are from, what they do, and what they take. @implements {vscode.TreeDataProvider<Worker>} */
class WorkersView {
  #sessions;
  #activeNotebook;
  #changed = new vscode.EventEmitter();
  #view;
  #timer;
  #disposables;
  /** @type {Worker[]} */
  #workers = [];
  #isAsking = false;

  onDidChangeTreeData = this.#changed.event;

  /**
   * @param {Sessions} sessions
   * @param {() => vscode.NotebookDocument | undefined} activeNotebook
   */
  constructor(sessions, activeNotebook) {
    this.#sessions = sessions;
    this.#activeNotebook = activeNotebook;
    this.#view = vscode.window.createTreeView('csharpNotebooks.workers', { treeDataProvider: this });
    this.#timer = setInterval(() => this.#view.visible && this.refresh(), interval);
    this.#disposables = [this.#changed, this.#view, this.#view.onDidChangeVisibility(() => this.refresh())];
  }

  dispose() {
    clearInterval(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async refresh() {
    // A kernel that is held back answers late.
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#ask();
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask() {
    const kernel = this.#kernel();
    const [event] = this.#view.visible && kernel?.isRunning && kernel.order > 0 ? await kernel.request('RequestWorkers', {}) : [];
    const workers = event?.event.workers ?? [];
    const hasChanged = JSON.stringify(workers) !== JSON.stringify(this.#workers);
    this.#workers = workers;
    this.#view.badge = workers.length > 0 ? { value: workers.length, tooltip: vscode.l10n.t('{0} worker processes', workers.length) } : undefined;
    if (hasChanged) this.#changed.fire(undefined);
  }

  /** Ends a worker, and what it has started. @param {Worker} worker */
  async kill(worker) {
    await this.#kernel()?.request('KillWorker', { processId: worker.processId });
    await this.refresh();
  }

  /** @param {Worker} worker */
  getTreeItem(worker) {
    const item = new vscode.TreeItem(worker.name);
    item.id = String(worker.processId);
    const task = worker.task ? [worker.cell ? vscode.l10n.t('cell {0}', worker.cell) : '', worker.task].filter(Boolean).join(' · ') : vscode.l10n.t('waiting');
    const memory = `${(worker.memory / 1024 / 1024).toFixed(1)} MB`;
    const time = vscode.l10n.t('{0} s CPU', worker.processorTime.toFixed(1));
    item.description = `${task} · ${memory} · ${time} · ${worker.processId}`;
    item.tooltip = [worker.name, vscode.l10n.t('process {0}', worker.processId), task, memory, time].join('\n');
    item.iconPath = new vscode.ThemeIcon(worker.task ? 'gear' : 'circle-outline');
    item.contextValue = 'worker';
    return item;
  }

  /** @param {Worker} [parent] */
  getChildren(parent) {
    return parent ? [] : this.#workers;
  }

  #kernel() {
    const notebook = this.#activeNotebook();
    return notebook && this.#sessions.find(notebook)?.kernel;
  }
}

module.exports = { WorkersView };
