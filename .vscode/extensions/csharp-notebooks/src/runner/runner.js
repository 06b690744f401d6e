const fs = require('node:fs');
const path = require('node:path');
const { spelled } = require('../paths');

/**
 * A runner on this machine: the program that is our kernel, and the folder of its source, if it is there.
 * @typedef {object} Runner
 * @property {string | undefined} source The folder of its project; undefined if there is only the program.
 * @property {string | undefined} program Its DLL; undefined if it has not been built yet.
 */

const dll = 'NotebookRunner.dll';
const project = 'NotebookRunner.csproj';
const placeInRepository = path.join('helpers', 'NotebookRunner');

/**
 * What a path that the user gives stands for.
 * @param {string} place The DLL, the project file, its folder, or a folder that has it in `helpers/NotebookRunner`.
 * @returns {Runner | undefined} Undefined if there is no runner.
 */
function runnerAt(place) {
  place = spelled(place);
  if (path.basename(place) === dll && exists(place)) return { source: sourceOf(place), program: place };
  const folder = path.basename(place) === project ? path.dirname(place) : place;
  if (exists(path.join(folder, project))) return { source: folder, program: newestProgram(folder) };
  if (exists(path.join(folder, placeInRepository, project))) return runnerAt(path.join(folder, placeInRepository));
  if (exists(path.join(folder, dll))) return runnerAt(path.join(folder, dll));
  return undefined;
}

/** Looks for a runner in a folder and all those above it. @param {string} folder @returns {Runner | undefined} */
function runnerAbove(folder) {
  for (let current = spelled(path.resolve(folder)); ; current = path.dirname(current)) {
    const found = exists(path.join(current, placeInRepository, project)) ? runnerAt(current) : undefined;
    if (found || current === path.dirname(current)) return found;
  }
}

/** Whether its source has changed since it was built: what the kernel itself, or the helper assembly of the notebooks, is made from. @param {Runner} runner */
async function isOutOfDate({ source, program }) {
  if (!source || !program) return false;
  const helpers = path.dirname(source);
  const built = Math.max(modified(program), modified(path.join(path.dirname(program), 'NotebookRunner.deps.json')));
  if ((await newestSource(source)) > built) return true;
  const helper = modified(path.join(helpers, 'bin', 'Multiprocessing.dll'));
  return (await newestSource(path.join(helpers, 'Multiprocessing'))) > helper;
}

/** Where the source of a program is that lies in bin/Debug/net10.0 below it. @param {string} program */
function sourceOf(program) {
  const folder = path.resolve(path.dirname(program), '..', '..', '..');
  return exists(path.join(folder, project)) ? folder : undefined;
}

/** Of what was built in several ways, what was built last. @param {string} folder */
function newestProgram(folder) {
  const bin = path.join(folder, 'bin');
  const programs = list(bin).flatMap((configuration) => list(path.join(bin, configuration)).map((framework) => path.join(bin, configuration, framework, dll)));
  return programs.filter(exists).sort((one, other) => modified(other) - modified(one))[0];
}

/** When the source below a folder was changed last; 0 if there is none. @param {string} folder @returns {Promise<number>} */
async function newestSource(folder) {
  const entries = await fs.promises.readdir(folder, { withFileTypes: true }).catch(() => []);
  const times = await Promise.all(
    entries.map(async (entry) => {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'bin' || entry.name === 'obj' ? 0 : newestSource(place);
      return /\.(cs|csproj|css|js)$/.test(entry.name) ? modified(place) : 0;
    }),
  );
  return Math.max(0, ...times);
}

/** @param {string} place */
function exists(place) {
  return fs.existsSync(place);
}

/** @param {string} file When it was changed last, 0 if there is none. */
function modified(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} folder */
function list(folder) {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

module.exports = { runnerAt, runnerAbove, isOutOfDate };
