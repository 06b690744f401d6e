const assert = require('node:assert/strict');
const { test } = require('node:test');
const { LineReader } = require('../src/kernel/lineReader');

test('Lines come out whole, however the pipe cuts them, also in the middle of a Korean character', () => {
  const bytes = Buffer.from('첫째 줄\r\n둘째\n\n끝');
  for (let size = 1; size <= bytes.length; size++) {
    /** @type {string[]} */
    const lines = [];
    const reader = new LineReader((line) => lines.push(line));
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    reader.end();
    assert.deepEqual(lines, ['첫째 줄', '둘째', '', '끝']);
  }
});

test('A line of 64 MB in pieces of 64 kB takes no longer than to copy it a few times', { timeout: 10_000 }, () => {
  let length = 0;
  const reader = new LineReader((line) => (length = line.length));
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (let i = 0; i < 1024; i++) reader.push(piece);
  reader.push(Buffer.from('\n'));
  assert.equal(length, 64 * 1024 * 1024);
});
