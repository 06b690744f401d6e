const { spawn, execFileSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const processes = require('./processes');
const { patient, until } = require('./waiting');

// What has nothing to do with notebooks and would only be in the way: a tour, tips, a build when the folder is opened, a word about the network.
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.confirmBeforeClose': 'never',
  'window.commandCenter': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'task.allowAutomaticTasks': 'off',
  'git.enabled': false,
  'files.autoSave': 'off',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/** @returns {Promise<number>} A port of 127.0.0.1 that nobody has. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** What code-server is started with, and what all its verbs take. @param {import('./host').Host} host @param {string} codeServer Its folder in node_modules. @param {string} home */
function commandLine(host, codeServer, home) {
  const place = (/** @type {string} */ name) => host.path(path.join(home, name));
  return [host.path(path.join(codeServer, 'out/node/entry.js')), '--config', place('config.yaml'), '--user-data-dir', place('user-data'), '--extensions-dir', place('extensions')];
}

/** What is neither the user's nor this program's business. @param {Record<string, string>} more */
function environment(more) {
  /** @type {NodeJS.ProcessEnv} */
  const variables = { ...process.env, ...more, LANG: 'C.UTF-8' };
  // code-server's own variables, of a code-server in whose terminal this may run.
  for (const name of Object.keys(variables)) {
    if (/^(VSCODE_|CODE_SERVER|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$|NODE_PATH$)/.test(name)) delete variables[name];
  }
  return variables;
}

/** @param {string} home @param {object} userSettings */
function writeSettings(home, userSettings) {
  // What concerns a machine, as paths do, is read from a file of that machine's own: there may be another one between the user and the server.
  for (const place of ['User', 'Machine']) {
    const file = path.join(home, 'user-data', place, 'settings.json');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ ...settings, ...userSettings }, null, 2));
  }
}

/** VS Code's server side, with folders of its own. */
class Server {
  #child;
  #log = '';
  #port;
  #home;
  #host;
  marker;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {number} port
   * @param {string} marker
   * @param {string} home
   * @param {import('./host').Host} host
   */
  constructor(child, port, marker, home, host) {
    this.#child = child;
    this.#port = port;
    this.#home = home;
    this.#host = host;
    this.marker = marker;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.#log = (this.#log + text).slice(-20_000);
      });
    }
  }

  /** @param {{ host: import('./host').Host, codeServer: string, home: string, userSettings?: object }} options `home` keeps what a VS Code of a user keeps: starting twice with the same one is a second start. */
  static async start({ host, codeServer, home, userSettings = {} }) {
    writeSettings(home, userSettings);
    fs.writeFileSync(path.join(home, 'config.yaml'), '');

    // For the sockets that a killed VS Code leaves.
    const sockets = path.join(home, 'run');
    fs.mkdirSync(sockets, { recursive: true, mode: 0o700 });

    const port = await freePort();
    const marker = crypto.randomUUID();
    const child = spawn(
      host.node,
      [
        ...commandLine(host, codeServer, home),
        ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
        ...['--disable-workspace-trust', '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened'],
      ],
      { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment({ [processes.markerVariable]: marker, XDG_RUNTIME_DIR: sockets }) },
    );
    const server = new Server(child, port, marker, home, host);
    try {
      await until('code-server', () => server.#isUp(), 60_000);
    } catch (error) {
      await server.stop();
      throw new Error(`code-server has not started: ${server.#log || error}`);
    }
    return server;
  }

  /** @param {{ host: import('./host').Host, codeServer: string, home: string, vsix: string }} options */
  static install({ host, codeServer, home, vsix }) {
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(path.join(home, 'config.yaml'), '');
    const said = execFileSync(host.node, [...commandLine(host, codeServer, home), '--install-extension', host.path(vsix)], {
      encoding: 'utf8',
      env: environment({}),
      timeout: patient(60_000),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (!/successfully installed/.test(said)) throw new Error(`${vsix} was not installed: ${said}`);
  }

  /** Changes the user's settings while VS Code runs; it reads them anew. @param {object} userSettings */
  changeSettings(userSettings) {
    writeSettings(this.#home, userSettings);
  }

  async #isUp() {
    if (this.#child.exitCode !== null) throw new Error(`it exited with code ${this.#child.exitCode}`);
    return (await fetch(`http://127.0.0.1:${this.#port}/healthz`)).ok;
  }

  /** @param {string} folder The folder that is opened. */
  url(folder) {
    return `http://127.0.0.1:${this.#port}/?folder=${encodeURIComponent(this.#host.uriPath(folder))}`;
  }

  get log() {
    return this.#log;
  }

  /** Everything that this VS Code has started and that still runs. */
  processes() {
    return processes.withMarker(this.marker);
  }

  kernels() {
    return this.processes().filter(processes.isKernel);
  }

  workers() {
    return this.processes().filter(processes.isWorker);
  }

  /** Ends it as a system that shuts down does. */
  async terminate() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await exited;
  }

  /** Ends it and everything that it has started, whatever they think of it. */
  async stop() {
    this.kill();
    await until('the end of all processes', () => this.processes().length === 0, 5000).catch(() => {});
  }

  /** The same, at once. */
  kill() {
    for (const { pid } of this.processes()) processes.signal(pid, 'SIGKILL');
    if (this.#child.pid !== undefined) processes.signal(this.#child.pid, 'SIGKILL');
  }
}

module.exports = { Server };
