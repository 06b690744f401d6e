/**
 * An exit code as it can be looked up: Windows ends a process that has not chosen one itself with a status that is written in hexadecimal digits.
 * @param {number | null} code
 */
function exitCodeText(code) {
  return code !== null && code > 0x7fffffff ? `0x${code.toString(16).toUpperCase()}` : String(code);
}

module.exports = { exitCodeText };
