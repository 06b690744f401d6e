const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, afterEach, test } = require('node:test');
const { KernelSession } = require('../src/kernel/kernelSession');
const { findDotnet } = require('../src/runner/dotnet');
const { runnerAbove } = require('../src/runner/runner');

// With the kernel that this repository has built; without one there is nothing to test.
const program = runnerAbove(__dirname)?.program;
const dotnet = findDotnet('');
const options = { timeout: 60_000, skip: program && dotnet ? false : 'the runner has not been built: dotnet build helpers/NotebookRunner' };

const isWindows = process.platform === 'win32';
const isWine = isWindows && 'WINECONFIGDIR' in process.env;

/** @type {KernelSession[]} */
const sessions = [];
/** @type {string[]} */
const marks = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.dispose()));
});

after(() => {
  for (const mark of marks) assert.deepEqual(processesWith(mark), [], 'a process was left behind');
});

test('A cell gives its text and its value, and cells are counted', options, async () => {
  const { run } = begin();
  const first = await run('Console.WriteLine("안녕"); 1 + 1');
  assert.equal(first.text, '안녕\n');
  assert.ok(first.events.some(({ eventType }) => eventType === 'ReturnValueProduced'));
  assert.equal(first.outcome?.succeeded, true);
  assert.deepEqual([first.order, (await run('2')).order], [1, 2]);
});

test('Cells that are handed in at once run one after another', options, async () => {
  const { run } = begin();
  const runs = await Promise.all([run('int n = 1;'), run('n *= 10;'), run('Console.Write(n + 5)')]);
  assert.equal(runs[2].text, '15');
});

test('A cell that loops is stopped, those behind it are taken back, and the variables are still there', options, async () => {
  const { run, session } = begin();
  await run('int kept = 7;');
  const looping = run('while (true) { }', () => session.interrupt());
  const behind = run('kept = 0;');
  assert.equal((await looping).outcome?.isInterrupted, true);
  assert.equal((await behind).outcome, undefined);
  assert.equal((await run('Console.Write(kept)')).text, '7');
});

test('A cell that prints without end is stopped, and the kernel lives on', options, async () => {
  const { run, session } = begin();
  session.on('ended', () => assert.fail('the kernel did not react'));
  let pieces = 0;
  const printing = run('while (true) Console.WriteLine("끝없이");', undefined, () => ++pieces === 3 && session.interrupt());
  assert.equal((await printing).outcome?.isInterrupted, true);
  assert.equal((await run('Console.Write("next")')).text, 'next');
});

test('What a cell has left running prints and shows is told with its run, while another cell runs and while none does', options, async () => {
  const { run, session } = begin();
  /** @type {string[]} */
  const late = [];
  session.on('late', ({ eventType, event, command }) => late.push(`${command.token} ${eventType} ${event.formattedValues?.[0].value.trim()}`));
  const first = await run(
    'using System.Threading; var go = new ManualResetEventSlim(); var t = new Thread(() => { go.Wait(); Console.WriteLine("one"); display("two"); Thread.Sleep(300); Console.Error.WriteLine("three"); }); t.Start();',
  );
  await run('go.Set(); Thread.Sleep(100);');
  await settled(
    () => late,
    (seen) => seen.length === 3,
  );
  assert.deepEqual(late, [`${first.token} StandardOutputValueProduced one`, `${first.token} DisplayedValueProduced two`, `${first.token} StandardErrorValueProduced three`]);
});

