// Drives a real VS Code with this extension through what a reader does with a notebook. It is started by .ci/vscode, which has what it takes.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { Host } = require('./host');
const { report } = require('./speeds');
const { Stage } = require('./stage');
const { patient, setPatience, within } = require('./waiting');
const scenarios = require('./scenarios');

const { values } = parseArgs({
  options: {
    'code-server': { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    vsix: { type: 'string' },
    repository: { type: 'string', default: path.resolve(__dirname, '../../../../..') },
    // For another system than this one: what VS Code's server runs in, the drive that is / there, and a copy of the repository that was built for it.
    node: { type: 'string' },
    drive: { type: 'string' },
    built: { type: 'string' },
    patience: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    pictures: { type: 'string' },
    failures: { type: 'string', default: path.join(os.tmpdir(), 'csharp-notebooks-failures') },
    list: { type: 'boolean', default: false },
  },
});

const host = new Host(values.node, values.drive);

const selected = scenarios
  .filter(({ isOfWindows }) => host.isWindows || !isOfWindows)
  .filter(({ name, isPicture }) => (values.only.length > 0 ? values.only.some((text) => name.includes(text)) : !isPicture || values.pictures !== undefined));

/** @param {string} name @returns {string} */
function required(name) {
  const value = values[/** @type {'vsix'} */ (name)];
  if (value === undefined) {
    console.error(`--${name} is missing`);
    process.exit(2);
  }
  return path.resolve(value);
}

async function main() {
  if (values.list) {
    for (const { name } of scenarios) console.log(name);
    return;
  }

  setPatience(Number(values.patience));
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'csharp-notebooks-'));
  const stage = new Stage({
    repository: path.resolve(values.repository),
    built: path.resolve(values.built ?? values.repository),
    host,
    codeServer: required('code-server'),
    chromium: values.chromium,
    vsix: required('vsix'),
    pictures: values.pictures && path.resolve(values.pictures),
    failures: path.resolve(values.failures),
    temporary,
  });
  process.once('exit', () => {
    stage.kill();
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  });
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(name, () => {
      console.log(`ended by ${name}`);
      process.exit(130);
    });
  }

  let passed = 0;
  let skipped = 0;
  for (const scenario of selected) {
    if (host.isWindows && scenario.notInWine !== undefined) {
      console.log(`skipped ${scenario.name}: ${scenario.notInWine}`);
      skipped++;
    } else if (await play(scenario, stage)) passed++;
  }
  const slow = report(stage.measurements);
  await stage.close();
  const failed = selected.length - skipped - passed + slow;
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** @param {import('./scenarios/scenario').Scenario} scenario @param {Stage} stage */
async function play({ name, timeout, run }, stage) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    await within(
      (async () => {
        await run(stage);
        await stage.tidy();
      })(),
      timeout,
      `not done after ${patient(timeout) / 1000} s`,
    );
    console.log(`ok ${name} (${seconds()})`);
    return true;
  } catch (error) {
    console.log(`not ok ${name} (${seconds()})`);
    const told = await within(stage.abandon(name), 30_000, 'no picture').catch((failure) => [String(failure)]);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    for (const line of [...text.split('\n').slice(0, 12), ...told]) console.log(`    ${line}`);
    return false;
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
