const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const root = path.join(__dirname, '..');

/** @param {string[]} place @returns {any} */
function readJson(...place) {
  return JSON.parse(fs.readFileSync(path.join(root, ...place), 'utf8'));
}

/** @param {string} text */
function placeholders(text) {
  return [...text.matchAll(/\{\d+\}/g)].map(([placeholder]) => placeholder).sort();
}

test('Every text that the extension shows is there in Korean, and no other', () => {
  const source = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => fs.readFileSync(path.join(root, 'src', file), 'utf8'))
    .join('\n');
  const shown = [...source.matchAll(/l10n\.t\(\s*(?:'([^'\n]*)'|"([^"\n]*)")/g)].map((match) => match[1] ?? match[2]);
  assert.equal(shown.length, source.split('l10n.t(').length - 1, 'a text is not a plain literal');
  const korean = readJson('l10n', 'bundle.l10n.ko.json');
  assert.deepEqual(Object.keys(korean).sort(), [...new Set(shown)].sort());
  for (const [english, translated] of Object.entries(korean)) assert.deepEqual(placeholders(translated), placeholders(english), english);
});

test('Every text of the manifest is there in English and in Korean', () => {
  const used = [...new Set([...fs.readFileSync(path.join(root, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key))].sort();
  for (const file of ['package.nls.json', 'package.nls.ko.json']) assert.deepEqual(Object.keys(readJson(file)).sort(), used, file);
});

test('Every command of the manifest is registered, and no other', () => {
  const registered = [...fs.readFileSync(path.join(root, 'src', 'extension.js'), 'utf8').matchAll(/^ {4}(?:notebookC|c)ommand\('(\w+)'/gm)].map(([, name]) => `csharpNotebooks.${name}`);
  const declared = readJson('package.json').contributes.commands.map((/** @type {{ command: string }} */ command) => command.command);
  assert.deepEqual(registered.sort(), declared.sort());
});
