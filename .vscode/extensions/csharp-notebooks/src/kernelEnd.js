const vscode = require('vscode');
const { exitCodeText } = require('./kernel/exitCode');
const { KernelEndedError } = require('./kernel/kernelProcess');

/** Why there is no kernel, as a sentence for the user. @param {Error} error */
function describeEnd(error) {
  if (!(error instanceof KernelEndedError)) return error.message;
  const { reason } = error;
  switch (reason.kind) {
    case 'exited':
      return vscode.l10n.t('The kernel exited with code {0}.', exitCodeText(reason.code));
    case 'killed':
      return vscode.l10n.t('The kernel was killed by {0}.', reason.signal);
    case 'notStarted':
      return vscode.l10n.t('The kernel cannot be started: {0}', reason.text);
    case 'notReady':
      return vscode.l10n.t('The kernel did not get ready.');
    case 'notWanted':
      return vscode.l10n.t('The notebook was closed, or its kernel was ended.');
  }
}

module.exports = { describeEnd };
