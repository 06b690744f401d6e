const path = require('node:path');
const vscode = require('vscode');
const { isOutOfDate, runnerAt } = require('./runner');

/** @typedef {import('./runner').Runner} Runner */

/** Builds runners: offers it where that is needed, and does it in a terminal that shows how it goes. */
class Builder {
  #locator;
  #beforeBuild;
  #afterBuild;
  /** By folder of the source. @type {Map<string, Promise<Runner>>} */
  #builds = new Map();
  /** Folders whose changed source the user does not want to have built now. @type {Set<string>} */
  #declined = new Set();
  #changed = new vscode.EventEmitter();

  /** Fired when a build begins or ends. */
  onDidChange = this.#changed.event;

  /**
   * @param {import('./runnerLocator').RunnerLocator} locator
   * @param {() => Promise<void>} beforeBuild Called first: Windows replaces no file that a kernel has open.
   * @param {() => Promise<void>} afterBuild Called after a build that has succeeded.
   */
  constructor(locator, beforeBuild, afterBuild) {
    this.#locator = locator;
    this.#beforeBuild = beforeBuild;
    this.#afterBuild = afterBuild;
  }

  get isBuilding() {
    return this.#builds.size > 0;
  }

  dispose() {
    this.#changed.dispose();
  }

  /**
   * The program of a runner. If there is none yet, the user is asked whether to build it.
   * @param {Runner} runner
   * @returns {Promise<string>}
   */
  async getProgram(runner) {
    const running = runner.source ? this.#builds.get(runner.source) : undefined;
    if (running) return programOf(await running);
    if (runner.program) {
      this.#offerRebuild(runner);
      return runner.program;
    }
    const build = vscode.l10n.t('Build');
    const question = vscode.l10n.t('The kernel of the C# notebooks has not been built yet. That takes a minute or two, once.');
    const choice = await vscode.window.showInformationMessage(question, build);
    if (choice !== build) throw new Error(vscode.l10n.t("The kernel has not been built: run the command 'C# Notebook: Build the Kernel'."));
    return programOf(await this.build(runner));
  }

  /** @param {Runner} runner @returns {Promise<Runner>} The runner as it is then. Rejected if the build has failed. */
  build(runner) {
    const { source } = runner;
    if (!source) return Promise.reject(new Error(vscode.l10n.t('There is no source to build beside {0}.', runner.program ?? '')));
    let build = this.#builds.get(source);
    if (!build) {
      build = this.#build(source).finally(() => {
        this.#builds.delete(source);
        this.#changed.fire(undefined);
      });
      this.#builds.set(source, build);
      this.#changed.fire(undefined);
    }
    return build;
  }

  /** @param {string} source @returns {Promise<Runner>} */
  async #build(source) {
    await this.#beforeBuild();
    const execution = new vscode.ProcessExecution(this.#locator.findDotnet(), ['build', source]);
    const name = vscode.l10n.t('build the kernel');
    const task = new vscode.Task({ type: 'csharp-notebooks' }, vscode.TaskScope.Workspace, name, 'C#', execution, '$msCompile');
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Shared, clear: true, showReuseMessage: false };
    const exitCode = await run(task);
    const runner = runnerAt(source);
    if (exitCode !== 0 || !runner?.program) {
      throw new Error(vscode.l10n.t('The kernel could not be built (exit code {0}): the terminal says why.', String(exitCode ?? '?')));
    }
    this.#declined.delete(source);
    await this.#afterBuild();
    return runner;
  }

  /** @param {Runner} runner */
  async #offerRebuild(runner) {
    const { source } = runner;
    if (!source || this.#declined.has(source) || !(await isOutOfDate(runner))) return;
    // Asked once; who says no, or nothing, knows the command.
    this.#declined.add(source);
    const build = vscode.l10n.t('Build');
    const question = vscode.l10n.t('The source of the C# kernel in {0} is newer than what was built from it.', path.basename(path.dirname(path.dirname(source))));
    const choice = await vscode.window.showInformationMessage(question, build, vscode.l10n.t('Not Now'));
    if (choice === build) await this.build(runner).catch((error) => vscode.window.showErrorMessage(error.message));
  }
}

/** @param {Runner} runner */
function programOf(runner) {
  return /** @type {string} */ (runner.program);
}

/** Runs a task to its end. @param {vscode.Task} task @returns {Promise<number | undefined>} The exit code of its process. */
async function run(task) {
  const execution = await vscode.tasks.executeTask(task);
  return await new Promise((resolve) => {
    const listeners = [
      vscode.tasks.onDidEndTaskProcess((event) => event.execution === execution && finish(event.exitCode)),
      // One that was ended by hand before it had a process.
      vscode.tasks.onDidEndTask((event) => event.execution === execution && setTimeout(finish, 200, undefined)),
    ];
    const finish = (/** @type {number | undefined} */ exitCode) => {
      for (const listener of listeners) listener.dispose();
      resolve(exitCode);
    };
  });
}

module.exports = { Builder, run };
