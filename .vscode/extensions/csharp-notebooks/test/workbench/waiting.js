// Nobody waits that long who is at a machine of his own; one that others share has its moments.
const defaultTimeout = 30_000;

// How many times as long everything may take: more than once where VS Code runs in Wine.
let patience = 1;

/** @param {number} factor */
function setPatience(factor) {
  patience = factor;
}

/** How long something may take here. @param {number} milliseconds What it may take where VS Code runs by itself. */
function patient(milliseconds) {
  return milliseconds * patience;
}

/**
 * Waits until a condition holds.
 * @template T
 * @param {string} what What is waited for, as it reads after "waited in vain for".
 * @param {() => T | Promise<T>} condition
 * @param {number} [timeout] Milliseconds.
 * @returns {Promise<T>} What the condition gave at last.
 */
async function until(what, condition, timeout = defaultTimeout) {
  const end = performance.now() + patient(timeout);
  /** @type {unknown} */
  let last;
  for (;;) {
    try {
      last = undefined;
      const value = await condition();
      if (value) return value;
    } catch (error) {
      // A page that is just being drawn anew has no answer yet.
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`waited in vain for ${what} (${(patient(timeout) / 1000).toFixed(1)} s)${last instanceof Error ? `: ${last.message.split('\n')[0]}` : ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} timeout Milliseconds, with patience.
 * @param {string} message
 * @returns {Promise<T>}
 */
function within(promise, timeout, message) {
  /** @type {NodeJS.Timeout} */
  let timer;
  const end = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), patient(timeout));
  });
  return Promise.race([promise, end]).finally(() => clearTimeout(timer));
}

module.exports = { until, within, patient, setPatience, defaultTimeout };
