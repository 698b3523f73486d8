// Hides the questions that other answers make needless. Without this script all of them are shown.

import { fits } from "./rules.js";

const form = document.getElementById("whole");
const when = JSON.parse(form.dataset.when);

function answers() {
  const found = {};
  for (const field of form.querySelectorAll(".field")) {
    const key = field.dataset.key;
    const boxes = [...field.querySelectorAll(`input[name="${key}"]:is([type="checkbox"], [type="radio"])`)];
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    const line = field.querySelector("textarea, input:not([type='checkbox'], [type='radio'], [type='file'])");
    if (boxes.some((box) => box.type === "checkbox")) found[key] = ticked;
    else if (ticked.length) found[key] = ticked[0];
    else if (line?.value.trim()) found[key] = line.value.trim();
    if (["yes", "consent"].includes(field.dataset.kind) && ticked.length) found[key] = ticked[0] === "yes";
  }
  return found;
}

function show() {
  const given = answers();
  for (const [key, rule] of Object.entries(when)) {
    const field = document.getElementById(key);
    if (!field) continue;
    field.hidden = !fits(rule, given) && !field.classList.contains("wrong");
    if (field.hidden) delete given[key];
  }
}

form.addEventListener("input", show);
show();
