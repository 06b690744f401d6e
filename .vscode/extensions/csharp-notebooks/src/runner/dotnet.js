const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spelled } = require('../paths');

const isWindows = process.platform === 'win32';
const program = isWindows ? 'dotnet.exe' : 'dotnet';

/**
 * Finds `dotnet`. A program that is started from a desktop, as VS Code is, may have another PATH than a terminal; so where .NET is usually installed is looked at, too.
 * @param {string} setting What the user says, if anything: the program, or its folder.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
function findDotnet(setting, env = process.env) {
  if (setting) return [setting, path.join(setting, program), ...(isWindows ? [`${setting}.exe`] : [])].find(isFile);
  const folders = [...(env.PATH ?? env.Path ?? '').split(path.delimiter).map(unquoted).filter(Boolean), ...usualFolders(env)];
  const found = folders.map((folder) => spelled(path.join(folder, program))).filter(isFile);
  // On many a PATH there is a .NET for 32-bit programs before the other one, and it has no SDK.
  return (isWindows ? found.find(hasSdk) : undefined) ?? found[0];
}

/** @param {NodeJS.ProcessEnv} env */
function usualFolders(env) {
  const own = [env.DOTNET_ROOT ?? '', path.join(os.homedir(), '.dotnet')].filter(Boolean);
  if (isWindows) return [...own, path.join(env.ProgramW6432 ?? env.ProgramFiles ?? 'C:\\Program Files', 'dotnet'), path.join(env.LOCALAPPDATA ?? os.homedir(), 'Microsoft', 'dotnet')];
  return [...own, '/usr/local/share/dotnet', '/usr/share/dotnet', '/usr/lib/dotnet', '/opt/homebrew/bin', '/snap/bin'];
}

/** A folder of a PATH; Windows takes quotation marks around it. @param {string} folder */
function unquoted(folder) {
  return isWindows ? folder.replaceAll('"', '') : folder;
}

/** @param {string} dotnet */
function hasSdk(dotnet) {
  return fs.existsSync(path.join(path.dirname(dotnet), 'sdk'));
}

/** @param {string} file */
function isFile(file) {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { findDotnet };
