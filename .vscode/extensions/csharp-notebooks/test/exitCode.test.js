const assert = require('node:assert/strict');
const { test } = require('node:test');
const { exitCodeText } = require('../src/kernel/exitCode');

test('What Windows has ended a process with is written as it can be looked up', () => {
  assert.equal(exitCodeText(0xc00000fd), '0xC00000FD');
  assert.equal(exitCodeText(7), '7');
  assert.equal(exitCodeText(137), '137');
  assert.equal(exitCodeText(null), 'null');
});
