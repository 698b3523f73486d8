// Hands the waiting rows in, one after another, in one tab at a time. A row keeps its key until it is answered, so that
// one whose answer was lost is sent again and taken once.

import { reveal, seal } from "./seal.js";
import { keep, row, rows } from "./store.js";

export const LOCK = "nuandong-send";

/** Send all that waits. "done", or why not: "offline", "busy", {refused: text}. */
export const sendAll = (flow) => navigator.locks.request(LOCK, () => inTurn(flow));

async function inTurn(flow) {
  for (const { id } of (await rows(flow)).filter((one) => one.state === "waiting")) {
    const waiting = await row(id);
    if (waiting?.state !== "waiting") continue;
    const stopped = await sendOne(waiting);
    if (stopped) return stopped;
  }
  return "done";
}

async function sendOne(waiting) {
  const content = await reveal(waiting.id, waiting.sealed);
  await keep({ ...waiting, tried: true });
  let status, said;
  try {
    const response = await fetch(`/forms/${waiting.flow}/rows`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ key: waiting.key, who: waiting.who, answers: content.answers }),
      signal: AbortSignal.timeout(30_000),
    });
    [status, said] = [response.status, await response.json()];
  } catch {
    return "offline";
  }
  if (status === 201) {
    const { id, flow } = waiting;
    const number = said.made.number ?? said.made.receipt ?? ""; // other ids are ours, and nobody can ask by them
    await keep({ id, flow, state: "sent", at: new Date().toISOString(), number, name: masked(content.answers) });
    return null;
  }
  if (status === 403) {
    await keep({ ...waiting, tried: waiting.tried });
    return { refused: said.text };
  }
  const key = crypto.randomUUID(); // nothing was made, and the old key has had its answer
  if (status === 503 || status === 429) {
    if (said.errors["#fault"]) await keep({ ...waiting, key, tried: false });
    return "busy";
  }
  const sealed = await seal(waiting.id, { answers: content.answers, errors: said.errors, text: said.text });
  await keep({ ...waiting, key, sealed, state: "wrong", tried: false });
  return null;
}

function masked(answers) {
  const name = String(answers.head ?? answers.name ?? answers.who ?? "").trim();
  return name ? `${[...name][0]}**` : "";
}
