/** What VS Code runs on: this machine; or a Windows that is no machine of its own but runs here, in Wine, with the same files and processes, whose paths are written in another way. */
class Host {
  /** The Node.js that VS Code's server runs in. */
  node;
  #drive;

  /** @param {string} [node] @param {string} [drive] The drive that Windows has for `/`; none where this is no Windows. */
  constructor(node = process.execPath, drive = '') {
    this.node = node;
    this.#drive = drive;
  }

  get isWindows() {
    return this.#drive !== '';
  }

  /** A path as programs there know it. @param {string} place */
  path(place) {
    return this.isWindows ? this.#drive + place.replaceAll('/', '\\') : place;
  }

  /** A path as VS Code writes it in an address. @param {string} place */
  uriPath(place) {
    return this.isWindows ? `/${this.#drive}${place}` : place;
  }
}

module.exports = { Host };