test("What child processes write to standard error is the cell's", options, async () => {
  const { run } = begin();
  const { events } = await run(`${startNode('for (let i = 1; i <= 20_000; i++) fs.writeSync(2, i + String.fromCharCode(10))')}.WaitForExit();`);
  const errors = events.filter(({ eventType }) => eventType === 'StandardErrorValueProduced').map(({ event }) => event.formattedValues?.[0].value);
  assert.equal(errors.join(''), Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`).join(''));
});

test("A stack overflow is told with what the runtime said, and that is not the cell's", { ...options, skip: options.skip || (isWine && 'in Wine a program whose stack overflows hangs: helpers/Testing/WineGaps.cs') }, async () => {
  const { run } = begin();
  const { outcome, events } = await run('int Deep(int x) => Deep(x + 1) + 1;\nDeep(0)');
  assert.equal(outcome?.ended?.errorLines[0], 'Stack overflow.');
  assert.deepEqual(events.filter(({ eventType }) => eventType === 'StandardErrorValueProduced'), []);
});

test('A kernel that exits is told with its exit code, and the next cell has a new one', options, async () => {
  const { run, session } = begin();
  await run('int gone = 1;');
  /** @type {Error[]} */
  const ended = [];
  session.on('ended', (error) => ended.push(error));
  const { outcome } = await run('Environment.Exit(3)');
  assert.deepEqual(outcome?.ended?.reason, { kind: 'exited', code: 3 });
  assert.equal(outcome?.isAbandoned, false);
  assert.equal(ended.length, 1);
  assert.equal(session.state, 'ended');
  const next = await run('gone');
  assert.equal(next.order, 1);
  assert.match(next.outcome?.message ?? '', /CS0103/);
});

test('A kernel that is killed while nothing runs is told', options, async () => {
  const { run, session } = begin();
  await run('1');
  const ended = new Promise((resolve) => session.once('ended', resolve));
  process.kill(/** @type {number} */ (session.pid), 'SIGKILL');
  // Windows knows no signals: whoever ends a process gives it an exit code.
  assert.deepEqual((await ended).reason, isWindows ? { kind: 'exited', code: 1 } : { kind: 'killed', signal: 'SIGKILL' });
});

test('A restart ends the running cell without a word about a dead kernel, and the variables', options, async () => {
  const { run, session } = begin();
  await run('int gone = 1;');
  session.on('ended', () => assert.fail('it was asked to end'));
  const looping = run('while (true) { }', () => session.restart());
  assert.equal((await looping).outcome?.isAbandoned, true);
  assert.match((await run('gone')).outcome?.message ?? '', /CS0103/);
});

test('A restart while the kernel starts, and a second one at once, harm nothing: the cell is taken back and the next one runs', options, async () => {
  const { run, session } = begin();
  const waiting = run('1');
  await Promise.all([session.restart(), session.restart()]);
  assert.equal((await waiting).outcome, undefined);
  assert.equal((await run('Console.Write("next")')).text, 'next');
});

test('A kernel that is held back is heard when it is to stop', options, async () => {
  const { run, session } = begin();
  session.on('ended', () => assert.fail('it was well'));
  const start = Date.now();
  const showing = run('for (int i = 0; ; i++) display(i);', undefined, undefined, () => session.holdBack(new Promise((resolve) => setTimeout(resolve, 8000))));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await session.interrupt();
  assert.equal((await showing).outcome?.isInterrupted, true);
  assert.ok(Date.now() - start < 7000, 'it waited for what had been held back');
  assert.equal((await run('Console.Write("next")')).text, 'next');
});

test('What the compiler finds and what could be written is answered while a cell runs', options, async () => {
  const { run, session } = begin();
  await run('int number = 1;');
  const running = run('System.Threading.Thread.Sleep(20_000);', async () => {
    const [completions] = await session.request('RequestCompletions', { code: 'number.', linePosition: { line: 0, character: 7 } });
    assert.ok(completions.event.completions?.some(({ displayText }) => displayText === 'CompareTo'));
    const [found] = await session.request('RequestDiagnostics', { code: 'numbre' });
    assert.equal(found.event.diagnostics?.[0].code, 'CS0103');
    await session.interrupt();
  });
  assert.equal((await running).outcome?.isInterrupted, true);
});

test('A cell asks for a line, and reads what was answered, or nothing where there is no answer', options, async () => {
  /** @type {(string | undefined)[]} */
  const answers = ['홍길동', undefined];
  /** @type {(string | undefined)[]} */
  const prompts = [];
  const { run } = begin(async ({ prompt }) => {
    prompts.push(prompt);
    return answers.shift();
  });
  assert.match((await run('Console.Write("이름? "); Console.Write($"[{Console.ReadLine()}]")')).text, /\[홍길동\]/);
  assert.match((await run('Console.Write($"[{Console.ReadLine() ?? "none"}]")')).text, /\[none\]/);
  assert.deepEqual(prompts, ['이름? ', '']);
});

test('It is said when code runs on in a library after its cell was stopped, and the next cell runs', options, async () => {
  const { run, session } = begin();
  const trying = run(`Console.Write("!"); System.Text.RegularExpressions.Regex.IsMatch(new string('a', 60) + "b", "^(a+)+$")`, undefined, () => session.interrupt());
  const { outcome } = await trying;
  assert.deepEqual([outcome?.isInterrupted, outcome?.runsOn], [true, true]);
  const next = await run('Console.Write("next")');
  assert.deepEqual([next.text, next.outcome?.runsOn], ['next', false]);
});

test('A question is withdrawn when its cell is stopped, and the next cell runs', options, async () => {
  /** @type {() => void} */
  let onAsked;
  const asked = new Promise((resolve) => (onAsked = () => resolve(undefined)));
  let isWithdrawn = false;
  const { run, session } = begin((_request, signal) => {
    onAsked();
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        isWithdrawn = true;
        resolve(undefined);
      });
    });
  });
  const reading = run('Console.ReadLine()');
  await asked;
  await session.interrupt();
  assert.equal((await reading).outcome?.isInterrupted, true);
  assert.equal(isWithdrawn, true);
  assert.equal((await run('Console.Write("next")')).text, 'next');
});

test('Variables are told with their types and sizes, and workers are listed and ended', options, async () => {
  const { run, session } = begin();
  await run('var names = new[] { "가", "나" };');
  const [infos] = await session.request('RequestValueInfos', { mimeType: 'text/plain+summary' });
  const info = infos.event.valueInfos?.find(({ name }) => name === 'names');
  assert.deepEqual([info?.typeName, info?.size], ['string[]', 2]);
  const [none] = await session.request('RequestWorkers', {});
  assert.deepEqual(none.event.workers, []);
});

test('A program that is no kernel tells why, and one that is not there is told', options, async () => {
  for (const [command, kind] of [[process.execPath, 'exited'], ['/no/such/program', 'notStarted']]) {
    const session = new KernelSession(async () => ({ command, args: ['-e', 'console.error("You must install .NET"); process.exit(150)'], cwd: '.' }), async () => undefined);
    sessions.push(session);
    session.on('ended', () => assert.fail('it had never begun'));
    await assert.rejects(session.start(), (/** @type {import('../src/kernel/kernelProcess').KernelEndedError} */ error) => {
      assert.equal(error.reason.kind, kind);
      if (kind === 'exited') assert.deepEqual(error.errorLines, ['You must install .NET']);
      return true;
    });
    assert.equal(session.state, 'off');
  }
});

test('A kernel cannot be started in a folder that is not there, which is told', options, async () => {
  const folder = path.join(os.tmpdir(), 'no such folder');
  const session = new KernelSession(async () => launchIn(folder), async () => undefined);
  sessions.push(session);
  await assert.rejects(session.start(), (/** @type {import('../src/kernel/kernelProcess').KernelEndedError} */ error) => {
    assert.deepEqual(error.reason, { kind: 'notStarted', text: `there is no folder ${folder}` });
    return true;
  });
});

test('A kernel runs in a folder with spaces and Korean letters in its name', options, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), '노트 북 '));
  const { run, session } = begin(undefined, folder);
  const { text, outcome } = await run('System.IO.File.WriteAllText("가 나.txt", "다"); Console.Write(Environment.CurrentDirectory);');
  assert.equal(outcome?.succeeded, true, outcome?.message);
  assert.equal(path.basename(text), path.basename(folder));
  assert.equal(fs.readFileSync(path.join(folder, '가 나.txt'), 'utf8'), '다');
  await session.dispose();
  fs.rmSync(folder, { recursive: true, maxRetries: 10 });
});

test('A session that is disposed of leaves no kernel and nothing that its cells have started', options, async () => {
  const { run, session, mark } = begin();
  const { text } = await run(`var child = ${startNode('setInterval(() => {}, 1000)')}; Console.Write(child.Id);`);
  const kernel = Number(session.pid);
  assert.ok(isAlive(kernel) && isAlive(Number(text)));
  await session.dispose();
  await settled(
    () => [kernel, Number(text)].filter(isAlive),
    (left) => left.length === 0,
  ).then((left) => assert.deepEqual(left, []));
  assert.deepEqual(await settled(() => processesWith(mark), (left) => left.length === 0), []);
});

test('With an editor that is killed end its kernel and what the cells have started', options, async () => {
  // The editor: it has a kernel run a cell, and says which processes those are.
  const script = `
    const { KernelSession } = require(${JSON.stringify(path.join(__dirname, '../src/kernel/kernelSession'))});
    const session = new KernelSession(async () => (${JSON.stringify(launchIn(__dirname))}), async () => undefined);
    const onEvent = ({ event }) => event.formattedValues && console.log(session.pid + ' ' + event.formattedValues[0].value);
    session.execute({ code: ${JSON.stringify(`Console.Write(${startNode('setInterval(() => {}, 1000)')}.Id);`)}, isWanted: () => true, onStart() {}, onEvent });`;
  const editor = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'], windowsHide: true });
  const said = String(await new Promise((resolve) => editor.stdout.once('data', resolve)));
  const started = said.trim().split(' ').map(Number);
  assert.deepEqual(started.filter(isAlive), started);
  editor.kill('SIGKILL');
  const left = await settled(
    () => started.filter(isAlive),
    (left) => left.length === 0,
  );
  for (const pid of left) process.kill(pid, 'SIGKILL');
  assert.deepEqual(left, []);
});

/** How a kernel is started in a folder. @param {string} folder @returns {import('../src/kernel/kernelProcess').Launch} */
function launchIn(folder) {
  return { command: String(dotnet), args: [String(program), 'kernel', '--mark-errors', '--working-dir', folder], cwd: folder };
}

/** What a cell starts a process with that every system has which runs these tests. @param {string} script Without quotation marks. */
function startNode(script) {
  return `System.Diagnostics.Process.Start(@"${process.execPath}", ["-e", "${script}"])`;
}

/** Whether a process runs. @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A notebook's kernel, and a way to run a cell in it. @param {import('../src/kernel/kernelProcess').AskUser} askUser @param {string} folder */
function begin(askUser = async () => undefined, folder = __dirname) {
  const mark = `kernel-test-${process.pid}-${marks.length}`;
  marks.push(mark);
  // The environment goes on to whatever the kernel starts.
  const session = new KernelSession(async () => {
    process.env.KERNEL_TEST_MARK = mark;
    return launchIn(folder);
  }, askUser);
  sessions.push(session);

  /**
   * @param {string} code
   * @param {() => unknown} [onStart]
   * @param {() => unknown} [onText]
   * @param {() => unknown} [onDisplay]
   */
  async function run(code, onStart, onText, onDisplay) {
    /** @type {import('../src/kernel/protocol').EventEnvelope[]} */
    const events = [];
    let order = 0;
    let token = '';
    let text = '';
    /** @type {unknown} */
    let afterStart;
    const outcome = await session.execute({
      code,
      isWanted: () => true,
      onStart: (number, name) => {
        order = number;
        token = name;
        if (onStart) afterStart = new Promise((resolve) => setTimeout(resolve, 300)).then(onStart);
      },
      onEvent: (event) => {
        events.push(event);
        if (event.eventType === 'StandardOutputValueProduced') text += event.event.formattedValues?.map(({ value }) => value).join('') ?? '';
        if (event.eventType === 'StandardOutputValueProduced') onText?.();
        if (event.eventType === 'DisplayedValueProduced') onDisplay?.();
      },
    });
    await afterStart;
    return { events, order, token, text, outcome };
  }

  return { session, run, mark };
}

/** The processes that have a mark in their environment. @param {string} mark */
function processesWith(mark) {
  if (process.platform !== 'linux') return [];
  return fs.readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`KERNEL_TEST_MARK=${mark}\0`);
    } catch {
      return false;
    }
  });
}

/** @template T @param {() => T} look @param {(seen: T) => boolean} isRight @returns {Promise<T>} */
async function settled(look, isRight) {
  for (let tries = 0; tries < 50 && !isRight(look()); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
  return look();
}
