/**
 * A path as this system writes it. On Windows terminals and builds have the letter of a drive large, and VS Code has it small: compared as text, the same file would be two.
 * @param {string} place
 */
function spelled(place) {
  return process.platform === 'win32' ? place.replace(/^[a-z]:/, (drive) => drive.toUpperCase()) : place;
}

/** What a setting says: Explorer copies a path with quotation marks around it. @param {string} text */
function settingOf(text) {
  return text.trim().replace(/^"(.*)"$/, '$1');
}

module.exports = { spelled, settingOf };
