// What can be seen to be wrong with a number without asking anyone, as intake/id_number.py and intake/phone.py see it:
// the reason, or nothing. What only the server understands (words beside a number, 没有) is left to it.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const BETWEEN = /[\s.·・_‐-―−-]+/g;

const exists = (year, month, day) => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** What is wrong with an identity number. A birth date in the future is left to the server: a phone's clock may be wrong. */
export function idFault(text) {
  const number = text.normalize("NFKC").replace(/[x×✕✖╳Х]/g, "X").replace(BETWEEN, "");
  if (!/^[0-9X]+$/.test(number)) return null;
  const length = number.length;
  if (length !== 15 && length !== 18) return { reason: "length", length };
  if (!/^[0-9]+X?$/.test(number) || (length === 15 && number.endsWith("X"))) return { reason: "characters" };
  if (!PROVINCE.test(number)) return { reason: "province" };
  const whole = length === 15 ? `${number.slice(0, 6)}19${number.slice(6)}` : number;
  const [year, month, day] = [whole.slice(6, 10), whole.slice(10, 12), whole.slice(12, 14)].map(Number);
  if (year < 1900 || !exists(year, month, day)) return { reason: "date" };
  const sum = WEIGHTS.reduce((all, weight, place) => all + weight * Number(whole[place]), 0);
  return length === 18 && CHECK[sum % 11] !== number[17] ? { reason: "check_digit" } : null;
}

/** What is wrong with a telephone number; whether somebody has it is for the server to know. */
export function phoneFault(text) {
  const plain = text.normalize("NFKC").replace(/[\s()[\].,:;_·、。‐-―−-]+/g, "");
  if (/^\+?[0-9A-Za-z]*[0-9][0-9A-Za-z]*$/.test(plain) && /[A-Za-z]/.test(plain)) return { reason: "letters" };
  if (!/^\+?[0-9]+$/.test(plain)) return null;
  const number = plain.replace(/^(?:\+|00)86|^86(?=1[0-9]{10}$)/, "");
  if (number.startsWith("+")) return { reason: "unknown" };
  const digits = number.length;
  if (digits > 12) return { reason: "length", digits };
  if (digits <= 6) return /^(?:1[012]|9)/.test(number) ? { reason: "service" } : { reason: "length", digits };
  if (digits <= 8 && /^[2-8]/.test(number)) return { reason: "area_code" };
  return /^1[1-9]/.test(number) && digits !== 11 ? { reason: "length", digits } : null;
}
