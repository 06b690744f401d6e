const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** A copy of the repository to work in, with what was built; what VS Code and its cells write stays in it. */
class Workspace {
  /** @type {Set<string>} */
  #written = new Set();
  folder;

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} repository @param {string} program Where it was built. @param {string} folder */
  static copy(repository, program, folder) {
    fs.mkdirSync(folder, { recursive: true });
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: repository, encoding: 'utf8' }).split('\0');
    const sources = files.filter(Boolean).map((file) => ({ file, from: path.join(repository, file) }));
    const built = products(program).map((file) => ({ file, from: path.join(program, file) }));
    for (const { file, from } of [...sources, ...built]) {
      if (!fs.existsSync(from)) continue;
      // Times go along: whether a program is older than its source is asked.
      fs.cpSync(from, path.join(folder, file), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    }
    return new Workspace(folder);
  }

  /** @param {string} file */
  path(file) {
    return path.join(this.folder, file);
  }

  /** @param {string} file Within this folder. @param {string[]} codes One for each cell. */
  writeNotebook(file, codes) {
    this.#written.add(file);
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), JSON.stringify(notebookOf(codes), null, 1) + '\n');
  }

  /** @param {string} file */
  readNotebook(file) {
    return JSON.parse(fs.readFileSync(this.path(file), 'utf8'));
  }

  /** @param {string} file */
  has(file) {
    return fs.existsSync(this.path(file));
  }

  /** Removes the notebooks that were written here: the Explorer shows no more than a screen of files. */
  clear() {
    for (const file of this.#written) fs.rmSync(this.path(file), { force: true });
    this.#written.clear();
  }
}

/** What `dotnet build helpers/NotebookRunner` leaves. `obj` goes along so that a build in the copy has little to do. @param {string} repository */
function products(repository) {
  const projects = fs.readdirSync(path.join(repository, 'helpers')).filter((name) => !/Tests|Benchmarks|^bin$/.test(name));
  return ['helpers/bin', ...projects.flatMap((project) => [`helpers/${project}/bin`, `helpers/${project}/obj`])];
}

/** @param {string[]} codes */
function notebookOf(codes) {
  return {
    cells: codes.map((code, index) => ({
      cell_type: 'code',
      execution_count: null,
      id: `cell-${index}`,
      metadata: { dotnet_interactive: { language: 'csharp' }, polyglot_notebook: { kernelName: 'csharp' } },
      outputs: [],
      source: code.split(/(?<=\n)/),
    })),
    metadata: { kernelspec: { display_name: '.NET (C#)', language: 'csharp', name: '.net-csharp' }, language_info: { name: 'csharp' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

module.exports = { Workspace };
