const vscode = require('vscode');
const { Controller } = require('./execution/controller');
const { CellRequests } = require('./language/cellRequests');
const { describeEnd } = require('./kernelEnd');
const { Diagnostics } = require('./language/diagnostics');
const { registerProviders } = require('./language/providers');
const { Builder, notBuilt } = require('./runner/builder');
const { RunnerCommands } = require('./runner/commands');
const { NotFoundError, RunnerLocator } = require('./runner/runnerLocator');
const { Sessions, folderOf } = require('./sessions');
const { StatusBar } = require('./views/statusBar');
const { VariablesView } = require('./views/variablesView');
const { WorkersView } = require('./views/workersView');

/** @type {Sessions | undefined} */
let openSessions;

/** Called by VS Code when the first notebook is opened. @param {vscode.ExtensionContext} context */
function activate(context) {
  const log = vscode.window.createOutputChannel('C# Notebooks', { log: true });
  const locator = new RunnerLocator(context.globalState, context.extensionPath);
  const sessions = new Sessions(getLaunch, log);
  openSessions = sessions;
  const builder = new Builder(locator, beforeBuild, afterBuild);
  const requests = new CellRequests(sessions, (notebook) => controller.isOurs(notebook));
  const diagnostics = new Diagnostics(requests);
  const controller = new Controller(context.extension.id, sessions, context.workspaceState, {
    onDiagnostics: (cell, found) => diagnostics.show(cell, found),
    onDeselected: (notebook) => diagnostics.clear(notebook),
    onNoKernel: (error) => error instanceof NotFoundError && locator.offerHelp(error),
    onRunsOn: (session, text) => offerRestart(vscode.window.showWarningMessage, text, [session]),
  });
  const ourNotebook = () => {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    return notebook && controller.isOurs(notebook) ? notebook : undefined;
  };
  const variables = new VariablesView(sessions, ourNotebook);
  const workers = new WorkersView(sessions, ourNotebook);
  const status = new StatusBar(sessions, ourNotebook, () => builder.isBuilding);
  const runner = new RunnerCommands(locator, builder);
  /** Notebooks whose kernels have ended for a build. @type {import('./sessions').NotebookSession[]} */
  let stopped = [];

  context.subscriptions.push(
    log,
    builder,
    diagnostics,
    controller,
    variables,
    workers,
    status,
    registerProviders(requests),
    sessions.onDidChange(refresh),
    builder.onDidChange(() => status.refresh()),
    vscode.window.onDidChangeActiveNotebookEditor(refresh),
    command('new', createNotebook),
    notebookCommand('restart', (notebook) => sessions.open(notebook).kernel.restart()),
    notebookCommand('interrupt', (notebook) => sessions.find(notebook)?.kernel.interrupt()),
    notebookCommand('build', (notebook) => builder.build(locator.find(folderOf(notebook)))),
    notebookCommand('exportHandout', (notebook) => runner.exportHandout(notebook)),
    notebookCommand('check', (notebook) => runner.check(notebook)),
    command('showLog', () => log.show()),
    command('killWorker', (worker) => workers.kill(worker)),
    command('refreshVariables', refresh),
  );
  refresh();

  /** @param {string} folder */
  async function getLaunch(folder) {
    const dotnet = locator.findDotnet();
    const program = await builder.getProgram(locator.find(folder));
    log.info(`${dotnet} ${program} kernel, in ${folder}`);
    return { command: dotnet, args: [program, 'kernel', '--mark-errors', '--working-dir', folder], cwd: folder };
  }

  // Windows replaces no file that a kernel has open.
  async function beforeBuild() {
    if (process.platform !== 'win32') return;
    const running = () => sessions.all.filter(({ kernel }) => kernel.isRunning);
    if (running().some(({ kernel }) => kernel.order > 0)) {
      const build = vscode.l10n.t('Build');
      const question = vscode.l10n.t('While the kernel is built no notebook can run: the variables of your C# notebooks will be gone.');
      if ((await vscode.window.showWarningMessage(question, { modal: true }, build)) !== build) throw new Error(notBuilt());
    }
    stopped = running();
    await Promise.all(stopped.map(({ kernel }) => kernel.stop()));
  }

  async function afterBuild() {
    const running = sessions.all.filter(({ kernel }) => kernel.isRunning);
    const used = running.filter(({ kernel }) => kernel.order > 0);
    // Where no cell has been run, nothing is lost by a new kernel.
    restart([...stopped, ...running.filter((session) => !used.includes(session))]);
    stopped = [];
    if (used.length === 0) return;
    // Not awaited: the build is done.
    offerRestart(vscode.window.showInformationMessage, vscode.l10n.t('The kernel has been built. Notebooks go on with the old one until their kernel is restarted.'), used);
  }

  /** @param {(text: string, ...buttons: string[]) => PromiseLike<string | undefined>} show @param {string} text @param {import('./sessions').NotebookSession[]} notebooks */
  function offerRestart(show, text, notebooks) {
    const now = vscode.l10n.t('Restart');
    show(text, now).then((choice) => choice === now && restart(notebooks));
  }

  /** @param {import('./sessions').NotebookSession[]} notebooks */
  function restart(notebooks) {
    for (const { kernel } of notebooks) kernel.restart().catch((error) => log.error(describeEnd(error)));
  }

  /** @param {string} name @param {(notebook: vscode.NotebookDocument) => unknown} action */
  function notebookCommand(name, action) {
    return command(name, async (context) => {
      // A button above a notebook says which one that is, which need not be the one that has the focus.
      const uri = context?.notebookEditor?.notebookUri?.toString();
      const named = uri && vscode.workspace.notebookDocuments.find((notebook) => notebook.uri.toString() === uri && controller.isOurs(notebook));
      const notebook = named || ourNotebook();
      if (notebook) await action(notebook);
      else vscode.window.showInformationMessage(vscode.l10n.t('Open a C# notebook first.'));
    });
  }

  function refresh() {
    vscode.commands.executeCommand('setContext', 'csharpNotebooks.active', ourNotebook() !== undefined);
    status.refresh();
    variables.refresh();
    workers.refresh();
  }

  /** @param {string} name @param {(...args: any[]) => unknown} action */
  function command(name, action) {
    return vscode.commands.registerCommand(`csharpNotebooks.${name}`, async (...args) => {
      try {
        await action(...args);
      } catch (error) {
        log.error(/** @type {Error} */ (error));
        if (error instanceof NotFoundError) await locator.offerHelp(error);
        else vscode.window.showErrorMessage(describeEnd(/** @type {Error} */ (error)));
      }
    });
  }
}

/** Ends every kernel, and waits for that. */
async function deactivate() {
  await openSessions?.dispose();
}

async function createNotebook() {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '', 'csharp');
  const data = new vscode.NotebookData([cell]);
  data.metadata = {
    metadata: { kernelspec: { display_name: '.NET (C#)', language: 'csharp', name: '.net-csharp' }, language_info: { name: 'csharp' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument('jupyter-notebook', data));
}

module.exports = { activate, deactivate };
