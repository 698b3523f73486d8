// What is typed lies sealed (AES-GCM) on the phone. The key of the rows is sealed twice: by a key derived from the code
// that the person enters (PBKDF2), and by a key of this browser that scripts can use but not read out. While the page
// is open and unlocked the rows' key is in its memory, in a form that cannot be read out either.

import { keepKeys, keys } from "./store.js";

const ROUNDS = 600_000;
const GCM = "AES-GCM";
const text = new TextEncoder();

let key = null;

const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

async function encrypt(by, plain, about) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: GCM, iv, additionalData: text.encode(about) }, by, plain) };
}

const decrypt = (by, box, about) =>
  crypto.subtle.decrypt({ name: GCM, iv: box.iv, additionalData: text.encode(about) }, by, box.data);

async function derived(code, salt) {
  const base = await crypto.subtle.importKey("raw", text.encode(code), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, { name: GCM, length: 256 }, false, ["encrypt", "decrypt"]);
}

export const unlocked = () => key !== null;
export const lock = () => { key = null; };

/** Make the keys, under a new code. */
export async function setUp(code) {
  const salt = random(16);
  const device = await crypto.subtle.generateKey({ name: GCM, length: 256 }, false, ["encrypt", "decrypt"]);
  const raw = random(32);
  const inner = await encrypt(await derived(code, salt), raw, "code");
  const outer = await encrypt(device, new Uint8Array(inner.data), "device");
  await keepKeys({ salt, device, inner: inner.iv, outer });
  key = await crypto.subtle.importKey("raw", raw, GCM, false, ["encrypt", "decrypt"]);
  raw.fill(0);
}

/** Open with the code; false when it is not the one. */
export async function unlock(code) {
  const kept = await keys();
  const data = await decrypt(kept.device, kept.outer, "device");
  try {
    const raw = await decrypt(await derived(code, kept.salt), { iv: kept.inner, data }, "code");
    key = await crypto.subtle.importKey("raw", raw, GCM, false, ["encrypt", "decrypt"]);
    return true;
  } catch {
    return false;
  }
}

/** Seal the content of the row `id`. */
export const seal = (id, content) => encrypt(key, text.encode(JSON.stringify(content)), id);

/** Open what was sealed for the row `id`. */
export const reveal = async (id, box) => JSON.parse(new TextDecoder().decode(await decrypt(key, box, id)));
