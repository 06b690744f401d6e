const fs = require('node:fs');

/**
 * What runs on this machine, read from /proc. Everything that a driven VS Code starts inherits an environment variable with a value of its own, so that its processes are told from all others,
 * even when their parents are gone.
 * @typedef {{ pid: number, parent: number, command: string }} ProcessInfo
 */

const markerVariable = 'CSHARP_NOTEBOOKS_WORKBENCH';

/** @param {string} path */
function read(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** @returns {number[]} */
function processIds() {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** @param {number} pid @returns {ProcessInfo} */
function describe(pid) {
  const stat = read(`/proc/${pid}/stat`);
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  return { pid, parent, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() };
}

/** The processes that carry the marker. @param {string} marker */
function withMarker(marker) {
  const variable = `${markerVariable}=${marker}`;
  return processIds()
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(variable))
    .map(describe);
}

/** The processes whose command line has this text. @param {string} text */
function withCommand(text) {
  return processIds()
    .map(describe)
    .filter((process) => process.pid !== globalThis.process.pid && process.command.includes(text));
}

/** @param {ProcessInfo} process */
const isKernel = (process) => /NotebookRunner(\.dll)? kernel/.test(process.command);

/** @param {ProcessInfo} process */
const isWorker = (process) => /Multiprocessing\.dll"? --line /.test(process.command);

/** @param {ProcessInfo} process */
const isExtensionHost = (process) => process.command.includes('--type=extensionHost');

/** @param {number} pid @param {NodeJS.Signals} signal */
function signal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

module.exports = { markerVariable, withMarker, withCommand, isKernel, isWorker, isExtensionHost, signal };
