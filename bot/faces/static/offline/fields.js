// The form, made from the schema of the flow: the same questions as everywhere else.

import { fits } from "../rules.js";
import { idFault, phoneFault } from "./numbers.js";

const LONG = 60;
const FAULTS = { id_number: idFault, phone: phoneFault };
const MODES = { phone: "tel", bank_card: "numeric" };

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const id = (key, part) => `${key}-${part}`;

function ticks(key, kind, options, chosen) {
  const boxes = options.map(([value, label, plain], index) =>
    make("label", { class: "tick" },
      make("input", { id: id(key, index), type: kind, name: key, value, checked: chosen.includes(value) }),
      plain ? make("span", {}, label, make("br"), make("span", { class: "soft" }, plain)) : label));
  return make("div", { class: "ticks" }, ...boxes);
}

function village(key, data, chosen) {
  const { words, places } = data;
  const towns = make("select", { id: id(key, "town"), "aria-label": words.township });
  const villages = make("select", { id: id(key, "field"), name: key, "aria-label": words.village });
  towns.append(make("option", { value: "" }, words.township), ...places.map(([code, name]) => make("option", { value: code }, name)));
  const fill = (code) => {
    const inside = places.find(([town]) => town === code)?.[2] ?? [];
    villages.replaceChildren(make("option", { value: "" }, words.village), ...inside.map(([at, name]) => make("option", { value: at }, name)));
  };
  towns.value = String(chosen ?? "").slice(0, 9);
  fill(towns.value);
  villages.value = chosen ?? "";
  towns.addEventListener("change", () => fill(towns.value));
  return make("div", { class: "ticks" }, towns, villages);
}

function control(key, property, data, value) {
  const listed = (all) => all?.map((one) => [one.const, one.title, one.description]);
  const options = listed(property.oneOf);
  if (property.type === "boolean") {
    const [yes, no] = property["x-labels"];
    return ticks(key, "radio", [["yes", yes], ["no", no]], value === undefined ? [] : [value ? "yes" : "no"]);
  }
  if (property.type === "array") return ticks(key, "checkbox", listed(property.items.oneOf), value ?? []);
  if (options) return ticks(key, "radio", options, value === undefined ? [] : [value]);
  if (property["x-kind"] === "place") return village(key, data, value);
  const field = property.maxLength > LONG
    ? make("textarea", { id: id(key, "field"), name: key, rows: 4 })
    : make("input", { id: id(key, "field"), name: key, autocomplete: "off", ...typed(property) });
  field.value = value ?? "";
  return field;
}

function typed(property) {
  if (property.format === "date") return { type: "date" };
  if (property.type === "integer") return { inputmode: "numeric" };
  const mode = MODES[property["x-kind"]];
  return mode ? { inputmode: mode } : {};
}

const optional = (schema, key) =>
  !schema.required.includes(key) && !(schema.allOf ?? []).some((rule) => rule.then.required.includes(key));

/** The fields of a row, with its answers in them. */
export function fields(data, answers, errors = {}) {
  const { schema, words } = data;
  return Object.entries(schema.properties).map(([key, property]) => {
    const photos = property["x-kind"] === "photos";
    const inside = photos ? make("p", { class: "hint" }, words.photos) : control(key, property, data, answers[key]);
    const single = inside.matches("input, textarea");
    const caption = [property.title, optional(schema, key) ? make("span", { class: "soft" }, ` ${data.optional}`) : ""];
    const hint = property.description === property.title ? null : make("p", { class: "hint", id: id(key, "hint") }, property.description);
    const error = errors[key] ? make("p", { class: "error", id: id(key, "error") }, errors[key]) : null;
    const described = [error?.id, hint?.id].filter(Boolean).join(" ");
    const field = make(single ? "div" : "fieldset", { class: `field${error ? " wrong" : ""}`, id: key, "data-key": key },
      single ? make("label", { for: id(key, "field") }, ...caption) : make("legend", {}, ...caption), error, hint, inside);
    if (described) (single ? inside : field).setAttribute("aria-describedby", described);
    return field;
  });
}

/** What stands in the fields now. */
export function read(form, schema) {
  const found = {};
  for (const [key, property] of Object.entries(schema.properties)) {
    const all = [...form.querySelectorAll(`[name="${key}"]`)];
    const ticked = all.filter((one) => one.checked).map((one) => one.value);
    const line = all[0]?.type === "radio" || all[0]?.type === "checkbox" ? undefined : all[0]?.value.trim();
    if (property.type === "array" && property["x-kind"] !== "photos") { if (ticked.length) found[key] = ticked; }
    else if (property.type === "boolean") { if (ticked.length) found[key] = ticked[0] === "yes"; }
    else if (ticked.length) found[key] = ticked[0];
    else if (line) found[key] = property.type === "integer" && /^[0-9]{1,9}$/.test(line) ? Number(line) : line;
  }
  return found;
}

/** Hide what other answers make needless. */
export function hideNeedless(form, schema) {
  const answers = read(form, schema);
  for (const [key, property] of Object.entries(schema.properties)) {
    if (!("x-when" in property)) continue;
    const field = form.querySelector(`[data-key="${key}"]`);
    field.hidden = !fits(property["x-when"], answers);
    if (field.hidden) delete answers[key];
  }
}

const told = (text, fields) => Object.entries(fields).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), text);

/** What can be seen to be wrong without asking anyone: by question, in words. */
export function problems(schema, answers, words) {
  const wrong = {};
  const needed = (schema.allOf ?? []).filter((rule) => fits(rule.if, answers)).flatMap((rule) => rule.then.required);
  for (const key of [...schema.required, ...needed]) if (!(key in answers)) wrong[key] = words.need;
  for (const [key, value] of Object.entries(answers)) {
    const property = schema.properties[key];
    if (property.const === true && value !== true) wrong[key] = words.need;
    if (property.type === "integer" && typeof value === "number" && (value < property.minimum || value > property.maximum)) {
      wrong[key] = told(words.range, { low: property.minimum, high: property.maximum });
    }
    const most = property["x-most"], high = answers[most?.key];
    if (typeof value === "number" && typeof high === "number" && value > high) {
      wrong[key] = told(most.over, { value, high, low: property.minimum });
    }
    const fault = FAULTS[property["x-kind"]]?.(value);
    // Words that were kept by an earlier release lack these: then the server says it.
    const why = fault && words[`${property["x-kind"]}.${fault.reason}`];
    if (why) wrong[key] = told(why, fault);
  }
  return wrong;
}
