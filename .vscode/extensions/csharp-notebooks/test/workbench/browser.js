const { chromium } = require('playwright-core');
const { patient } = require('./waiting');

const size = { width: 1500, height: 1100 };

/** Chromium without a window. */
class Browser {
  #browser;

  /** @param {import('playwright-core').Browser} browser */
  constructor(browser) {
    this.#browser = browser;
  }

  /** @param {string} executable */
  static async start(executable) {
    const browser = await chromium.launch({
      executablePath: executable,
      // Who ends this program ends the browser, in run.js.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // root has no sandbox; a container has a small /dev/shm.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--lang=en-US'],
    });
    return new Browser(browser);
  }

  /** A window of its own, without cookies. @param {{ dark?: boolean }} [options] */
  async newPage({ dark = false } = {}) {
    const context = await this.#browser.newContext({ viewport: size, locale: 'en-US', colorScheme: dark ? 'dark' : 'light' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(patient(20_000));
    return page;
  }

  close() {
    return this.#browser.close();
  }
}

module.exports = { Browser };
