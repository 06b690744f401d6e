const fs = require('node:fs');
const path = require('node:path');
const { Browser } = require('./browser');
const { Server } = require('./server');
const { until } = require('./waiting');
const { Workbench } = require('./workbench');
const { Workspace } = require('./workspace');

/**
 * @typedef {object} Options
 * @property {string} repository
 * @property {string} built A copy of it that was built, for the system that VS Code runs on.
 * @property {import('./host').Host} host
 * @property {string} codeServer The folder of code-server in node_modules.
 * @property {string} chromium
 * @property {string} vsix The extension.
 * @property {string} [pictures] Where pictures go, if they are wanted.
 * @property {string} failures Where a picture of a failure goes.
 * @property {string} temporary
 */

/** A VS Code that runs, and a window of it. */
class Session {
  server;
  workbench;

  /** @param {Server} server @param {Workbench} workbench */
  constructor(server, workbench) {
    this.server = server;
    this.workbench = workbench;
  }

  get page() {
    return this.workbench.page;
  }

  async end() {
    await this.page.context().close().catch(() => {});
    await this.server.stop();
  }
}

/** What scenarios play on: a workspace, a VS Code with the extension that most of them share, and whatever a scenario wants for itself. */
class Stage {
  #options;
  /** @type {Browser | undefined} */
  #browser;
  /** @type {Session | undefined} */
  #shared;
  /** @type {Set<Session>} */
  #sessions = new Set();
  #homes = 0;
  workspace;
  /** @type {Map<string, number[]>} */
  measurements = new Map();

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.workspace = Workspace.copy(options.repository, options.built, path.join(options.temporary, 'workspace'));
  }

  get host() {
    return this.#options.host;
  }

  get repository() {
    return this.#options.repository;
  }

  /** @param {string} name @returns {string} An empty folder outside the workspace. */
  newFolder(name) {
    const folder = path.join(this.#options.temporary, name);
    fs.mkdirSync(folder);
    return folder;
  }

  /** Another workspace, for a scenario that does to it what others could not stand. */
  copyWorkspace() {
    return Workspace.copy(this.#options.repository, this.#options.built, path.join(this.#options.temporary, `workspace-${++this.#homes}`));
  }

  /** @returns {string} A folder for what VS Code keeps of a user, with the extension in it. */
  newHome() {
    const home = path.join(this.#options.temporary, `home-${++this.#homes}`);
    Server.install({ host: this.#options.host, codeServer: this.#options.codeServer, home, vsix: this.#options.vsix });
    return home;
  }

  /**
   * A VS Code of a scenario's own.
   * @param {{ home?: string, folder?: string, userSettings?: object, dark?: boolean }} [options]
   */
  async start({ home = this.newHome(), folder = this.workspace.folder, userSettings = {}, dark = false } = {}) {
    this.#browser ??= await Browser.start(this.#options.chromium);
    const server = await Server.start({ host: this.#options.host, codeServer: this.#options.codeServer, home, userSettings });
    const page = await this.#browser.newPage({ dark });
    const workbench = new Workbench(page);
    const session = new Session(server, workbench);
    this.#sessions.add(session);
    await workbench.open(server.url(folder));
    return session;
  }

  /** The VS Code that scenarios share one after another. */
  async shared() {
    this.#shared ??= await this.start();
    return this.#shared;
  }

  /** @param {Session} session */
  async end(session) {
    this.#sessions.delete(session);
    if (this.#shared === session) this.#shared = undefined;
    await session.end();
  }

  /** After a scenario that went well: no editor is open, and no process that ran for one is left. */
  async tidy() {
    for (const session of [...this.#sessions]) if (session !== this.#shared) await this.end(session);
    if (this.#shared) {
      const { workbench, server } = this.#shared;
      await workbench.closeEditors();
      await until('kernels and workers to end with their notebooks', () => server.kernels().length + server.workers().length === 0, 10_000);
    }
    this.workspace.clear();
  }

  /** After one that did not: the next begins with a VS Code of its own. @param {string} name @returns {Promise<string[]>} Where pictures are, and what the windows say. */
  async abandon(name) {
    const told = [];
    let count = 0;
    for (const session of [...this.#sessions]) {
      const picture = path.join(this.#options.failures, `${fileName(name)}${count++ || ''}.png`);
      fs.mkdirSync(this.#options.failures, { recursive: true });
      await session.page.screenshot({ path: picture, timeout: 5000 }).then(
        () => told.push(picture),
        () => {},
      );
      told.push(...(await session.workbench.messages().catch(() => [])).map((message) => `says: ${message.slice(0, 400)}`));
      await this.end(session);
    }
    this.workspace.clear();
    return told;
  }

  /** @param {string} name @param {number} milliseconds */
  measured(name, milliseconds) {
    this.measurements.set(name, [...(this.measurements.get(name) ?? []), milliseconds]);
  }

  get wantsPictures() {
    return this.#options.pictures !== undefined;
  }

  /** @param {Session} session @param {string} name */
  async picture(session, name) {
    if (this.#options.pictures === undefined) return;
    fs.mkdirSync(this.#options.pictures, { recursive: true });
    await session.page.screenshot({ path: path.join(this.#options.pictures, `${name}.png`) });
  }

  async close() {
    for (const session of [...this.#sessions]) await this.end(session);
    await this.#browser?.close();
  }

  /** Ends what runs, at once. */
  kill() {
    for (const { server } of this.#sessions) server.kill();
  }
}

/** @param {string} name */
function fileName(name) {
  return name.replace(/[^\w.-]+/g, '-').slice(0, 80);
}

module.exports = { Stage, Session };
