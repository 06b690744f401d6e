/**
 * What a kernel says of a failed cell, taken apart as the runner does it, so that a notebook that was run here and one that the runner has run store the same.
 * @typedef {{ name: string, message: string, trace: string[] }} Failure
 */

// An exception's ToString begins with its type's full name: Submission#3+MyException: message
const exceptionHeader = /^[\w.+#`]*[\w`](?:\[[^\n]*?\])?(?:: |(?=\n {3}at )|$(?![\s\S]))/;
const diagnostic = /^[^\n]*\(\d+,\d+\): \w+ \w+\d+: /;
const frameInCell = /^\s*at (?<method>.*) in cell (?<cell>\d+):line (?<line>\d+)\s*$/;

/** @param {string} text @returns {Failure} */
function parseFailure(text) {
  text = text.replaceAll('\r\n', '\n').trimEnd();
  const header = diagnostic.test(text) ? null : exceptionHeader.exec(text);
  if (!header) return { name: 'Error', message: text, trace: [] };

  const rest = text.slice(header[0].length);
  const ends = [rest.indexOf('\n   at '), rest.indexOf('\n ---> ')].filter((at) => at >= 0);
  const end = ends.length > 0 ? Math.min(...ends) : rest.length;
  const trace = rest.slice(end).split('\n').filter((line) => line.length > 0);
  return { name: header[0].replace(/: $/, ''), message: rest.slice(0, end), trace: withoutKernelFrames(trace) };
}

/** The reader's own frames end where the scripting engine's begin. @param {string[]} trace */
function withoutKernelFrames(trace) {
  const kernel = trace.findIndex((line) => line.startsWith('   at Microsoft.CodeAnalysis.Scripting.'));
  const own = kernel < 0 ? trace : trace.slice(0, kernel);
  while (kernel >= 0 && own.at(-1)?.startsWith('--- End of ')) own.pop();
  return own;
}

/**
 * The text of a failure as VS Code's renderer of errors likes it: it makes a link of a line that begins with `Cell In [3], line 5`, as IPython writes it.
 * @param {Failure} failure
 * @param {number} executionOrder The number of the cell that failed.
 */
function toLinkedStack(failure, executionOrder) {
  const header = failure.name === 'Error' ? failure.message : `${failure.name}: ${failure.message}`;
  return [linkCompileErrors(header, executionOrder), ...failure.trace.map(linkFrame)].join('\n');
}

/** A frame is two lines: the method, and the place. What a cell has outside of methods is in a method that its reader has never heard of. @param {string} line */
function linkFrame(line) {
  const frame = frameInCell.exec(line)?.groups;
  if (!frame) return line;
  const place = `Cell In [${frame.cell}], line ${frame.line}`;
  return frame.method.includes('<<Initialize>>') ? place : `   at ${frame.method.replace(/^Submission#\d+\./, '')}\n${place}`;
}

/** @param {string} text @param {number} executionOrder */
function linkCompileErrors(text, executionOrder) {
  return text
    .split('\n')
    .map((line) => {
      const place = /^\((\d+),\d+\): (?:error|warning) \w+\d+: /.exec(line);
      return place ? `${line}\nCell In [${executionOrder}], line ${place[1]}` : line;
    })
    .join('\n');
}

module.exports = { parseFailure, toLinkedStack };
