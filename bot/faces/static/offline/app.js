// The offline form: enter the code, see the rows, fill one in, send.

import { fields, hideNeedless, make, problems, read } from "./fields.js";
import { lock, reveal, seal, setUp, unlock, unlocked } from "./seal.js";
import { LOCK, sendAll } from "./send.js";
import { simple } from "./simple.js";
import { drop, forget, keep, keys, row, rows } from "./store.js";

const CACHE = "nuandong-forms";
const SHORTEST = 6;
const IDLE = 10 * 60_000;

const app = document.getElementById("app");
const state = document.getElementById("state");
const flow = app.dataset.flow;
const news = new BroadcastChannel("nuandong-forms");
let data, words, carried = {}, editing = null, refused = "", sending = false, hiddenSince = 0;

const say = (key, fields = {}) => Object.entries(fields).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key]);
const button = (label, onclick, more = {}) => make("button", { type: "button", onclick, ...more }, label);
const changed = () => news.postMessage("changed");

async function begin() {
  try {
    data = await (await fetch(`/forms/${flow}/offline.json`)).json();
  } catch {
    app.replaceChildren(make("p", { class: "problems" }, app.dataset.failed));
    return;
  }
  words = data.words;
  document.getElementById("as").textContent = data.as;
  if (!window.isSecureContext || !crypto.subtle || !navigator.locks) {
    app.replaceChildren(make("p", { class: "problems" }, words.insecure));
    return;
  }
  keepShell();
  await showDoor();
}

async function keepShell() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/forms/worker.js", { scope: "/forms/" });
    await navigator.serviceWorker.ready;
    const cache = await caches.open(CACHE);
    const pages = [location.pathname, `/forms/${flow}/offline.json`, `/forms/${flow}/app.webmanifest`];
    await Promise.all([...pages, ...data.files].map(async (address) => {
      const response = await fetch(address);
      if (response.ok) await cache.put(address.split("?")[0], response);
    }));
    document.documentElement.dataset.kept = "yes";
    await navigator.storage?.persist?.();
  } catch {
    document.documentElement.dataset.kept = "no"; // without a network: what there is was kept before
  }
}

async function tell() {
  const waiting = (await rows(flow)).filter((one) => one.state === "waiting").length;
  const where = say(navigator.onLine ? "online" : "offline");
  const left = waiting && !unlocked() ? say("locked", { count: waiting }) : "";
  state.textContent = [sending ? say("sending") : where, left].filter(Boolean).join(" ");
}

async function showDoor() {
  lock();
  editing = null;
  const first = !(await keys());
  const code = make("input", { id: "pin", type: "password", inputmode: "numeric", autocomplete: "off", "aria-describedby": "pin-why" });
  const again = make("input", { id: "pin-again", type: "password", inputmode: "numeric", autocomplete: "off" });
  const wrong = make("p", { class: "error", role: "alert" });
  const form = make("form", { onsubmit: async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    if (first && code.value.length < SHORTEST) { wrong.textContent = say("pin.short"); return; }
    if (first && simple(code.value)) { wrong.textContent = say("pin.simple"); return; }
    if (first && code.value !== again.value) { wrong.textContent = say("pin.differs"); return; }
    if (first) await setUp(code.value).catch(() => null);
    else if (!(await unlock(code.value))) { wrong.textContent = say("pin.wrong"); return; }
    await (unlocked() ? showRows() : showDoor());
  } },
    make("h2", {}, say(first ? "pin.new" : "pin.ask")),
    make("p", { class: "hint", id: "pin-why" }, say("pin.why")),
    wrong,
    make("label", { for: "pin" }, say("pin.field")), code,
    first ? make("label", { for: "pin-again" }, say("pin.again")) : null, first ? again : null,
    make("button", { type: "submit" }, say(first ? "pin.set" : "pin.open")));
  const parts = [form];
  if (!first) parts.push(twice(say("pin.forgot"), say("pin.forget"), async () => { await forget(); changed(); await showDoor(); }));
  app.replaceChildren(...parts);
  await tell();
}

/** A button that asks once more before it does what cannot be undone. */
function twice(label, sure, action) {
  const ask = button(label, () => {
    if (ask.dataset.asked) { action(); return; }
    ask.dataset.asked = "yes";
    ask.textContent = sure;
  }, { class: "plain" });
  return ask;
}

async function showRows() {
  editing = null;
  const shown = [];
  for (const one of (await rows(flow)).reverse()) shown.push(await line(one));
  const all = await rows(flow);
  app.replaceChildren(
    refused ? make("div", { class: "problems", role: "alert" }, make("p", {}, refused), button(say("use_this"), useThis)) : "",
    make("p", { class: "actions" }, button(say("add"), add), button(say("send"), send, { class: "plain" })),
    shown.length ? make("div", { id: "rows" }, ...shown) : make("p", { class: "soft" }, say("none")),
    all.some((one) => one.state === "sent") ? button(say("clear"), clear, { class: "plain" }) : "");
  await tell();
}

