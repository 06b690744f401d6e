const assert = require('node:assert/strict');
const { test } = require('node:test');
const { parseFailure, toLinkedStack } = require('../src/kernel/failure');

const thrown = [
  'System.DivideByZeroException: Attempted to divide by zero.',
  '   at Submission#2.Divide(Int32 x, Int32 y) in cell 2:line 3',
  '   at Submission#2.<<Initialize>>d__0.MoveNext() in cell 2:line 6',
  '--- End of stack trace from previous location ---',
  '   at Microsoft.CodeAnalysis.Scripting.ScriptExecutionState.RunSubmissionsAsync[TResult](ImmutableArray`1 precedingExecutors)',
].join('\n');

test('An exception is taken apart into its type, its message and the frames of the cells', () => {
  assert.deepEqual(parseFailure(thrown), {
    name: 'System.DivideByZeroException',
    message: 'Attempted to divide by zero.',
    trace: ['   at Submission#2.Divide(Int32 x, Int32 y) in cell 2:line 3', '   at Submission#2.<<Initialize>>d__0.MoveNext() in cell 2:line 6'],
  });
});

test('An exception of a generic type, one without a message and one of a message of several lines are taken apart', () => {
  assert.equal(parseFailure('My.Error`1[System.Int32]: bad\n   at X() in cell 1:line 1').name, 'My.Error`1[System.Int32]');
  assert.deepEqual(parseFailure('System.Exception\n   at X()'), { name: 'System.Exception', message: '', trace: ['   at X()'] });
  assert.equal(parseFailure('System.Exception: 첫 줄\n둘째 줄\n   at X()').message, '첫 줄\n둘째 줄');
});

test('The exception inside another one belongs to the trace', () => {
  const { message, trace } = parseFailure('A.B: outer\n ---> C.D: inner\n   at X()\n   --- End of inner exception stack trace ---\n   at Y()');
  assert.equal(message, 'outer');
  assert.equal(trace[0], ' ---> C.D: inner');
});

test('What is no exception is a message', () => {
  assert.deepEqual(parseFailure('Command cancelled.'), { name: 'Error', message: 'Command cancelled.', trace: [] });
});

test('A frame in a cell is followed by a line that VS Code makes a link of', () => {
  assert.equal(
    toLinkedStack(parseFailure(thrown), 2),
    'System.DivideByZeroException: Attempted to divide by zero.\n   at Divide(Int32 x, Int32 y)\nCell In [2], line 3\nCell In [2], line 6',
  );
});

test('A compile error is followed by a link to its line in the cell that failed', () => {
  const failure = parseFailure("(1,1): error CS0103: The name 'a' does not exist\n(4,2): error CS1002: ; expected");
  assert.equal(failure.name, 'Error');
  assert.equal(
    toLinkedStack(failure, 7),
    "(1,1): error CS0103: The name 'a' does not exist\nCell In [7], line 1\n(4,2): error CS1002: ; expected\nCell In [7], line 4",
  );
});
