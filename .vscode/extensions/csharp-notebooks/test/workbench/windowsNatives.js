// Loaded before code-server where that runs in Wine. npm has compiled its native modules for this system. It does without most of them; but not without the registry, in which there is nothing that it needs.
const load = require.extensions['.node'];
require.extensions['.node'] = (/** @type {NodeJS.Module} */ module, /** @type {string} */ file) => {
  if (/[\\/]winregistry\.node$/.test(file)) module.exports = { GetStringRegKey: () => undefined, GetDWORDRegKey: () => undefined };
  else load(module, file);
};
