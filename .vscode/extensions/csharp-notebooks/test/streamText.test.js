const assert = require('node:assert/strict');
const { test } = require('node:test');
const { StreamText } = require('../src/execution/streamText');

/** @param {string[]} pieces */
function written(...pieces) {
  const text = new StreamText();
  for (const piece of pieces) text.write(piece);
  return text.text;
}

test('A carriage return goes back to the beginning of the line', () => {
  assert.equal(written('\r10%', '\r20%', '\r100%\n', 'done\n'), '100%\ndone\n');
});

test('What is shorter than the line leaves the rest of it', () => {
  assert.equal(written('abcdef\rxy'), 'xycdef');
});

test('A backspace goes back by one character, and not past the beginning', () => {
  assert.equal(written('|\b/', '\b-'), '-');
  assert.equal(written('\b\ba'), 'a');
});

test('A line end of Windows is a line end, also in two pieces', () => {
  assert.equal(written('a\r\nb\r\n'), 'a\nb\n');
  assert.equal(written('a\r', '\nb'), 'a\nb');
});

test('Text that only adds says what it adds, and text that writes over says so', () => {
  const text = new StreamText();
  assert.equal(text.write('one\ntw'), 'one\ntw');
  assert.equal(text.write('o\n'), 'o\n');
  assert.equal(text.write('50%'), '50%');
  assert.equal(text.write('\r60%'), undefined);
  assert.equal(text.write('!'), '!');
  assert.equal(text.text, 'one\ntwo\n60%!');
});

test('Lines of Windows are as quick as others, however much text there is', { timeout: 10_000 }, () => {
  const text = new StreamText();
  assert.equal(text.write('a\r\n'), 'a\n');
  text.write('x'.repeat(20 * 1024 * 1024) + '\r\n');
  const start = performance.now();
  for (let i = 0; i < 1000; i++) text.write('line\r\n');
  assert.ok(performance.now() - start < 2000);
});
