/**
 * How much of a cell's outputs is kept. What puts out more than any notebook is read for, such as a loop without an end, keeps its beginning and its end. The runner has the same bounds, in
 * `OutputBounds.cs`, and the same sentence: a notebook that was run here is to be the same as one that was run there.
 * @typedef {object} Amount
 * @property {number} characters Of text, and of all forms of what is displayed.
 * @property {number} lines Of text.
 * @property {number} outputs
 */

/** What is kept whole. @type {Amount} */
const whole = { characters: 50_000_000, lines: 200_000, outputs: 1_000 };

/** What is kept at either end of more than that. @type {Amount} */
const end = { characters: 2_000_000, lines: 2_000, outputs: 50 };

/** @type {Amount} */
const nothing = { characters: 0, lines: 0, outputs: 0 };

/** @param {Amount} one @param {Amount} other @returns {Amount} */
function plus(one, other) {
  return { characters: one.characters + other.characters, lines: one.lines + other.lines, outputs: one.outputs + other.outputs };
}

/** @param {Amount} one @param {Amount} other @returns {Amount} */
function minus(one, other) {
  return { characters: one.characters - other.characters, lines: one.lines - other.lines, outputs: one.outputs - other.outputs };
}

/** @param {Amount} amount @param {Amount} bounds */
function fits(amount, bounds) {
  return amount.characters <= bounds.characters && amount.lines <= bounds.lines && amount.outputs <= bounds.outputs;
}

/** How much a text is. @param {string} text @returns {Amount} */
function amountOf(text) {
  return { characters: text.length, lines: countLines(text), outputs: 0 };
}

/** The beginning of a text, up to the last line that fits whole; of a line that is longer than all, as much as fits. @param {string} text @param {Amount} bounds */
function beginningOf(text, bounds) {
  if (bounds.outputs < 1) return '';
  text = text.slice(0, bounds.characters);
  let stop = 0;
  for (let lines = 0; lines < bounds.lines; lines++) {
    const at = text.indexOf('\n', stop);
    if (at < 0) break;
    stop = at + 1;
  }
  if (stop === 0 && bounds.lines > 0) stop = isHighSurrogate(text, text.length - 1) ? text.length - 1 : text.length;
  return detached(text.slice(0, stop));
}

/** The end of a text, from the first line that fits whole; of a line that is longer than all, as much as fits. @param {string} text @param {Amount} bounds */
function endOf(text, bounds) {
  if (bounds.outputs < 1) return '';
  const isCut = text.length > bounds.characters;
  text = bounds.characters > 0 ? text.slice(-bounds.characters) : '';
  let begin = text.length;
  // The last line may have no end yet.
  const isUnfinished = text.length > 0 && !text.endsWith('\n');
  for (let lines = isUnfinished ? -1 : 0; lines < bounds.lines && begin > 0; lines++) {
    const from = begin - (begin === text.length && isUnfinished ? 1 : 2);
    const previous = from < 0 ? -1 : text.lastIndexOf('\n', from);
    if (previous < 0 && isCut) break;
    begin = previous + 1;
  }
  if (begin === text.length && bounds.lines > 0) begin = isLowSurrogate(text, 0) ? 1 : 0;
  return detached(text.slice(begin));
}

/** What stands in the place of what was left out. @param {Amount} leftOut */
function describeGap({ characters, lines, outputs }) {
  const amounts = [count(lines, 'line'), count(outputs, 'output'), count(characters, 'character')].filter((amount) => amount !== '').join(' and ');
  return (
    `[${amounts} left out here. Of a cell that puts out more than ${number(whole.lines)} lines, ${number(whole.outputs)} outputs or ${number(whole.characters)} characters, ` +
    'the beginning and the end are kept.]'
  );
}

/** What stands in the place of a value that has become too large. @param {number} characters */
function describeLarge(characters) {
  return `[A value of ${count(characters, 'character')} is not kept, ${number(whole.characters)} being the most.]`;
}

/** @param {number} amount @param {string} what */
function count(amount, what) {
  return amount <= 0 ? '' : `${number(amount)} ${what}${amount === 1 ? '' : 's'}`;
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString('en-US');
}

/** @param {string} text */
function countLines(text) {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** A copy: a part of a string keeps all of it in memory. @param {string} text */
function detached(text) {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** @param {string} text @param {number} at */
function isHighSurrogate(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

/** @param {string} text @param {number} at */
function isLowSurrogate(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

module.exports = { whole, end, nothing, plus, minus, fits, amountOf, beginningOf, endOf, describeGap, describeLarge };
