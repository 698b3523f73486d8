"use strict";
// The chat page. What was said stays in this tab (sessionStorage), with the number of the last notification shown: a new
// tab shows all notifications again. A message keeps its id until it is answered, so that sending it again never counts
// twice.

const log = document.getElementById("log");
const form = document.getElementById("write");
const field = document.getElementById("text");
const media = document.getElementById("media");
const words = log.dataset;
const POLL_MS = 5000;
const TIMEOUT_MS = 20000;
const KEPT = 200;
const EDGE_PX = 12;

const state = restore();
let sending = false;
let uploading = false; // a photo or a voice is being taken or sent up: see media.js

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("nuandong.chat"));
    if (kept && Array.isArray(kept.said)) return kept;
  } catch { /* a full or forbidden storage: the talk starts anew */ }
  return { said: [], waiting: null, scene: null, pushed: 0 };
}

function keep() {
  state.said = state.said.slice(-KEPT);
  try {
    sessionStorage.setItem("nuandong.chat", JSON.stringify(state));
  } catch { /* the talk goes on without being kept */ }
}

// Big text is chosen in the talk (settings) and stays on this device.
function setBig(big) {
  document.documentElement.classList.toggle("big", big);
  try {
    localStorage.setItem("nuandong.big", big ? "yes" : "no");
  } catch { /* it holds until the page is closed */ }
}

function isBig() {
  try {
    return localStorage.getItem("nuandong.big") === "yes";
  } catch {
    return false;
  }
}

if (isBig()) document.documentElement.classList.add("big");

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bubble(entry) {
  const made = element("p", "bubble " + entry.who);
  made.append(element("span", "unseen", entry.who === "me" ? words.me : words.bot));
  if (entry.who === "me") {
    made.append(entry.text);
    return made;
  }
  for (const piece of entry.text.split(/(https?:\/\/[\w\-.~:/?#@!$&*+,;=%]+)/)) {
    if (/^https?:\/\//.test(piece)) {
      const link = element("a", "", piece);
      link.href = piece;
      made.append(link);
    } else {
      made.append(piece);
    }
  }
  return made;
}

function choices(entry) {
  const group = element("fieldset");
  const list = element("ul", "choices");
  group.append(element("legend", "", entry.several ? words.several : words.choices), list);
  entry.choices.forEach((choice, index) => {
    const line = element("li");
    const number = element("span", "number", choice.id.endsWith(":skip") ? "0" : String(index + 1));
    if (entry.several) {
      const tick = element("label", "tick");
      const box = element("input");
      box.type = "checkbox";
      box.value = String(index + 1);
      tick.append(box, number, element("span", "", choice.label));
      line.append(tick);
    } else {
      const button = element("button");
      button.type = "button";
      button.append(number, element("span", "", choice.label));
      button.addEventListener("click", () => say({ choice: choice.id }, choice.label));
      line.append(button);
    }
    list.append(line);
  });
  if (entry.several) {
    const confirm = element("button", "confirm", words.confirm);
    confirm.type = "button";
    confirm.addEventListener("click", () => {
      const ticked = Array.from(list.querySelectorAll("input:checked"), (box) => Number(box.value));
      if (!ticked.length) return list.querySelector("input").focus();
      say({ text: ticked.join(",") }, ticked.map((number) => entry.choices[number - 1].label).join("、"));
    });
    group.append(confirm);
  }
  return group;
}

function show(entry) {
  log.append(bubble(entry));
  if (entry.choices && entry.choices.length) log.append(choices(entry));
}

// Only the last question can be answered by a tap, and only when nothing is on its way.
function refresh() {
  const groups = Array.from(log.querySelectorAll("fieldset"));
  const open = !busy() && lastAsks();
  groups.forEach((group, index) => { group.disabled = !(open && index === groups.length - 1); });
  form.querySelector("button").disabled = sending || uploading;
  media.querySelectorAll("button").forEach((button) => { button.disabled = busy() && !("recording" in button.dataset); });
  log.querySelectorAll(".state").forEach((line) => line.remove());
  if (state.waiting) {
    const line = element("p", sending ? "state" : "state failed", sending ? words.sending : words.failed);
    if (!sending) {
      const again = element("button", "", words.retry);
      again.type = "button";
      again.addEventListener("click", send);
      line.append(again);
    }
    log.append(line);
  }
  scrollToNews();
}

// A long list of choices would push its question off the screen: the first of the new bubbles comes to the top, or the
// newest where both do not fit. The browser stops at the end by itself when there is room for all.
function scrollToNews() {
  const bubbles = Array.from(log.querySelectorAll(".bubble"));
  const news = bubbles.slice(bubbles.map((one) => one.classList.contains("me")).lastIndexOf(true) + 1);
  if (state.waiting || !news.length) {
    log.scrollTop = log.scrollHeight;
    return;
  }
  const from = (one) => one.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - EDGE_PX;
  const first = from(news[0]);
  const newest = from(news[news.length - 1]);
  log.scrollTop = newest - first < log.clientHeight / 2 ? first : newest;
}

function lastAsks() {
  const mine = state.said.map((entry) => entry.who).lastIndexOf("me");
  return state.said.slice(mine + 1).some((entry) => entry.choices && entry.choices.length);
}

function add(entry) {
  state.said.push(entry);
  show(entry);
}

function busy() {
  return sending || uploading || state.waiting !== null;
}

async function say(body, shown) {
  if (busy()) return;
  state.waiting = { id: newId(), ...body };
  if (shown) add({ who: "me", text: shown });
  keep();
  await send();
}

async function send() {
  if (sending || !state.waiting) return;
  sending = true;
  refresh();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const response = await fetch("/channels/web", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(state.waiting),
      signal: stop.signal,
    });
    const answer = await response.json();
    if (response.ok) {
      state.waiting = null;
      answer.replies.forEach((reply) => {
        add({ who: "bot", ...reply });
        if (reply.made?.big_text) setBig(reply.made.big_text === "yes");
      });
    } else if (response.status < 500) {
      state.waiting = null;
      add({ who: "bot", text: answer.error });
    }
  } catch { /* no answer, or none that can be read: the message waits for another try */ }
  clearTimeout(timer);
  sending = false;
  keep();
  refresh();
}

async function poll() {
  if (document.hidden) return;
  try {
    const response = await fetch("/channels/web?after=" + (state.pushed || 0));
    if (!response.ok) return;
    const { messages } = await response.json();
    const fresh = messages.filter((message) => message.id > (state.pushed || 0));
    fresh.forEach((message) => {
      add({ who: "bot", text: message.text });
      state.pushed = message.id;
    });
    if (fresh.length) {
      keep();
      refresh();
    }
  } catch { /* asked again in a moment */ }
}

// A village's QR code holds its division number; the bot's scenes of villages begin with "v".
function sceneOf(value) {
  if (/^\d{1,20}$/.test(value)) return "v" + value;
  return /^[\w-]{1,64}$/.test(value) ? value : "";
}

function grow() {
  field.style.height = "auto";
  field.style.height = field.scrollHeight + 4 + "px";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || sending || uploading) return;
  if (state.waiting) return send();
  field.value = "";
  grow();
  say({ text }, text);
});
field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

form.hidden = false;
state.said.forEach(show);
refresh();
const scene = sceneOf(new URLSearchParams(location.search).get("v") || "");
if (state.waiting) {
  send();
} else if (state.scene === null || (scene && scene !== state.scene)) {
  state.scene = scene;
  say({ scene }, "");
}
poll();
setInterval(poll, POLL_MS);
document.addEventListener("visibilitychange", poll);
