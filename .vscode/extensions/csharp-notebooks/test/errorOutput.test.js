const assert = require('node:assert/strict');
const { test } = require('node:test');
const { ErrorOutput } = require('../src/kernel/errorOutput');

function begin() {
  let text = '';
  const errors = new ErrorOutput(
    (mark) => mark === 'cell',
    (piece) => (text += piece),
  );
  return { errors, write: (/** @type {string} */ piece) => errors.push(Buffer.from(piece)), text: () => text };
}

test('Text is passed on as it comes, and marks are not', () => {
  const { errors, write, text } = begin();
  /** @type {string[]} */
  const order = [];
  errors.after('cell', () => order.push(text()));
  write('one\ntw');
  assert.equal(text(), 'one\ntw');
  write('o\n\0ce');
  write('ll\0three');
  assert.equal(text(), 'one\ntwo\nthree');
  assert.deepEqual(order, ['one\ntwo\n']);
});

test('A mark that has come by already waits for nobody', () => {
  const { errors, write } = begin();
  write('\0cell\0');
  let isDone = false;
  errors.after('cell', () => (isDone = true));
  assert.ok(isDone);
});

test('Zeros that mark nothing are text', () => {
  const { write, text } = begin();
  write('a\0b\0cell\0');
  write('\0' + 'x'.repeat(200));
  assert.equal(text(), 'a\0b' + '\0' + 'x'.repeat(200));
});

test("What may be the report of the kernel's death is kept back, until a mark says that the kernel lives", () => {
  const { errors, write, text } = begin();
  write('before\nUnhandled excep');
  assert.equal(text(), 'before\n');
  write('tion. Boom\n   at A\n');
  assert.equal(text(), 'before\n');
  assert.deepEqual(errors.lastLines, ['Unhandled exception. Boom', '   at A']);
  write('\0cell\0');
  assert.equal(text(), 'before\nUnhandled exception. Boom\n   at A\n');
  assert.deepEqual(errors.lastLines, []);
});

test('When the kernel has ended nobody waits any more, and its report is told', () => {
  const { errors, write, text } = begin();
  let isDone = false;
  errors.after('cell', () => (isDone = true));
  write('Stack overflow.\n');
  errors.end();
  assert.ok(isDone);
  assert.equal(text(), '');
  assert.equal(errors.unsaid, 'Stack overflow.\n');
});

test('A line that only looks like the beginning of a report is passed on', () => {
  const { write, text } = begin();
  write('Out of');
  assert.equal(text(), '');
  write(' order\n');
  assert.equal(text(), 'Out of order\n');
});
