/**
 * What we promise a reader. A machine that others share is no measure, so a figure fails only from twice of it on.
 * @type {Map<string, number>} Milliseconds.
 */
const promised = new Map([
  ['file clicked to first output', 3000],
  ['restart and first cell', 1500],
  ['completions after a dot', 500],
  ['interrupt', 500],
  ['interrupt of a loop that prints', 500],
]);

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} milliseconds */
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** Prints the figures. @param {Map<string, number[]>} measurements @returns {number} How many are beyond what can be put down to the machine. */
function report(measurements) {
  let failed = 0;
  for (const [name, values] of measurements) {
    const limit = promised.get(name);
    const value = median(values);
    const isSlow = limit !== undefined && value > 2 * limit;
    if (isSlow) failed++;
    const verdict = limit === undefined ? '' : isSlow ? ` - TOO SLOW, ${seconds(limit)} is promised` : value > limit ? ` (above the ${seconds(limit)} that are promised)` : ` (< ${seconds(limit)})`;
    console.log(`speed: ${name}: median ${seconds(value)} of ${values.length}: ${values.map(seconds).join(', ')}${verdict}`);
  }
  return failed;
}

module.exports = { report, median };
