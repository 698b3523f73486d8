// Codes that whoever finds the phone would try first.

const KINDS = 4;
const COMMON = new Set(("123654 147258 147852 147369 159357 159753 258369 741852 789456 456123 5201314 1314520 1314521 "
  + "qwerty qwertyuiop asdfgh asdfghjkl zxcvbn password abc123 abcd1234 a123456 aa123456 123qwe qwe123 1q2w3e 1qaz2wsx").split(" "));

/** The steps from each character to the next; digits go round, so that 890123 is a row too. */
function steps(code) {
  const digits = /^[0-9]+$/.test(code);
  return [...code].slice(1).map((one, at) => {
    const step = one.codePointAt(0) - code.codePointAt(at);
    return digits ? (step + 10) % 10 : step;
  });
}

/** Whether `list` is its first `period` members again and again. */
const repeats = (list, period) => list.every((one, at) => one === list[at % period]);

/** Whether the code is made of at most two rows: 123789, 111222, 123321. */
function twoRows(code) {
  const all = steps(code), digits = /^[0-9]+$/.test(code), even = digits ? [0, 1, 9] : [0, 1, -1];
  let rows = 1, last = null;
  for (const step of all) {
    if (last === null && even.includes(step)) last = step;
    else if (step !== last) { rows += 1; last = null; }
  }
  return rows <= 2;
}

/** Whether a code is too simple to lock anything. */
export function simple(typed) {
  const code = typed.toLowerCase();
  if (new Set(code).size < KINDS || COMMON.has(code) || twoRows(code)) return true;
  const parts = [...code];
  for (let unit = 1; unit * 2 <= parts.length; unit += 1) if (repeats(parts, unit)) return true;
  return repeats(steps(code), 1) || repeats(steps(code), 2);
}
