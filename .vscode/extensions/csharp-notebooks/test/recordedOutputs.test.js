const assert = require('node:assert/strict');
const { test } = require('node:test');
const { RecordedOutputs } = require('../src/execution/recordedOutputs');

/** @param {RecordedOutputs<string>} outputs */
function texts(outputs) {
  return outputs.all().map((output) => (typeof output === 'string' ? output : 'stream' in output ? output.text.text : output.content));
}

/** @param {number} start @param {number} count */
function lines(start, count) {
  return Array.from({ length: count }, (_, i) => `${start + i}\n`).join('');
}

test('What a notebook is read for is kept whole', () => {
  const outputs = new RecordedOutputs();
  outputs.addText('stdout', lines(0, 100_000));
  for (let i = 0; i < 500; i++) outputs.add('value', 10_000);
  assert.equal(outputs.isCut, false);
  assert.equal(outputs.all().length, 501);
});

// The figures are those of OutputBoundsTests.cs: a notebook is to be the same, whoever has run it.
for (const pieces of [1, 7, 30_000]) {
  test(`Of lines without end, ${pieces} at a time, the first and the last stay, and what is missing is told`, () => {
    const outputs = new RecordedOutputs();
    for (let i = 0; i < 250_000; i += pieces) outputs.addText('stdout', lines(i, Math.min(pieces, 250_000 - i)));
    assert.deepEqual(texts(outputs), [
      lines(0, 2000),
      '[246,000 lines and 1,616,000 characters left out here. Of a cell that puts out more than 200,000 lines, 1,000 outputs or 50,000,000 characters, the beginning and the end are kept.]',
      lines(248_000, 2000),
    ]);
    outputs.addText('stdout', 'end\n');
    assert.equal(texts(outputs)[2], lines(248_001, 1999) + 'end\n');
  });
}

test('A line without end keeps its first and its last characters', () => {
  const outputs = new RecordedOutputs();
  for (let i = 0; i < 60; i++) outputs.addText('stdout', String.fromCharCode(65 + i).repeat(1_000_000));
  const [first, gap, last] = texts(outputs);
  assert.equal(first, 'A'.repeat(1_000_000) + 'B'.repeat(1_000_000));
  assert.match(gap, /^\[56,000,000 characters left out here\./);
  assert.equal(last, String.fromCharCode(65 + 58).repeat(1_000_000) + String.fromCharCode(65 + 59).repeat(1_000_000));
});

test('Of values without end the first and the last stay, and those left out are told by name', () => {
  /** @type {string[]} */
  const leftOut = [];
  const outputs = new RecordedOutputs((id) => leftOut.push(id));
  for (let i = 0; i < 1500; i++) outputs.add(String(i), String(i).length, { id: `id ${i}` });
  const all = texts(outputs);
  assert.equal(all.length, 101);
  assert.equal(all[49], '49');
  assert.match(all[50], /^\[1,400 outputs and 4,600 characters left out here\./);
  assert.deepEqual([all[51], all[100]], ['1450', '1499']);
  assert.equal(leftOut.length, 1400);
});

test('Streams that alternate without end are bounded, too', () => {
  const outputs = new RecordedOutputs();
  for (let i = 0; i < 5000; i++) {
    outputs.addText('stdout', 'out\n');
    outputs.addText('stderr', 'err\n');
  }
  assert.equal(outputs.all().length, 101);
});

test('Why a cell has failed is never left out', () => {
  const outputs = new RecordedOutputs();
  for (let i = 0; i < 2000; i++) outputs.add('value', 5);
  outputs.add('boom', 4, { isError: true });
  for (let i = 0; i < 2000; i++) outputs.add('value', 5);
  assert.equal(texts(outputs).filter((text) => text === 'boom').length, 1);
});

test('A value may grow as long as there is room', () => {
  const outputs = new RecordedOutputs();
  const value = outputs.add('value', 5);
  assert.equal(outputs.tryResize(value, 40_000_000), true);
  assert.equal(outputs.tryResize(value, 60_000_000), false);
  assert.equal(outputs.size, 40_000_000);
});

test('A progress line that is written over and over stays one line', () => {
  const outputs = new RecordedOutputs();
  for (let i = 0; i < 300_000; i++) outputs.addText('stdout', `\r${i}`);
  assert.deepEqual(texts(outputs), ['299999']);
});

test('What goes on after something was left out still writes over its line', () => {
  const outputs = new RecordedOutputs();
  outputs.addText('stdout', lines(0, 300_000) + '10%');
  outputs.addText('stdout', '\r20%');
  assert.ok(texts(outputs)[2].endsWith('299999\n20%'));
});

test('Text without end takes no more memory than is kept of it', { timeout: 30_000 }, () => {
  const outputs = new RecordedOutputs();
  const piece = 'x'.repeat(99) + '\n';
  for (let i = 0; i < 300; i++) outputs.addText('stdout', piece.repeat(10_000));
  globalThis.gc?.();
  assert.ok(outputs.size < 5_000_000);
});
