// One reading at a time: a call while one runs asks for one more after it, so the last word is the newest.

/**
 * @param {() => Promise<void>} read  must begin anew each time; its last run begins after the last call
 * @returns {() => Promise<void>}  done when nothing is asked for any more
 */
export function inTurn(read) {
  let asked = false;
  /** @type {Promise<void> | null} */
  let running = null;
  const run = async () => {
    try {
      while (asked) { asked = false; await read(); }
    } finally { running = null; }
  };
  return () => {
    asked = true;
    running ??= run();
    return running;
  };
}