async function line(one) {
  const when = new Date(one.at).toLocaleString();
  const actions = make("div", { class: "actions" });
  let name = one.name, told = null;
  if (one.sealed) {
    const content = await reveal(one.id, one.sealed);
    name = content.answers.head ?? content.answers.name ?? content.answers.who ?? "";
    told = one.state === "wrong" ? content.text : null;
    if (!one.tried) {
      actions.append(button(say("edit"), () => edit(one.id)),
        twice(say("drop"), say("drop.sure"), async () => { await take(one.id, () => drop(one.id)); await showRows(); }));
    }
  }
  const special = { waiting: one.tried && "row.tried", sent: !one.number && "row.received" };
  const label = special[one.state] || `row.${one.state}`;
  return make("section", { class: `row ${one.state}`, "data-state": one.state, "aria-label": name || say("nameless") },
    make("p", {}, make("strong", {}, name || say("nameless")), ` · ${say(label, { number: one.number ?? "" })}`),
    make("p", { class: "soft" }, when), told ? make("p", { class: "error" }, told) : null, actions);
}

/** Do something with a row that nobody is sending; one whose answer is missing is left alone. */
const take = (id, action) => navigator.locks.request(LOCK, async () => {
  const one = await row(id);
  if (one && one.state !== "sent" && !one.tried) await action(one);
  changed();
});

async function add() {
  const id = crypto.randomUUID();
  const answers = { ...data.known, ...carried };
  await keep({ id, flow, key: crypto.randomUUID(), who: data.who, state: "draft", at: new Date().toISOString(), sealed: await seal(id, { answers }) });
  changed();
  await edit(id);
}

async function edit(id, wrong = null) {
  let content = null;
  await take(id, async (one) => {
    content = await reveal(id, one.sealed);
    if (one.state === "waiting") await keep({ ...one, state: "draft" });
  });
  if (content === null) { await showRows(); return; }
  editing = id;
  const errors = wrong ?? content.errors ?? {};
  let saving = Promise.resolve(), timer = 0;
  const save = (settled = {}) => {
    clearTimeout(timer);
    const answers = read(form, data.schema);
    saving = saving.then(() => take(id, async (one) => {
      await keep({ ...one, sealed: await seal(id, { answers, errors: settled.state ? undefined : content.errors, text: content.text }), ...settled });
    }));
    return saving.then(() => answers);
  };
  const form = make("form", { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const found = problems(data.schema, read(form, data.schema), words);
    const answers = await save(Object.keys(found).length ? {} : { state: "waiting", at: new Date().toISOString() });
    if (Object.keys(found).length) { await edit(id, found); return; }
    carried = Object.fromEntries(data.carried.filter((key) => key in answers).map((key) => [key, answers[key]]));
    await showRows();
    await send();
  } },
    ...fields(data, content.answers, errors), make("button", { type: "submit" }, say("save")),
    button(say("later"), async () => { await save(); await showRows(); }, { class: "plain" }));
  form.addEventListener("input", () => {
    hideNeedless(form, data.schema);
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  hideNeedless(form, data.schema);
  const listed = Object.entries(errors).filter(([key]) => data.schema.properties[key]);
  const summary = listed.length || errors["#form"] ? make("div", { class: "problems", role: "alert", tabindex: "-1" },
    make("h2", {}, errors["#form"] ?? say("problems")),
    make("ul", {}, ...listed.map(([key, text]) => make("li", {}, make("a", { href: `#${key}` }, data.schema.properties[key].title), `：${text}`)))) : "";
  app.replaceChildren(summary, form);
  (summary || form.querySelector("input, select, textarea")).focus();
}

async function send() {
  if (!unlocked() || sending || !navigator.onLine) { await tell(); return; }
  sending = true;
  await tell();
  const end = await sendAll(flow).catch(() => "offline");
  sending = false;
  refused = end.refused ?? "";
  changed();
  if (!editing) await showRows();
  if (end === "busy") setTimeout(send, 30_000);
  await tell();
}

async function useThis() {
  const fresh = await (await fetch(`/forms/${flow}/offline.json`)).json();
  [data, words, refused] = [fresh, fresh.words, ""];
  document.getElementById("as").textContent = data.as;
  for (const one of await rows(flow)) if (one.sealed) await take(one.id, (held) => keep({ ...held, who: data.who }));
  await send();
}

async function clear() {
  for (const one of await rows(flow)) if (one.state === "sent") await drop(one.id);
  changed();
  await showRows();
}

news.addEventListener("message", () => { if (unlocked() && !editing) showRows(); });
addEventListener("online", send);
addEventListener("offline", tell);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenSince = Date.now();
  else if (unlocked() && Date.now() - hiddenSince > IDLE) showDoor();
});
begin();
