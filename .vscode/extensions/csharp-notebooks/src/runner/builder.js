const path = require('node:path');
const vscode = require('vscode');
const { isOutOfDate, runnerAt } = require('./runner');
const { runInTerminal } = require('./terminal');

/** @typedef {import('./runner').Runner} Runner */

/** Builds runners: offers it where that is needed, and does it in a terminal that shows how it goes. */
class Builder {
  #locator;
  #beforeBuild;
  #afterBuild;
  /** By folder of the source. @type {Map<string, Promise<Runner>>} */
  #builds = new Map();
  /** Questions whether to build, and what comes of them, by folder of the source. @type {Map<string, Promise<Runner>>} */
  #offers = new Map();
  /** Folders whose changed source the user does not want to have built now. @type {Set<string>} */
  #declined = new Set();
  #changed = new vscode.EventEmitter();

  /** Fired when a build begins or ends. */
  onDidChange = this.#changed.event;

  /**
   * @param {import('./runnerLocator').RunnerLocator} locator
   * @param {() => Promise<void>} beforeBuild Called first: Windows replaces no file that a kernel has open. Rejected if there is to be no build.
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
    const source = runner.source ?? '';
    const running = this.#builds.get(source);
    if (running) return programOf(await running);
    if (runner.program) {
      this.#offerRebuild(runner).catch(() => {});
      return runner.program;
    }
    // Asked once, however many notebooks wait for the answer.
    let built = this.#offers.get(source);
    if (!built) {
      built = this.#offerBuild(runner).finally(() => this.#offers.delete(source));
      this.#offers.set(source, built);
    }
    return programOf(await built);
  }

  /** @param {Runner} runner @returns {Promise<Runner>} */
  async #offerBuild(runner) {
    const build = vscode.l10n.t('Build');
    const question = vscode.l10n.t('The kernel of the C# notebooks has not been built yet. That takes a minute or two, once.');
    const choice = await vscode.window.showInformationMessage(question, build);
    if (choice !== build) throw new Error(notBuilt());
    return await this.build(runner);
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
    const exitCode = await runInTerminal(vscode.l10n.t('build the kernel'), this.#locator.findDotnet(), ['build', source], source, '$msCompile');
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

/** That its user does not want a build now. */
function notBuilt() {
  return vscode.l10n.t("The kernel has not been built: run the command 'C# Notebook: Build the Kernel'.");
}

/** @param {Runner} runner */
function programOf(runner) {
  return /** @type {string} */ (runner.program);
}

module.exports = { Builder, notBuilt };
