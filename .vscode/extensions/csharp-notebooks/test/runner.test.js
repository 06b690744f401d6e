const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { settingOf, spelled } = require('../src/paths');
const { findDotnet } = require('../src/runner/dotnet');
const { isOutOfDate, runnerAbove, runnerAt } = require('../src/runner/runner');

/** @type {string} */
let root;
/** @type {string} */
let source;
/** @type {string} */
let program;

before(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'runner 한글 '));
  source = path.join(root, 'helpers', 'NotebookRunner');
  program = path.join(source, 'bin', 'Debug', 'net10.0', 'NotebookRunner.dll');
  write(path.join(source, 'NotebookRunner.csproj'), 100);
  write(path.join(source, 'Program.cs'), 100);
  write(path.join(root, 'helpers', 'Multiprocessing', 'WorkerPool.cs'), 100);
  write(path.join(root, 'notebooks', 'deep', 'a.ipynb'), 100);
});

after(() => fs.rmSync(root, { recursive: true }));

test('A runner is found above a notebook, before and after it is built', () => {
  assert.deepEqual(runnerAbove(path.join(root, 'notebooks', 'deep')), { source, program: undefined });
  write(program, 200);
  write(path.join(root, 'helpers', 'bin', 'Multiprocessing.dll'), 200);
  assert.deepEqual(runnerAbove(path.join(root, 'notebooks', 'deep')), { source, program });
});

test('A runner is what its DLL, its project, its folder and its repository say', () => {
  for (const place of [program, path.join(source, 'NotebookRunner.csproj'), source, root]) assert.deepEqual(runnerAt(place), { source, program });
  assert.equal(runnerAt(path.join(root, 'notebooks')), undefined);
  assert.equal(runnerAt(path.join(root, 'no such folder')), undefined);
});

test('Of two builds the later one is taken', () => {
  const release = path.join(source, 'bin', 'Release', 'net10.0', 'NotebookRunner.dll');
  write(release, 300);
  assert.equal(runnerAt(source)?.program, release);
  fs.rmSync(release);
});

test('A program is out of date when its source, or that of the helper assembly, is newer', async () => {
  assert.equal(await isOutOfDate({ source, program }), false);
  touch(path.join(source, 'Program.cs'), 300);
  assert.equal(await isOutOfDate({ source, program }), true);
  touch(path.join(source, 'Program.cs'), 100);
  touch(path.join(root, 'helpers', 'Multiprocessing', 'WorkerPool.cs'), 300);
  assert.equal(await isOutOfDate({ source, program }), true);
  touch(path.join(root, 'helpers', 'Multiprocessing', 'WorkerPool.cs'), 100);
});

test('A program without source is never out of date', async () => {
  assert.equal(await isOutOfDate({ source: undefined, program }), false);
});

test('dotnet is found on the PATH; what the setting names comes first, and has to be there', () => {
  const folder = path.join(root, 'sdk');
  const dotnet = path.join(folder, process.platform === 'win32' ? 'dotnet.exe' : 'dotnet');
  write(dotnet, 100);
  fs.mkdirSync(path.join(folder, 'sdk'));
  assert.equal(findDotnet('', { PATH: folder }), dotnet);
  assert.equal(findDotnet(dotnet, { PATH: '' }), dotnet);
  assert.equal(findDotnet(folder, { PATH: '' }), dotnet);
  assert.equal(findDotnet(path.join(root, 'nothing'), { PATH: folder }), undefined);
});

test('On Windows a dotnet without an SDK is passed over where there is one that has it', { skip: process.platform !== 'win32' && 'this is not Windows' }, () => {
  const [first, second] = ['x86', 'x64'].map((name) => path.join(root, name));
  for (const folder of [first, second]) write(path.join(folder, 'dotnet.exe'), 100);
  fs.mkdirSync(path.join(second, 'sdk'));
  assert.equal(findDotnet('', { PATH: `"${first}";"${second}"` }), path.join(second, 'dotnet.exe'));
  assert.equal(findDotnet(path.join(first, 'dotnet'), { PATH: '' }), path.join(first, 'dotnet.exe'));
});

test('On Windows the letter of a drive is large, however VS Code writes it', { skip: process.platform !== 'win32' && 'this is not Windows' }, () => {
  const small = (/** @type {string} */ place) => place[0].toLowerCase() + place.slice(1);
  const large = (/** @type {string} */ place) => place[0].toUpperCase() + place.slice(1);
  assert.equal(spelled(small(source)), large(source));
  assert.deepEqual(runnerAbove(path.join(small(root), 'notebooks', 'deep')), { source: large(source), program: large(program) });
  assert.deepEqual(runnerAt(small(source)), runnerAt(large(source)));
});

test('What a setting says may have quotation marks around it, as Explorer copies a path', () => {
  assert.equal(settingOf(' "C:\\Program Files\\dotnet\\dotnet.exe" '), 'C:\\Program Files\\dotnet\\dotnet.exe');
  assert.equal(settingOf('/usr/bin/dotnet'), '/usr/bin/dotnet');
  assert.equal(settingOf(''), '');
});

/** @param {string} file @param {number} time Seconds since 1970. */
function write(file, time) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '');
  touch(file, time);
}

/** @param {string} file @param {number} time */
function touch(file, time) {
  fs.utimesSync(file, time, time);
}
