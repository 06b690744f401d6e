const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const program = process.platform === 'win32' ? 'dotnet.exe' : 'dotnet';

/**
 * Finds `dotnet`. A program that is started from a desktop, as VS Code is, may have another PATH than a terminal; so where .NET is usually installed is looked at, too.
 * @param {string} setting What the user says, if anything.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
function findDotnet(setting, env = process.env) {
  if (setting) return isFile(setting) ? setting : undefined;
  const folders = [...(env.PATH ?? env.Path ?? '').split(path.delimiter).filter(Boolean), ...usualFolders(env)];
  return folders.map((folder) => path.join(folder, program)).find(isFile);
}

/** @param {NodeJS.ProcessEnv} env */
function usualFolders(env) {
  const own = [env.DOTNET_ROOT ?? '', path.join(os.homedir(), '.dotnet')].filter(Boolean);
  if (process.platform === 'win32') return [...own, path.join(env.ProgramFiles ?? 'C:\\Program Files', 'dotnet')];
  return [...own, '/usr/local/share/dotnet', '/usr/share/dotnet', '/usr/lib/dotnet', '/opt/homebrew/bin', '/snap/bin'];
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
